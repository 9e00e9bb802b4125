#pragma once

// How what stands in a request is read, beside the members of Request itself.

#include <string>
#include <string_view>

#include "ocokit/mock/message.h"

namespace ocokit::mock {

// Undoes percent-encoding; a `%` without two hexadecimal digits stays. `plus_is_blank`: as HTML
// forms encode a blank.
[[nodiscard]] std::string PercentDecode(std::string_view text, bool plus_is_blank);

}  // namespace ocokit::mock
