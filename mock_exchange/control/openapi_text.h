#pragma once

#include <string_view>

namespace ocokit::mock::control {

// openapi.json, without the schemas of the config.
[[nodiscard]] std::string_view OpenApiText();

}  // namespace ocokit::mock::control
