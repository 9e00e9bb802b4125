#pragma once

// Settings as JSON, under the names that ReadSettings takes.

#include <nlohmann/json_fwd.hpp>

#include "ocokit/mock/settings.h"

namespace ocokit::mock::config {

// Those that are left to the dialect are null.
[[nodiscard]] nlohmann::ordered_json WriteSettings(const Settings& settings);

}  // namespace ocokit::mock::config
