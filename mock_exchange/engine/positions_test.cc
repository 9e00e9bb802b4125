// Positions by side, and the calls that act on them: hedge mode, leverage, close.

#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "mock_exchange/engine/engine.h"
#include "mock_exchange/testing/market.h"

namespace ocokit::mock::engine {
namespace {

using testing::EasyMarket;
using testing::kNow;

// A margin market (0) and a futures market (1), both at 100; 10000 USDT.
class PositionsTest : public ::testing::Test {
 protected:
  PositionsTest()
      : engine_({EasyMarket("BTC_USDT", MarketKind::kMargin),
                 EasyMarket("BTC_PERP", MarketKind::kFutures)},
                true, 500),
        ids_(0, {}) {
    engine_.SetFree(Wallet::kMargin, "USDT", D("10000"), kNow);
    Tick(0, "100");
    Tick(1, "100");
  }

  void Tick(std::uint32_t market, const char* last) {
    engine_.SetLast(market, D(last), Decimal(1), rules_, kNow);
  }
  static PairCommand Order(std::uint32_t market, Side side, PositionSide position,
                           const char* amount = "1") {
    const bool buy = side == Side::kBuy;
    PairCommand c;
    c.market = market;
    c.wallet = Wallet::kMargin;
    c.side = side;
    c.position_side = position;
    c.amount = D(amount);
    c.limit_price = D(buy ? "90" : "110");
    c.trigger_price = D(buy ? "110" : "90");
    c.stop_price = D(buy ? "112" : "88");
    return c;
  }
  auto Place(const PairCommand& c) { return engine_.Place(c, rules_, ids_, kNow); }
  RejectReason Refused(const PairCommand& c) {
    const auto placed = Place(c);
    EXPECT_FALSE(placed);
    return placed ? RejectReason::kTooLarge : placed.error().reason;
  }
  const Position& At(std::uint32_t market, PositionSide side) {
    return engine_.markets()[market].position(side);
  }
  Decimal Cash() { return engine_.balances(Wallet::kMargin).at("USDT").free; }

