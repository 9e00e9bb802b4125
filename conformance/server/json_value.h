#pragma once

// JSON as it stood on the wire: the text of numbers, the order of members and members that are
// there twice are kept, since cases judge them.

#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/result.h"

namespace ocokit::conform::server {

struct JsonMember;

struct JsonValue {
  enum class Kind { kNull, kBoolean, kNumber, kString, kArray, kObject };

  Kind kind = Kind::kNull;
  // Of a number its digits, of a string what it says, of a boolean true or false.
  std::string text;
  std::vector<JsonValue> elements;  // of an array
  std::vector<JsonMember> members;  // of an object

  // The first member of that name, or nullptr.
  [[nodiscard]] const JsonValue* Find(std::string_view name) const;
  // By a JSON pointer (RFC 6901) like /data/0/orderId; nullptr where it leads nowhere.
  [[nodiscard]] const JsonValue* At(std::string_view pointer) const;
};

struct JsonMember {
  std::string name;
  JsonValue value;
};

[[nodiscard]] JsonValue StringValue(std::string text);

// Errors: no JSON; nested more than 64 deep.
[[nodiscard]] Result<JsonValue> ParseJson(std::string_view text);

// Compact.
[[nodiscard]] std::string FormatJson(const JsonValue& value);

// A string in quotes, escaped where JSON demands it.
[[nodiscard]] std::string QuoteJson(std::string_view text);

}  // namespace ocokit::conform::server
