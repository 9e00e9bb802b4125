#pragma once

// Books: what the simulator has counted, held against what the load has counted itself.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "bench/load/options.h"
#include "bench/load/tally.h"
#include "ocokit/base/result.h"

namespace ocokit::load {

// What /metrics said at one time.
struct ServerCounts {
  // By venue, path, HTTP status and the venue's code.
  std::map<std::tuple<std::string, std::string, int, int>, std::uint64_t> requests;
  std::map<std::string, std::uint64_t> faults;
};

// Reads the counters of requests and faults out of the text form that Prometheus reads. Errors: a
// line of theirs that is not as it should be.
[[nodiscard]] Result<ServerCounts> ReadMetrics(std::string_view text);

struct Books {
  bool kept = false;  // false: the server keeps none for us
  std::uint64_t journal = 0;
  std::uint64_t counted = 0;  // by /metrics, in the calls of the load
  std::map<std::string, std::uint64_t> faults;
  std::vector<std::string> differences;  // empty: they agree
};

// `journal`: the sum of the last sequence numbers of the load's accounts.
[[nodiscard]] Books CompareBooks(const LoadOptions& options, const Tally& tally,
                                 std::uint64_t journal, const ServerCounts& before,
                                 const ServerCounts& after);

}  // namespace ocokit::load
