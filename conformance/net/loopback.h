#pragma once

// Which hosts are this machine. Everything that is done without asking, like placing orders with a
// key that nobody meant, is done on such hosts alone.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ocokit::conform {

// The addresses of a name as texts; empty when it has none.
using LookUp = std::function<std::vector<std::string>(const std::string& name)>;

// The system's own look-up.
[[nodiscard]] std::vector<std::string> SystemLookUp(const std::string& name);

// An IsLoopbackAddress of base/address.h, or the name localhost, if every address that it has is
// such a one. Who answers for any other name may change the answer between this look and the
// connection.
[[nodiscard]] bool IsLoopbackHost(std::string_view host, const LookUp& look_up = SystemLookUp);

}  // namespace ocokit::conform
