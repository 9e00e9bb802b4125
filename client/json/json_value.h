#pragma once

// JsonValue: a parsed reply that keeps every number as the text it was written in, so that a price
// of 0.1 and an id above 2^53 arrive exactly. A plain value.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ocokit::client {

struct JsonValue {
  enum class Type { kNull, kBool, kNumber, kString, kArray, kObject };

  // Deepest nesting that ParseJson takes; replies of both venues need five.
  static constexpr std::size_t kMaxDepth = 32;

  Type type = Type::kNull;
  bool boolean = false;
  std::string text{};              // of a string, unescaped; of a number, as written
  std::vector<JsonValue> items{};  // of an array
  std::vector<std::pair<std::string, JsonValue>> members{};  // of an object, in order

  // The first member of this name; null when there is none, or this is not an object.
  [[nodiscard]] const JsonValue* Find(std::string_view name) const;
  // The first member that has one of two spellings.
  [[nodiscard]] const JsonValue* Find(std::string_view name, std::string_view other) const;

  [[nodiscard]] bool Is(Type wanted) const { return type == wanted; }
};

// None when the text is not one JSON value in UTF-8 with nothing after it, not even a NUL, or is
// nested deeper than kMaxDepth.
[[nodiscard]] std::optional<JsonValue> ParseJson(std::string_view text);

}  // namespace ocokit::client
