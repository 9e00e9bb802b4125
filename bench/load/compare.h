#pragma once

// Two reports of `ocokit load` against each other: is the second slower, or does it fail more?

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

// Two-sided p of two shares being one and the same, `first` of `first_all` and `second` of
// `second_all`, by the normal approximation with their common share. 1 where there is nothing.
[[nodiscard]] double ShareTest(double first, double first_all, double second, double second_all);

struct Ratio {
  std::string name;  // p50, p90, ...
  double first = 0;  // nanoseconds; 0: not known
  double second = 0;
};

// What became of the requests that were to be sent.
struct Share {
  std::string name;  // accepted, refused, failed, unanswered
  double first = 0;  // 0 to 1
  double second = 0;
};

enum class Verdict { kNoRegression, kRegression, kCannotTell };

struct Comparison {
  std::vector<Ratio> ratios;
  std::vector<Share> shares;
  RankTest test;                  // of the medians of the seconds
  std::size_t first_seconds = 0;  // that have accepted replies
  std::size_t second_seconds = 0;
  std::size_t first_silent = 0;  // that have none, which rank as the slowest
  std::size_t second_silent = 0;
  Verdict verdict = Verdict::kCannotTell;
  std::vector<std::string> reasons;   // for that verdict; none for kNoRegression
  std::vector<std::string> warnings;  // of the reports, and of comparing them
};

// Compares what FormatJson has written. `tolerance`: 0.05 allows a median that is 5 % larger.
// Errors: no report, or two that were not asked for the same; the message names the difference.
[[nodiscard]] Result<Comparison> CompareReports(std::string_view first, std::string_view second,
                                                double tolerance);

[[nodiscard]] std::string FormatText(const Comparison& comparison, double tolerance);

}  // namespace ocokit::load
