#pragma once

// Texts that are IP addresses: of an IPv4 address all four numbers, as RFC 3986 section 3.2.2 has
// it, or an IPv6 address. Neither a name nor a number that only old resolvers read, like 127.1, is
// one, and no zone stands behind it.

#include <string_view>

namespace ocokit {

[[nodiscard]] bool IsAddress(std::string_view text);

// Of this machine alone: in 127.0.0.0/8, ::1, or one of the first as ::ffff:127.0.0.1.
[[nodiscard]] bool IsLoopbackAddress(std::string_view text);

}  // namespace ocokit
