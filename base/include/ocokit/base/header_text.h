#pragma once

// What may stand in a header of an HTTP request. A line break in a value would begin another
// header, of whoever wrote the value: such values are refused, not sent.

#include <string_view>

#include "ocokit/base/result.h"

namespace ocokit {

// A key or a token: at least one character, all of them printable ASCII without blanks. Errors:
// kInvalidArgument, "WHAT must be ...; byte 4 of 18 is 0x0d", which does not show the value.
[[nodiscard]] Result<void> CheckHeaderWord(std::string_view value, std::string_view what);

// Any value of a header, which may hold blanks and bytes beyond ASCII but no other control
// character than the tab (RFC 9110 section 5.5). Errors: as above.
[[nodiscard]] Result<void> CheckHeaderValue(std::string_view value, std::string_view what);

// The name of a header (RFC 9110 section 5.1). Errors: as above.
[[nodiscard]] Result<void> CheckHeaderName(std::string_view name, std::string_view what);

}  // namespace ocokit
