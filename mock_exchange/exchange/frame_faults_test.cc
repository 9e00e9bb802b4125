// What faults make of the messages of both venues' streams.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/bingx/venue.h"
#include "mock_exchange/faults/frame_gate.h"
#include "mock_exchange/streams/gzip.h"
#include "mock_exchange/whitebit/venue.h"

namespace ocokit::mock::faults {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kReply = R"({"error": null, "result": {"status": "success"}, "id": 1})";
constexpr const char* kDeal = R"({"method": "deals_update", "params": [7], "id": null})";
constexpr const char* kFirst =
    R"({"method": "depth_update", "params": [true, {"update_id": 5}, "BTC_USDT"], "id": null})";
constexpr const char* kSecond =
    R"({"method": "depth_update", "params": [true, {"update_id": 6}, "BTC_USDT"], "id": null})";
constexpr const char* kDelta =
    R"({"method": "depth_update", "params": [false, {"update_id": 8, "past_update_id": 6}, "BTC_USDT"], "id": null})";

AccountOptions Options(Venue venue) {
  return CompleteOptions({.venue = venue, .key = "key", .secret = "secret"}, 1).value();
}

class FrameGateTest : public ::testing::Test {
 protected:
  void Add(const std::string& channel, FaultAction action, std::optional<std::uint64_t> nth = {}) {
    ASSERT_TRUE(account_.faults.Add(
        {.match = {.channel = channel, .nth = nth}, .action = std::move(action)}));
  }
  std::vector<std::string> Pass(FrameGate& gate, const std::vector<std::string>& texts) {
    std::vector<std::shared_ptr<const Message>> said;
    for (const std::string& text : texts) {
      said.push_back(std::make_shared<const Message>(Message{.bytes = text}));
    }
    passed_ = gate.Pass(account_, std::move(said));
    std::vector<std::string> out;
    for (const auto& message : passed_.messages) out.push_back(message->Text());
    return out;
  }
  std::vector<std::string> Pass(const std::vector<std::string>& texts) {
    return Pass(gate_, texts);
  }

  FrameGate MakeGate() {
    return {whitebit_, [this](std::string_view fault) { counted_.emplace_back(fault); }};
  }

