// Exits: when they are placed, for how much, and what ends them.

#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "mock_exchange/engine/engine.h"
#include "mock_exchange/testing/market.h"

namespace ocokit::mock::engine {
namespace {

using testing::EasyMarket;
using testing::kNow;

using enum Side;

// A margin market at 100, 10000 USDT.
class ExitsTest : public ::testing::Test {
 protected:
  ExitsTest() : engine_({EasyMarket("BTC_USDT", MarketKind::kMargin)}, false), ids_(0, {}) {
    engine_.SetFree(Wallet::kMargin, "USDT", D("10000"), kNow);
    Tick("100");
  }

  // A limit order with a take-profit and a stop-loss.
  static OrderCommand Entry(Side side, const char* amount, const char* price, const char* profit,
                            const char* loss) {
    OrderCommand c;
    c.wallet = Wallet::kMargin;
    c.side = side;
    c.amount = D(amount);
    c.price = D(price);
    c.take_profit = D(profit);
    c.stop_loss = D(loss);
    return c;
  }
  const OrderList& Place(const OrderCommand& c) {
    const auto placed = engine_.Place(c, rules_, ids_, kNow);
    EXPECT_TRUE(placed);
    return **placed;
  }
  void Tick(const char* last, const char* share = "1") {
    engine_.SetLast(0, D(last), D(share), rules_, kNow);
  }
  Decimal Position() { return engine_.markets()[0].position(PositionSide::kBoth).amount; }
  // The exits that are placed; null: none are.
  const OrderList* Placed(const OrderList& entry) {
    return engine_.orders().ExitsOf(entry)->pending;
  }

  Engine engine_;
  CountingIds ids_;
  Rules rules_;
};

TEST_F(ExitsTest, AreNotThereBeforeTheirOrderHasFilled) {
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  EXPECT_EQ(entry.oto, OtoRole::kWorking);
  EXPECT_EQ(engine_.orders().open_count(), 1U);
  EXPECT_EQ(engine_.markets()[0].book.size(), 1U);
  Tick("91");
  EXPECT_EQ(Placed(entry), nullptr);
}

TEST_F(ExitsTest, CloseALongPositionAboveOrBelow) {
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  Tick("90");
  const OrderList& exits = *Placed(entry);
  EXPECT_EQ(exits.oto, OtoRole::kPending);
  EXPECT_FALSE(exits.IsOco());
  EXPECT_EQ(exits.side, kSell);
  EXPECT_EQ(exits.amount, D("2"));
  EXPECT_TRUE(exits.reserved.IsZero());
  EXPECT_EQ(exits.limit().when, When::kAtOrAbove);
  EXPECT_EQ(exits.stop().when, When::kAtOrBelow);
  Tick("121");
  EXPECT_EQ(exits.limit().ending, Ending::kFilled);
  EXPECT_EQ(exits.limit().value, D("242"));
  EXPECT_EQ(exits.stop().ending, Ending::kNeverTriggered);
  EXPECT_TRUE(Position().IsZero());
}

TEST_F(ExitsTest, CloseAShortPositionTheOtherWayRound) {
  const OrderList& entry = Place(Entry(kSell, "2", "110", "90", "130"));
  Tick("110");
  const OrderList& exits = *Placed(entry);
  EXPECT_EQ(exits.side, kBuy);
  Tick("130");
  EXPECT_EQ(exits.stop().ending, Ending::kFilled);
  EXPECT_EQ(exits.limit().ending, Ending::kNeverTriggered);
  EXPECT_TRUE(Position().IsZero());
}

TEST_F(ExitsTest, DrawTheirIdsWithTheOrder) {
  const OrderList& entry = Place(Entry(kBuy, "1", "90", "120", "80"));
  const OrderId id = entry.single().id;
  const Exits& exits = *engine_.orders().ExitsOf(entry);
  EXPECT_EQ(exits.id, id - 1);
  EXPECT_EQ(exits.take_profit_id, id + 1);
  EXPECT_EQ(exits.stop_loss_id, id + 2);
  // Another order in between takes none of them.
  Place(Entry(kBuy, "1", "50", "0", "0"));
  Tick("90");
  EXPECT_EQ(Placed(entry)->limit().id, id + 1);
  EXPECT_EQ(engine_.orders().FindOrder(id + 2), &Placed(entry)->stop());
}

TEST_F(ExitsTest, OneAloneIsAnOrderByItself) {
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "0", "80"));
  Tick("90");
  EXPECT_FALSE(Placed(entry)->IsPair());
  EXPECT_EQ(Placed(entry)->single().when, When::kAtOrBelow);
  Tick("79");
  EXPECT_EQ(Placed(entry)->single().value, D("158"));
}

