#include "mock_exchange/account/limits.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ocokit::mock {
namespace {

const TimePoint kThen = FromUnixMillis(1'700'000'000'000);

TEST(Limiter, CountsInWindowsThatStartWithTheirFirstRequest) {
  Limiter limiter;
  const std::vector<NamedLimit> limits = {{"a", {2, milliseconds(1000)}}};
  WindowState state = limiter.Count(limits, kThen);
  EXPECT_TRUE(state.allowed);
  EXPECT_EQ(state.remaining, 1);
  EXPECT_EQ(state.expires_in, milliseconds(1000));
  state = limiter.Count(limits, kThen + milliseconds(400));
  EXPECT_EQ(state.remaining, 0);
  EXPECT_EQ(state.expires_in, milliseconds(600));
  EXPECT_FALSE(limiter.Count(limits, kThen + milliseconds(999)).allowed);
  EXPECT_TRUE(limiter.Count(limits, kThen + milliseconds(1000)).allowed);
}

TEST(Limiter, AFullWindowLeavesTheOthersUncounted) {
  Limiter limiter;
  const std::vector<NamedLimit> both = {{"wide", {3, milliseconds(1000)}},
                                        {"narrow", {1, milliseconds(100)}}};
  EXPECT_TRUE(limiter.Count(both, kThen).allowed);
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(limiter.Count(both, kThen).allowed);
  EXPECT_EQ(limiter.Count({both.front()}, kThen).remaining, 1);
}

TEST(Limiter, ARefusedRequestStartsNoWindow) {
  Limiter limiter;
  const NamedLimit wide{"wide", {3, milliseconds(1000)}};
  const NamedLimit narrow{"narrow", {1, milliseconds(100)}};
  EXPECT_TRUE(limiter.Count({narrow}, kThen).allowed);
  EXPECT_FALSE(limiter.Count({wide, narrow}, kThen).allowed);
  // The wide window starts with the first request that is counted in it.
  WindowState state = limiter.Count({wide, narrow}, kThen + milliseconds(100));
  EXPECT_TRUE(state.allowed);
  EXPECT_EQ(state.expires_in, milliseconds(1000));
  // Neither is one that has ended renewed.
  EXPECT_TRUE(limiter.Count({narrow}, kThen + milliseconds(1150)).allowed);
  EXPECT_FALSE(limiter.Count({wide, narrow}, kThen + milliseconds(1150)).allowed);
  state = limiter.Count({wide, narrow}, kThen + milliseconds(1250));
  EXPECT_EQ(state.expires_in, milliseconds(1000));
}

TEST(Blocks, EndAtTheirTime) {
  Blocks blocks;
  EXPECT_EQ(blocks.Until("a", kThen), std::nullopt);
  blocks.Start("a", kThen, kThen + milliseconds(10));
  EXPECT_EQ(blocks.Until("a", kThen), kThen + milliseconds(10));
  EXPECT_EQ(blocks.Until("a", kThen + milliseconds(9)), kThen + milliseconds(10));
  EXPECT_EQ(blocks.Until("a", kThen + milliseconds(10)), std::nullopt);
  EXPECT_EQ(blocks.Until("b", kThen), std::nullopt);
  // A clock set back before the block has not seen it begin.
  EXPECT_EQ(blocks.Until("a", kThen - milliseconds(1)), std::nullopt);
}

TEST(ErrorFlood, CountsOneCodeOfOneNameWithinItsTime) {
  ErrorFlood flood(3, milliseconds(1000));
  flood.Add("a", 7, kThen);
  flood.Add("a", 7, kThen + milliseconds(500));
  flood.Add("a", 8, kThen + milliseconds(500));
  flood.Add("b", 7, kThen + milliseconds(500));
  EXPECT_FALSE(flood.Check("a", kThen + milliseconds(500)));
  flood.Add("a", 7, kThen + milliseconds(900));
  const auto found = flood.Check("a", kThen + milliseconds(999));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->code, 7);
  EXPECT_EQ(found->until, kThen + milliseconds(1000));
  EXPECT_FALSE(flood.Check("a", kThen + milliseconds(1000)));
  EXPECT_FALSE(flood.Check("b", kThen + milliseconds(999)));
  // The oldest gives way to a later one.
  flood.Add("a", 7, kThen + milliseconds(1000));
  ASSERT_TRUE(flood.Check("a", kThen + milliseconds(1000)));
  EXPECT_EQ(flood.Check("a", kThen + milliseconds(1000))->until, kThen + milliseconds(1500));
  // Before the errors there were none.
  EXPECT_FALSE(flood.Check("a", kThen + milliseconds(400)));
}

TEST(Bans, BeginWithTheRefusalThatMakesTheNumber) {
  const BanRule rule{.status = 418, .after = 2, .length = milliseconds(100)};
  Bans bans;
  bans.Count("x", rule, kThen);
  EXPECT_FALSE(bans.IsBanned("x", kThen));
  bans.Count("y", rule, kThen);
  EXPECT_FALSE(bans.IsBanned("y", kThen));
  bans.Count("x", rule, kThen + milliseconds(50));
  EXPECT_TRUE(bans.IsBanned("x", kThen + milliseconds(149)));
  EXPECT_FALSE(bans.IsBanned("x", kThen + milliseconds(150)));
  EXPECT_FALSE(bans.IsBanned("x", kThen + milliseconds(49)));
  EXPECT_FALSE(bans.IsBanned("y", kThen + milliseconds(60)));
  bans.Count("x", rule, kThen + milliseconds(150));
  EXPECT_FALSE(bans.IsBanned("x", kThen + milliseconds(150)));
}

TEST(Bans, CountRefusalsInARow) {
  const BanRule rule{.status = 418, .after = 2, .length = milliseconds(100)};
  Bans bans;
  bans.Count("x", rule, kThen);
  bans.Count("y", rule, kThen);
  bans.Forgive("x");
  bans.Count("x", rule, kThen);
  EXPECT_FALSE(bans.IsBanned("x", kThen));
  bans.Count("y", rule, kThen);
  EXPECT_TRUE(bans.IsBanned("y", kThen));
  bans.Forgive("y");
  EXPECT_TRUE(bans.IsBanned("y", kThen));
}

TEST(RecentSet, ForgetsAfterItsInterval) {
  RecentSet recent(seconds(1));
  recent.Add("x", kThen);
  EXPECT_TRUE(recent.Contains("x", kThen + milliseconds(999)));
  EXPECT_FALSE(recent.Contains("x", kThen + milliseconds(1000)));
  EXPECT_FALSE(recent.Contains("y", kThen));
  recent.Add("y", kThen + milliseconds(500));
  recent.Add("x", kThen + milliseconds(1200));
  recent.Add("z", kThen + milliseconds(1600));
  EXPECT_TRUE(recent.Contains("x", kThen + milliseconds(1600)));
  EXPECT_FALSE(recent.Contains("y", kThen + milliseconds(1600)));
}

}  // namespace
}  // namespace ocokit::mock
