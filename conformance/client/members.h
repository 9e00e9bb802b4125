#pragma once

// Members of JSON that others have written: what is missing or of another kind is empty.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace ocokit::conform {

// Null when it is not there, or `json` is no object.
[[nodiscard]] const nlohmann::json& Member(const nlohmann::json& json, const char* name);
[[nodiscard]] std::string Text(const nlohmann::json& json, const char* name);
[[nodiscard]] std::int64_t Integer(const nlohmann::json& json, const char* name);
[[nodiscard]] bool Flag(const nlohmann::json& json, const char* name);

}  // namespace ocokit::conform
