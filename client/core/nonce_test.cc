#include "ocokit/client/nonce.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <thread>
#include <vector>

namespace ocokit::client {
namespace {

constexpr std::int64_t kNow = 1'700'000'000'000;

TEST(NonceSource, FollowsTheClockInMilliseconds) {
  auto clock = std::make_shared<ManualClock>(FromUnixMillis(kNow) + microseconds(999));
  NonceSource nonces(clock);
  EXPECT_EQ(nonces.Next(), kNow);
  clock->Advance(milliseconds(250));
  EXPECT_EQ(nonces.Next(), kNow + 250);
  EXPECT_EQ(nonces.last(), kNow + 250);
}

TEST(NonceSource, RisesWithinAMillisecondAndAfterTheClockWentBack) {
  auto clock = std::make_shared<ManualClock>(FromUnixMillis(kNow));
  NonceSource nonces(clock);
  EXPECT_EQ(nonces.Next(), kNow);
  EXPECT_EQ(nonces.Next(), kNow + 1);
  clock->Advance(seconds(-60));
  EXPECT_EQ(nonces.Next(), kNow + 2);
}

TEST(NonceSource, GoesOnAboveTheLastNonceOfAnEarlierRun) {
  auto clock = std::make_shared<ManualClock>(FromUnixMillis(kNow));
  NonceSource nonces(clock, kNow + 5000);
  EXPECT_EQ(nonces.Next(), kNow + 5001);
}

TEST(NonceSource, GivesEveryThreadItsOwnAndRisingValues) {
  NonceSource nonces(std::make_shared<ManualClock>(FromUnixMillis(kNow)));
  std::vector<std::vector<std::int64_t>> taken(4);
  std::vector<std::thread> threads;
  for (auto& mine : taken) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) mine.push_back(nonces.Next());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<std::int64_t> all;
  for (const auto& mine : taken) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(all.end(), mine.begin(), mine.end());
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
  EXPECT_EQ(all.front(), kNow);
  EXPECT_EQ(all.back(), kNow + 3999);
}

}  // namespace
}  // namespace ocokit::client
