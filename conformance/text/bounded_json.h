#pragma once

// JSON that somebody else has written.

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace ocokit::conform {

// Most levels of arrays and objects within each other. The library writes and copies what it has
// read by a recursion, which deeper texts would drive through the end of the stack.
inline constexpr int kMostJsonLevels = 200;

// The value, or a discarded one for what is no JSON or nests deeper. Never throws.
[[nodiscard]] nlohmann::json ParseBoundedJson(std::string_view text);

}  // namespace ocokit::conform
