#pragma once

// Which hosts are this machine. Everything that is done without asking, like placing orders with a
// key that nobody meant, is done on such hosts alone.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ocokit::conform {

// An address in 127.0.0.0/8, ::1, or one of the first as ::ffff:127.0.0.1. A name is never one,
// whatever it begins with, and neither is a number that only old resolvers read, like 127.1.
[[nodiscard]] bool IsLoopbackAddress(std::string_view text);

// The addresses of a name as texts; empty when it has none.
using LookUp = std::function<std::vector<std::string>(const std::string& name)>;

// The system's own look-up.
[[nodiscard]] std::vector<std::string> SystemLookUp(const std::string& name);

// Such an address, or the name localhost, if every address that it has is such a one. Who answers
// for any other name may change the answer between this look and the connection.
[[nodiscard]] bool IsLoopbackHost(std::string_view host, const LookUp& look_up = SystemLookUp);

}  // namespace ocokit::conform
