#pragma once

// The parameters of a request in the order they are written: the call's own, changed by a step.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/server/request.h"

namespace ocokit::conform::server {

struct Written {
  std::string name;
  std::string json;  // its value as JSON
  std::string text;  // as a query has it: a string without quotes

  friend bool operator==(const Written&, const Written&) = default;
};
using Parameters = std::vector<Written>;

[[nodiscard]] Written Write(std::string name, std::string json);
// A value of a step as JSON text: as it stands, or {"$text"}, {"$saved"}, {"$saved_text"},
// {"$repeat"}, {"$joined"}, {"$now_ms"}; in arrays and objects, too.
[[nodiscard]] std::string ValueText(const nlohmann::json& value, const Maker& maker,
                                    const Saved& saved);
// Sets those that are there, in their place, and adds the others at the end.
void Set(Parameters& parameters, const nlohmann::json& values, const Maker& maker,
         const Saved& saved);
// `call`'s own after `first`, changed by the members `set`, `remove` and `again` of a step.
[[nodiscard]] Parameters ParametersOf(const Call& call, Parameters first,
                                      const nlohmann::json& step, const Maker& maker,
                                      const Saved& saved);
// As a JSON object: `form` is compact, spaced, escaped_slashes, reversed or newline.
[[nodiscard]] std::string FormatObject(const Parameters& parameters, std::string_view form);

}  // namespace ocokit::conform::server
