// What becomes of sightings that are doubled, lost, late and out of order.

#include "client/streams/ledger.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/testing/decimal.h"

namespace ocokit::client::streams {
namespace {

using Kind = OrderEventKind;
using State = OrderState;

Sighting Seen(State state, const char* filled = "0", const char* money = "0") {
  return {.order_id = "7",
          .market = "BTC-USDT",
          .state = state,
          .price = Decimal(60000),
          .amount = D("0.01"),
          .filled = D(filled),
          .money = D(money)};
}

Sighting WithFill(Sighting seen, const char* amount, const char* price, const char* fee) {
  seen.last = Fill{.amount = D(amount), .price = D(price), .fee = D(fee), .fee_asset = "USDT"};
  return seen;
}

Sighting Stop(State state, const char* filled = "0", const char* money = "0") {
  Sighting seen = Seen(state, filled, money);
  seen.is_stop = true;
  return seen;
}

std::vector<Kind> Kinds(const std::vector<OrderEvent>& events) {
  std::vector<Kind> kinds;
  for (const OrderEvent& event : events) kinds.push_back(event.kind);
  return kinds;
}

// The life of an order: placed, half of it filled, all of it.
std::vector<Sighting> Life() {
  return {Seen(State::kOpen),
          WithFill(Seen(State::kOpen, "0.004", "240"), "0.004", "60000", "0.24"),
          WithFill(Seen(State::kFilled, "0.01", "594"), "0.006", "59000", "0.354")};
}

TEST(Ledger, ReportsAnOrdersLife) {
  Ledger ledger;
  std::vector<OrderEvent> events;
  for (const Sighting& seen : Life()) {
    for (OrderEvent& event : ledger.Take(seen, false)) events.push_back(std::move(event));
  }
  EXPECT_EQ(Kinds(events), (std::vector{Kind::kPlaced, Kind::kFilled, Kind::kFilled, Kind::kDone}));
  EXPECT_EQ(events[1].fill, (Fill{D("0.004"), Decimal(60000), D("0.24"), "USDT", "", {}}));
  EXPECT_EQ(events[1].filled, D("0.004"));
  EXPECT_EQ(events[1].state, State::kOpen);
  EXPECT_EQ(events[2].fill->price, Decimal(59000));
  EXPECT_EQ(events[3].state, State::kFilled);
  EXPECT_EQ(events[3].money, Decimal(594));
  EXPECT_TRUE(ledger.Open().empty());
}

// Every order of the frames, each once, twice or not at all, then what a read by REST shows.
TEST(Ledger, EndsTheSameWhateverBecameOfTheFrames) {
  std::vector<int> order{0, 1, 2};
  do {
    for (int copies = 0; copies < 27; ++copies) {
      Ledger ledger;
      std::vector<OrderEvent> events;
      const auto take = [&](const Sighting& seen) {
        for (OrderEvent& event : ledger.Take(seen, false)) events.push_back(std::move(event));
      };
      const int count[] = {copies % 3, copies / 3 % 3, copies / 9};
      const std::vector<Sighting> life = Life();
      for (const int i : order) {
        for (int copy = 0; copy < count[i]; ++copy) take(life[i]);
      }
      take(Seen(State::kFilled, "0.01", "594"));

      Decimal filled;
      Decimal money;
      for (const OrderEvent& event : events) {
        if (!event.fill) continue;
        filled += event.fill->amount;
        money += event.fill->amount * event.fill->price;
      }
      EXPECT_EQ(filled, D("0.01"));
      EXPECT_EQ(money, Decimal(594));
      EXPECT_EQ(Kinds(events).front(), Kind::kPlaced);
      EXPECT_EQ(std::ranges::count(Kinds(events), Kind::kPlaced), 1);
      EXPECT_EQ(std::ranges::count(Kinds(events), Kind::kDone), 1);
    }
  } while (std::ranges::next_permutation(order).found);
}

TEST(Ledger, SumsUpFillsThatWereLost) {
  Ledger ledger;
  Sighting seen = Seen(State::kFilled, "0.01", "594");
  seen.fee = D("0.594");
  seen.fee_asset = "USDT";
  const auto events = ledger.Take(seen, true);
  EXPECT_EQ(Kinds(events), (std::vector{Kind::kPlaced, Kind::kFilled, Kind::kDone}));
  EXPECT_EQ(events[1].fill, (Fill{D("0.01"), Decimal(59400), D("0.594"), "USDT", "", {}}));
  EXPECT_TRUE(events[1].from_rest);
}

TEST(Ledger, AFeeThatWasLostIsNotMadeUp) {
  Ledger ledger;
  // The first of two fills was lost: this frame's own fee is not that of both.
  const auto events = ledger.Take(Life()[2], false);
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[1].fill->amount, D("0.01"));
  EXPECT_EQ(events[1].fill->fee, std::nullopt);
}

TEST(Ledger, AStopIsTriggeredOnce) {
  Ledger ledger;
  EXPECT_EQ(ledger.Take(Stop(State::kWaiting), false)[0].state, State::kWaiting);
  EXPECT_EQ(Kinds(ledger.Take(Stop(State::kOpen), false)), std::vector{Kind::kTriggered});
  EXPECT_TRUE(ledger.Take(Stop(State::kWaiting), false).empty());
  EXPECT_TRUE(ledger.Take(Stop(State::kOpen), false).empty());
  EXPECT_EQ(Kinds(ledger.Take(Stop(State::kFilled, "0.01", "600"), false)),
            (std::vector{Kind::kFilled, Kind::kDone}));
}

TEST(Ledger, AStopWhoseTriggerWasNotSaidHasTriggeredAllTheSame) {
  Ledger ledger;
  EXPECT_EQ(Kinds(ledger.Take(Stop(State::kFilled, "0.01", "600"), false)),
            (std::vector{Kind::kPlaced, Kind::kTriggered, Kind::kFilled, Kind::kDone}));
  Ledger other;
  EXPECT_EQ(Kinds(other.Take(Stop(State::kCancelled), false)),
            (std::vector{Kind::kPlaced, Kind::kDone}));
}

TEST(Ledger, WhatWasFilledBeforeTheStreamIsNotReported) {
  Ledger ledger;
  const auto before = ledger.TakeBaseline(Seen(State::kOpen, "0.004", "240"));
  ASSERT_EQ(Kinds(before), std::vector{Kind::kPlaced});
  EXPECT_EQ(before[0].filled, D("0.004"));
  Sighting ended = Seen(State::kFilled, "1", "1");
  ended.order_id = "8";
  EXPECT_TRUE(ledger.TakeBaseline(ended).empty());
  EXPECT_TRUE(ledger.Take(ended, true).empty());

  const auto events = ledger.Take(Seen(State::kFilled, "0.01", "594"), false);
  EXPECT_EQ(events[0].fill->amount, D("0.006"));
  EXPECT_EQ(events[0].fill->price, Decimal(59000));
}

TEST(Ledger, AFollowedOrderIsReportedFromItsBeginning) {
  Ledger ledger;
  ledger.Follow({"7", "BTC-USDT"}, "pair-1");
  EXPECT_EQ(ledger.Open(), (std::vector<Wanted>{{"7", "BTC-USDT"}}));
  const auto events = ledger.TakeBaseline(Seen(State::kFilled, "0.01", "594"));
  EXPECT_EQ(Kinds(events), (std::vector{Kind::kPlaced, Kind::kFilled, Kind::kDone}));
  EXPECT_EQ(events[0].pair_id, "pair-1");
}

TEST(Ledger, AnOrderOfTheBaselineThatIsFollowedIsReportedFromItsBeginning) {
  Ledger ledger;
  EXPECT_TRUE(ledger.TakeBaseline(Seen(State::kFilled, "0.01", "594")).empty());
  EXPECT_TRUE(ledger.Follow({"7", "BTC-USDT"}, "pair-1"));
  EXPECT_EQ(Kinds(ledger.Take(Seen(State::kFilled, "0.01", "594"), true)),
            (std::vector{Kind::kPlaced, Kind::kFilled, Kind::kDone}));
  EXPECT_FALSE(ledger.Follow({"7", "BTC-USDT"}, "pair-1"));

  // One that is open has been reported as placed.
  Ledger other;
  (void)other.TakeBaseline(Seen(State::kOpen, "0.004", "240"));
  EXPECT_TRUE(other.Follow({"7", "BTC-USDT"}, ""));
  EXPECT_EQ(Kinds(other.Take(Seen(State::kOpen, "0.004", "240"), true)),
            std::vector{Kind::kFilled});
}

TEST(Ledger, DealsGiveFillsTheirPrices) {
  Ledger ledger;
  const Fill first{D("0.004"), Decimal(60000), D("0.24"), "USDT", "1", true};
  const Fill second{D("0.006"), Decimal(59000), D("0.354"), "USDT", "2", false};
  ledger.Take({"7", first});
  ledger.Take({"7", second});
  ledger.Take({"7", first});  // again
  EXPECT_TRUE(ledger.HasOpenDeals());
  const auto events = ledger.Take(Seen(State::kFilled, "0.01", "594"), false);
  EXPECT_EQ(Kinds(events), (std::vector{Kind::kPlaced, Kind::kFilled, Kind::kFilled, Kind::kDone}));
  EXPECT_EQ(events[1].fill, first);
  EXPECT_EQ(events[1].filled, D("0.004"));
  EXPECT_EQ(events[2].fill, second);
  EXPECT_EQ(events[2].filled, D("0.01"));
  EXPECT_FALSE(ledger.HasOpenDeals());
}

TEST(Ledger, ALateDealIsNotTakenForAnother) {
  Ledger ledger;
  (void)ledger.Take(Seen(State::kOpen, "0.004", "240"), false);
  ledger.Take({"7", {D("0.004"), Decimal(60000), D("0.24"), "USDT", "1", true}});
  const auto events = ledger.Take(Seen(State::kOpen, "0.008", "476"), false);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].fill->price, Decimal(59000));
  EXPECT_EQ(events[0].fill->trade_id, "");
}

TEST(Ledger, ForgetsTheOldestOfTheEnded) {
  Ledger ledger(2);
  for (const char* id : {"1", "2", "3"}) {
    Sighting seen = Seen(State::kCancelled);
    seen.order_id = id;
    EXPECT_EQ(ledger.Take(seen, false).size(), 2U);
  }
  Sighting again = Seen(State::kCancelled);
  again.order_id = "3";
  EXPECT_TRUE(ledger.Take(again, false).empty());
}

}  // namespace
}  // namespace ocokit::client::streams
