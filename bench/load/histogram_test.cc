#include "bench/load/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace ocokit::load {
namespace {

constexpr std::int64_t kHour = 3'600'000'000'000;

std::int64_t Exact(const std::vector<std::int64_t>& sorted, double percent) {
  const double rank = std::ceil(percent * static_cast<double>(sorted.size()) / 100 - 1e-9);
  return sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

TEST(LogLinearAxisTest, EachBinBeginsWhereTheOneBeforeEnds) {
  const LogLinearAxis axis;
  for (int bin = 1; bin < LogLinearAxis::size(); ++bin) {
    const std::int64_t first = LogLinearAxis::Upper(bin - 1) + 1;
    const std::int64_t last = LogLinearAxis::Upper(bin);
    if (first > kHour) break;
    ASSERT_EQ(axis.index(first), bin) << first;
    ASSERT_EQ(axis.index(std::min(last, kHour)), bin) << last;
    ASSERT_LE(static_cast<double>(last - first), static_cast<double>(first) / 128) << first;
  }
  EXPECT_EQ(axis.index(0), 0);
  EXPECT_EQ(axis.index(-5), 0);
  EXPECT_EQ(axis.index(kHour), LogLinearAxis::size() - 1);
  EXPECT_EQ(axis.index(kHour + 1), LogLinearAxis::size());
}

TEST(LatencyHistogramTest, PercentilesAreThoseOfTheSortedValues) {
  std::mt19937_64 random(7);
  for (const double spread : {0.2, 1.0, 2.5}) {
    std::lognormal_distribution<double> distribution(12, spread);
    LatencyHistogram histogram;
    std::vector<std::int64_t> values;
    for (int i = 0; i < 50000; ++i) {
      values.push_back(static_cast<std::int64_t>(distribution(random)));
      histogram.Record(values.back());
    }
    std::ranges::sort(values);
    for (const double percent : {0.0, 1.0, 50.0, 90.0, 99.0, 99.9, 99.99, 100.0}) {
      const auto exact = static_cast<double>(Exact(values, percent));
      const auto got = static_cast<double>(histogram.Percentile(percent));
      EXPECT_GE(got, exact) << percent;
      EXPECT_LE(got, exact * (1 + 1.0 / 128)) << percent;
    }
    EXPECT_EQ(histogram.max(), values.back());
    EXPECT_EQ(histogram.Percentile(100), values.back());
  }
}

TEST(LatencyHistogramTest, TheRankOfAShareIsExact) {
  LatencyHistogram histogram;
  for (int i = 1; i <= 200; ++i) histogram.Record(i);
  EXPECT_EQ(histogram.Percentile(50), 100);
  EXPECT_EQ(histogram.Percentile(99), 198);
  EXPECT_EQ(histogram.Percentile(99.5), 199);
  EXPECT_EQ(histogram.Percentile(99.9), 200);
  EXPECT_DOUBLE_EQ(histogram.Mean(), 100.5);
}

TEST(LatencyHistogramTest, WhatIsLongerThanAnHourIsKept) {
  LatencyHistogram histogram;
  histogram.Record(10);
  histogram.Record(kHour * 2);
  EXPECT_EQ(histogram.count(), 2u);
  EXPECT_EQ(histogram.Percentile(99), kHour * 2);
  const auto bins = histogram.Bins();
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_EQ(bins[0], std::pair(std::int64_t{10}, std::uint64_t{1}));
  EXPECT_EQ(bins[1], std::pair(kHour * 2, std::uint64_t{1}));
}

TEST(LatencyHistogramTest, MergedIsAsIfRecordedInOne) {
  LatencyHistogram one;
  LatencyHistogram other;
  LatencyHistogram all;
  for (int i = 0; i < 1000; ++i) {
    (i % 3 == 0 ? one : other).Record(i * 1000);
    all.Record(i * 1000);
  }
  one.Merge(other);
  EXPECT_EQ(one.Bins(), all.Bins());
  EXPECT_EQ(one.max(), all.max());
  EXPECT_EQ(LatencyHistogram().Percentile(50), 0);
}

}  // namespace
}  // namespace ocokit::load
