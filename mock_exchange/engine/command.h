#pragma once

// What is asked of the engine, and why it refuses. Plain values.

#include <cstdint>
#include <string>

#include "mock_exchange/engine/order.h"

namespace ocokit::mock::engine {

// What every placement says.
struct Placement {
  std::uint32_t market = 0;
  Wallet wallet = Wallet::kSpot;  // a margin market takes orders of either
  Side side = Side::kBuy;
  Decimal amount;  // base
  bool reduce_only = false;
  PositionSide position_side = PositionSide::kBoth;
  Stp stp = Stp::kNo;
};

// A take-profit limit order tied to a stop-limit order.
struct PairCommand : Placement {
  Decimal limit_price;
  Decimal trigger_price;
  Decimal stop_price;
  std::string list_client_id;
  std::string limit_client_id;
  std::string stop_client_id;
};

// An order by itself.
struct OrderCommand : Placement {
  OrderType type = OrderType::kLimit;
  Tif tif = Tif::kGtc;
  Decimal price;    // of types that have one
  Decimal trigger;  // of stop orders
  When when = When::kAtOrAbove;
  // Quote, in place of `amount`: what a purchase at the market is to cost, or a sale to bring in.
  // In the spot wallet.
  Decimal money;
  // Triggers of the exits that it brings along (exits.h), quote; zero: none. In the margin wallet,
  // of an order that may do more than reduce.
  Decimal take_profit;
  Decimal stop_loss;
  std::string client_id;
  std::uint8_t label = 0;  // Order::label
};

// Why a placement is refused, in the order the engine checks; margin markets check kTooManyOrders
// last.
enum class RejectReason {
  kTooLarge,  // a number the engine does not take (kMaxNumber)
  kTradingDisabled,
  kNoLastPrice,
  kTriggerEqualsLast,
  kLimitPriceBand,    // `bound` is the bound that was passed
  kStopPriceBand,     // `bound` is the bound that was passed
  kLimitCrosses,      // the take-profit would execute at once
  kTriggerWrongSide,  // the stop of a pair would trigger at once
  kTriggerMet,        // the same of a stop order by itself
  kTakeProfitSide,    // the exit is on the side where the order would lose
  kStopLossSide,      // the exit is on the side where the order would gain
  kReduceOnly,        // no position, or a side that would not reduce it
  kOppositePosition,  // hedge mode: more than the position that the order would close
  kAmountTooSmall,    // after the reduce-only cut, or less than a lot for the money
  kNotMaker,          // a post-only order would take what is there
  kDuplicateClientId,
  kTooManyOrders,
  kPositionTooBig,
  kPendingTooBig,
  kNoFunds,        // nothing available at all
  kFunds,          // not enough for the order, or for the pair
  kLimitLegFunds,  // margin: not enough for a pair's limit order
  kStopLegFunds,   // margin: not enough for a pair's stop order
};

struct Rejection {
  RejectReason reason;
  Decimal bound = {};          // of the price band
  bool above = false;          // the price is above `bound`, not below
  std::string client_id = {};  // of kDuplicateClientId
};

}  // namespace ocokit::mock::engine
