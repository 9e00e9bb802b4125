#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ocokit::client::streams {

// The text of one gzip member; none when the bytes are not exactly one, or hold more than `most`.
[[nodiscard]] std::optional<std::string> Gunzip(std::string_view bytes, std::size_t most);

}  // namespace ocokit::client::streams
