#pragma once

// A whole load, from the first account to the last book.

#include <atomic>
#include <cstdint>
#include <functional>

#include "bench/load/options.h"
#include "bench/load/report.h"
#include "ocokit/base/result.h"

namespace ocokit::load {

// What was done until a moment, warm-up included.
struct LoadProgress {
  double seconds = 0;  // since the start
  std::uint64_t sent = 0;
  std::uint64_t accepted = 0;
  std::uint64_t troubled = 0;
};

// Runs it. `stop`: once set, it ends early with what was done. `on_progress` is called about once a
// second, and may be empty. Errors: kInvalidArgument for options or a target that cannot be,
// kUnavailable when the server is not there. One that goes away meanwhile is in the report.
[[nodiscard]] Result<Report> RunLoad(LoadOptions options, const std::atomic<bool>& stop,
                                     const std::function<void(const LoadProgress&)>& on_progress);

}  // namespace ocokit::load
