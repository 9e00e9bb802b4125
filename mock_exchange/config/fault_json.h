#pragma once

// Faults as JSON: {"match":{"path","method","nth"},"at":"reply","action":{"type":"delay","ms":250},
// "times":1,"probability":0.5}. docs/faults.md has the members of each action.

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "ocokit/base/result.h"
#include "ocokit/mock/fault.h"

namespace ocokit::mock::config {

// Errors: kInvalidArgument or kOutOfRange naming the member at fault and what it may be.
[[nodiscard]] Result<Fault> ReadFault(std::string_view json);

// With id, matched and applied.
[[nodiscard]] nlohmann::ordered_json WriteFault(const FaultView& view);
// As ReadFault reads it.
[[nodiscard]] nlohmann::ordered_json WriteFault(const Fault& fault);

}  // namespace ocokit::mock::config
