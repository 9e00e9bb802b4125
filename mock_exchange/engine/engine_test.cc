#include "mock_exchange/engine/engine.h"

#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "mock_exchange/testing/market.h"

namespace ocokit::mock::engine {
namespace {

using testing::EasyMarket;
using testing::kNow;

// An engine with one market at 100 and plenty of money; the verbs of the tests.
class EngineTest : public ::testing::Test {
 protected:
  explicit EngineTest(MarketKind kind = MarketKind::kSpot)
      : engine_({EasyMarket("BTC_USDT", kind)},
                /*client_ids_per_market=*/kind == MarketKind::kMargin),
        ids_(0, {}),
        wallet_(HasPositions(kind) ? Wallet::kMargin : Wallet::kSpot) {
    engine_.SetFree(wallet_, "USDT", D("10000"), kNow);
    engine_.SetFree(wallet_, "BTC", D("10"), kNow);
    Tick("100");
  }

  PairCommand Buy(const char* amount = "1") const {
    PairCommand c;
    c.wallet = wallet_;
    c.side = Side::kBuy;
    c.amount = D(amount);
    c.limit_price = D("90");
    c.trigger_price = D("110");
    c.stop_price = D("112");
    return c;
  }
  PairCommand Sell(const char* amount = "1") const {
    PairCommand c;
    c.wallet = wallet_;
    c.side = Side::kSell;
    c.amount = D(amount);
    c.limit_price = D("110");
    c.trigger_price = D("90");
    c.stop_price = D("88");
    return c;
  }

  tl::expected<const OrderList*, Rejection> Place(const PairCommand& c) {
    return engine_.Place(c, rules_, ids_, kNow);
  }
  const OrderList& MustPlace(const PairCommand& c) {
    const auto placed = Place(c);
    EXPECT_TRUE(placed);
    return **placed;
  }
  RejectReason Refused(const PairCommand& c) {
    const auto placed = Place(c);
    EXPECT_FALSE(placed);
    return placed ? RejectReason::kTooLarge : placed.error().reason;
  }
  void Tick(const char* last, const char* share = "1") {
    engine_.SetLast(0, D(last), D(share), rules_, kNow);
  }
  Balance Money(const char* asset) { return engine_.balances(wallet_).at(asset); }
  Decimal Free(const char* asset) { return Money(asset).free; }
  Decimal Reserved(const char* asset) { return Money(asset).reserved; }
  // Amount and average entry of the one-way position.
  std::pair<Decimal, Decimal> Held() {
    const Position& position = engine_.markets()[0].position(PositionSide::kBoth);
    return {position.amount, position.BasePrice()};
  }

