#pragma once

// What the command line is given in files.

#include <cstddef>
#include <string>

#include "ocokit/base/result.h"

namespace ocokit::cli {

// Most bytes of a file: an HTTP archive or a report may be as large.
inline constexpr std::size_t kMostOfAFile = std::size_t{256} << 20;
// Of a request, a curl command or a document for the control API.
inline constexpr std::size_t kMostOfARequest = std::size_t{16} << 20;
// Of a file with a secret or token, as far as it is looked at.
inline constexpr std::size_t kMostOfASecret = std::size_t{64} << 10;

// All bytes of the file. Errors: kUnavailable, "cannot read the WHAT PATH", for one that is not
// there, may not be read, is a folder or has more than `most` bytes, and for a FIFO that nobody
// opens to write within five seconds.
[[nodiscard]] Result<std::string> ReadFile(const std::string& path, const char* what = "file",
                                           std::size_t most = kMostOfAFile);

// The same; "-" is standard input.
[[nodiscard]] Result<std::string> ReadFileOrInput(const std::string& path,
                                                  std::size_t most = kMostOfAFile);

// The first line of the file that `option` names, without its end. Errors: kInvalidArgument when
// there is none to read, or it is longer than 64 KiB.
[[nodiscard]] Result<std::string> ReadFirstLine(const std::string& path, const char* option);

}  // namespace ocokit::cli
