#include "bench/load/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ocokit::load {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// The example in the documentation of scipy.stats.mannwhitneyu: ages at which diabetes was found in
// five men and four women; U 17, and p 0.11134688653314041 by method="asymptotic".
TEST(MannWhitneyTest, AgreesWithSciPysExample) {
  const std::vector<double> men = {19, 22, 16, 29, 24};
  const std::vector<double> women = {20, 11, 17, 12};
  const RankTest test = MannWhitney(men, women);
  EXPECT_DOUBLE_EQ(test.u, 17);
  EXPECT_NEAR(test.p, 0.11134688653314041, 1e-12);
  const RankTest swapped = MannWhitney(women, men);
  EXPECT_DOUBLE_EQ(swapped.u, 3);
  EXPECT_DOUBLE_EQ(swapped.p, test.p);
}

// Worked by hand: ranks of the first 1, 3, 3, 6.5, 6.5, 6.5, 10 make 36.5, so U is 8.5; ties of 3,
// 4 and 3 and a pair make 24 + 60 + 24 + 6 = 114, so the variance is 42/12 (14 - 114/156), z is 12
// / 6.815 = 1.7608.
TEST(MannWhitneyTest, TiesShareTheirRanks) {
  const RankTest test = MannWhitney({1, 2, 2, 3, 3, 3, 4}, {2, 3, 4, 4, 5, 5});
  EXPECT_DOUBLE_EQ(test.u, 8.5);
  EXPECT_NEAR(test.p, 0.07826, 1e-5);
}

TEST(MannWhitneyTest, WhatCannotBeToldApartIsChance) {
  EXPECT_EQ(MannWhitney({}, {1}).p, 1);
  EXPECT_EQ(MannWhitney({5, 5, 5}, {5, 5}).p, 1);
  EXPECT_EQ(MannWhitney({1, 2, 3}, {1, 2, 3}).p, 1);
}

// A report of so many seconds, whose medians are about `median`.
json MakeReport(double median, int seconds = 10) {
  json rows = json::array();
  for (int i = 0; i < seconds; ++i) {
    rows.push_back({{"second", i}, {"p50", median + i}});
  }
  rows.push_back({{"second", seconds}, {"p50", 1e9}});  // the drain
  return {{"schema", 1},
          {"asked",
           {{"venue", "bingx"},
            {"rate", 1000.0},
            {"connections", 16},
            {"mix", {{"place", 1}, {"cancel", 1}, {"list", 0}}}}},
          {"measured_ns", seconds * 1'000'000'000LL},
          {"latency_ns", {{"p50", median}, {"p99", median * 3}}},
          {"seconds", rows}};
}

TEST(CompareTest, ASlowerMedianIsARegression) {
  struct Case {
    const char* name;
    double second;
    int seconds;
    double tolerance;
    bool want;
  };
  for (const Case& c :
       {Case{"the same", 1000, 10, 0.05, false}, Case{"slower", 1200, 10, 0.05, true},
        Case{"tolerated", 1200, 10, 0.25, false}, Case{"faster", 800, 10, 0.05, false},
        // Three seconds against three can be chance whatever they are.
        Case{"too short to tell", 1200, 3, 0.05, false}}) {
    const Result<Comparison> got = CompareReports(
        MakeReport(1000, c.seconds).dump(), MakeReport(c.second, c.seconds).dump(), c.tolerance);
    ASSERT_TRUE(got) << c.name << ": " << got.error().message;
    EXPECT_EQ(got->regression, c.want) << c.name;
    EXPECT_EQ(got->first_seconds, static_cast<std::size_t>(c.seconds)) << c.name;
    EXPECT_THAT(FormatText(*got, c.tolerance),
                HasSubstr(c.want ? "\nregression:" : "\nno regression:"));
  }
}

TEST(CompareTest, ReportsOfDifferentThingsAreNotCompared) {
  struct Case {
    const char* member;
    json value;
  };
  for (const Case& c : {Case{"venue", "whitebit"}, Case{"rate", 2000}, Case{"connections", 17},
                        Case{"mix", {{"place", 1}}}, Case{"arrivals", "poisson"}}) {
    json other = MakeReport(1000);
    other["asked"][c.member] = c.value;
    const Result<Comparison> got = CompareReports(MakeReport(1000).dump(), other.dump(), 0.05);
    ASSERT_FALSE(got) << c.member;
    EXPECT_THAT(got.error().message,
                HasSubstr(std::string("the reports differ in ") + c.member + ": "));
  }
}

TEST(CompareTest, OnlyReportsAreRead) {
  const std::string good = MakeReport(1000).dump();
  json without = MakeReport(1000);
  without["latency_ns"] = nullptr;
  json other_schema = MakeReport(1000);
  other_schema["schema"] = 2;
  for (const std::string& bad : {std::string("{"), std::string("[]"), std::string("{}"),
                                 std::string(), without.dump(), other_schema.dump()}) {
    EXPECT_THAT(CompareReports(bad, good, 0.05).error().message, HasSubstr("first")) << bad;
    EXPECT_THAT(CompareReports(good, bad, 0.05).error().message, HasSubstr("second")) << bad;
  }
}

}  // namespace
}  // namespace ocokit::load
