#pragma once

// JSON written as clients write it, and what two JSON values differ in.

#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/json/reader.h"

namespace ocokit::mock::doctor {

[[nodiscard]] std::string Compact(const JsonValue& value);
// As python's json.dumps: a blank after each comma and colon.
[[nodiscard]] std::string Spaced(const JsonValue& value);
// Names sorted in every object; what stands in an array keeps its order.
[[nodiscard]] JsonValue SortedByName(const JsonValue& value);
[[nodiscard]] bool IsSorted(const JsonValue& value);
// Whether an object holds a name twice, at any depth.
[[nodiscard]] bool RepeatsName(const JsonValue& value);
// Whether blanks or line breaks stand outside the strings.
[[nodiscard]] bool HasBlanks(std::string_view json);

// Where two values differ: a scalar, or a member that one does not have.
struct Difference {
  std::string where;             // like `stopLoss.price`
  const JsonValue* a = nullptr;  // null: not there
  const JsonValue* b = nullptr;
};

// The first differences, at most sixteen; whatever the order of the members. `looked_at`: set to
// how many members were, for tests of what it costs.
[[nodiscard]] std::vector<Difference> Differences(const JsonValue& a, const JsonValue& b,
                                                  std::size_t* looked_at = nullptr);

}  // namespace ocokit::mock::doctor
