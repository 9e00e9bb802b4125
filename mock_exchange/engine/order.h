#pragma once

// Orders and the lists they come in. Plain values; the engine alone changes them.
//
// An Order is what the venue gives an order id: it waits in a book, fills, ends. An OrderList is
// what money, positions and limits know: one order by itself, or an OCO pair of two.

#include <array>
#include <cstdint>
#include <memory>

#include "mock_exchange/engine/client_id.h"
#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"
#include "ocokit/mock/market_spec.h"
#include "ocokit/mock/order_view.h"

namespace ocokit::mock::engine {

using OrderId = std::uint64_t;
using mock::LegKind;
using mock::OrderType;

// How long an order may wait.
enum class Tif : std::uint8_t {
  kGtc,       // until it is filled or cancelled
  kIoc,       // not at all: what is not there at once is given up
  kFok,       // all at once, or nothing
  kPostOnly,  // as kGtc, but it takes nothing that is there
};

// Self-trade prevention, as the client asked for it. There is no other trader to meet here: the
// engine keeps it for the replies alone.
enum class Stp : std::uint8_t { kNo, kCancelBoth, kCancelNew, kCancelOld };

// Whose money an order takes and brings in.
enum class Wallet : std::uint8_t {
  kSpot,    // it reserves the asset that it pays with, and a fill exchanges assets
  kMargin,  // it reserves margin in the quote asset, and a fill changes a position
};

inline constexpr std::array kWallets = {Wallet::kSpot, Wallet::kMargin};

// Which way the last price has to come to a trigger.
enum class When : std::uint8_t { kAtOrAbove, kAtOrBelow };

enum class Phase : std::uint8_t {
  kUntriggered,  // a stop order that waits for its trigger
  kResting,      // it waits for its price
  kDone,         // it has ended
};

// Why an order has ended.
enum class Ending : std::uint8_t {
  kNone,            // it has not
  kFilled,          // nothing is left of it
  kRequest,         // cancelled by the client
  kSibling,         // the pair's other order was triggered or filled
  kNeverTriggered,  // a stop order that was cancelled, by either, before its trigger
  kReduceOnly,      // nothing is left that it could reduce
  kRemainder,       // nobody was there for the rest of it, and it may not wait
  kPostOnly,        // it would have taken what was there
  kReplaced,        // another order took its place
};

// What a list is in an OTO (one triggers the other).
enum class OtoRole : std::uint8_t {
  kNone,     // it is in none
  kWorking,  // it brings exits along
  kPending,  // it is the exits, placed once the working order has filled
};

[[nodiscard]] constexpr bool IsStop(OrderType type) {
  return type == OrderType::kStopLimit || type == OrderType::kStopMarket;
}
[[nodiscard]] constexpr bool HasPrice(OrderType type) {
  return type == OrderType::kLimit || type == OrderType::kStopLimit;
}

struct OrderList;

struct Order {
  OrderId id = 0;
  OrderList* list = nullptr;  // that it belongs to
  ClientId client_id;         // empty when the client gave none
  OrderType type = OrderType::kLimit;
  Tif tif = Tif::kGtc;
  When when = When::kAtOrAbove;  // of the trigger
  Phase phase = Phase::kResting;
  Ending ending = Ending::kNone;
  bool activated = false;  // a stop order that has triggered
  std::uint8_t label = 0;  // which of its words for such an order the venue was given; the engine
                           // carries it
  Decimal price;           // limit price, in quote; of an order at the market, the last price when
                           // it was placed, which binds nothing
  Decimal trigger;         // price that triggers it; zero: it is no stop order
  Decimal filled;          // base
  Decimal value;           // quote paid or received for `filled`
  Decimal fee;             // in the asset the venue charges it in
  TimePoint triggered;     // when it has

