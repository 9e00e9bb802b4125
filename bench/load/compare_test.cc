#include "bench/load/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ocokit::load {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

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

// Worked by hand: 2 of 100 and 12 of 100 have 7 % in common, so z is 0.1 / sqrt(0.07 0.93 0.02) =
// 2.7714.
TEST(ShareTestTest, IsTheNormalApproximation) {
  EXPECT_NEAR(ShareTest(2, 100, 12, 100), 0.00558, 1e-5);
  EXPECT_DOUBLE_EQ(ShareTest(12, 100, 2, 100), ShareTest(2, 100, 12, 100));
  EXPECT_EQ(ShareTest(0, 100, 0, 100), 1);
  EXPECT_EQ(ShareTest(100, 100, 50, 50), 1);
  EXPECT_EQ(ShareTest(1, 100, 0, 0), 1);
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
          {"counts",
           {{"intended", 1000},
            {"accepted", 1000},
            {"refused", 0},
            {"transport", 0},
            {"reply", 0},
            {"unanswered", 0}}},
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
        Case{"four seconds", 1200, 4, 0.05, true}}) {
    const Result<Comparison> got = CompareReports(
        MakeReport(1000, c.seconds).dump(), MakeReport(c.second, c.seconds).dump(), c.tolerance);
    ASSERT_TRUE(got) << c.name << ": " << got.error().message;
    EXPECT_EQ(got->verdict, c.want ? Verdict::kRegression : Verdict::kNoRegression) << c.name;
    EXPECT_EQ(got->first_seconds, static_cast<std::size_t>(c.seconds)) << c.name;
    EXPECT_THAT(FormatText(*got, c.tolerance),
                HasSubstr(c.want ? "\nregression:" : "\nno regression:"));
  }
}

Comparison Compare(const json& first, const json& second) {
  const Result<Comparison> got = CompareReports(first.dump(), second.dump(), 0.05);
  EXPECT_TRUE(got);
  return got ? *got : Comparison();
}

TEST(CompareTest, TheSecondMustBeTheSlowerOne) {
  // Its median of all grew, but second by second it was faster.
  json second = MakeReport(800);
  second["latency_ns"]["p50"] = 1200;
  EXPECT_EQ(Compare(MakeReport(1000), second).verdict, Verdict::kNoRegression);
}

TEST(CompareTest, FewSecondsCannotTell) {
  const Comparison three = Compare(MakeReport(1000, 3), MakeReport(1200, 3));
  EXPECT_EQ(three.verdict, Verdict::kCannotTell);
  EXPECT_THAT(FormatText(three, 0.05), HasSubstr("\ncannot tell: 3 and 3 seconds"));
  EXPECT_EQ(Compare(MakeReport(1000, 10), MakeReport(1200, 3)).verdict, Verdict::kCannotTell);
  // But that more failed needs no seconds.
  json fails = MakeReport(1000, 3);
  fails["counts"]["transport"] = 200;
  EXPECT_EQ(Compare(MakeReport(1000, 3), fails).verdict, Verdict::kRegression);
}

TEST(CompareTest, MoreThatFailedOrWasUnansweredIsARegression) {
  for (const char* count : {"transport", "reply", "unanswered"}) {
    json second = MakeReport(1000);
    second["counts"][count] = 10;  // 1 % is tolerated
    EXPECT_EQ(Compare(MakeReport(1000), second).verdict, Verdict::kNoRegression) << count;
    second["counts"][count] = 30;
    const Comparison got = Compare(MakeReport(1000), second);
    EXPECT_EQ(got.verdict, Verdict::kRegression) << count;
    EXPECT_THAT(got.reasons, ElementsAre(HasSubstr("from 0 % of the requests to 3 %"))) << count;
    EXPECT_EQ(Compare(second, MakeReport(1000)).verdict, Verdict::kNoRegression) << count;
  }
  // One of fifty can be chance.
  json first = MakeReport(1000);
  json second = MakeReport(1000);
  first["counts"]["intended"] = second["counts"]["intended"] = 50;
  second["counts"]["reply"] = 1;
  EXPECT_EQ(Compare(first, second).verdict, Verdict::kNoRegression);
  // Where nothing was accepted there is no latency.
  second["counts"]["reply"] = 50;
  second["latency_ns"] = nullptr;
  EXPECT_EQ(Compare(first, second).verdict, Verdict::kRegression);
}

TEST(CompareTest, SharesStandSideBySide) {
  json second = MakeReport(1000);
  second["counts"]["accepted"] = 900;
  second["counts"]["refused"] = 100;
  const Comparison got = Compare(MakeReport(1000), second);
  EXPECT_THAT(FormatText(got, 0.05), HasSubstr("  accepted    100.000 % ->   90.000 %\n"
                                               "  refused       0.000 % ->   10.000 %\n"));
  EXPECT_THAT(got.warnings, ElementsAre(HasSubstr("refusals grew from 0 %")));
}

TEST(CompareTest, SecondsWithoutAReplyRankAsTheSlowest) {
  json second = MakeReport(1000);
  for (int i = 0; i < 6; ++i) second["seconds"][i]["p50"] = nullptr;
  second["latency_ns"]["p50"] = 1200;
  const Comparison got = Compare(MakeReport(1000), second);
  EXPECT_EQ(got.second_seconds, 4u);
  EXPECT_EQ(got.second_silent, 6u);
  EXPECT_EQ(got.verdict, Verdict::kRegression);
  EXPECT_THAT(FormatText(got, 0.05), HasSubstr("of these 0 and 6 have no accepted reply"));
  // A row may be missing altogether.
  second["seconds"].erase(0);
  EXPECT_EQ(Compare(MakeReport(1000), second).second_silent, 6u);
}

TEST(CompareTest, WarningsAreRepeated) {
  json first = MakeReport(1000);
  json second = MakeReport(1000);
  EXPECT_THAT(Compare(first, second).warnings, IsEmpty());
  first["warnings"] = {"the generator was the bottleneck"};
  second["books"] = {{"agree", false}};
  const Comparison got = Compare(first, second);
  EXPECT_THAT(got.warnings, ElementsAre("the first report: the generator was the bottleneck",
                                        HasSubstr("the second report: the server's books differ")));
  EXPECT_THAT(FormatText(got, 0.05), HasSubstr("\nwarning: the first report"));
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
  without.erase("counts");
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
