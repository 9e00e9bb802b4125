#pragma once

// Event: something that has happened in an account. A plain value. Folded from the first on, the
// events of an account give its orders, money and positions (replay.h).

#include <cstdint>
#include <variant>

#include "mock_exchange/engine/order.h"
#include "mock_exchange/engine/position.h"

namespace ocokit::mock::engine {

// Rises by one from event to event, from 1.
using EventSeq = std::uint64_t;

// Of an order:

struct OrderPlaced {
  Decimal price;    // Order::price
  Decimal trigger;  // Order::trigger
  Decimal amount;   // OrderList::amount
  bool untriggered = false;
};

struct OrderTriggered {
  Decimal last;  // the price that did it
};

struct OrderTraded {
  std::uint64_t trade = 0;  // Trade::id
  Decimal amount;           // base
  Decimal price;
  Decimal fee;
  bool taker = false;
  bool whole = false;  // nothing is left of its list
};

struct OrderDone {
  Ending ending = Ending::kNone;
};

// Its list is for another amount: it was cut to its position, or it is for money, or its entry has
// filled more.
struct AmountChanged {
  Decimal amount;  // OrderList::amount
};

// Of the account:

struct BalanceChanged {
  Wallet wallet = Wallet::kSpot;
  std::uint32_t asset = 0;  // EventLog::assets
  Balance balance;          // as it is now
};

struct PositionChanged {
  PositionSide side = PositionSide::kBoth;
  Decimal amount;  // as it is now; negative of a short one
  Decimal cost;
};

struct LeverageChanged {
  Decimal leverage;
};

struct HedgeModeChanged {
  bool on = false;
};

using What = std::variant<OrderPlaced, OrderTriggered, OrderTraded, OrderDone, AmountChanged,
                          BalanceChanged, PositionChanged, LeverageChanged, HedgeModeChanged>;

struct Event {
  EventSeq seq = 0;
  EventSeq command = 0;    // the first event of what has caused it: a command, or a price
  EventSeq before = 0;     // the event of the same list before it; 0: none
  std::uint64_t list = 0;  // OrderList::sequence; 0: it is of no order
  OrderId order = 0;
  std::uint32_t market = 0;                             // of an order or a position
  PairEvent::Cause cause = PairEvent::Cause::kRequest;  // of what happens to an order
  TimePoint at;
  What what;
};

}  // namespace ocokit::mock::engine
