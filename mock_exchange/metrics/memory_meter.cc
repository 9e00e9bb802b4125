#include "mock_exchange/metrics/memory_meter.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>

namespace ocokit::mock {
namespace {

// What a control group's file says; more than any machine has where there is no file or no limit.
std::size_t ReadLimit(const char* path) {
  std::ifstream file(path);
  std::size_t bytes = 0;
  return file >> bytes && bytes != 0 ? bytes : std::numeric_limits<std::size_t>::max();
}

}  // namespace

std::size_t HalfOfMemory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long size = sysconf(_SC_PAGESIZE);
  const std::size_t machine = pages > 0 && size > 0
                                  ? static_cast<std::size_t>(pages) * static_cast<std::size_t>(size)
                                  : std::size_t{1} << 30;
  // The second version of control groups, and the first.
  return std::min({machine, ReadLimit("/sys/fs/cgroup/memory.max"),
                   ReadLimit("/sys/fs/cgroup/memory/memory.limit_in_bytes")}) /
         2;
}

}  // namespace ocokit::mock
