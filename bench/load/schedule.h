#pragma once

// Schedule: when each request is meant to leave, whatever became of those before it. Times are
// nanoseconds from the first.

#include <cstdint>
#include <random>

#include "bench/load/options.h"

namespace ocokit::load {

class Schedule {
 public:
  // The part of one of `threads` threads, from 0; together they have the whole rate. It ends before
  // `length`.
  Schedule(const LoadOptions& options, nanoseconds length, int thread);

  // Whether there is another one.
  [[nodiscard]] bool done() const { return next_ >= end_; }
  // When the next one is meant to leave.
  [[nodiscard]] std::int64_t next() const { return next_; }
  void Advance();
  // Leaves out what would come at `ns` or later.
  void EndAt(std::int64_t ns) { end_ = ns < end_ ? ns : end_; }

 private:
  [[nodiscard]] std::int64_t Even(std::int64_t count) const;

  double rate_;
  int threads_;
  int thread_;
  bool poisson_;
  std::int64_t count_ = 0;
  std::int64_t next_ = 0;
  std::int64_t end_ = 0;
  double exact_ = 0;  // of next_, without the loss of rounding
  std::mt19937_64 random_;
};

}  // namespace ocokit::load
