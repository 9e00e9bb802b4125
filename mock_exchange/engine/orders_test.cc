// Orders by themselves: types and times in force, what they find, what they hold back, replacing.

#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "mock_exchange/engine/engine.h"
#include "mock_exchange/engine/timeline.h"
#include "mock_exchange/testing/market.h"

namespace ocokit::mock::engine {
namespace {

using testing::EasyMarket;
using testing::kNow;

// Two markets at 100, one of each wallet: spot (0) and margin (1); 10000 USDT and 10 BTC in each.
class OrdersTest : public ::testing::Test {
 protected:
  OrdersTest()
      : engine_({EasyMarket("BTC-USDT", MarketKind::kSpot),
                 EasyMarket("BTC_USDT", MarketKind::kMargin)},
                false),
        ids_(0, {}) {
    for (const Wallet wallet : kWallets) {
      engine_.SetFree(wallet, "USDT", D("10000"), kNow);
      engine_.SetFree(wallet, "BTC", D("10"), kNow);
    }
    Tick("100");
    engine_.SetLast(1, D("100"), Decimal(1), rules_, kNow);
  }

  static OrderCommand Make(OrderType type, Side side, const char* amount, const char* price = "0",
                           const char* trigger = "0") {
    OrderCommand c;
    c.type = type;
    c.side = side;
    c.amount = D(amount);
    c.price = D(price);
    c.trigger = D(trigger);
    c.when = D(trigger) >= D("100") ? When::kAtOrAbove : When::kAtOrBelow;
    return c;
  }
  static OrderCommand Limit(Side side, const char* amount, const char* price, Tif tif = Tif::kGtc) {
    OrderCommand c = Make(OrderType::kLimit, side, amount, price);
    c.tif = tif;
    return c;
  }
  static OrderCommand ForMoney(OrderType type, const char* money, const char* trigger = "0") {
    OrderCommand c = Make(type, Side::kBuy, "0", "0", trigger);
    c.money = D(money);
    return c;
  }
  static OrderCommand OnMargin(OrderCommand c) {
    c.market = 1;
    c.wallet = Wallet::kMargin;
    return c;
  }
  const OrderList& Place(const OrderCommand& c) {
    const auto placed = engine_.Place(c, rules_, ids_, kNow);
    EXPECT_TRUE(placed);
    return **placed;
  }
  RejectReason Refused(const OrderCommand& c) {
    const auto placed = engine_.Place(c, rules_, ids_, kNow);
    EXPECT_FALSE(placed);
    return placed ? RejectReason::kTooLarge : placed.error().reason;
  }
  void Tick(const char* last, const char* share = "1") {
    engine_.SetLast(0, D(last), D(share), rules_, kNow);
  }
  void SetBook(std::vector<Level> bids, std::vector<Level> asks) {
    engine_.SetDepth(0, Depth{std::move(bids), std::move(asks)});
  }
  Balance Money(const char* asset, Wallet wallet = Wallet::kSpot) {
    return engine_.balances(wallet).at(asset);
  }