  Account account_{Options(Venue::kWhitebit), std::make_shared<ManualClock>(FromUnixMillis(0))};
  whitebit::WhitebitApi whitebit_;
  std::vector<std::string> counted_;
  FrameGate gate_ = MakeGate();
  streams::Gate::Passed passed_;
};

TEST_F(FrameGateTest, LetsAllThroughWithoutAFault) {
  EXPECT_THAT(Pass({kReply, kDeal}), ElementsAre(kReply, kDeal));
  EXPECT_FALSE(passed_.end);
  EXPECT_FALSE(passed_.next);
}

TEST_F(FrameGateTest, LosesTheNthOfAChannel) {
  Add("deals", LoseFrame{}, 2);
  EXPECT_THAT(Pass({kDeal, kReply, kDeal, kDeal}), ElementsAre(kDeal, kReply, kDeal));
  EXPECT_THAT(counted_, ElementsAre("fault-1 lose_frame"));
  EXPECT_EQ(account_.faults.List()[0].matched, 3U);
  EXPECT_EQ(account_.faults.List()[0].applied, 1U);
}

TEST_F(FrameGateTest, DoublesThem) {
  Add("", DuplicateFrame{}, 1);
  EXPECT_THAT(Pass({kReply, kDeal}), ElementsAre(kReply, kReply, kDeal));
}

TEST_F(FrameGateTest, LetsTheNextGoFirst) {
  Add("deals", ReorderFrames{}, 1);
  EXPECT_THAT(Pass({kDeal}), IsEmpty());
  EXPECT_THAT(Pass({kReply, kDelta}), ElementsAre(kReply, kDeal, kDelta));
}

TEST_F(FrameGateTest, HoldsOneAndAllBehindIt) {
  Add("deals", DelayFrames{milliseconds(5)});
  EXPECT_THAT(Pass({kReply, kDeal, kReply}), ElementsAre(kReply));
  ASSERT_TRUE(passed_.next);
  EXPECT_GT(*passed_.next, microseconds(0));
  EXPECT_LE(*passed_.next, milliseconds(5));
  std::this_thread::sleep_for(*passed_.next);
  EXPECT_THAT(Pass({kDelta}), ElementsAre(kDeal, kReply, kDelta));
  EXPECT_FALSE(passed_.next);
}

TEST_F(FrameGateTest, EndsTheStreamInItsPlace) {
  Add("deals", DropStream{1012});
  EXPECT_THAT(Pass({kReply, kDeal, kReply}), ElementsAre(kReply));
  EXPECT_EQ(passed_.end->kind, ChannelEnd::Kind::kClose);
  EXPECT_EQ(passed_.end->code, 1012);
  account_.faults.Clear();
  Add("", DropStream{});
  EXPECT_THAT(Pass({kReply}), IsEmpty());
  EXPECT_EQ(passed_.end->kind, ChannelEnd::Kind::kReset);
}

TEST_F(FrameGateTest, FallsSilent) {
  Add("deals", SilentStream{}, 2);
  EXPECT_THAT(Pass({kDeal, kDeal, kReply}), ElementsAre(kDeal, kReply));
  // Also when the fault is gone.
  account_.faults.Clear();
  EXPECT_THAT(Pass({kDeal, kReply}), ElementsAre(kReply));
  Add("", SilentStream{});
  EXPECT_THAT(Pass({kReply, kDelta, kReply}), IsEmpty());
  // Another stream is none the wiser.
  account_.faults.Clear();
  FrameGate other = MakeGate();
  EXPECT_THAT(Pass(other, {kDeal, kReply}), ElementsAre(kDeal, kReply));
}

TEST_F(FrameGateTest, CountsABookWrongly) {
  Add("depth", WrongSequence{});
  EXPECT_THAT(
      Pass({kFirst, kDelta, kDeal}),
      ElementsAre(
          kFirst,
          R"({"method": "depth_update", "params": [false, {"update_id": 8, "past_update_id": 13}, "BTC_USDT"], "id": null})",
          kDeal));
}

TEST_F(FrameGateTest, GivesAnOldSnapshotAlsoOnANewStream) {
  Add("depth", StaleSnapshot{});
  EXPECT_THAT(Pass({kFirst, kDelta}), ElementsAre(kFirst, kDelta));
  EXPECT_THAT(Pass({kSecond}), ElementsAre(kFirst));
  FrameGate other = MakeGate();
  EXPECT_THAT(Pass(other, {kSecond, kDeal}), ElementsAre(kFirst, kDeal));
}

TEST_F(FrameGateTest, KnowsBingxChannelsAndCompressesAnew) {
  const bingx::BingxApi bingx;
  FrameGate gate(bingx, [](std::string_view) {});
  const std::string book =
      R"({"code":0,"data":{"action":"update","bids":[],"asks":[],"lastUpdateId":11},"dataType":"BTC-USDT@incrDepth","success":true})";
  Add("BTC-USDT@incrDepth", WrongSequence{.by = -4});
  const auto message = std::make_shared<const Message>(streams::Compressed(book));
  const auto passed = gate.Pass(account_, {message});
  ASSERT_EQ(passed.messages.size(), 1U);
  EXPECT_TRUE(passed.messages[0]->binary);
  EXPECT_EQ(passed.messages[0]->bytes, streams::Gzip(passed.messages[0]->text));
  EXPECT_THAT(passed.messages[0]->text, ::testing::HasSubstr("\"lastUpdateId\":7}"));

  const auto channel = [&](std::string_view text) { return bingx.FactsOf(text).channel; };
  EXPECT_EQ(channel(R"({"ping":"1","time":"x"})"), "ping");
  EXPECT_EQ(channel("Ping"), "ping");
  EXPECT_EQ(channel(R"({"code":0,"id":"1","msg":"","dataType":"","data":null})"), "reply");
  EXPECT_EQ(channel(R"({"code":0,"id":"1","msg":"SUCCESS","timestamp":1})"), "reply");
  EXPECT_EQ(channel(R"({"e":"ACCOUNT_UPDATE","E":1,"a":{"B":[],"m":"INIT"}})"), "ACCOUNT_UPDATE");
  EXPECT_TRUE(bingx.FactsOf(R"({"e":"ACCOUNT_UPDATE","E":1,"a":{"B":[],"m":"INIT"}})").snapshot);
  EXPECT_FALSE(bingx.FactsOf(R"({"e":"ACCOUNT_UPDATE","E":1,"a":{"B":[],"m":"ORDER"}})").snapshot);
  EXPECT_FALSE(bingx.FactsOf(book).snapshot);
}

TEST_F(FrameGateTest, RefusesWhatNeverMatches) {
  const auto problem = [&](Fault fault) {
    return account_.faults.Add(std::move(fault)).error().message;
  };
  EXPECT_THAT(problem({.match = {.path = "/ws"}, .action = LoseFrame{}}),
              ::testing::HasSubstr("match.path is of requests"));
  EXPECT_THAT(problem({.match = {.channel = "deals"}, .action = Reset{}}),
              ::testing::HasSubstr("match.channel is of messages"));
  EXPECT_THAT(problem({.at = FaultPoint::kReply, .action = LoseFrame{}}),
              ::testing::HasSubstr("at must be frame"));
  EXPECT_THAT(problem({.at = FaultPoint::kFrame, .action = Reset{}}),
              ::testing::HasSubstr("at must be before_commit"));
  EXPECT_THAT(problem({.action = DropStream{999}}), ::testing::HasSubstr("1000 to 4999"));
  EXPECT_THAT(problem({.action = WrongSequence{0}}), ::testing::HasSubstr("not 0"));
  EXPECT_THAT(problem({.action = DelayFrames{milliseconds(-1)}}),
              ::testing::HasSubstr("10 minutes"));
}

}  // namespace
}  // namespace ocokit::mock::faults
