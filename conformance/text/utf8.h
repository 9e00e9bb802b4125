#pragma once

// What subjects send may be any bytes; reports are UTF-8.

#include <cstddef>
#include <string>
#include <string_view>

namespace ocokit::conform {

// The bytes of the character that the text begins with (RFC 3629), or 0 when they are none.
[[nodiscard]] std::size_t Utf8Size(std::string_view text);

[[nodiscard]] bool IsUtf8(std::string_view text);

// With each byte that belongs to no character as U+FFFD.
[[nodiscard]] std::string ToUtf8(std::string_view text);

}  // namespace ocokit::conform
