#include "cli/descriptor_limit.h"

#include <sys/resource.h>

#include <limits>

namespace ocokit::cli {

std::uint64_t RaiseDescriptorLimit() {
  rlimit limit{};
  // Where nothing is known of a limit, what is too much will be told when it is opened.
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::numeric_limits<std::uint64_t>::max();
  const rlim_t before = limit.rlim_cur;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
}

}  // namespace ocokit::cli
