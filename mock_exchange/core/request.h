#pragma once

// How what stands in a request is read, beside the members of Request itself.

#include <string>
#include <string_view>

#include "ocokit/mock/message.h"

namespace ocokit::mock {

// Undoes percent-encoding; a `%` without two hexadecimal digits stays. `plus_is_blank`: as HTML
// forms encode a blank.
[[nodiscard]] std::string PercentDecode(std::string_view text, bool plus_is_blank);

// Whom a request is for: the host and port of a target in absolute form, which takes the place of
// the Host header (RFC 9112, section 3.2.2), or that header. Empty: it does not say.
[[nodiscard]] std::string_view HostOf(const Request& request);

}  // namespace ocokit::mock
