// What a stream tells of the markets.

#include "mock_exchange/bingx/streams/market.h"

#include "base/testing/decimal.h"
#include "mock_exchange/market/replay.h"
#include "mock_exchange/testing/bingx_stream.h"

namespace ocokit::mock::bingx {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class BingxMarketFeedTest : public BingxStreamTest {
 protected:
  void SetUp() override { client_ = Open(""); }

  // What comes right after the acknowledgement.
  Texts First(const std::string& topic) {
    Texts texts = client_->Ask(Sub(topic));
    EXPECT_EQ(texts.front(), Ack("1", ToUnixMillis(account_->clock.Now())));
    texts.erase(texts.begin());
    return texts;
  }
  // The client answers the heartbeat, whose messages are left out.
  Texts After(std::chrono::milliseconds time) {
    Advance(time);
    Texts texts = client_->Take();
    std::erase_if(texts, [](const std::string& text) { return text.starts_with("{\"ping\""); });
    return texts;
  }
  void SetBook(engine::Depth depth) {
    const AccountLock lock(*account_);
    account_->SetBook(0, std::move(depth));
  }

  std::unique_ptr<testing::StreamClient> client_;
};

TEST_F(BingxMarketFeedTest, EachTradeIsToldAtOnceAndInOrder) {
  EXPECT_THAT(First("BTC-USDT@trade"), IsEmpty());
  SetLast("64001");
  Advance(milliseconds(3));
  SetLast("63999");
  EXPECT_THAT(
      client_->Take(),
      ElementsAre(R"({"code":0,"data":{"E":1700000000000,"T":1700000000000,"e":"trade","m":false,)"
                  R"("p":"64001","q":"0.0001","s":"BTC-USDT","t":"2"},"dataType":)"
                  R"("BTC-USDT@trade","success":true,"timestamp":1700000000000})",
                  R"({"code":0,"data":{"E":1700000000003,"T":1700000000003,"e":"trade","m":true,)"
                  R"("p":"63999","q":"0.0001","s":"BTC-USDT","t":"3"},"dataType":)"
                  R"("BTC-USDT@trade","success":true,"timestamp":1700000000003})"));
  Place(AtMarket("0.2"));
  EXPECT_THAT(client_->Take(), ElementsAre(HasSubstr(R"("p":"63999","q":"0.2")")));
}

TEST_F(BingxMarketFeedTest, AMarketHearsOfItselfAlone) {
  First("ETH-USDT@trade");
  First("ETH-USDT@bookTicker");
  SetLast("64001");
  EXPECT_THAT(client_->Take(), IsEmpty());
}

TEST_F(BingxMarketFeedTest, ThePriceIsToldWhenItHasChanged) {
  EXPECT_THAT(First("BTC-USDT@lastPrice"), IsEmpty());
  SetLast("64000");
  EXPECT_THAT(client_->Take(), IsEmpty());
  SetLast("64001.5");
  SetLast("64002");
  SetLast("64002");
  SetLast("64001.5");
  const auto frame = [](const std::string& price) {
    return R"({"code":0,"data":{"c":")" + price +
           R"(","e":"lastPriceUpdate","s":"BTC-USDT"},"dataType":"BTC-USDT@lastPrice",)"
           R"("success":true})";
  };
  EXPECT_THAT(client_->Take(), ElementsAre(frame("64001.5"), frame("64002"), frame("64001.5")));
}

TEST_F(BingxMarketFeedTest, CandlesAreToldEachSecondAndOnceMoreWhenTheyAreOver) {
  // 1700000000 is 20 s into its minute.
  EXPECT_THAT(
      First("BTC-USDT@kline_1min"),
      ElementsAre(R"({"code":0,"data":{"E":1700000000000,"K":{"T":1700000039999,"c":"64000",)"
                  R"("h":"64000","i":"1min","l":"64000","n":1,"o":"64000","q":"6.4",)"
                  R"("s":"BTC-USDT","t":1699999980000,"v":"0.0001"},"e":"kline","s":"BTC-USDT"},)"
                  R"("dataType":"BTC-USDT@kline_1min","success":true})"));
  EXPECT_THAT(After(milliseconds(999)), IsEmpty());
  EXPECT_THAT(After(milliseconds(1)), ElementsAre(HasSubstr("\"E\":1700000001000")));
  EXPECT_THAT(After(milliseconds(38500)), ElementsAre(HasSubstr("\"E\":1700000039000")));
  SetLast("64100");
  const Texts texts = After(milliseconds(500));
  ASSERT_THAT(texts, SizeIs(2));
  EXPECT_THAT(texts[0], HasSubstr(R"("K":{"T":1700000039999,"c":"64100","h":"64100","i":"1min",)"
                                  R"("l":"64000","n":2,)"));
  EXPECT_THAT(texts[1], HasSubstr(R"("K":{"T":1700000099999,"c":"64100","h":"64100","i":"1min",)"
                                  R"("l":"64100","n":0,"o":"64100","q":"0",)"));
}