  Engine engine_;
  CountingIds ids_;
  Rules rules_;
};

using enum PositionSide;

TEST_F(PositionsTest, HedgedSidesFillApart) {
  ASSERT_TRUE(engine_.SetHedgeMode(true, kNow));
  ASSERT_TRUE(Place(Order(1, Side::kBuy, kLong, "2")));
  ASSERT_TRUE(Place(Order(1, Side::kSell, kShort, "3")));
  Tick(1, "90");
  Tick(1, "110");
  EXPECT_EQ(At(1, kLong).amount, D("2"));
  EXPECT_EQ(At(1, kLong).BasePrice(), D("90"));
  // The short's stop was triggered at 90 and filled there.
  EXPECT_EQ(At(1, kShort).amount, D("-3"));
  EXPECT_EQ(At(1, kShort).BasePrice(), D("90"));
  EXPECT_TRUE(At(1, kBoth).amount.IsZero());
}

TEST_F(PositionsTest, AClosingOrderMayNotGoBeyondItsPosition) {
  ASSERT_TRUE(engine_.SetHedgeMode(true, kNow));
  EXPECT_EQ(Refused(Order(1, Side::kSell, kLong)), RejectReason::kOppositePosition);
  engine_.SetPosition(1, kLong, D("1"), D("95"), rules_, kNow);
  EXPECT_EQ(Refused(Order(1, Side::kSell, kLong, "1.001")), RejectReason::kOppositePosition);
  const auto placed = Place(Order(1, Side::kSell, kLong, "1"));
  ASSERT_TRUE(placed);
  EXPECT_TRUE((*placed)->reserved.IsZero());
}

TEST_F(PositionsTest, AClosingOrderShrinksWithItsPositionAndEndsWithIt) {
  ASSERT_TRUE(engine_.SetHedgeMode(true, kNow));
  engine_.SetPosition(1, kLong, D("2"), D("95"), rules_, kNow);
  const OrderList& shrinks = **Place(Order(1, Side::kSell, kLong, "2"));
  const OrderList& stranded = **Place(Order(1, Side::kSell, kLong, "1"));
  engine_.SetPosition(1, kLong, D("0.5"), D("95"), rules_, kNow);
  Tick(1, "110");
  EXPECT_EQ(shrinks.limit().filled, D("0.5"));
  EXPECT_EQ(StateOf(stranded.limit()), LegState::kReduceOnlyCanceled);
  EXPECT_TRUE(At(1, kLong).amount.IsZero());
}

TEST_F(PositionsTest, TheModeStaysWhileAFuturesMarketIsInUse) {
  engine_.SetPosition(0, kBoth, D("1"), D("100"), rules_, kNow);
  ASSERT_TRUE(engine_.SetHedgeMode(true, kNow));  // the margin market does not count
  engine_.SetPosition(1, kShort, D("-1"), D("100"), rules_, kNow);
  EXPECT_FALSE(engine_.SetHedgeMode(false, kNow));
  engine_.SetPosition(1, kShort, D("0"), D("0"), rules_, kNow);
  const OrderList& pair = **Place(Order(1, Side::kBuy, kLong));
  EXPECT_FALSE(engine_.SetHedgeMode(false, kNow));
  ASSERT_TRUE(engine_.Cancel(pair, rules_, kNow));
  EXPECT_TRUE(engine_.SetHedgeMode(false, kNow));
  EXPECT_FALSE(engine_.hedge_mode());
}

TEST_F(PositionsTest, LeverageMovesTheReserveAndIsRefusedWithoutMargin) {
  engine_.SetFree(Wallet::kMargin, "USDT", D("50"), kNow);
  const OrderList& pair = **Place(Order(0, Side::kBuy, kBoth, "2"));  // 224 at its dearer leg
  EXPECT_EQ(pair.reserved, D("22.4"));
  EXPECT_TRUE(engine_.SetLeverage(Decimal(5), rules_, kNow));
  EXPECT_EQ(pair.reserved, D("44.8"));
  EXPECT_FALSE(engine_.SetLeverage(Decimal(3), rules_, kNow));
  EXPECT_EQ(pair.reserved, D("44.8"));
  EXPECT_EQ(engine_.leverage(), Decimal(5));
  EXPECT_EQ(Cash(), D("5.2"));
}

TEST_F(PositionsTest, ALeverageThatStaysOrIsRefusedMovesNothing) {
  engine_.SetFree(Wallet::kMargin, "USDT", D("60"), kNow);
  engine_.SetPosition(0, kBoth, D("2"), D("100"), rules_, kNow);
  ASSERT_TRUE(Place(Order(0, Side::kSell, kBoth, "2")));  // takes from the position
  ASSERT_NE(engine_.ClosePosition(0, kBoth, ids_, rules_, kNow), nullptr);
  const Balance before = engine_.balances(Wallet::kMargin).at("USDT");
  EXPECT_EQ(before.reserved, D("22"));  // now it would open a position of its own
  EXPECT_TRUE(engine_.SetLeverage(Decimal(10), rules_, kNow));
  EXPECT_FALSE(engine_.SetLeverage(Decimal(1), rules_, kNow));
  EXPECT_EQ(engine_.balances(Wallet::kMargin).at("USDT"), before);
}

TEST_F(PositionsTest, APositionIsTakenFromOnce) {
  engine_.SetPosition(0, kBoth, D("3"), D("100"), rules_, kNow);
  const OrderList& first = **Place(Order(0, Side::kSell, kBoth, "2"));
  const OrderList& second = **Place(Order(0, Side::kSell, kBoth, "2"));
  const OrderList& third = **Place(Order(0, Side::kSell, kBoth, "2"));
  EXPECT_EQ(first.reserved, D("0"));
  EXPECT_EQ(second.reserved, D("11"));  // 1 of the 2 would open: 1 * 110 / 10
  EXPECT_EQ(third.reserved, D("22"));
  // The position shrinks: the latest that counted on it reserves first.
  engine_.SetPosition(0, kBoth, D("1.5"), D("100"), rules_, kNow);
  EXPECT_EQ(first.reserved, D("5.5"));
  EXPECT_EQ(second.reserved, D("22"));
  // The first's own fill takes from the position what was its to take.
  Tick(0, "110");
  EXPECT_EQ(At(0, kBoth).amount, D("-4.5"));
  EXPECT_EQ(engine_.balances(Wallet::kMargin).at("USDT").reserved, D("0"));
}

TEST_F(PositionsTest, TheLargestNumbersStayInRange) {
  std::vector<MarketSpec> markets = {EasyMarket("BTC_USDT", MarketKind::kMargin)};
  markets[0].price_step = D("0.0001");
  markets[0].amount_step = D("0.00000001");
  Engine engine(markets, true);
  engine.SetFree(Wallet::kMargin, "USDT", D("1000000000000000"), kNow);
  engine.SetLast(0, D("0.0002"), Decimal(1), rules_, kNow);
  PairCommand c;
  c.wallet = Wallet::kMargin;
  c.amount = D("9999999999.99999999");
  c.limit_price = D("0.0001");
  c.trigger_price = D("0.0003");
  c.stop_price = D("0.0004");
  ASSERT_TRUE(engine.Place(c, rules_, ids_, kNow));
  EXPECT_EQ(engine.Place(c, rules_, ids_, kNow).error().reason, RejectReason::kPositionTooBig);
  engine.SetLast(0, D("0.0001"), Decimal(1), rules_, kNow);
  engine.SetLast(0, D("9999999999.9999"), Decimal(1), rules_, kNow);
  EXPECT_TRUE(engine.Summarize("USDT").equity.IsPositive());
  EXPECT_TRUE(engine.SetLeverage(Decimal(100), rules_, kNow));
  EXPECT_NE(engine.ClosePosition(0, kBoth, ids_, rules_, kNow), nullptr);
}

TEST_F(PositionsTest, ALegIsForWhatItsSiblingHasLeft) {
  rules_.cancel_sibling_on = CancelSiblingOn::kFullFill;
  const OrderList& pair = **Place(Order(0, Side::kBuy, kBoth, "2"));
  engine_.SetLast(0, D("90"), D("0.25"), rules_, kNow);
  EXPECT_EQ(pair.limit().Amount(), D("2"));
  EXPECT_EQ(pair.stop().Amount(), D("1.5"));
  Tick(0, "111");
  EXPECT_EQ(StateOf(pair.stop()), LegState::kFilled);
  EXPECT_EQ(pair.stop().Amount(), pair.stop().filled);
  EXPECT_EQ(StateOf(pair.limit()), LegState::kCanceled);
  EXPECT_EQ(pair.limit().Amount(), D("2"));
}

TEST_F(PositionsTest, ClosingPaysTheGainLessATakersFee) {
  engine_.SetPosition(0, kBoth, D("-2"), D("105"), rules_, kNow);
  const OrderList& reducing = [&]() -> const OrderList& {
    PairCommand c = Order(0, Side::kBuy, kBoth);
    c.reduce_only = true;
    return **Place(c);
  }();
  const Trade* trade = engine_.ClosePosition(0, kBoth, ids_, rules_, kNow);
  ASSERT_NE(trade, nullptr);
  EXPECT_EQ(trade->side, Side::kBuy);
  EXPECT_EQ(trade->client_id, "");
  EXPECT_EQ(trade->id, 500U);
  EXPECT_EQ(trade->fee, D("0.4"));
  EXPECT_EQ(Cash(), D("10009.6"));
  EXPECT_FALSE(reducing.open);
  EXPECT_EQ(engine_.ClosePosition(0, kBoth, ids_, rules_, kNow), nullptr);
}

TEST_F(PositionsTest, SummaryCountsTheUnrealizedGain) {
  engine_.SetPosition(0, kBoth, D("2"), D("95"), rules_, kNow);
  engine_.SetPosition(1, kBoth, D("-1"), D("90"), rules_, kNow);
  Place(Order(0, Side::kBuy, kBoth));
  const MarginSummary got = engine_.Summarize("USDT");
  EXPECT_EQ(got.gain, D("0"));  // 10 up, 10 down
  EXPECT_EQ(got.equity, D("10000"));
  EXPECT_EQ(got.margin, D("39.2"));  // (190 + 90 + 112) / 10
  EXPECT_EQ(got.free_margin, D("9960.8"));
}

TEST_F(PositionsTest, AFlipKeepsTheCostOfWhatItOpened) {
  engine_.SetPosition(0, kBoth, D("1"), D("95"), rules_, kNow);
  const std::uint64_t first = At(0, kBoth).id;
  ASSERT_TRUE(Place(Order(0, Side::kSell, kBoth, "3")));
  Tick(0, "110");
  EXPECT_EQ(At(0, kBoth).amount, D("-2"));
  EXPECT_EQ(At(0, kBoth).cost, D("220"));
  EXPECT_NE(At(0, kBoth).id, first);
  EXPECT_EQ(Cash(), D("10014.67"));  // 15 gained, 0.33 fee
}

TEST_F(PositionsTest, TradesKeepTheLatestOnly) {
  engine_.SetFree(Wallet::kMargin, "USDT", D("1000000"), kNow);
  for (std::size_t i = 0; i < Engine::kMaxTrades + 5; ++i) {
    engine_.SetPosition(0, kBoth, D("0.001"), D("100"), rules_, kNow);
    engine_.ClosePosition(0, kBoth, ids_, rules_, kNow);
  }
  EXPECT_EQ(engine_.trades().size(), Engine::kMaxTrades);
  EXPECT_EQ(engine_.trades().front().id, 505U);
}

TEST_F(PositionsTest, AMarginMarketTakesOrdersOfEitherWallet) {
  engine_.SetFree(Wallet::kSpot, "USDT", D("200"), kNow);
  PairCommand spot = Order(0, Side::kBuy, kBoth, "1");
  spot.wallet = Wallet::kSpot;
  ASSERT_TRUE(Place(spot));
  // The dearer leg, of the spot wallet alone.
  EXPECT_EQ(engine_.balances(Wallet::kSpot).at("USDT").reserved, D("112"));
  EXPECT_EQ(engine_.balances(Wallet::kMargin).at("USDT").reserved, D("0"));
  EXPECT_EQ(Refused(spot), RejectReason::kFunds);

  Tick(0, "90");
  EXPECT_TRUE(At(0, kBoth).amount.IsZero());
  EXPECT_EQ(engine_.balances(Wallet::kSpot).at("BTC").free, D("0.999"));
  EXPECT_EQ(engine_.balances(Wallet::kSpot).at("USDT").free, D("110"));
  EXPECT_EQ(Cash(), D("10000"));
}

TEST_F(PositionsTest, TransfersWhatIsFreeAndNoMore) {
  EXPECT_FALSE(engine_.Transfer("USDT", Wallet::kMargin, D("10000.01"), kNow));
  EXPECT_FALSE(engine_.Transfer("USDT", Wallet::kSpot, D("1"), kNow));
  EXPECT_TRUE(engine_.Transfer("USDT", Wallet::kMargin, D("4000"), kNow));
  EXPECT_EQ(Cash(), D("6000"));
  EXPECT_EQ(engine_.balances(Wallet::kSpot).at("USDT").free, D("4000"));
  // What a position takes of the margin, and what it has lost, stays.
  engine_.SetPosition(0, kBoth, D("100"), D("110"), rules_, kNow);
  EXPECT_EQ(engine_.Summarize("USDT").free_margin, D("3900"));
  EXPECT_FALSE(engine_.Transfer("USDT", Wallet::kMargin, D("3900.01"), kNow));
  EXPECT_TRUE(engine_.Transfer("USDT", Wallet::kMargin, D("3900"), kNow));
}

}  // namespace
}  // namespace ocokit::mock::engine
