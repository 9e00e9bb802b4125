// The channel of order books: the whole book, what changes of it, and the whole again.

#include "mock_exchange/whitebit/streams/depth.h"

#include "mock_exchange/testing/whitebit_stream.h"

namespace ocokit::mock::whitebit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

BookLevel L(const char* price, const char* amount) {
  return {Decimal::Parse(price).value(), Decimal::Parse(amount).value()};
}

class DepthTest : public testing::WhitebitStreamTest {
 protected:
  DepthTest() {
    SetBook("BTC_PERP", {.bids = {L("40400", "2"), L("40300", "5")},
                         .asks = {L("40600", "3"), L("40700", "4"), L("40800", "6")}});
  }
  std::string UpdateId() const {
    return std::to_string(1'000'000'000 + account_->marks().shown * 3);
  }
};

TEST_F(DepthTest, IsWholeAtFirstAndThenWhatChanges) {
  auto client = Open();
  const std::string first = UpdateId();
  EXPECT_THAT(client->Ask(Frame("depth_subscribe", R"(["BTC_PERP",5,"0",true])")),
              ElementsAre(kSuccess,
                          Push("depth",
                               R"([true, {"timestamp": 1700000000, "update_id": )" + first +
                                   R"(, "asks": [["40600", "3"], ["40700", "4"], ["40800", "6"]], )"
                                   R"("bids": [["40400", "2"], ["40300", "5"]], )"
                                   R"("event_time": 1700000000}, "BTC_PERP"])")));
  SetBook("BTC_PERP", {.bids = {L("40400", "2"), L("40300", "5")},
                       .asks = {L("40600", "1"), L("40750", "4"), L("40800", "6")}});
  EXPECT_THAT(client->Take(), IsEmpty());
  Advance(milliseconds(100));
  const std::string second = UpdateId();
  // The side on which nothing has changed is left out.
  EXPECT_THAT(client->Take(),
              ElementsAre(Push(
                  "depth", R"([false, {"timestamp": 1700000000.1, "update_id": )" + second +
                               R"(, "past_update_id": )" + first +
                               R"(, "asks": [["40600", "1"], ["40700", "0"], )"
                               R"(["40750", "4"]], "event_time": 1700000000.1}, "BTC_PERP"])")));
  SetBook("BTC_PERP", {.bids = {L("40410", "1"), L("40300", "5")},
                       .asks = {L("40600", "1"), L("40750", "4"), L("40800", "6")}});
  Advance(milliseconds(100));
  EXPECT_THAT(client->Take(),
              ElementsAre(::testing::AllOf(
                  ::testing::HasSubstr(R"("past_update_id": )" + second),
                  ::testing::HasSubstr(R"("bids": [["40410", "1"], ["40400", "0"]])"))));
}

TEST_F(DepthTest, ALevelThatLeavesTheWindowIsGone) {
  auto client = Open();
  EXPECT_THAT(client->Ask(Frame("depth_subscribe", R"(["BTC_PERP",1,"0",true])"))[1],
              ::testing::HasSubstr(R"("asks": [["40600", "3"]], "bids": [["40400", "2"]])"));
  SetBook("BTC_PERP",
          {.bids = {L("40400", "2"), L("40300", "5")}, .asks = {L("40550", "1"), L("40600", "3")}});
  Advance(milliseconds(100));
  EXPECT_THAT(client->Take()[0],
              ::testing::HasSubstr(R"("asks": [["40550", "1"], ["40600", "0"]], )"
                                   R"("event_time")"));
}

TEST_F(DepthTest, ComesWholeAgainAfterTenSecondsOfSilence) {
  auto client = Open();
  Subscribe(*client, "depth", R"(["BTC_PERP",5,"0",true])");
  Advance(milliseconds(9999));
  EXPECT_THAT(client->Take(), IsEmpty());
  Advance(milliseconds(1));
  EXPECT_THAT(client->Take(), ElementsAre(::testing::HasSubstr(R"("params": [true, )")));
  Advance(milliseconds(9999));
  EXPECT_THAT(client->Take(), IsEmpty());
}

TEST_F(DepthTest, SeveralMarketsOrOneAlone) {
  auto client = Open();
  Subscribe(*client, "depth", R"(["BTC_PERP",5,"0",true])");
  Subscribe(*client, "depth", R"(["BTC_USDT",10,"0.01",true])");
  EXPECT_THAT(client->State().topics, ElementsAre("depth BTC_PERP 5 0", "depth BTC_USDT 10 0.01"));
  // The same market again: one whole book, and nothing double.
  EXPECT_THAT(client->Ask(Frame("depth_subscribe", R"(["BTC_PERP",20,"0",true])")), SizeIs(2));
  EXPECT_THAT(client->State().topics, SizeIs(2));
  Subscribe(*client, "depth", R"(["ETH_USDT",5,"0",false])");
  EXPECT_THAT(client->State().topics, ElementsAre("depth ETH_USDT 5 0"));
  Subscribe(*client, "depth", R"(["BTC_USDT",5,"0",true])");
  client->Ask(Frame("depth_unsubscribe", R"(["ETH_USDT"])"));
  EXPECT_THAT(client->State().topics, ElementsAre("depth BTC_USDT 5 0"));
  client->Ask(Frame("depth_unsubscribe", "[]"));
  EXPECT_THAT(client->State().topics, IsEmpty());
}

TEST_F(DepthTest, TakesTheLimitsAndIntervalsThatAreDocumented) {
  auto client = Open();
  for (const char* params :
       {R"(["BTC_PERP",25,"0",true])", R"(["BTC_PERP",200,"0",true])", R"(["BTC_PERP",0,"0",true])",
        R"(["BTC_PERP",5,"1",true])", R"(["BTC_PERP",5,"0.5",true])",
        R"(["BTC_PERP",5,"0.000000001",true])", R"(["BTC_PERP",5,0,true])",
        R"(["BTC_PERP",5,"0",1])", R"(["BTC_PERP",5])", R"(["BTC_PERP"])", "[]"}) {
    EXPECT_THAT(client->Ask(Frame("depth_subscribe", params)),
                ElementsAre(Failure(1, "invalid argument")))
        << params;
  }
  EXPECT_THAT(client->Ask(Frame("depth_subscribe", R"(["NOPE_PERP",5,"0",true])")),
              ElementsAre(Failure(9, "market NOPE_PERP does not exist")));
  for (const char* params : {R"(["BTC_PERP",100,"0.00000001",true])", R"(["BTC_PERP",5,"0.1"])"}) {
    EXPECT_THAT(client->Ask(Frame("depth_subscribe", params)), SizeIs(2)) << params;
  }
}

TEST_F(DepthTest, TwoWhoSeeTheSameHearTheSame) {
  auto one = Open();
  auto other = Open();
  Subscribe(*one, "depth", R"(["BTC_PERP",5,"0",true])");
  Subscribe(*other, "depth", R"(["BTC_PERP",5,"0",true])");
  SetBook("BTC_PERP", {.bids = {L("40400", "2")}, .asks = {}});
  Advance(milliseconds(100));
  one->Take();
  other->Take();
  ASSERT_THAT(one->last(), SizeIs(1));
  EXPECT_EQ(one->last(), other->last());
}

TEST_F(DepthTest, OnAClockThatRunsAChangeWaitsForTheNextTenthOfASecond) {
  auto clock = std::make_shared<ManualClock>(FromUnixMillis(1'700'000'000'030));
  auto account =
      std::make_shared<Account>(CompleteOptions({.venue = Venue::kWhitebit}, 1).value(), clock);
  testing::OneAccountHost host(account);
  testing::StreamClient client(std::make_shared<WhitebitStream>(host, account, Request()));
  Subscribe(client, "depth", R"(["BTC_PERP",5,"0",true])");
  const auto set = [&](const char* price) {
    const AccountLock lock(*account);
    account->SetLast(2, Decimal::Parse(price).value(), Decimal(1), account->Rules(std::nullopt),
                     account->clock.Now());
  };
  // Long after the last look at the book, too.
  clock->Advance(milliseconds(700));
  set("40600");
  EXPECT_THAT(client.Take(), IsEmpty());
  EXPECT_EQ(client.next(), milliseconds(70));
  clock->Advance(milliseconds(70));
  EXPECT_THAT(client.Take(), SizeIs(1));
}

}  // namespace
}  // namespace ocokit::mock::whitebit
