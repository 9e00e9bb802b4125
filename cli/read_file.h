#pragma once

// What the command line is given in files.

#include <string>

#include "ocokit/base/result.h"

namespace ocokit::cli {

// All bytes of the file. Errors: kUnavailable, "cannot read the WHAT PATH", for one that is not
// there, may not be read, or is a folder.
[[nodiscard]] Result<std::string> ReadFile(const std::string& path, const char* what = "file");

// The same; "-" is standard input.
[[nodiscard]] Result<std::string> ReadFileOrInput(const std::string& path);

}  // namespace ocokit::cli
