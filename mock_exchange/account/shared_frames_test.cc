#include "mock_exchange/account/shared_frames.h"

#include <gtest/gtest.h>

namespace ocokit::mock {
namespace {

class SharedFramesTest : public ::testing::Test {
 protected:
  std::shared_ptr<const Message> Get(const std::string& topic, std::uint64_t version) {
    return frames_.Get(topic, version, [&] {
      ++made_;
      return Message{.bytes = topic + " " + std::to_string(version)};
    });
  }

  SharedFrames frames_;
  int made_ = 0;
};

TEST_F(SharedFramesTest, AMessageIsMadeOnce) {
  const auto first = Get("trades", 1);
  EXPECT_EQ(Get("trades", 1), first);
  EXPECT_EQ(first->bytes, "trades 1");
  EXPECT_NE(Get("trades", 2), first);
  EXPECT_NE(Get("depth", 1), first);
  EXPECT_EQ(made_, 3);
}

TEST_F(SharedFramesTest, OfATopicTheLatestAreKept) {
  for (std::uint64_t version = 1; version <= 17; ++version) (void)Get("trades", version);
  made_ = 0;
  (void)Get("trades", 2);
  EXPECT_EQ(made_, 0);
  (void)Get("trades", 1);
  EXPECT_EQ(made_, 1);
}

// Clients name topics: whoever asks for ever new ones makes it no larger.
TEST_F(SharedFramesTest, TopicsAreForgottenBeforeTheyAreTooMany) {
  const std::weak_ptr<const Message> first = Get("candles 0", 1);
  for (int i = 1; i < 1024; ++i) (void)Get("candles " + std::to_string(i), 1);
  EXPECT_FALSE(first.expired());
  (void)Get("candles 1023", 1);
  EXPECT_FALSE(first.expired());
  (void)Get("candles 1024", 1);
  EXPECT_TRUE(first.expired());
}

TEST_F(SharedFramesTest, TheFirstSnapshotStays) {
  const auto snapshot = [](const char* text) {
    return std::make_shared<const Message>(Message{.bytes = text});
  };
  EXPECT_EQ(frames_.KeepFirst("depth", snapshot("a"))->bytes, "a");
  EXPECT_EQ(frames_.KeepFirst("depth", snapshot("b"))->bytes, "a");
  for (int i = 0; i < 2000; ++i) (void)frames_.KeepFirst(std::to_string(i), snapshot("c"));
  EXPECT_EQ(frames_.KeepFirst("1999", snapshot("d"))->bytes, "d");
  EXPECT_EQ(frames_.KeepFirst("depth", snapshot("e"))->bytes, "a");
}

}  // namespace
}  // namespace ocokit::mock
