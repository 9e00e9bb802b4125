#include "mock_exchange/market/price_schedule.h"

#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "mock_exchange/testing/price_path.h"

namespace ocokit::mock {
namespace {

using testing::At;
using testing::kPathStart;

TEST(PriceSchedule, GivesWhatIsDueInTheOrderOfTimes) {
  PriceSchedule schedule;
  schedule.SetPath(1, {At(10, "1"), At(30, "3")}, kPathStart);
  schedule.SetPath(0, {At(20, "2"), At(30, "4")}, kPathStart);
  EXPECT_FALSE(schedule.TakeDue(kPathStart + milliseconds(9)));
  std::vector<std::pair<std::uint32_t, Decimal>> got;
  while (const auto due = schedule.TakeDue(kPathStart + milliseconds(30))) {
    got.emplace_back(due->market, *due->last);
  }
  // At one time the market that is listed first goes first.
  const std::vector<std::pair<std::uint32_t, Decimal>> want = {
      {1, D("1")}, {0, D("2")}, {0, D("4")}, {1, D("3")}};
  EXPECT_EQ(got, want);
}

TEST(PriceSchedule, AWalkIsTheSameForTheSameSeedAndKeepsItsBounds) {
  const auto walk = [](std::uint64_t seed, std::uint32_t market) {
    PriceSchedule schedule;
    PriceWalk options;
    options.every = milliseconds(1);
    options.steps = 500;
    options.max_step = D("2.5");
    schedule.StartWalk(market, options, seed, kPathStart);
    std::vector<Decimal> prices = {D("10")};
    while (const auto due = schedule.TakeDue(kPathStart + seconds(1))) {
      prices.push_back(WalkTo(prices.back(), *due, D("0.01")));
    }
    return prices;
  };
  const std::vector<Decimal> prices = walk(7, 0);
  ASSERT_EQ(prices.size(), 501U);
  EXPECT_EQ(prices, walk(7, 0));
  EXPECT_NE(prices, walk(8, 0));
  EXPECT_NE(prices, walk(7, 1));
  for (std::size_t i = 1; i < prices.size(); ++i) {
    EXPECT_LE((prices[i] - prices[i - 1]).Abs(), D("2.5"));
    EXPECT_GE(prices[i], D("0.01"));
    EXPECT_TRUE(prices[i].IsMultipleOf(D("0.01")));
  }
}

TEST(PriceSchedule, AWalkOfOneTickGoesUpDownAndStays) {
  std::map<Decimal, int> seen;
  DuePrice step;
  step.max_step = D("0.01");
  for (step.chance = 0; step.chance < 3; ++step.chance) ++seen[WalkTo(D("5"), step, D("0.01"))];
  const std::map<Decimal, int> want = {{D("4.99"), 1}, {D("5"), 1}, {D("5.01"), 1}};
  EXPECT_EQ(seen, want);
  // At the edge of the range it stays.
  step.chance = 0;
  EXPECT_EQ(WalkTo(D("0.01"), step, D("0.01")), D("0.01"));
}

}  // namespace
}  // namespace ocokit::mock
