// Public channels: what they say at once, and at their pace.

#include "mock_exchange/whitebit/streams/market.h"

#include "mock_exchange/testing/whitebit_stream.h"

namespace ocokit::mock::whitebit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class MarketTest : public testing::WhitebitStreamTest {};

TEST_F(MarketTest, TheLastPriceComesAtOnceAndThenWhenItHasChanged) {
  auto client = Open();
  EXPECT_THAT(client->Ask(Frame("lastprice_subscribe", R"(["BTC_USDT"])")),
              ElementsAre(kSuccess, Push("lastprice", R"(["BTC_USDT", "40500"])")));
  Advance(milliseconds(1000));
  EXPECT_THAT(client->Take(), IsEmpty());
  SetLast("BTC_USDT", "40600");
  EXPECT_THAT(client->Take(), IsEmpty());
  Advance(milliseconds(1000));
  EXPECT_THAT(client->Take(), ElementsAre(Push("lastprice", R"(["BTC_USDT", "40600"])")));
  EXPECT_THAT(client->Ask(Frame("lastprice_subscribe", "[]")),
              ElementsAre(Failure(1, "invalid argument")));
  EXPECT_THAT(client->Ask(Frame("lastprice_subscribe", R"(["NOPE_PERP"])")),
              ElementsAre(Failure(9, "market NOPE_PERP does not exist")));
}

TEST_F(MarketTest, TheMarketComesEachSecond) {
  auto client = Open();
  const std::string first =
      Push("market",
           R"(["BTC_PERP", {"open": "40500", "close": "40500", "high": "40500", "low": "40500", )"
           R"("volume": "0.001", "deal": "40.5", "last": "40500", "period": 86400}])");
  EXPECT_THAT(client->Ask(Frame("market_subscribe", R"(["BTC_PERP"])")),
              ElementsAre(kSuccess, first));
  Advance(milliseconds(1000));
  EXPECT_THAT(client->Take(), ElementsAre(first));
  // A clock that leaps says it once.
  Advance(std::chrono::hours(1));
  account_->settings.stream_idle = StreamIdle::kNone;
  EXPECT_THAT(client->Take(), ElementsAre(first));
}

TEST_F(MarketTest, AllWhoHearOfIsTheSameFrame) {
  auto one = Open();
  auto other = Open();
  Subscribe(*one, "market", R"(["BTC_PERP"])");
  Subscribe(*other, "market", R"(["BTC_PERP"])");
  Advance(milliseconds(1000));
  one->Take();
  other->Take();
  ASSERT_THAT(one->last(), SizeIs(1));
  EXPECT_EQ(one->last(), other->last());
}

TEST_F(MarketTest, TheDayBeginsAtMidnight) {
  auto client = Open();
  EXPECT_THAT(client->Ask(Frame("marketToday_subscribe", R"(["BTC_PERP"])")),
              ElementsAre(kSuccess, Push("marketToday",
                                         R"(["BTC_PERP", {"last": "40500", "open": "40500", )"
                                         R"("high": "40500", "low": "40500", "volume": "0.001", )"
                                         R"("deal": "40.5"}])")));
  EXPECT_THAT(client->Ask(Frame("marketToday_query", R"(["BTC_PERP"])")),
              ElementsAre(R"({"error": null, "result": {"last": "40500", "open": "40500", )"
                          R"("high": "40500", "low": "40500", "volume": "0.001", )"
                          R"("deal": "40.5"}, "id": 1})"));
}

TEST_F(MarketTest, TradesComeTheNewestFirstAndThenEachAtOnce) {
  SetLast("BTC_PERP", "40400");
  auto client = Open();
  EXPECT_THAT(
      client->Ask(Frame("trades_subscribe", R"(["BTC_PERP"])")),
      ElementsAre(
          kSuccess,
          Push("trades", R"(["BTC_PERP", [{"id": 2, "time": 1700000000, "price": "40400", )"
                         R"("amount": "0.001", "type": "sell", "rpi": false}, )"
                         R"({"id": 1, "time": 1700000000, "price": "40500", "amount": "0.001", )"
                         R"("type": "buy", "rpi": false}]])")));
  Advance(milliseconds(250));
  EXPECT_THAT(client->Take(), IsEmpty());
  SetLast("BTC_PERP", "40450");
  EXPECT_THAT(client->Take(),
              ElementsAre(Push("trades", R"(["BTC_PERP", [{"id": 3, "time": 1700000000.25, )"
                                         R"("price": "40450", "amount": "0.001", "type": "buy", )"
                                         R"("rpi": false}]])")));
  SetLast("BTC_USDT", "40450");
  EXPECT_THAT(client->Take(), IsEmpty());
  EXPECT_THAT(client->Ask(Frame("trades_subscribe", "[]")), SizeIs(4));
  SetLast("BTC_USDT", "40451");
  EXPECT_THAT(client->Take(), SizeIs(1));
}

TEST_F(MarketTest, TradesBeginAnewWhenAReplayBringsAnotherPast) {
  auto client = Open();
  EXPECT_THAT(client->Ask(Frame("trades_subscribe", R"(["BTC_USDT"])")), SizeIs(2));
  {
    const AccountLock lock(*account_);
    const std::string csv = "1600000000,41000,0.5\n1600000001,41001,0.5\n1600000002,41002,0.5\n";
    account_->StartReplay(account_->engine.FindMarket("BTC_USDT").value(), ReadReplay(csv).value(),
                          Decimal(1), FromUnixMillis(1'600'000'002'000));
  }
  const std::vector<std::string> said = client->Take();
  ASSERT_THAT(said, SizeIs(1));
  EXPECT_THAT(said[0], ::testing::HasSubstr("\"price\": \"41000\""));
  EXPECT_THAT(said[0], ::testing::HasSubstr("\"price\": \"41001\""));
}