  [[nodiscard]] bool IsWaiting() const { return phase != Phase::kDone; }
  // What it is for, in base: while it waits or when it has filled, without what its sibling has
  // filled.
  [[nodiscard]] Decimal Amount() const;
  // What of that is not filled.
  [[nodiscard]] Decimal Left() const { return Amount() - filled; }
  // The price it is reckoned with: its own, or its trigger's.
  [[nodiscard]] const Decimal& Reckoned() const { return HasPrice(type) ? price : trigger; }
};

// Of a list, all but its orders.
struct ListFacts {
  std::uint64_t sequence = 0;  // order of placement within the account, from 1
  OrderId id = 0;              // of a pair; an order by itself has its own alone
  ClientId client_id;          // of a pair
  std::uint32_t market = 0;    // index into the engine's markets
  Wallet wallet = Wallet::kSpot;
  Side side = Side::kBuy;
  PositionSide position_side = PositionSide::kBoth;
  Stp stp = Stp::kNo;
  bool reduce_only = false;
  bool open = true;
  OtoRole oto = OtoRole::kNone;
  Decimal amount;  // base, the same for both orders, after any reduce-only cut; of an order for an
                   // amount of money, what it has filled
  Decimal money;   // quote that the order is for, or zero
  TimePoint created;
  TimePoint updated;
  Decimal reserved;  // held back from the reserve asset
  Decimal reduces;   // the part of what is left that takes from the position, and needs no margin
  Decimal pending;   // what it counts for in its market's pending value
  std::uint64_t last_event = 0;  // of it and its orders (event.h)
};

struct OrderList : ListFacts {
  // Neighbours in a Chain.
  struct Links {
    OrderList* older = nullptr;
    OrderList* newer = nullptr;
  };

  // The second is null of an order by itself. Of a pair, first the take-profit, then the stop.
  std::array<std::unique_ptr<Order>, 2> orders;
  Links placed;    // all that are kept, by placement
  Links of_state;  // those that are open, by placement; those that have ended, by their end

  [[nodiscard]] bool IsPair() const { return orders[1] != nullptr; }
  // A pair that was placed as one, not the exits of an OTO.
  [[nodiscard]] bool IsOco() const { return IsPair() && oto == OtoRole::kNone; }
  [[nodiscard]] const Order& limit() const { return *orders[0]; }
  [[nodiscard]] const Order& stop() const { return *orders[1]; }
  // The order by itself.
  [[nodiscard]] const Order& single() const { return *orders[0]; }
  // Of a pair, the other one; null of an order by itself.
  [[nodiscard]] Order* SiblingOf(const Order& order) const {
    return orders[&order == orders[0].get() ? 1 : 0].get();
  }
  // Whether it may only take from a position: asked for, or the closing side of a hedged one.
  [[nodiscard]] bool OnlyReduces() const {
    return reduce_only ||
           position_side == (side == Side::kBuy ? PositionSide::kShort : PositionSide::kLong);
  }
  // What none of its orders has filled yet.
  [[nodiscard]] Decimal Left() const {
    return amount - orders[0]->filled - (IsPair() ? orders[1]->filled : Decimal());
  }
  // The price of its dearer order.
  [[nodiscard]] Decimal Dearest() const {
    return IsPair() ? Max(orders[0]->Reckoned(), orders[1]->Reckoned()) : orders[0]->Reckoned();
  }

  // Calls `visit` with each order, the stop order of a pair first, as both venues show them.
  template <typename Visit>
  void ForEach(Visit visit) const {
    if (orders[1] != nullptr) visit(*orders[1]);
    visit(*orders[0]);
  }
};

inline Decimal Order::Amount() const {
  const Order* sibling = list->SiblingOf(*this);
  if (sibling == nullptr || (!IsWaiting() && ending != Ending::kFilled)) return list->amount;
  return list->amount - sibling->filled;
}

// Phase and ending in one word, for the replies.
[[nodiscard]] LegState StateOf(const Order& order);

}  // namespace ocokit::mock::engine
