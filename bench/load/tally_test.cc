#include "bench/load/tally.h"

#include <gtest/gtest.h>

namespace ocokit::load {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// A request that was meant to leave at `intended` and took `latency` in all.
RequestTimes Took(std::int64_t intended, std::int64_t latency) {
  RequestTimes times;
  times.intended = intended;
  times.picked = times.free_since = intended + 10;
  times.written = intended + 30;
  times.first_byte = intended + latency - 5;
  times.done = intended + latency;
  times.serialize = 3;
  times.sign = 4;
  times.write = 5;
  times.server = 50;
  return times;
}

TEST(TallyTest, WarmUpIsInTheBooksAlone) {
  Tally tally(kSecond);
  for (const std::int64_t intended : {kSecond - 1, kSecond}) {
    tally.Sent(Took(intended, 100));
    tally.Ended(Call::kPlace, 200, 0);
    tally.Accepted(Took(intended, 100));
    tally.Troubled(Trouble::kTransport, "reset", Took(intended, 100), intended + 100);
    tally.Unanswered(intended, intended + 7);
  }
  EXPECT_EQ(tally.written(), 2u);
  EXPECT_EQ(tally.warmup(), 1u);
  EXPECT_EQ(tally.endings().at({Call::kPlace, 200, 0}), 2u);
  EXPECT_EQ(tally.losses().at("reset"), 2u);
  EXPECT_EQ(tally.sent(), 1u);
  EXPECT_EQ(tally.accepted(), 1u);
  EXPECT_EQ(tally.unanswered(), 1u);
  EXPECT_EQ(tally.Count(Trouble::kTransport), 1u);
}

TEST(TallyTest, LatencyIsFromTheIntendedTime) {
  Tally tally(0);
  tally.Accepted(Took(100, 200));
  EXPECT_EQ(tally.latency().max(), 200);
  EXPECT_EQ(tally.service().max(), 170);
  EXPECT_EQ(tally.phase(Phase::kQueue).max(), 10);
  // Its connection was not free before.
  EXPECT_EQ(tally.phase(Phase::kLag).max(), 0);
  EXPECT_EQ(tally.phase(Phase::kWait).max(), 165);
  EXPECT_EQ(tally.phase(Phase::kServer).max(), 50);
  EXPECT_EQ(tally.phase(Phase::kNetwork).max(), 120);
  EXPECT_EQ(tally.phase(Phase::kRead).max(), 5);
  RequestTimes late = Took(1000, 200);
  late.free_since = 500;
  tally.Accepted(late);
  EXPECT_EQ(tally.phase(Phase::kLag).max(), 10);
}

TEST(TallyTest, WhatHasNoAnswerCountsWithItsAge) {
  Tally tally(0);
  tally.Accepted(Took(0, 100));
  tally.Unanswered(0, 5 * kSecond);
  EXPECT_EQ(tally.latency().count(), 2u);
  EXPECT_EQ(tally.latency().max(), 5 * kSecond);
  EXPECT_EQ(tally.service().count(), 1u);
}

TEST(TallyTest, ATimeoutCountsWithItsAgeAndAsATrouble) {
  Tally tally(kSecond);
  tally.TimedOut(Took(0, 100), 3 * kSecond);
  EXPECT_EQ(tally.latency().count(), 0u);
  EXPECT_EQ(tally.losses().at("timeout"), 1u);
  tally.TimedOut(Took(kSecond, 100), 3 * kSecond);
  EXPECT_EQ(tally.timeouts(), 1u);
  EXPECT_EQ(tally.Count(Trouble::kTransport), 1u);
  EXPECT_EQ(tally.latency().max(), 2 * kSecond);
  EXPECT_EQ(tally.service().count(), 0u);
}

TEST(TallyTest, AServerThatSaysMoreThanItCanHaveWorkedIsLeftOut) {
  Tally tally(0);
  RequestTimes times = Took(100, 200);  // writes for 5, waits for 165
  times.server = 170;
  tally.Accepted(times);
  times.server = 171;
  tally.Accepted(times);
  EXPECT_EQ(tally.phase(Phase::kWait).count(), 2u);
  EXPECT_EQ(tally.phase(Phase::kServer).count(), 1u);
  EXPECT_EQ(tally.phase(Phase::kNetwork).count(), 1u);
}

TEST(TallyTest, TroublesAreApartByKindAndLabel) {
  Tally tally(0);
  tally.Troubled(Trouble::kRefused, "code 116", Took(0, 100), 100);
  tally.Troubled(Trouble::kRefused, "code 116", Took(0, 300), 300);
  tally.Troubled(Trouble::kTransport, "reset", Took(0, 100), 100);
  EXPECT_EQ(tally.latency().count(), 0u);
  EXPECT_EQ(tally.troubles().size(), 2u);
  const TroubleCount& refused = tally.troubles().at({Trouble::kRefused, "code 116"});
  EXPECT_EQ(refused.count, 2u);
  EXPECT_EQ(refused.latency.max(), 300);
}

TEST(TallyTest, HasARowForEachSecond) {
  Tally tally(0);
  for (int second : {0, 2}) {
    for (int i = 1; i <= 100; ++i) {
      const RequestTimes times = Took(second * kSecond, i + second * 100);
      tally.Sent(times);
      tally.Accepted(times);
    }
  }
  tally.Finish();
  ASSERT_EQ(tally.seconds().size(), 3u);
  EXPECT_EQ(tally.seconds()[0].answered, 100u);
  EXPECT_EQ(PercentileOf(tally.seconds()[0], 50), 50);
  EXPECT_EQ(tally.seconds()[1].answered, 0u);
  EXPECT_EQ(PercentileOf(tally.seconds()[1], 50), 0);
  EXPECT_EQ(tally.seconds()[2].sent, 100u);
  EXPECT_EQ(tally.seconds()[2].max, 300);
  EXPECT_EQ(PercentileOf(tally.seconds()[2], 100), 300);
}

TEST(TallyTest, ThreadsAddUp) {
  Tally one(0);
  Tally other(0);
  for (int i = 1; i <= 100; ++i) (i % 2 == 0 ? one : other).Accepted(Took(0, i + 50));
  other.Accepted(Took(3 * kSecond, 100));
  other.Troubled(Trouble::kReply, "HTTP 500", Took(0, 100), 100);
  one.Finish();
  other.Finish();
  one.Merge(other);
  EXPECT_EQ(one.accepted(), 101u);
  EXPECT_EQ(one.Count(Trouble::kReply), 1u);
  ASSERT_EQ(one.seconds().size(), 4u);
  EXPECT_EQ(one.seconds()[0].answered, 100u);
  EXPECT_EQ(PercentileOf(one.seconds()[0], 50), 100);
  EXPECT_EQ(one.seconds()[3].answered, 1u);
}

}  // namespace
}  // namespace ocokit::load
