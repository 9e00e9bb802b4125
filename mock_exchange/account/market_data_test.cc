// What a market shows of the trades that come to it.

#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "mock_exchange/account/account.h"
#include "mock_exchange/account/account_options.h"

namespace ocokit::mock {
namespace {

constexpr TimePoint kStart = FromUnixMillis(1'700'000'000'000);

class MarketDataTest : public ::testing::Test {
 protected:
  MarketDataTest()
      : clock_(std::make_shared<ManualClock>(kStart)),
        account_(CompleteOptions({.venue = Venue::kWhitebit}, 1).value(), clock_),
        market_(account_.engine.FindMarket("BTC_USDT").value()) {}

  void SetLast(const char* price) {
    account_.SetLast(market_, D(price), Decimal(1), account_.Rules(std::nullopt),
                     account_.clock.Now());
  }
  const std::deque<PublicTrade>& Trades() { return account_.market_data[market_].trades.trades(); }

  std::shared_ptr<ManualClock> clock_;
  Account account_;
  std::uint32_t market_;
};

TEST_F(MarketDataTest, BeginsWithTheFirstPrice) {
  ASSERT_EQ(Trades().size(), 1U);
  EXPECT_EQ(Trades()[0].id, 1U);
  EXPECT_EQ(Trades()[0].price, D("40500"));
  EXPECT_EQ(Trades()[0].amount, D("0.001"));
  EXPECT_FALSE(Trades()[0].buyer_is_maker);
}

TEST_F(MarketDataTest, AFallingPriceIsThatOfASeller) {
  SetLast("40400");
  EXPECT_TRUE(Trades().back().buyer_is_maker);
  SetLast("40400");
  EXPECT_FALSE(Trades().back().buyer_is_maker);
  SetLast("40401");
  EXPECT_FALSE(Trades().back().buyer_is_maker);
}

TEST_F(MarketDataTest, ShowsWhatOrdersFillBeforeThePriceThatFilledThem) {
  engine::PairCommand command;
  command.market = market_;
  command.wallet = engine::Wallet::kMargin;
  command.amount = D("1");
  command.limit_price = D("40000");
  command.trigger_price = D("41000");
  command.stop_price = D("42000");
  ASSERT_TRUE(account_.engine.Place(command, account_.Rules(std::nullopt), *account_.ids, kStart));
  SetLast("39000");
  ASSERT_EQ(Trades().size(), 3U);
  EXPECT_EQ(Trades()[1].price, D("40000"));
  EXPECT_EQ(Trades()[1].amount, D("1"));
  EXPECT_TRUE(Trades()[1].buyer_is_maker);
  EXPECT_EQ(Trades()[2].price, D("39000"));
  const auto day = account_.market_data[market_].history.DayBefore(kStart);
  EXPECT_EQ(day->volume, D("1.002"));
  EXPECT_EQ(day->low, D("39000"));
}

TEST_F(MarketDataTest, ShowsAPositionThatIsClosed) {
  const engine::Rules rules = account_.Rules(std::nullopt);
  account_.engine.SetPosition(market_, PositionSide::kBoth, D("2"), D("40000"), rules, kStart);
  {
    const AccountLock lock(account_);
    ASSERT_NE(
        account_.engine.ClosePosition(market_, PositionSide::kBoth, *account_.ids, rules, kStart),
        nullptr);
  }
  ASSERT_EQ(Trades().size(), 2U);
  EXPECT_EQ(Trades()[1].amount, D("2"));
  EXPECT_TRUE(Trades()[1].buyer_is_maker);
  const AccountLock lock(account_);
  EXPECT_EQ(Trades().size(), 2U);
}

TEST_F(MarketDataTest, IsAsNewAfterAReset) {
  SetLast("41000");
  account_.Reset();
  ASSERT_EQ(Trades().size(), 1U);
  EXPECT_EQ(Trades()[0].price, D("40500"));
}

TEST(Replay, FillsThePastAndGoesOn) {
  const auto base = std::make_shared<ManualClock>(FromUnixMillis(1'800'000'060'000));
  Account account(CompleteOptions({.venue = Venue::kBingx}, 1).value(), base);
  const auto rows = ReadReplay(
      "1700000000,100,110,90,105,2\n1700000060,105,106,104,104,1\n1700000120,104,108,103,107,4\n");
  account.StartReplay(0, *rows, Decimal(60), FromUnixMillis(1'700'000'120'000));
  const MarketData& data = account.DataOf(account.engine.markets()[0]);
  CandleQuery query{.interval = *FindCandleInterval("1m"), .most = 10};
  std::vector<Candle> candles = data.history.Candles(query, base->Now());
  ASSERT_EQ(candles.size(), 3U);
  EXPECT_EQ(candles[0].high, D("110"));
  EXPECT_EQ(candles[0].volume, D("2"));
  EXPECT_EQ(candles[1].close, D("104"));
  // The first price of the third is there, the others come within a quarter second of each other.
  EXPECT_EQ(account.engine.markets()[0].last, D("104"));
  base->Advance(milliseconds(500));
  account.CatchUp();
  EXPECT_EQ(account.engine.markets()[0].last, D("108"));
  base->Advance(milliseconds(500));
  account.CatchUp();
  EXPECT_EQ(account.engine.markets()[0].last, D("107"));
  EXPECT_EQ(data.trades.trades().back().amount, D("1"));
}

TEST(Replay, AnAccountMayBeginWithOneAndWithABook) {
  const auto clock = std::make_shared<ManualClock>(kStart);
  AccountOptions options{.venue = Venue::kBingx};
  options.replays["BTC-USDT"] = {.csv = "1700000000,50000,1\n1700000060,51000,1\n",
                                 .speed = Decimal(60)};
  options.kept_books["BTC-USDT"] = {.spread = Decimal(2), .levels = 1, .amount_per_level = D("3")};
  options.books["ETH-USDT"] = {.bids = {{Decimal(2000), Decimal(1)}}};
  Account account(CompleteOptions(options, 1).value(), clock);
  for (int round = 0; round < 2; ++round) {
    const engine::Market& btc = account.engine.markets()[0];
    EXPECT_EQ(btc.last, Decimal(50000));
    EXPECT_EQ(btc.BestAsk(), Decimal(50001));
    EXPECT_EQ(account.engine.markets()[1].BestBid(), Decimal(2000));
    EXPECT_EQ(account.engine.markets()[1].BestAsk(), std::nullopt);
    clock->Advance(seconds(1));
    account.CatchUp();
    EXPECT_EQ(btc.last, Decimal(51000));
    EXPECT_EQ(btc.BestAsk(), Decimal(51001));
    account.Reset();
  }
}

TEST(Replay, TellsNothingOfACandleBeforeItsTime) {
  const auto base = std::make_shared<ManualClock>(FromUnixMillis(1'800'000'030'000));
  Account account(CompleteOptions({.venue = Venue::kBingx}, 1).value(), base);
  const auto rows = ReadReplay("1700000000,100,100,100,100,1\n1700000060,100,120,90,110,4\n");
  // In the middle of the second candle: its open and its low have been.
  account.StartReplay(0, *rows, Decimal(1), FromUnixMillis(1'700'000'089'000));
  const MarketData& data = account.DataOf(account.engine.markets()[0]);
  const CandleQuery query{.interval = *FindCandleInterval("1h"), .most = 1};
  EXPECT_EQ(data.history.Candles(query, base->Now())[0].high, D("100"));
  EXPECT_EQ(data.history.Candles(query, base->Now())[0].low, D("90"));
  EXPECT_EQ(account.engine.markets()[0].last, D("90"));
  base->Advance(seconds(1));
  account.CatchUp();
  EXPECT_EQ(account.engine.markets()[0].last, D("120"));
}

}  // namespace
}  // namespace ocokit::mock
