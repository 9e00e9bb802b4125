#include "bench/load/schedule.h"

#include <cmath>
#include <limits>

namespace ocokit::load {
namespace {

// Beyond what a whole number holds: never.
std::int64_t Round(double ns) {
  return ns < 9e18 ? std::llround(ns) : std::numeric_limits<std::int64_t>::max();
}

}  // namespace

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
  next_ = Round(exact_);
}

std::int64_t Schedule::Even(std::int64_t count) const {
  return Round((static_cast<double>(count) * threads_ + thread_) / rate_ * 1e9);
}

}  // namespace ocokit::load
