#pragma once

// How many files and connections this program may have open.

#include <cstdint>

namespace ocokit::cli {

// Each connection needs a file descriptor; the usual limit of 1024 is soon reached. Raises it to
// the most that the system allows this program, and returns what it is then.
std::uint64_t RaiseDescriptorLimit();

}  // namespace ocokit::cli
