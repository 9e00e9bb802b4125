#include "mock_exchange/bingx/streams/heartbeat.h"

#include <gtest/gtest.h>

namespace ocokit::mock::bingx {
namespace {

const TimePoint kOpen = FromUnixMillis(1'654'590'451'323);

TEST(Heartbeat, AsksEveryFiveSeconds) {
  Heartbeat heartbeat;
  heartbeat.Begin(kOpen);
  EXPECT_EQ(heartbeat.NextDue(), kOpen + seconds(5));
  EXPECT_FALSE(heartbeat.TakeDue(kOpen + milliseconds(4999)));
  EXPECT_TRUE(heartbeat.TakeDue(kOpen + seconds(5)));
  EXPECT_FALSE(heartbeat.TakeDue(kOpen + seconds(5)));
  // One that is late does not hold the next one up.
  EXPECT_TRUE(heartbeat.TakeDue(kOpen + milliseconds(10100)));
  EXPECT_EQ(heartbeat.NextDue(), kOpen + seconds(15));
  EXPECT_EQ(heartbeat.asked(), 2U);
}

TEST(Heartbeat, GivesUpHalfASecondAfterTheSixthQuestion) {
  Heartbeat heartbeat;
  heartbeat.Begin(kOpen);
  for (int i = 1; i <= 6; ++i) {
    EXPECT_FALSE(heartbeat.IsSilent(kOpen + seconds(5 * i)));
    EXPECT_TRUE(heartbeat.TakeDue(kOpen + seconds(5 * i)));
  }
  EXPECT_EQ(heartbeat.NextDue(), kOpen + milliseconds(30500));
  EXPECT_FALSE(heartbeat.IsSilent(kOpen + milliseconds(30499)));
  EXPECT_TRUE(heartbeat.IsSilent(kOpen + milliseconds(30500)));
}

TEST(Heartbeat, AnAnswerCountsForAllBeforeIt) {
  Heartbeat heartbeat;
  heartbeat.Begin(kOpen);
  for (int i = 1; i <= 6; ++i) (void)heartbeat.TakeDue(kOpen + seconds(5 * i));
  heartbeat.Answer();
  EXPECT_FALSE(heartbeat.IsSilent(kOpen + milliseconds(30500)));
  for (int i = 7; i <= 11; ++i) EXPECT_TRUE(heartbeat.TakeDue(kOpen + seconds(5 * i)));
  EXPECT_FALSE(heartbeat.IsSilent(kOpen + seconds(59)));
}

TEST(Heartbeat, AClockThatJumpsAsksOnce) {
  Heartbeat heartbeat;
  heartbeat.Begin(kOpen);
  const TimePoint later = kOpen + std::chrono::hours(1);
  EXPECT_TRUE(heartbeat.TakeDue(later));
  EXPECT_FALSE(heartbeat.IsSilent(later));
  EXPECT_EQ(heartbeat.NextDue(), later + seconds(5));
  // Set back, it asks again in time.
  EXPECT_FALSE(heartbeat.TakeDue(kOpen));
  EXPECT_EQ(heartbeat.NextDue(), kOpen + seconds(5));
}

TEST(Heartbeat, TheQuestionIsAsItWasSeen) {
  EXPECT_EQ(WritePing("2177c68e4d0e45679965f482929b59c2", FromUnixMillis(1'654'590'456'323)).text,
            R"({"ping":"2177c68e4d0e45679965f482929b59c2","time":"2022-06-07T16:27:36.323+0800"})");
}

}  // namespace
}  // namespace ocokit::mock::bingx