  Engine engine_;
  CountingIds ids_;
  const Wallet wallet_;
  Rules rules_;
};

TEST_F(EngineTest, PlacingABuyReservesItsDearerLeg) {
  const OrderList& pair = MustPlace(Buy("2"));
  EXPECT_TRUE(pair.open);
  EXPECT_EQ(StateOf(pair.limit()), LegState::kResting);
  EXPECT_EQ(StateOf(pair.stop()), LegState::kWaiting);
  EXPECT_EQ(Reserved("USDT"), D("224"));
  EXPECT_EQ(Free("USDT"), D("9776"));
}

TEST_F(EngineTest, PlacingASellReservesTheAmountOnce) {
  MustPlace(Sell("2"));
  EXPECT_EQ(Reserved("BTC"), D("2"));
  EXPECT_EQ(Free("BTC"), D("8"));
}

TEST_F(EngineTest, ALimitFillCancelsTheStopAndSettles) {
  const OrderList& pair = MustPlace(Buy("2"));
  Tick("90");
  EXPECT_FALSE(pair.open);
  EXPECT_EQ(StateOf(pair.limit()), LegState::kFilled);
  EXPECT_EQ(StateOf(pair.stop()), LegState::kNeverTriggered);
  // 2 * 90 paid; the maker fee of 0.1 % is taken from what is received.
  EXPECT_EQ(Free("USDT"), D("9820"));
  EXPECT_EQ(Reserved("USDT"), D("0"));
  EXPECT_EQ(Free("BTC"), D("11.998"));
}

TEST_F(EngineTest, ATriggerCancelsTheLimitAndFillsAtTheLastPriceAsTaker) {
  const OrderList& pair = MustPlace(Buy("1"));
  Tick("111");
  EXPECT_EQ(StateOf(pair.limit()), LegState::kCanceled);
  EXPECT_EQ(StateOf(pair.stop()), LegState::kFilled);
  EXPECT_TRUE(pair.stop().activated);
  EXPECT_EQ(pair.stop().value, D("111"));
  EXPECT_EQ(Free("USDT"), D("9889"));
  EXPECT_EQ(Free("BTC"), D("10.998"));
}

TEST_F(EngineTest, AStopThatGapsPastItsPriceRestsUntilThePriceComesBack) {
  const OrderList& pair = MustPlace(Buy("1"));
  Tick("120");
  EXPECT_TRUE(pair.open);
  EXPECT_EQ(StateOf(pair.stop()), LegState::kTriggered);
  EXPECT_EQ(StateOf(pair.limit()), LegState::kCanceled);
  EXPECT_EQ(Reserved("USDT"), D("112"));
  Tick("89");  // the withdrawn limit leg does not fill; the stop rests at 112 and does
  EXPECT_EQ(pair.limit().filled, D("0"));
  EXPECT_EQ(StateOf(pair.stop()), LegState::kFilled);
  EXPECT_EQ(pair.stop().value, D("112"));
}

TEST_F(EngineTest, ASellTriggersDownwards) {
  const OrderList& pair = MustPlace(Sell("1"));
  Tick("90");
  EXPECT_EQ(StateOf(pair.stop()), LegState::kFilled);
  EXPECT_EQ(Free("BTC"), D("9"));
  EXPECT_EQ(Free("USDT"), D("10089.82"));  // 90 less 0.2 %
}

TEST_F(EngineTest, APartialFillCancelsTheSiblingByDefault) {
  const OrderList& pair = MustPlace(Buy("1"));
  Tick("90", "0.25");
  EXPECT_TRUE(pair.open);
  EXPECT_EQ(StateOf(pair.limit()), LegState::kPartiallyFilled);
  EXPECT_EQ(pair.limit().filled, D("0.25"));
  EXPECT_EQ(StateOf(pair.stop()), LegState::kNeverTriggered);
  EXPECT_EQ(Reserved("USDT"), D("67.5"));
  Tick("115");
  EXPECT_EQ(pair.stop().filled, D("0"));
  Tick("90");
  EXPECT_EQ(StateOf(pair.limit()), LegState::kFilled);
}

TEST_F(EngineTest, WithFullFillTheSiblingStaysAndBothNeverFillMoreThanTheAmount) {
  rules_.cancel_sibling_on = CancelSiblingOn::kFullFill;
  const OrderList& pair = MustPlace(Buy("1"));
  Tick("90", "0.25");
  EXPECT_EQ(StateOf(pair.stop()), LegState::kWaiting);
  Tick("110");
  EXPECT_EQ(pair.stop().filled, D("0.75"));
  EXPECT_EQ(pair.limit().filled, D("0.25"));
  EXPECT_FALSE(pair.open);
  EXPECT_EQ(Reserved("USDT"), D("0"));
}

TEST_F(EngineTest, WithTriggerAPartialFillLeavesTheSibling) {
  rules_.cancel_sibling_on = CancelSiblingOn::kTrigger;
  const OrderList& pair = MustPlace(Buy("1"));
  Tick("90", "0.25");
  EXPECT_EQ(StateOf(pair.stop()), LegState::kWaiting);
  Tick("120");
  EXPECT_EQ(StateOf(pair.limit()), LegState::kCanceled);
}

TEST_F(EngineTest, APriceThatCrossesNothingChangesNothing) {
  const OrderList& pair = MustPlace(Buy("1"));
  Tick("90.01");
  Tick("109.99");
  EXPECT_EQ(StateOf(pair.limit()), LegState::kResting);
  EXPECT_EQ(StateOf(pair.stop()), LegState::kWaiting);
}

TEST_F(EngineTest, CancelReleasesAndEndsBothLegs) {
  const OrderList& pair = MustPlace(Sell("3"));
  ASSERT_TRUE(engine_.Cancel(pair, rules_, kNow));
  EXPECT_EQ(StateOf(pair.limit()), LegState::kCanceled);
  EXPECT_EQ(StateOf(pair.stop()), LegState::kNeverTriggered);
  EXPECT_EQ(Free("BTC"), D("10"));
  EXPECT_EQ(engine_.Cancel(pair, rules_, kNow), nullptr);
  Tick("110");
  EXPECT_EQ(pair.limit().filled, D("0"));
}

TEST_F(EngineTest, RefusesPricesThatMakeNoOco) {
  struct Case {
    const char* limit;
    const char* trigger;
    RejectReason want;
  };
  const Case cases[] = {{"100", "110", RejectReason::kLimitCrosses},
                        {"101", "110", RejectReason::kLimitCrosses},
                        {"90", "100", RejectReason::kTriggerEqualsLast},
                        {"90", "99", RejectReason::kTriggerWrongSide},
                        {"9.99", "110", RejectReason::kLimitPriceBand}};
  for (const Case& c : cases) {
    PairCommand buy = Buy();
    buy.limit_price = D(c.limit);
    buy.trigger_price = D(c.trigger);
    EXPECT_EQ(Refused(buy), c.want) << c.limit << " " << c.trigger;
  }
  PairCommand sell = Sell();
  sell.limit_price = D("100");
  EXPECT_EQ(Refused(sell), RejectReason::kLimitCrosses);
  sell = Sell();
  sell.stop_price = D("1001");
  EXPECT_EQ(Refused(sell), RejectReason::kStopPriceBand);
  EXPECT_EQ(Reserved("BTC"), D("0"));
}

TEST_F(EngineTest, WithoutPriceRulesAnyPriceIsTaken) {
  rules_.price_rules = false;
  PairCommand buy = Buy();
  buy.limit_price = D("200");
  buy.trigger_price = D("50");
  MustPlace(buy);
}

TEST_F(EngineTest, RefusesWhatCannotBePaid) {
  EXPECT_EQ(Refused(Buy("90")), RejectReason::kFunds);
  EXPECT_EQ(Refused(Sell("10.001")), RejectReason::kFunds);
  MustPlace(Sell("6"));
  EXPECT_EQ(Refused(Sell("5")), RejectReason::kFunds);
}

TEST_F(EngineTest, RefusesNumbersItCannotHold) {
  EXPECT_EQ(Refused(Buy("10000000000")), RejectReason::kTooLarge);
  EXPECT_EQ(Refused(Buy("0.000000001")), RejectReason::kTooLarge);
}

TEST_F(EngineTest, AClientIdIsFreeAgainAfterItsPairEnded) {
  PairCommand c = Sell("1");
  c.list_client_id = "7";
  const OrderList& first = MustPlace(c);
  const auto again = Place(c);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().reason, RejectReason::kDuplicateClientId);
  EXPECT_EQ(again.error().client_id, "7");
  ASSERT_TRUE(engine_.Cancel(first, rules_, kNow));
  MustPlace(c);
}

TEST_F(EngineTest, WhatIsLookedAtFirstIsARule) {
  rules_.max_open_orders = 1;
  MustPlace(Sell("1"));
  engine_.SetFree(wallet_, "BTC", D("0"), kNow);
  EXPECT_EQ(Refused(Sell("1")), RejectReason::kFunds);
  rules_.count_before_funds = true;
  EXPECT_EQ(Refused(Sell("1")), RejectReason::kTooManyOrders);
}

TEST_F(EngineTest, HoldsNoMorePairsThanAllowed) {
  rules_.max_open_orders = 1;
  MustPlace(Sell("1"));
  EXPECT_EQ(Refused(Sell("2")), RejectReason::kTooManyOrders);
}

TEST_F(EngineTest, ATickFillsInPriceThenTimeOrder) {
  PairCommand low = Buy("1");
  low.limit_price = D("85");
  const OrderList& worse = MustPlace(low);
  const OrderList& better = MustPlace(Buy("1"));
  engine_.SetFree(wallet_, "USDT", D("0"), kNow);
  Tick("90");
  EXPECT_TRUE(worse.open);
  EXPECT_FALSE(better.open);
}

class MarginTest : public EngineTest {
 protected:
  MarginTest() : EngineTest(MarketKind::kMargin) {}
  void Hold(const char* amount, const char* base) {
    engine_.SetPosition(0, PositionSide::kBoth, D(amount), D(base), rules_, kNow);
  }
  static PairCommand Reduce(PairCommand c) {
    c.reduce_only = true;
    return c;
  }
};

TEST_F(MarginTest, ReservesTheDearerLegOverTheLeverage) {
  MustPlace(Buy("10"));
  EXPECT_EQ(Reserved("USDT"), D("112"));
  rules_.margin = MarginRule::kSum;
  MustPlace(Buy("10"));
  EXPECT_EQ(Reserved("USDT"), D("314"));
}

TEST_F(MarginTest, AFillOpensIncreasesReducesAndFlipsAPosition) {
  MustPlace(Buy("2"));
  Tick("90");
  EXPECT_EQ(Held(), std::pair(D("2"), D("90")));
  EXPECT_EQ(Free("USDT"), D("9999.82"));
  Tick("100");
  MustPlace(Buy("2"));
  Tick("80");  // fills at its own 90
  Tick("100");
  EXPECT_EQ(Held(), std::pair(D("4"), D("90")));
  MustPlace(Sell("1"));
  Tick("110");  // one closed with a gain of 20
  EXPECT_EQ(Held(), std::pair(D("3"), D("90")));
  EXPECT_EQ(Free("USDT"), D("10019.53"));
  Tick("100");
  MustPlace(Sell("5"));
  Tick("110");  // three closed, two opened short
  EXPECT_EQ(Held(), std::pair(D("-2"), D("110")));
}

TEST_F(MarginTest, ReduceOnlyNeedsAPositionToReduce) {
  EXPECT_EQ(Refused(Reduce(Sell("1"))), RejectReason::kReduceOnly);
  Hold("2", "95");
  EXPECT_EQ(Refused(Reduce(Buy("1"))), RejectReason::kReduceOnly);
  MustPlace(Reduce(Sell("1")));
  EXPECT_EQ(Reserved("USDT"), D("0"));
}

TEST_F(MarginTest, ReduceOnlyIsCutToThePosition) {
  Hold("2", "95");
  EXPECT_EQ(MustPlace(Reduce(Sell("5"))).amount, D("2"));
  Hold("0.0001", "95");
  EXPECT_EQ(Refused(Reduce(Sell("5"))), RejectReason::kAmountTooSmall);
}

TEST_F(MarginTest, ReduceOnlyIsCutAgainWhenItFills) {
  Hold("2", "95");
  const OrderList& pair = MustPlace(Reduce(Sell("2")));
  Hold("0.5", "95");
  Tick("110");
  EXPECT_EQ(pair.limit().filled, D("0.5"));
  EXPECT_EQ(StateOf(pair.limit()), LegState::kFilled);
  EXPECT_EQ(Held().first, D("0"));
}

TEST_F(MarginTest, ReduceOnlyEndsWhenThePositionIsGone) {
  Hold("2", "95");
  const OrderList& pair = MustPlace(Reduce(Sell("2")));
  Hold("0", "0");
  EXPECT_EQ(StateOf(pair.limit()), LegState::kReduceOnlyCanceled);
  EXPECT_EQ(pair.limit().filled, D("0"));
  EXPECT_FALSE(pair.open);
}

TEST_F(MarginTest, ReduceOnlyEndsWhenAnotherPairClosesThePosition) {
  Hold("1", "95");
  const OrderList& stranded = MustPlace(Reduce(Sell("1")));
  PairCommand other = Sell("1");
  other.limit_price = D("105");
  MustPlace(other);
  Tick("105");
  EXPECT_EQ(StateOf(stranded.limit()), LegState::kReduceOnlyCanceled);
  EXPECT_EQ(StateOf(stranded.stop()), LegState::kReduceOnlyCanceled);
  EXPECT_FALSE(stranded.open);
}

TEST_F(MarginTest, MoneyIsLookedAtBeforeTheNumberOfOrders) {
  rules_.max_open_orders = 1;
  MustPlace(Buy("1"));
  engine_.SetFree(wallet_, "USDT", D("1"), kNow);
  EXPECT_EQ(Refused(Buy("1")), RejectReason::kLimitLegFunds);
  engine_.SetFree(wallet_, "USDT", D("100"), kNow);
  EXPECT_EQ(Refused(Buy("1")), RejectReason::kTooManyOrders);
}

TEST_F(MarginTest, EachLegNeedsItsMargin) {
  engine_.SetFree(wallet_, "USDT", D("0"), kNow);
  EXPECT_EQ(Refused(Buy("1")), RejectReason::kNoFunds);
  engine_.SetFree(wallet_, "USDT", D("8.99"), kNow);
  EXPECT_EQ(Refused(Buy("1")), RejectReason::kLimitLegFunds);
  engine_.SetFree(wallet_, "USDT", D("9"), kNow);
  EXPECT_EQ(Refused(Buy("1")), RejectReason::kStopLegFunds);
  engine_.SetFree(wallet_, "USDT", D("11.2"), kNow);
  MustPlace(Buy("1"));
}

TEST_F(MarginTest, WhatReducesAPositionNeedsNoMargin) {
  Hold("1", "95");
  engine_.SetFree(wallet_, "USDT", D("4.5"),
                  kNow);  // with the gain of 5, the position's own margin
  MustPlace(Sell("1"));
  EXPECT_EQ(Reserved("USDT"), D("0"));
  EXPECT_EQ(Refused(Sell("2")), RejectReason::kNoFunds);
}

}  // namespace
}  // namespace ocokit::mock::engine
