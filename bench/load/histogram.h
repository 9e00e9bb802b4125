#pragma once

// LatencyHistogram: durations from 1 ns to 1 hour in bins whose width is at most 1/128 of what they
// hold; what is longer is counted in an overflow bin. Recording takes a few nanoseconds and no
// memory. An object belongs to one thread.

#include <bit>
#include <boost/histogram/axis/option.hpp>
#include <boost/histogram/histogram.hpp>
#include <boost/histogram/storage_adaptor.hpp>
#include <chrono>
#include <cstdint>
#include <tuple>
#include <utility>
#include <vector>

namespace ocokit::load {

// An axis of Boost.Histogram on nanoseconds: 128 bins for each power of two, found by bits alone.
// Below 256 ns each nanosecond has its own.
class LogLinearAxis {
 public:
  using value_type = std::int64_t;
  static constexpr std::int64_t kMost = 3'600'000'000'000;

  [[nodiscard]] static constexpr unsigned options() {
    return boost::histogram::axis::option::overflow_t::value;
  }
  [[nodiscard]] static constexpr int size() { return Bin(kMost) + 1; }
  // Of a negative duration: that of 0.
  [[nodiscard]] constexpr int index(std::int64_t ns) const noexcept {
    if (ns > kMost) return size();
    return Bin(ns < 0 ? 0 : ns);
  }
  // The largest duration of the bin.
  [[nodiscard]] static constexpr std::int64_t Upper(int bin) {
    if (bin < 2 * kPerOctave) return bin;
    const int shift = bin / kPerOctave - 1;
    const std::int64_t first = (bin % kPerOctave + kPerOctave);
    return ((first + 1) << shift) - 1;
  }
  // The least duration of the bin.
  [[nodiscard]] constexpr std::int64_t value(int bin) const {
    return bin == 0 ? 0 : Upper(bin - 1) + 1;
  }
  friend bool operator==(const LogLinearAxis&, const LogLinearAxis&) = default;

 private:
  static constexpr int kBits = 7;
  static constexpr int kPerOctave = 1 << kBits;
  [[nodiscard]] static constexpr int Bin(std::int64_t ns) {
    const int width = std::bit_width(static_cast<std::uint64_t>(ns));
    const int shift = width > kBits + 1 ? width - kBits - 1 : 0;
    return shift * kPerOctave + static_cast<int>(ns >> shift);
  }
};

// Which of `count` durations in ascending order is the least that `percent` of them, 0 to 100, do
// not exceed: 1 is the first.
[[nodiscard]] std::uint64_t PercentileRank(double percent, std::uint64_t count);

class LatencyHistogram {
 public:
  LatencyHistogram();

  void Record(std::int64_t ns);
  void Merge(const LatencyHistogram& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  // Exact; 0 when nothing was recorded.
  [[nodiscard]] std::int64_t max() const { return max_; }
  [[nodiscard]] double Mean() const;
  // The least duration that `percent` of what was recorded, 0 to 100, does not exceed: too large by
  // at most 1/128. 0 when nothing was recorded.
  [[nodiscard]] std::int64_t Percentile(double percent) const;
  // Those that hold something, ascending: the largest duration of each, and how many. The overflow
  // bin comes with max().
  [[nodiscard]] std::vector<std::pair<std::int64_t, std::uint64_t>> Bins() const;

 private:
  using Histogram = boost::histogram::histogram<std::tuple<LogLinearAxis>,
                                                boost::histogram::dense_storage<std::uint64_t>>;
  Histogram bins_;
  std::uint64_t count_ = 0;
  std::int64_t max_ = 0;
  double sum_ = 0;
};

}  // namespace ocokit::load
