#pragma once

// JSON as it was written: members in their order, repeated names kept, numbers by their source
// text. Signatures are over texts, so `0.0010` and `1e-3` must not become the same number on the
// way.

#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/result.h"

namespace ocokit::mock {

struct JsonValue {
  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };

  std::string name;  // of a member of an object; empty elsewhere
  Kind kind = Kind::kNull;
  // kNumber: as written; kString: unescaped; kBool and kNull: the word.
  std::string text;
  // Of an object, in their order; of an array, its elements.
  std::vector<JsonValue> members;

  // The last member of this name, as JSON readers commonly take it; null when there is none.
  [[nodiscard]] const JsonValue* Find(std::string_view name) const;
  // As Find, but null for a member whose value is `null`, too: it counts as not given.
  [[nodiscard]] const JsonValue* FindGiven(std::string_view name) const;
  [[nodiscard]] bool Is(Kind k) const { return kind == k; }
};

inline constexpr int kMaxJsonDepth = 64;

// Errors: kInvalidArgument for what is not one JSON value (RFC 8259), or nests deeper than
// kMaxJsonDepth.
[[nodiscard]] Result<JsonValue> ReadJson(std::string_view text);

// The compact serialization: no blanks, member order kept, numbers as written, `/` not escaped, a
// repeated name once with its last value.
void AppendCompact(const JsonValue& value, std::string& out);

// Whether both have the same members and values, whatever their order; numbers by their text. Of a
// repeated name the last counts.
[[nodiscard]] bool SameJson(const JsonValue& a, const JsonValue& b);

}  // namespace ocokit::mock