TEST_F(ExitsTest, TriggerAtOnceWhenThePriceWentThroughTheEntryToThem) {
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  Tick("70");
  EXPECT_EQ(entry.single().value, D("180"));
  EXPECT_EQ(Placed(entry)->stop().value, D("140"));
  EXPECT_EQ(Placed(entry)->limit().ending, Ending::kNeverTriggered);
  EXPECT_TRUE(Position().IsZero());
}

TEST_F(ExitsTest, AreForWhatHadFilledWhenTheRestIsCancelled) {
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  Tick("90", "0.25");
  EXPECT_EQ(Placed(entry), nullptr);
  engine_.Cancel(entry, rules_, kNow);
  EXPECT_EQ(Placed(entry)->amount, D("0.5"));
}

TEST_F(ExitsTest, AnOrderThatEndsUnfilledHasNone) {
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  engine_.Cancel(entry, rules_, kNow);
  EXPECT_EQ(Placed(entry), nullptr);
  EXPECT_EQ(engine_.orders().open_count(), 0U);
}

TEST_F(ExitsTest, MayBePlacedAtTheFirstFillAndGrow) {
  rules_.exits_on_first_fill = true;
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  Tick("90", "0.25");
  EXPECT_EQ(Placed(entry)->amount, D("0.5"));
  Tick("89");
  EXPECT_EQ(Placed(entry)->amount, D("2"));
  Tick("80");
  EXPECT_TRUE(Position().IsZero());
}

TEST_F(ExitsTest, AnOrderThatOnlyClosesHasNone) {
  engine_.SetPosition(0, PositionSide::kBoth, D("-3"), D("100"), rules_, kNow);
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  Tick("90");
  EXPECT_EQ(Position(), D("-1"));
  EXPECT_EQ(Placed(entry), nullptr);
  // Of one that turns the position, they close what it has opened.
  const OrderList& turn = Place(Entry(kBuy, "4", "80", "120", "70"));
  Tick("80");
  EXPECT_EQ(Placed(turn)->amount, D("3"));
}

TEST_F(ExitsTest, AreForWhatEachFillHasOpened) {
  engine_.SetPosition(0, PositionSide::kBoth, D("-1"), D("100"), rules_, kNow);
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  Place(Entry(kBuy, "5", "90", "0", "0"));
  // Though the position is then as large as the order.
  Tick("90");
  EXPECT_EQ(Position(), D("6"));
  EXPECT_EQ(Placed(entry)->amount, D("1"));
}

TEST_F(ExitsTest, WaitInAMarketThatHasNotTraded) {
  Engine engine({EasyMarket("BTC_USDT", MarketKind::kMargin)}, false);
  engine.SetFree(Wallet::kMargin, "USDT", D("10000"), kNow);
  engine.SetDepth(0, Depth{{{D("99"), D("5")}}, {{D("100"), D("5")}}});
  const auto placed = engine.Place(Entry(kBuy, "2", "101", "120", "80"), rules_, ids_, kNow);
  ASSERT_TRUE(placed);
  const OrderList& exits = *engine.orders().ExitsOf(**placed)->pending;
  EXPECT_TRUE(exits.open);
  engine.SetLast(0, D("80"), Decimal(1), rules_, kNow);
  EXPECT_TRUE(exits.stop().activated);
  EXPECT_FALSE(exits.open);
}

TEST_F(ExitsTest, TheOneThatDidNotTriggerNeverWentToTheMarket) {
  rules_.cancel_sibling_on = CancelSiblingOn::kFullFill;
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  Tick("90");
  engine_.SetDepth(0, Depth{{{D("79"), D("1")}}, {}});
  Tick("80");
  EXPECT_EQ(Placed(entry)->stop().ending, Ending::kRemainder);
  EXPECT_EQ(Placed(entry)->limit().ending, Ending::kNeverTriggered);
}

