#pragma once

// Holds a JSON document against a part of the config's schema.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "ocokit/base/result.h"

namespace ocokit::mock::config {

// The text as JSON that matches the schema's definition `part` ("account", "settings", or "changes": settings and rights), or the
// whole schema when it is empty. Errors: kInvalidArgument naming the place in the text that is no
// JSON, or the member at fault by its path and what it may be.
[[nodiscard]] Result<nlohmann::json> ParseChecked(std::string_view text, std::string_view part);

}  // namespace ocokit::mock::config
