#include "bench/load/stream_delays.h"

#include <gtest/gtest.h>

namespace ocokit::load {
namespace {

Commit Placed(const char* id, std::int64_t at, std::size_t account = 0) {
  return {.order = id, .account = account, .at = at, .measured = true};
}

TEST(StreamDelaysTest, CountsFromTheCommitWhicheverIsKnownFirst) {
  StreamDelays delays({2});
  delays.Heard("1", false, 1100);
  delays.Committed(Placed("1", 1000));
  EXPECT_FALSE(delays.settled());
  delays.Heard("1", false, 1200);
  EXPECT_TRUE(delays.settled());
  EXPECT_EQ(delays.delay().count(), 2u);
  EXPECT_EQ(delays.delay().Percentile(1), 100);
  EXPECT_EQ(delays.delay().max(), 200);
  EXPECT_EQ(delays.missing(), 0u);
}

TEST(StreamDelaysTest, APlacementAndItsEndAreTwo) {
  StreamDelays delays({1});
  delays.Committed(Placed("1", 1000));
  Commit ended = Placed("1", 5000);
  ended.ended = true;
  delays.Committed(ended);
  delays.Heard("1", true, 5010);
  EXPECT_FALSE(delays.settled());
  delays.Heard("1", false, 1020);
  EXPECT_TRUE(delays.settled());
  EXPECT_EQ(delays.delay().max(), 20);
}

TEST(StreamDelaysTest, EachAccountHasItsOwnListeners) {
  StreamDelays delays({0, 1});
  delays.Committed(Placed("1", 1000, 0));
  EXPECT_TRUE(delays.settled());
  delays.Committed(Placed("2", 1000, 1));
  EXPECT_FALSE(delays.settled());
}

TEST(StreamDelaysTest, WhatNobodyHeardIsMissing) {
  StreamDelays delays({3});
  delays.Committed(Placed("1", 1000));
  delays.Heard("1", false, 1010);
  delays.Committed(Placed("2", 9000));
  delays.Forget(5000);
  EXPECT_EQ(delays.missing(), 2u);
  EXPECT_FALSE(delays.settled());
  delays.Forget(10000);
  EXPECT_EQ(delays.missing(), 5u);
  EXPECT_TRUE(delays.settled());
}

TEST(StreamDelaysTest, TheWarmUpIsNotCounted) {
  StreamDelays delays({1});
  Commit early = Placed("1", 1000);
  early.measured = false;
  delays.Committed(early);
  delays.Heard("1", false, 1010);
  early.order = "2";
  delays.Committed(early);
  delays.Forget(2000);
  EXPECT_EQ(delays.delay().count(), 0u);
  EXPECT_EQ(delays.missing(), 0u);
}

TEST(StreamDelaysTest, FramesOfNobodysCommitAreForgotten) {
  StreamDelays delays({1});
  delays.Heard("of another", false, 1000);
  EXPECT_TRUE(delays.settled());
  delays.Forget(2000);
  EXPECT_EQ(delays.missing(), 0u);
}

}  // namespace
}  // namespace ocokit::load
