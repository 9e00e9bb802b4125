#pragma once

// Settings as JSON, under the names that ReadSettings takes.

#include <nlohmann/json_fwd.hpp>

#include "ocokit/mock/settings.h"

namespace ocokit::mock::config {

// Without those that are left to the dialect.
[[nodiscard]] nlohmann::ordered_json WriteSettings(const Settings& settings);

}  // namespace ocokit::mock::config
