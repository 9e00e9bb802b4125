#pragma once

#include <string>

#include "ocokit/base/result.h"

namespace ocokit::cli {

// The control token: the first line of the file that `option` names, or with no file what
// OCOKIT_CONTROL_TOKEN has; empty: none. Errors: kInvalidArgument for a file without a line to
// read, and for a token that is no header's value.
[[nodiscard]] Result<std::string> ReadControlToken(const std::string& file, const char* option);

}  // namespace ocokit::cli
