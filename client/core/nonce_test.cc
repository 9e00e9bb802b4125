#include "ocokit/client/nonce.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
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

TEST(NonceSource, RequestsUnderWayAtOnceHaveNoncesOfTheirOwn) {
  NonceSource nonces(std::make_shared<ManualClock>(FromUnixMillis(kNow)));
  const NonceSource::Turn one = nonces.Begin();
  const NonceSource::Turn other = nonces.Begin();
  EXPECT_EQ(one.nonce(), kNow);
  EXPECT_EQ(other.nonce(), kNow + 1);
}

// A request that is alone has its nonce after all that were under way are done, and before any
// other has one: whatever the threads do, it is not overtaken.
TEST(NonceSource, NothingIsUnderWayBesideARequestThatIsAlone) {
  NonceSource nonces(std::make_shared<ManualClock>(FromUnixMillis(kNow)));
  std::atomic<int> under_way{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 300; ++i) {
        const bool alone = (i + t) % 3 == 0;
        const NonceSource::Turn turn = alone ? nonces.BeginAlone() : nonces.Begin();
        const int before = under_way.fetch_add(1);
        if (alone) {
          EXPECT_EQ(before, 0);
          std::this_thread::yield();
          EXPECT_EQ(under_way.load(), 1);
          EXPECT_EQ(nonces.last(), turn.nonce());
        }
        under_way.fetch_sub(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(nonces.last(), kNow + 6 * 300 - 1);
}

TEST(NonceSource, ARequestThatHangsHoldsUpNoOtherForGood) {
  NonceSource nonces(std::make_shared<ManualClock>(FromUnixMillis(kNow)));
  const NonceSource::Turn hangs = nonces.BeginAlone();
  EXPECT_EQ(nonces.Begin().nonce(), kNow + 1);
}

}  // namespace
}  // namespace ocokit::client