TEST_F(BingxMarketFeedTest, AnIntervalKeepsItsName) {
  EXPECT_THAT(First("BTC-USDT@kline_4h"),
              ElementsAre(::testing::AllOf(HasSubstr("\"i\":\"4h\""),
                                           HasSubstr("\"dataType\":\"BTC-USDT@kline_4h\""))));
  EXPECT_THAT(First("BTC-USDT@kline_1month"), ElementsAre(HasSubstr("\"T\":1701388799999")));
}

TEST_F(BingxMarketFeedTest, TheFullBookComesThreeTimesASecondWorstAsksFirst) {
  SetBook({.bids = {{D("63999.5"), D("1")}, {D("63998"), D("2.5")}},
           .asks = {{D("64001"), D("0.5")}, {D("64002"), D("3")}}});
  const std::string id = std::to_string(account_->marks().shown);
  const auto frame = [&](std::int64_t at) {
    return R"({"code":0,"data":{"asks":[["64002","3"],["64001","0.5"]],"bids":[["63999.5","1"],)"
           R"(["63998","2.5"]],"lastUpdateId":)" +
           id + R"(},"dataType":"BTC-USDT@depth5","success":true,"timestamp":)" +
           std::to_string(at) + "}";
  };
  EXPECT_THAT(First("BTC-USDT@depth5"), ElementsAre(frame(kNow)));
  // Multiples of 300 ms since 1970; repeated though unchanged.
  EXPECT_THAT(After(milliseconds(100)), ElementsAre(frame(kNow + 100)));
  EXPECT_THAT(After(milliseconds(299)), IsEmpty());
  EXPECT_THAT(After(milliseconds(1)), ElementsAre(frame(kNow + 400)));
  // A clock that jumps does not let all of them come that it has left out.
  EXPECT_THAT(After(std::chrono::minutes(5)), ElementsAre(frame(kNow + 300'400)));
}

TEST_F(BingxMarketFeedTest, ABookIsCutToItsLevels) {
  engine::Depth depth;
  for (int i = 1; i <= 30; ++i) depth.asks.push_back({Decimal(64000 + i), Decimal(i)});
  SetBook(depth);
  EXPECT_THAT(First("BTC-USDT@depth5"),
              ElementsAre(StartsWith(R"({"code":0,"data":{"asks":[["64005","5"],["64004","4"],)"
                                     R"(["64003","3"],["64002","2"],["64001","1"]],"bids":[],)")));
  EXPECT_THAT(First("BTC-USDT@depth"), ElementsAre(HasSubstr(R"("asks":[["64020","20"])")));
}

TEST_F(BingxMarketFeedTest, ChangesOfTheBookFollowTheWholeOfIt) {
  SetBook({.bids = {{D("63999"), D("1")}, {D("63998"), D("2")}},
           .asks = {{D("64001"), D("0.5")}, {D("64002"), D("3")}}});
  const std::uint64_t id = account_->marks().shown;
  EXPECT_THAT(
      First("BTC-USDT@incrDepth"),
      ElementsAre(
          R"({"code":0,"data":{"action":"all","asks":{"64002":"3","64001":"0.5"},)"
          R"("bids":{"63999":"1","63998":"2"},"lastUpdateId":)" +
          std::to_string(id) +
          R"(},"dataType":"BTC-USDT@incrDepth","success":true,"timestamp":1700000000000})"));
  EXPECT_THAT(After(milliseconds(500)), IsEmpty());
  Place(AtMarket("0.5"));
  SetBook({.bids = {{D("63999"), D("1")}}, .asks = {{D("64002"), D("4")}, {D("64003.5"), D("1")}}});
  account_->settings.incr_depth_arrays = true;
  EXPECT_THAT(
      After(milliseconds(500)),
      ElementsAre(
          R"({"code":0,"data":{"action":"update","asks":[["64003.5","1"],["64002","4"],)"
          R"(["64001","0"]],"bids":[["63998","0"]],"lastUpdateId":)" +
          std::to_string(id + 1) +
          R"(},"dataType":"BTC-USDT@incrDepth","success":true,"timestamp":1700000001000})"));
  EXPECT_THAT(After(milliseconds(500)), IsEmpty());
}

TEST_F(BingxMarketFeedTest, TheTickerIsOfNumbersAndComesEachSecond) {
  SetLast("63000");
  const auto frame = [](std::int64_t at) {
    return R"({"code":0,"timestamp":)" + std::to_string(at) +
           R"(,"dataType":"BTC-USDT@ticker","data":{"e":"24hTicker","E":)" + std::to_string(at) +
           R"(,"s":"BTC-USDT","p":-1000,"P":"-1.56%","o":64000,"h":64000,"l":63000,"c":63000,)"
           R"("v":0.0002,"q":12.7,"O":)" +
           std::to_string(at - 86'400'000) + R"(,"C":)" + std::to_string(at) +
           R"(,"A":63000,"a":1000000,"B":63000,"b":1000000}})";
  };
  EXPECT_THAT(First("BTC-USDT@ticker"), ElementsAre(frame(kNow)));
  EXPECT_THAT(After(milliseconds(999)), IsEmpty());
  EXPECT_THAT(After(milliseconds(1)), ElementsAre(frame(kNow + 1000)));
  EXPECT_THAT(After(milliseconds(1700)), ElementsAre(frame(kNow + 2000)));
}

TEST_F(BingxMarketFeedTest, TheBestPricesAreToldWhenTheyChange) {
  EXPECT_THAT(First("BTC-USDT@bookTicker"),
              ElementsAre(R"({"code":0,"data":{"A":"1000000","B":"1000000","E":1700000000000,)"
                          R"("a":"64000","b":"64000","e":"bookTicker","s":"BTC-USDT"},)"
                          R"("dataType":"BTC-USDT@bookTicker","success":true})"));
  SetBook({.bids = {{D("63999"), D("1")}}, .asks = {}});
  EXPECT_THAT(client_->Take(), ElementsAre(HasSubstr(R"("A":"0","B":"1","E":1700000000000,)"
                                                     R"("a":"0","b":"63999")")));
  SetBook({.bids = {{D("63999"), D("1")}, {D("63998"), D("1")}}, .asks = {}});
  EXPECT_THAT(client_->Take(), IsEmpty());
}

TEST_F(BingxMarketFeedTest, OfAReplayedPastThePresentAloneIsTold) {
  First("BTC-USDT@trade");
  First("BTC-USDT@lastPrice");
  SetLast("64001");
  EXPECT_THAT(client_->Take(), SizeIs(2));
  {
    const AccountLock lock(*account_);
    std::string csv;
    for (int i = 0; i < 9; ++i) {
      csv += std::to_string(1'600'000'000 + i) + "," + std::to_string(100 + i) + ",1\n";
    }
    account_->StartReplay(0, ReadReplay(csv).value(), Decimal(1),
                          FromUnixMillis(1'600'000'007'500));
  }
  EXPECT_THAT(client_->Take(), ElementsAre(HasSubstr("\"p\":\"107\""), HasSubstr("\"c\":\"107\"")));
  EXPECT_THAT(After(seconds(1)),
              ElementsAre(HasSubstr("\"p\":\"108\""), HasSubstr("\"c\":\"108\"")));
}

TEST_F(BingxMarketFeedTest, AMarketWithoutAPriceHasNothingToShow) {
  AccountOptions options;
  options.venue = Venue::kBingx;
  options.last_prices = {{"BTC-USDT", std::nullopt}};
  options.frozen_at = FromUnixMillis(kNow);
  account_ = std::make_shared<Account>(CompleteOptions(options, 1).value(),
                                       std::make_shared<ManualClock>(FromUnixMillis(kNow)));
  client_ = Open("");
  EXPECT_THAT(First("BTC-USDT@ticker"), IsEmpty());
  EXPECT_THAT(First("BTC-USDT@kline_1min"), IsEmpty());
  EXPECT_THAT(First("BTC-USDT@lastPrice"), IsEmpty());
  EXPECT_THAT(After(seconds(1)), IsEmpty());
  SetLast("100");
  EXPECT_THAT(client_->Take(), ElementsAre(HasSubstr("lastPriceUpdate")));
  EXPECT_THAT(After(seconds(1)), SizeIs(2));
}

TEST_F(BingxMarketFeedTest, MessagesAreSharedByAllWhoHearThem) {
  const auto other = Open("");
  for (const char* kind : {"trade", "ticker", "kline_1min", "depth5", "lastPrice", "bookTicker"}) {
    First("BTC-USDT@" + std::string(kind));
    other->Ask(Sub("BTC-USDT@" + std::string(kind)));
  }
  SetLast("64001");
  Advance(seconds(3));
  EXPECT_THAT(client_->Take(), SizeIs(6));
  other->Take();
  EXPECT_EQ(client_->last(), other->last());
}

TEST_F(BingxMarketFeedTest, AClockThatIsSetBackGoesOnFromThere) {
  First("BTC-USDT@ticker");
  First("BTC-USDT@kline_1min");
  Advance(std::chrono::hours(2));
  client_->Take();
  SetLast("65000");
  {
    const AccountLock lock(*account_);
    account_->clock.Set(FromUnixMillis(kNow + 500));
  }
  EXPECT_THAT(client_->Take(), IsEmpty());
  const Texts texts = After(milliseconds(500));
  ASSERT_THAT(texts, SizeIs(2));
  EXPECT_THAT(texts[0], HasSubstr("\"E\":1700000001000"));
}

}  // namespace
}  // namespace ocokit::mock::bingx
