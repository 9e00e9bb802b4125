#pragma once

// Two reports of `ocokit load` against each other: is the second slower?

#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/result.h"

namespace ocokit::load {

// The Mann-Whitney U test of two samples, two-sided, by the normal approximation with corrections
// for ties and continuity.
struct RankTest {
  double u = 0;  // of the first sample: pairs in which its value is larger, ties as halves
  double p = 1;
};
[[nodiscard]] RankTest MannWhitney(const std::vector<double>& first,
                                   const std::vector<double>& second);

struct Ratio {
  std::string name;  // p50, p90, ...
  double first = 0;  // nanoseconds
  double second = 0;
};

struct Comparison {
  std::vector<Ratio> ratios;
  RankTest test;  // of the medians of the seconds
  std::size_t first_seconds = 0;
  std::size_t second_seconds = 0;
  bool regression = false;  // the median grew beyond the tolerance, and that is no chance
};

// Compares what FormatJson has written. `tolerance`: 0.05 allows a median that is 5 % larger.
// Errors: no report, or two that were not asked for the same; the message names the difference.
[[nodiscard]] Result<Comparison> CompareReports(std::string_view first, std::string_view second,
                                                double tolerance);

[[nodiscard]] std::string FormatText(const Comparison& comparison, double tolerance);

}  // namespace ocokit::load
