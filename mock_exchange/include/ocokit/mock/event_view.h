#pragma once

// Events: what has happened in an account, one after the other. Plain values.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"
#include "ocokit/mock/market_spec.h"
#include "ocokit/mock/order_view.h"

namespace ocokit::mock {

struct EventView {
  enum class Kind {
    kPlaced,     // an order is there
    kTriggered,  // a stop order has met its trigger
    kTraded,     // some of an order, or all of it, was filled
    kDone,       // an order has ended
    kAmount,     // an order is for another amount
    kBalance,    // money has come, gone, or was reserved
    kPosition,   // a position has changed
    kLeverage,
    kHedgeMode,
  };
  std::uint64_t seq = 0;      // counts up from 1 in each account, anew after a reset
  std::uint64_t command = 0;  // the first event of what has caused it: a request, or a price
  TimePoint at = {};          // by the account's clock
  Kind kind = Kind::kPlaced;
  // Of an order:
  std::uint64_t order = 0;  // its id; 0: it is of none
  std::string client_id = {};
  PairEvent::Cause cause = PairEvent::Cause::kRequest;
  std::string market = {};  // of a position, too
  Side side = Side::kBuy;
  std::optional<OrderType> type = {};  // none: the order is forgotten by now
  Decimal price = {};    // kPlaced: limit price; kTriggered: the last price; kTraded: of the trade
  Decimal trigger = {};  // kPlaced: of a stop order; else zero
  // kPlaced and kAmount: base that it is for; kTraded: base; kPosition: as it is now, negative of a
  // short one.
  Decimal amount = {};
  std::uint64_t trade = 0;              // kTraded: its id
  Decimal fee = {};                     // kTraded
  bool taker = false;                   // kTraded
  bool whole = false;                   // kTraded: nothing is left to fill
  LegState state = LegState::kWaiting;  // kDone: how it has ended
  // kBalance: as it is now.
  std::string asset = {};
  bool margin = false;  // of WhiteBIT's collateral balance
  Decimal free = {};
  Decimal reserved = {};
  Decimal cost = {};                                 // kPosition
  PositionSide position_side = PositionSide::kBoth;  // kPosition
  Decimal leverage = {};                             // kLeverage
  bool hedge_mode = false;                           // kHedgeMode
};

struct EventQuery {
  std::uint64_t after = 0;  // only events with a larger seq
  std::size_t limit = 100;
};

}  // namespace ocokit::mock
