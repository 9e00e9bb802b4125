#include "bench/load/histogram.h"

#include <algorithm>
#include <boost/histogram/make_histogram.hpp>
#include <cmath>

namespace ocokit::load {

std::uint64_t PercentileRank(double percent, std::uint64_t count) {
  // A share like 99.9 is no binary fraction: the rank of 99.9 % of 1000 is 999, not 1000.
  const double exact = percent / 100 * static_cast<double>(count);
  return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(exact - exact * 1e-12)));
}

LatencyHistogram::LatencyHistogram() : bins_(LogLinearAxis()) {}

void LatencyHistogram::Record(std::int64_t ns) {
  bins_(ns);
  ++count_;
  max_ = std::max(max_, ns);
  sum_ += static_cast<double>(ns);
}

void LatencyHistogram::Merge(const LatencyHistogram& other) {
  bins_ += other.bins_;
  count_ += other.count_;
  max_ = std::max(max_, other.max_);
  sum_ += other.sum_;
}

double LatencyHistogram::Mean() const {
  return count_ == 0 ? 0 : sum_ / static_cast<double>(count_);
}

std::int64_t LatencyHistogram::Percentile(double percent) const {
  const std::uint64_t rank = PercentileRank(percent, count_);
  std::uint64_t seen = 0;
  for (int i = 0; i < LogLinearAxis::size(); ++i) {
    seen += bins_.at(i);
    if (seen >= rank) return std::min(LogLinearAxis::Upper(i), max_);
  }
  return max_;
}

std::vector<std::pair<std::int64_t, std::uint64_t>> LatencyHistogram::Bins() const {
  std::vector<std::pair<std::int64_t, std::uint64_t>> out;
  for (int i = 0; i <= LogLinearAxis::size(); ++i) {
    const std::uint64_t held = bins_.at(i);
    if (held == 0) continue;
    out.emplace_back(i == LogLinearAxis::size() ? max_ : LogLinearAxis::Upper(i), held);
  }
  return out;
}

}  // namespace ocokit::load
