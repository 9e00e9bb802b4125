#include "ocokit/base/clock.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace ocokit {
namespace {

constexpr TimePoint kStart{microseconds(1'700'000'000'123'456)};

TEST(UnixMillis, RoundsDown) {
  EXPECT_EQ(1'700'000'000'123, ToUnixMillis(kStart));
  EXPECT_EQ(0, ToUnixMillis(TimePoint(microseconds(999))));
  EXPECT_EQ(1, ToUnixMillis(TimePoint(microseconds(1000))));
  EXPECT_EQ(-1, ToUnixMillis(TimePoint(microseconds(-1))));
  EXPECT_EQ(-1, ToUnixMillis(TimePoint(microseconds(-1000))));
}

TEST(UnixMillis, RoundTrip) {
  for (const std::int64_t ms : {std::int64_t{0}, std::int64_t{1}, std::int64_t{1'700'000'000'000},
                                std::int64_t{-5}, std::int64_t{253'402'300'799'999}}) {
    EXPECT_EQ(ms, ToUnixMillis(FromUnixMillis(ms)));
  }
}

TEST(ManualClock, MovesOnlyWhenTold) {
  ManualClock clock(kStart);
  EXPECT_EQ(kStart, clock.Now());
  EXPECT_EQ(kStart, clock.Now());
  clock.Advance(milliseconds(1500));
  EXPECT_EQ(kStart + milliseconds(1500), clock.Now());
  clock.Advance(microseconds(-1));
  EXPECT_EQ(kStart + microseconds(1'499'999), clock.Now());
  clock.Set(FromUnixMillis(5));
  EXPECT_EQ(FromUnixMillis(5), clock.Now());
}

TEST(ManualClock, SleepMovesItForward) {
  ManualClock clock(kStart);
  clock.SleepFor(seconds(3600));
  EXPECT_EQ(kStart + seconds(3600), clock.Now());
  clock.SleepFor(microseconds(0));
  clock.SleepFor(microseconds(-5));
  EXPECT_EQ(kStart + seconds(3600), clock.Now());
}

TEST(ManualClock, ManyThreadsLoseNoStep) {
  ManualClock clock(kStart);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&clock] {
      for (int n = 0; n < 1000; ++n) clock.Advance(microseconds(1));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(kStart + microseconds(4000), clock.Now());
}

TEST(SystemClock, IsTheMachinesClock) {
  SystemClock clock;
  const auto before = std::chrono::floor<microseconds>(std::chrono::system_clock::now());
  const TimePoint now = clock.Now();
  const auto after = std::chrono::floor<microseconds>(std::chrono::system_clock::now());
  EXPECT_LE(before, now);
  EXPECT_LE(now, after);
}

TEST(SystemClock, SleepsAtLeastThatLongAndNotAtAllForNothing) {
  SystemClock clock;
  const auto before = std::chrono::steady_clock::now();
  clock.SleepFor(microseconds(-1'000'000'000'000));
  clock.SleepFor(microseconds(0));
  clock.SleepFor(milliseconds(1));
  EXPECT_GE(std::chrono::steady_clock::now() - before, milliseconds(1));
}

}  // namespace
}  // namespace ocokit
