#pragma once

// The control API's own description, and the schemas of what it takes and gives.

#include <nlohmann/json_fwd.hpp>

#include "mock_exchange/config/schema.h"

namespace ocokit::mock::control {

// OpenAPI 3.1, with the config's schemas among its components.
[[nodiscard]] const nlohmann::ordered_json& OpenApi();

// Its components: by them bodies are read.
[[nodiscard]] const config::SchemaSet& Schemas();

}  // namespace ocokit::mock::control
