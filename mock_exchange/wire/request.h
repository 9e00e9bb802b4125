#pragma once

// How what stands in a request is read, beside the members of Request itself.

#include <string>
#include <string_view>

#include "ocokit/mock/message.h"

namespace ocokit::mock {

// Whom a request is for: the host and port of a target in absolute form, which takes the place of
// the Host header (RFC 9112, section 3.2.2), or that header. Empty: it does not say.
[[nodiscard]] std::string_view HostOf(const Request& request);

}  // namespace ocokit::mock