  Engine engine_;
  CountingIds ids_;
  Rules rules_;
};

using enum Side;

TEST_F(OrdersTest, ALimitOrderRestsAndHoldsBackWhatItMayCost) {
  const OrderList& list = Place(Limit(kBuy, "2", "90"));
  EXPECT_TRUE(list.open);
  EXPECT_EQ(StateOf(list.single()), LegState::kResting);
  EXPECT_EQ(Money("USDT"), (Balance{D("9820"), D("180")}));
  Tick("90");
  EXPECT_EQ(list.single().ending, Ending::kFilled);
  // As a maker: 0.1 % of what it received.
  EXPECT_EQ(Money("USDT"), (Balance{D("9820"), D("0")}));
  EXPECT_EQ(Money("BTC").free, D("11.998"));
}

TEST_F(OrdersTest, ALimitOrderThatCrossesTakesAtTheLastPrice) {
  const OrderList& list = Place(Limit(kBuy, "2", "110"));
  EXPECT_FALSE(list.open);
  EXPECT_EQ(list.single().value, D("200"));
  EXPECT_EQ(Money("USDT"), (Balance{D("9800"), D("0")}));
  EXPECT_EQ(Money("BTC").free, D("11.996"));  // a taker's 0.2 %
  EXPECT_TRUE(engine_.trades().back().taker);
}

TEST_F(OrdersTest, AMarketOrderNeedsNoPriceAndEndsAtOnce) {
  const OrderList& list = Place(Make(OrderType::kMarket, kSell, "3"));
  EXPECT_EQ(list.single().ending, Ending::kFilled);
  EXPECT_EQ(list.single().price, D("100"));  // what it was reckoned with
  EXPECT_EQ(Money("USDT").free, D("10299.4"));
}

TEST_F(OrdersTest, APurchaseForMoneySpendsNoMoreThanThat) {
  const OrderList& list = Place(ForMoney(OrderType::kMarket, "250.07"));
  EXPECT_EQ(list.single().ending, Ending::kFilled);
  EXPECT_EQ(list.amount, D("2.5"));  // 0.07 buys no lot
  EXPECT_EQ(list.single().value, D("250"));
  EXPECT_EQ(Money("USDT"), (Balance{D("9750"), D("0")}));
}

TEST_F(OrdersTest, ASaleForMoneyIsForWhatWouldBringItIn) {
  OrderCommand c = ForMoney(OrderType::kMarket, "250.07");
  c.side = kSell;
  EXPECT_EQ(Place(c).single().filled, D("2.5"));
  c.money = D("0.05");
  EXPECT_EQ(Refused(c), RejectReason::kAmountTooSmall);
}

TEST_F(OrdersTest, TakesFromADepthLevelByLevelAndUsesItUp) {
  SetBook({}, {{D("101"), D("1")}, {D("102"), D("1")}, {D("105"), D("5")}});
  const OrderList& list = Place(Limit(kBuy, "3", "102"));
  EXPECT_TRUE(list.open);
  EXPECT_EQ(StateOf(list.single()), LegState::kPartiallyFilled);
  EXPECT_EQ(list.single().value, D("203"));
  EXPECT_EQ(Money("USDT"), (Balance{D("9695"), D("102")}));  // one is left, at 102
  EXPECT_EQ(engine_.markets()[0].depth->asks, (std::vector<Level>{{D("105"), D("5")}}));
}

TEST_F(OrdersTest, WhatAThinBookCannotFillOfAMarketOrderIsGivenUp) {
  SetBook({{D("99"), D("1")}}, {{D("101"), D("1")}});
  const OrderList& sale = Place(Make(OrderType::kMarket, kSell, "3"));
  EXPECT_EQ(sale.single().ending, Ending::kRemainder);
  EXPECT_EQ(sale.single().filled, D("1"));
  EXPECT_EQ(Money("BTC"), (Balance{D("9"), D("0")}));
  const OrderList& purchase = Place(ForMoney(OrderType::kMarket, "500"));
  EXPECT_EQ(purchase.single().ending, Ending::kRemainder);
  EXPECT_EQ(purchase.amount, D("1"));
  EXPECT_EQ(purchase.single().value, D("101"));
}

TEST_F(OrdersTest, ImmediateOrCancelDoesNotWait) {
  EXPECT_EQ(Place(Limit(kBuy, "1", "90", Tif::kIoc)).single().ending, Ending::kRemainder);
  SetBook({}, {{D("101"), D("1")}});
  const OrderList& list = Place(Limit(kBuy, "3", "101", Tif::kIoc));
  EXPECT_EQ(list.single().ending, Ending::kRemainder);
  EXPECT_EQ(list.single().filled, D("1"));
  EXPECT_EQ(Money("USDT").reserved, D("0"));
}

TEST_F(OrdersTest, FillOrKillIsAllOrNothing) {
  SetBook({}, {{D("101"), D("1")}, {D("102"), D("1")}});
  const OrderList& list = Place(Limit(kBuy, "2.001", "102", Tif::kFok));
  EXPECT_EQ(list.single().ending, Ending::kRemainder);
  EXPECT_TRUE(list.single().filled.IsZero());
  EXPECT_EQ(Place(Limit(kBuy, "2", "102", Tif::kFok)).single().ending, Ending::kFilled);
}

TEST_F(OrdersTest, PostOnlyTakesNothing) {
  EXPECT_EQ(Place(Limit(kBuy, "1", "100", Tif::kPostOnly)).single().ending, Ending::kPostOnly);
  EXPECT_TRUE(Place(Limit(kBuy, "1", "99.99", Tif::kPostOnly)).open);
  rules_.refuse_takers = true;
  EXPECT_EQ(Refused(Limit(kBuy, "1", "100", Tif::kPostOnly)), RejectReason::kNotMaker);
  EXPECT_TRUE(engine_.trades().empty());
}

TEST_F(OrdersTest, AStopLimitOrderWaitsThenRests) {
  const OrderList& list = Place(Make(OrderType::kStopLimit, kBuy, "1", "109", "110"));
  EXPECT_EQ(StateOf(list.single()), LegState::kWaiting);
  EXPECT_EQ(Money("USDT").reserved, D("109"));
  Tick("111");
  EXPECT_EQ(StateOf(list.single()), LegState::kTriggered);
  Tick("108");
  EXPECT_EQ(list.single().ending, Ending::kFilled);
  EXPECT_EQ(list.single().value, D("109"));
}

TEST_F(OrdersTest, AStopMarketOrderTakesWhatItMeets) {
  const OrderList& list = Place(Make(OrderType::kStopMarket, kSell, "1", "0", "95"));
  EXPECT_EQ(Money("BTC").reserved, D("1"));
  Tick("94");
  EXPECT_EQ(list.single().ending, Ending::kFilled);
  EXPECT_EQ(list.single().value, D("94"));
}

TEST_F(OrdersTest, AStopMarketPurchaseBuysWhatCanBePaidWhenThePriceJumps) {
  engine_.SetFree(Wallet::kSpot, "USDT", D("220"), kNow);
  const OrderList& list = Place(Make(OrderType::kStopMarket, kBuy, "2", "0", "110"));
  EXPECT_EQ(Money("USDT"), (Balance{D("0"), D("220")}));
  Tick("200");
  EXPECT_EQ(list.single().filled, D("1.1"));
  EXPECT_EQ(list.single().ending, Ending::kRemainder);
  EXPECT_EQ(Money("USDT"), (Balance{D("0"), D("0")}));
}

TEST_F(OrdersTest, AStopPurchaseForMoneyKeepsItUntilItsTrigger) {
  const OrderList& list = Place(ForMoney(OrderType::kStopMarket, "220", "110"));
  EXPECT_EQ(Money("USDT").reserved, D("220"));
  Tick("110");
  EXPECT_EQ(list.amount, D("2"));
  EXPECT_EQ(list.single().ending, Ending::kFilled);
  EXPECT_EQ(Money("USDT").reserved, D("0"));
}

TEST_F(OrdersTest, AStopWhoseTriggerIsMetBeginsAtOnce) {
  OrderCommand c = Make(OrderType::kStopMarket, kBuy, "1", "0", "90");
  c.when = When::kAtOrAbove;
  EXPECT_EQ(Place(c).single().ending, Ending::kFilled);
  c.trigger = D("100");
  rules_.refuse_equal_trigger = true;
  EXPECT_EQ(Refused(c), RejectReason::kTriggerEqualsLast);
}

TEST_F(OrdersTest, RefusesWhatCannotBePaid) {
  EXPECT_EQ(Refused(Limit(kBuy, "101", "100")), RejectReason::kFunds);
  EXPECT_EQ(Refused(Limit(kSell, "10.001", "200")), RejectReason::kFunds);
  EXPECT_EQ(Refused(Make(OrderType::kMarket, kBuy, "100.001")), RejectReason::kFunds);
  EXPECT_EQ(Refused(ForMoney(OrderType::kMarket, "10000.01")), RejectReason::kFunds);
  EXPECT_EQ(Refused(Make(OrderType::kStopMarket, kBuy, "91", "0", "110")), RejectReason::kFunds);
  EXPECT_EQ(engine_.orders().open_count(), 0U);
}

TEST_F(OrdersTest, AnOrderOnMarginChangesAPosition) {
  Place(OnMargin(Make(OrderType::kMarket, kBuy, "2")));
  const Position& position = engine_.markets()[1].position(PositionSide::kBoth);
  EXPECT_EQ(position.amount, D("2"));
  const OrderList& close = Place(OnMargin(Limit(kSell, "2", "110")));
  EXPECT_EQ(close.reserved, D("0"));  // it takes from the position
  EXPECT_EQ(Place(OnMargin(Limit(kSell, "1", "110"))).reserved, D("11"));
  OrderCommand more = OnMargin(Limit(kBuy, "2000", "100"));
  EXPECT_EQ(Refused(more), RejectReason::kFunds);
  more.reduce_only = true;
  EXPECT_EQ(Refused(more), RejectReason::kReduceOnly);
}

TEST_F(OrdersTest, ReplacingUsesTheMoneyOfTheOldOne) {
  const OrderList& old = Place(Limit(kBuy, "100", "90"));
  const OrderId id = old.single().id;
  OrderCommand c = Limit(kBuy, "110", "90");
  EXPECT_EQ(Refused(c), RejectReason::kFunds);
  const auto placed = engine_.Replace(old, c, rules_, ids_, kNow);
  ASSERT_TRUE(placed);
  EXPECT_EQ(Money("USDT"), (Balance{D("100"), D("9900")}));
  EXPECT_EQ(engine_.orders().FindOrder(id)->ending, Ending::kReplaced);
  EXPECT_NE((*placed)->single().id, id);
}

TEST_F(OrdersTest, ARefusedReplacementLeavesTheOldOneAsItWas) {
  OrderCommand c = Limit(kBuy, "10", "90");
  c.client_id = "mine";
  const OrderList& old = Place(c);
  c.amount = D("112");
  ASSERT_FALSE(engine_.Replace(old, c, rules_, ids_, kNow));
  EXPECT_TRUE(old.open);
  EXPECT_EQ(Money("USDT"), (Balance{D("9100"), D("900")}));
  // The id that it keeps is its own again, and free for the one that takes its place.
  EXPECT_EQ(Refused(c), RejectReason::kDuplicateClientId);
  c.amount = D("11");
  EXPECT_TRUE(engine_.Replace(old, c, rules_, ids_, kNow));
  Tick("90");
  EXPECT_EQ(Money("BTC").free, D("20.989"));
}

TEST_F(OrdersTest, TellsWhatHappened) {
  using Kind = PairEvent::Kind;
  using Cause = PairEvent::Cause;
  const OrderList& list = Place(Limit(kBuy, "2", "90"));
  Tick("90", "0.25");
  engine_.Cancel(list, rules_, kNow);
  const std::vector<PairEvent> events = Timeline(list, engine_.events());
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].kind, Kind::kPlaced);
  EXPECT_EQ(events[1].kind, Kind::kPartiallyFilled);
  EXPECT_EQ(events[1].amount, D("0.5"));
  EXPECT_EQ(events[2].kind, Kind::kCanceled);
  EXPECT_EQ(events[2].cause, Cause::kRequest);
  const OrderList& other = Place(Limit(kBuy, "1", "80", Tif::kIoc));
  EXPECT_EQ(Timeline(other, engine_.events()).back().cause, Cause::kNothingThere);
}

}  // namespace
}  // namespace ocokit::mock::engine
