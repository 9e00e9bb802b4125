#include "bench/load/schedule.h"

#include <cmath>

namespace ocokit::load {

Schedule::Schedule(const LoadOptions& options, nanoseconds length, int thread)
    : rate_(options.rate),
      threads_(options.threads),
      thread_(thread),
      poisson_(options.poisson),
      end_(length.count()),
      random_(options.seed * 1'000'003 + static_cast<std::uint64_t>(thread)) {
  if (poisson_) {
    Advance();
  } else {
    next_ = Even(0);
  }
}

void Schedule::Advance() {
  if (!poisson_) {
    next_ = Even(++count_);
    return;
  }
  // Several independent Poisson processes are one of their whole rate.
  std::exponential_distribution<double> gap(rate_ / threads_);
  exact_ += gap(random_) * 1e9;
  next_ = std::llround(exact_);
}

std::int64_t Schedule::Even(std::int64_t count) const {
  return std::llround(static_cast<double>(count * threads_ + thread_) / rate_ * 1e9);
}

}  // namespace ocokit::load
