#include "client/core/rate_limiter.h"

#include <gtest/gtest.h>

#include <memory>

namespace ocokit::client {
namespace {

class RateLimiterTest : public ::testing::Test {
 protected:
  RateLimiter Make(WaitPolicy policy, milliseconds max_wait = milliseconds(10000)) {
    return RateLimiter(clock_, {.enabled = true, .policy = policy, .max_wait = max_wait},
                       {{2, milliseconds(1000)}, {5, milliseconds(1000)}});
  }
  milliseconds Elapsed() const {
    return std::chrono::duration_cast<milliseconds>(clock_->Now() - start_);
  }

  const TimePoint start_ = FromUnixMillis(1'700'000'000'000);
  std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(start_);
};

TEST_F(RateLimiterTest, WaitsUntilTheWindowHasRoom) {
  RateLimiter limiter = Make(WaitPolicy::kWait);
  ASSERT_TRUE(limiter.Acquire(0));
  clock_->Advance(milliseconds(400));
  ASSERT_TRUE(limiter.Acquire(0));
  EXPECT_EQ(Elapsed(), milliseconds(400));
  ASSERT_TRUE(limiter.Acquire(0));
  EXPECT_EQ(Elapsed(), milliseconds(1000));
  ASSERT_TRUE(limiter.Acquire(0));
  EXPECT_EQ(Elapsed(), milliseconds(1400));
}

TEST_F(RateLimiterTest, ReturnsTheTimeToWait) {
  RateLimiter limiter = Make(WaitPolicy::kReturn);
  ASSERT_TRUE(limiter.Acquire(0));
  ASSERT_TRUE(limiter.Acquire(0));
  clock_->Advance(milliseconds(300));
  const auto refused = limiter.Acquire(0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kRateLimit);
  EXPECT_EQ(refused.error().retry_after, milliseconds(700));
  EXPECT_TRUE(refused.error().retry_safe);
  EXPECT_FALSE(refused.error().outcome_unknown);
  EXPECT_EQ(Elapsed(), milliseconds(300));
  clock_->Advance(milliseconds(700));
  EXPECT_TRUE(limiter.Acquire(0));
}

TEST_F(RateLimiterTest, EndpointsHaveWindowsOfTheirOwn) {
  RateLimiter limiter = Make(WaitPolicy::kReturn);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(limiter.Acquire(0));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(limiter.Acquire(1));
  EXPECT_FALSE(limiter.Acquire(0));
  EXPECT_FALSE(limiter.Acquire(1));
}

TEST_F(RateLimiterTest, DoesNotWaitLongerThanAllowed) {
  RateLimiter limiter = Make(WaitPolicy::kWait, milliseconds(999));
  ASSERT_TRUE(limiter.Acquire(0));
  ASSERT_TRUE(limiter.Acquire(0));
  const auto refused = limiter.Acquire(0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().retry_after, milliseconds(1000));
  EXPECT_EQ(Elapsed(), milliseconds(0));
}

// Another process of the same account has used the window up.
TEST_F(RateLimiterTest, TheVenueKnowsBetter) {
  RateLimiter limiter = Make(WaitPolicy::kWait);
  ASSERT_TRUE(limiter.Acquire(0));
  limiter.Correct(0, 0, milliseconds(640));
  ASSERT_TRUE(limiter.Acquire(0));
  EXPECT_EQ(Elapsed(), milliseconds(640));
}

TEST_F(RateLimiterTest, ALateReplyDoesNotGiveCallsBack) {
  RateLimiter limiter = Make(WaitPolicy::kReturn);
  limiter.Correct(1, 1, milliseconds(800));
  limiter.Correct(1, 3, milliseconds(790));
  EXPECT_TRUE(limiter.Acquire(1));
  EXPECT_FALSE(limiter.Acquire(1));
  clock_->Advance(milliseconds(800));
  EXPECT_TRUE(limiter.Acquire(1));
}

TEST_F(RateLimiterTest, AClockSetBackHoldsNothingUp) {
  RateLimiter limiter = Make(WaitPolicy::kReturn);
  ASSERT_TRUE(limiter.Acquire(0));
  ASSERT_TRUE(limiter.Acquire(0));
  clock_->Advance(seconds(-3600));
  EXPECT_TRUE(limiter.Acquire(0));
}

}  // namespace
}  // namespace ocokit::client
