#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ocokit::client {

// "https://host:443" without a trailing slash; none unless the text is a scheme http or https, a
// host, an optional port 1 to 65535, and nothing more than one slash.
[[nodiscard]] std::optional<std::string> NormalizeBaseUrl(std::string_view url);

}  // namespace ocokit::client