TEST_F(ExitsTest, EndWithThePosition) {
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  Tick("90");
  const OrderList& exits = *Placed(entry);
  engine_.ClosePosition(0, PositionSide::kBoth, ids_, rules_, kNow);
  EXPECT_EQ(exits.limit().ending, Ending::kReduceOnly);
  EXPECT_EQ(exits.stop().ending, Ending::kReduceOnly);
}

TEST_F(ExitsTest, AreCancelledWithTheirOrderAndAfterIt) {
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  const OrderId first = engine_.orders().ExitsOf(entry)->id;
  Tick("90", "0.5");
  EXPECT_TRUE(engine_.CancelOto(first, rules_, kNow));
  EXPECT_FALSE(entry.open);
  EXPECT_EQ(Placed(entry), nullptr);  // though it had filled
  EXPECT_FALSE(engine_.CancelOto(first, rules_, kNow));

  const OrderList& other = Place(Entry(kBuy, "1", "80", "120", "70"));
  Tick("80");
  EXPECT_TRUE(engine_.CancelOto(engine_.orders().ExitsOf(other)->id, rules_, kNow));
  EXPECT_FALSE(Placed(other)->open);
  EXPECT_EQ(Position(), D("2"));
  EXPECT_FALSE(engine_.CancelOto(1, rules_, kNow));
}

TEST_F(ExitsTest, OneMayBeCancelledWithoutTheOther) {
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  Tick("90");
  const OrderList& exits = *Placed(entry);
  EXPECT_EQ(engine_.CancelExit(exits.limit(), rules_, kNow), &exits);
  EXPECT_EQ(exits.limit().ending, Ending::kNeverTriggered);
  EXPECT_TRUE(exits.open);
  Tick("121");
  EXPECT_EQ(Position(), D("2"));
  EXPECT_EQ(engine_.CancelExit(exits.stop(), rules_, kNow), &exits);
  EXPECT_FALSE(exits.open);
  EXPECT_EQ(engine_.CancelExit(exits.stop(), rules_, kNow), nullptr);
}

TEST_F(ExitsTest, AreRefusedOnTheWrongSideOfTheEntry) {
  const auto refused = [&](const OrderCommand& c) {
    const auto placed = engine_.Place(c, rules_, ids_, kNow);
    return placed ? RejectReason::kTooLarge : placed.error().reason;
  };
  EXPECT_EQ(refused(Entry(kBuy, "2", "90", "90", "80")), RejectReason::kTakeProfitSide);
  EXPECT_EQ(refused(Entry(kBuy, "2", "90", "120", "90")), RejectReason::kStopLossSide);
  EXPECT_EQ(refused(Entry(kSell, "2", "110", "115", "130")), RejectReason::kTakeProfitSide);
  EXPECT_EQ(refused(Entry(kSell, "2", "110", "0", "105")), RejectReason::kStopLossSide);
  // At the market it is held against the last price, of a stop at the market against the trigger.
  OrderCommand market = Entry(kBuy, "2", "0", "100", "0");
  market.type = OrderType::kMarket;
  EXPECT_EQ(refused(market), RejectReason::kTakeProfitSide);
  market.type = OrderType::kStopMarket;
  market.trigger = D("130");
  market.take_profit = D("129");
  EXPECT_EQ(refused(market), RejectReason::kTakeProfitSide);
}

TEST_F(ExitsTest, OutliveWhatIsRememberedOfTheirOrder) {
  const OrderList& entry = Place(Entry(kBuy, "2", "90", "120", "80"));
  const OrderId oto = engine_.orders().ExitsOf(entry)->id;
  Tick("90");
  const std::size_t before = engine_.bytes();
  ASSERT_EQ(engine_.ForgetEnded(1), 1U);
  EXPECT_LT(engine_.bytes(), before);
  EXPECT_EQ(engine_.orders().FindExits(oto)->working, nullptr);
  Tick("80");
  EXPECT_TRUE(Position().IsZero());
  ASSERT_EQ(engine_.ForgetEnded(1), 1U);
  EXPECT_EQ(engine_.orders().FindExits(oto), nullptr);
}

}  // namespace
}  // namespace ocokit::mock::engine
