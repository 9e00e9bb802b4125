#pragma once

// Delays: how long it took until what had happened was told, in the buckets of Counts. Any thread
// may call it, without a lock.

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "mock_exchange/metrics/counts.h"

namespace ocokit::mock {

class Delays {
 public:
  using Buckets = std::array<std::uint64_t, kLatencyBounds.size() + 1>;

  void Add(std::chrono::nanoseconds delay) {
    std::size_t i = 0;
    while (i < kLatencyBounds.size() && delay.count() > kLatencyBounds[i]) ++i;
    buckets_[i].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(delay.count(), std::memory_order_relaxed);
  }
  [[nodiscard]] Buckets buckets() const {
    Buckets out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = buckets_[i];
    return out;
  }
  [[nodiscard]] std::chrono::nanoseconds sum() const { return std::chrono::nanoseconds(sum_); }

 private:
  std::array<std::atomic<std::uint64_t>, kLatencyBounds.size() + 1> buckets_{};
  std::atomic<std::int64_t> sum_{0};
};

}  // namespace ocokit::mock
