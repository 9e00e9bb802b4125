#pragma once

// The control API's own description, and the schemas of what it takes and gives.

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "mock_exchange/config/schema.h"

namespace ocokit::mock::control {

// OpenAPI 3.1, with the config's schemas among its components.
[[nodiscard]] const nlohmann::ordered_json& OpenApi();

// Whether it names a member so, of whatever it takes or gives.
[[nodiscard]] bool IsMemberName(std::string_view name);

// Its components: by them bodies are read.
[[nodiscard]] const config::SchemaSet& Schemas();

}  // namespace ocokit::mock::control
