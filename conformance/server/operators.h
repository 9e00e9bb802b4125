#pragma once

// The operators of wanted values, by their names.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "conformance/server/matcher.h"

namespace ocokit::conform::server {

// What an operator is held against.
struct At {
  const JsonValue* got;
  const Saved& saved;
  const std::string& where;
};

using Operator = std::optional<Mismatch>(const nlohmann::json& wanted, const At& at);

// nullptr: there is no such operator.
[[nodiscard]] Operator* FindOperator(std::string_view name);

[[nodiscard]] std::optional<Mismatch> Miss(const std::string& where, std::string wanted,
                                           const JsonValue* got);
// Whether two texts of numbers say the same number.
[[nodiscard]] bool SameNumber(std::string_view a, std::string_view b);

}  // namespace ocokit::conform::server