TEST_F(MarketTest, ACandleComesWhenItChanges) {
  auto client = Open();
  EXPECT_THAT(
      client->Ask(Frame("candles_subscribe", R"(["BTC_PERP",60])")),
      ElementsAre(kSuccess, Push("candles", R"([[1699999980, "40500", "40500", "40500", "40500", )"
                                            R"("0.001", "40.5", "BTC_PERP"]])")));
  Advance(milliseconds(500));
  EXPECT_THAT(client->Take(), IsEmpty());
  SetLast("BTC_PERP", "40600");
  Advance(milliseconds(500));
  EXPECT_THAT(client->Take(),
              ElementsAre(Push("candles", R"([[1699999980, "40500", "40600", "40600", "40500", )"
                                          R"("0.002", "81.1", "BTC_PERP"]])")));
  Advance(seconds(40));
  EXPECT_THAT(client->Take(),
              ElementsAre(Push("candles", R"([[1700000040, "40600", "40600", "40600", "40600", )"
                                          R"("0", "0", "BTC_PERP"]])")));
  for (const char* wrong : {"0", "7", "61", "5400", "90000", "-60", "\"60\"", "null"}) {
    EXPECT_THAT(
        client->Ask(Frame("candles_subscribe", std::string(R"(["BTC_PERP",)") + wrong + "]")),
        ElementsAre(Failure(1, "invalid argument")))
        << wrong;
  }
  for (const char* right : {"1", "15", "60", "900", "3600", "14400", "86400", "259200", "604800"}) {
    EXPECT_THAT(
        client->Ask(Frame("candles_subscribe", std::string(R"(["BTC_PERP",)") + right + "]")),
        SizeIs(2))
        << right;
  }
}

TEST_F(MarketTest, TheBestPricesComeAtOnceAndWhenTheyChange) {
  SetBook("BTC_PERP",
          {.bids = {{Decimal(40400), Decimal(2)}}, .asks = {{Decimal(40600), Decimal(3)}}});
  auto client = Open();
  const auto frames = client->Ask(Frame("bookTicker_subscribe", R"(["BTC_PERP"])"));
  ASSERT_THAT(frames, SizeIs(2));
  EXPECT_THAT(frames[1],
              ::testing::StartsWith(R"({"method": "bookTicker_update", "params": [[1700000000, )"
                                    R"(1700000000, "BTC_PERP", )"));
  EXPECT_THAT(frames[1], ::testing::EndsWith(R"(, "40400", "2", "40600", "3"]], "id": null})"));
  SetLast("BTC_PERP", "40500");
  EXPECT_THAT(client->Take(), IsEmpty());
  Rest("/api/v4/order/collateral/market", R"("market":"BTC_PERP","side":"buy","amount":"1")");
  EXPECT_THAT(client->Take(),
              ElementsAre(::testing::EndsWith(R"(, "40400", "2", "40600", "2"]], "id": null})")));
  client->Ask(Frame("bookTicker_unsubscribe", R"(["BTC_PERP"])"));
  EXPECT_THAT(client->State().topics, IsEmpty());
}

TEST_F(MarketTest, FuturesAreMarkedEachHalfSecond) {
  auto client = Open();
  EXPECT_THAT(client->Ask(Frame("premiumIndex_subscribe", "[]")),
              ElementsAre(kSuccess, Push("premiumIndex",
                                         R"([["BTC_PERP", "40500", "40500", "0", 1700006400000, )"
                                         R"(1700000000]])")));
  Advance(milliseconds(500));
  EXPECT_THAT(client->Take(), SizeIs(1));
  for (const char* params : {R"(["BTC_USDT"])", R"(["NOPE_PERP"])"}) {
    EXPECT_THAT(client->Ask(Frame("premiumIndex_subscribe", params)),
                ElementsAre(Failure(1, "invalid argument")));
  }
}

TEST_F(MarketTest, WhoIsAuthorizedHearsOfHisOwnMarkets) {
  auto other =
      std::make_shared<Account>(CompleteOptions({.venue = Venue::kWhitebit,
                                                 .last_prices = {{"BTC_USDT", Decimal(7)}},
                                                 .frozen_at = FromUnixMillis(1'700'000'000'000)},
                                                2)
                                    .value(),
                                std::make_shared<ManualClock>(FromUnixMillis(0)));
  testing::StreamClient client(std::make_shared<WhitebitStream>(host_, other, Request()));
  EXPECT_THAT(client.Ask(Frame("lastprice_subscribe", R"(["BTC_USDT"])")),
              ElementsAre(kSuccess, Push("lastprice", R"(["BTC_USDT", "7"])")));
  EXPECT_THAT(client.Ask(Frame("authorize", R"([")" + Token() + R"(","public"])")),
              ElementsAre(kSuccess, Push("lastprice", R"(["BTC_USDT", "40500"])")));
}

}  // namespace
}  // namespace ocokit::mock::whitebit
