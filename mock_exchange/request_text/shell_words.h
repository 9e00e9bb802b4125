#pragma once

// A command line cut into words as sh and bash do it.

#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/result.h"

namespace ocokit::mock {

// Quotes ' " and $'...', backslashes, lines continued by a backslash, comments. Errors:
// kInvalidArgument for a quote without its end, for what only the shell knows ($NAME, $(...),
// `...`), for anything behind the first command (|, ;, &&, >), and for what is escaped as Windows'
// command line has it (^").
[[nodiscard]] Result<std::vector<std::string>> SplitWords(std::string_view command);

}  // namespace ocokit::mock
