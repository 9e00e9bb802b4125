#pragma once

// Orders: the pairs they come in, what places one, and why a placement is refused. Plain values.

#include <array>
#include <cstdint>
#include <string>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"
#include "ocokit/mock/market_spec.h"
#include "ocokit/mock/order_view.h"

namespace ocokit::mock::engine {

using OrderId = std::uint64_t;
using mock::LegKind;

// Whether a leg in this state may still trigger or fill.
[[nodiscard]] constexpr bool IsWaiting(LegState state) {
  return state == LegState::kResting || state == LegState::kWaiting ||
         state == LegState::kTriggered || state == LegState::kPartiallyFilled;
}

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

// One of the two orders of a pair.
struct Leg {
  OrderId id = 0;
  std::string client_id;  // empty when the client gave none
  LegState state = LegState::kResting;
  Decimal price;   // limit price, in quote
  Decimal filled;  // base
  Decimal value;   // quote paid or received for `filled`
  Decimal fee;     // in the asset the venue charges it in

  friend bool operator==(const Leg&, const Leg&) = default;
};

// A take-profit limit order tied to a stop-limit order: an order list.
struct Pair {
  std::uint64_t sequence = 0;  // order of placement within the account, from 1
  OrderId id = 0;              // of the list
  std::string client_id;       // of the list
  std::uint32_t market = 0;    // index into the engine's markets
  Wallet wallet = Wallet::kSpot;
  Side side = Side::kBuy;
  PositionSide position_side = PositionSide::kBoth;
  Stp stp = Stp::kNo;
  bool reduce_only = false;
  bool open = true;
  bool activated = false;  // the stop leg has triggered
  TimePoint triggered;     // when it has
  Decimal amount;          // base, the same for both legs, after any reduce-only cut
  Decimal trigger_price;
  When trigger_when = When::kAtOrAbove;
  Leg limit;
  Leg stop;
  TimePoint created;
  TimePoint updated;
  Decimal reserved;  // held back from the reserve asset for this pair
  Decimal reduces;   // the part of what is left that takes from the position, and needs no margin
  Decimal pending;   // what the pair counts for in its market's pending value

  [[nodiscard]] const Leg& leg(LegKind kind) const {
    return kind == LegKind::kLimit ? limit : stop;
  }
  [[nodiscard]] Leg& leg(LegKind kind) { return kind == LegKind::kLimit ? limit : stop; }
  // Whether it may only take from a position: asked for, or the closing side of a hedged one.
  [[nodiscard]] bool OnlyReduces() const {
    return reduce_only ||
           position_side == (side == Side::kBuy ? PositionSide::kShort : PositionSide::kLong);
  }
  // What a leg is for: while it waits or when it has filled, without what its sibling has filled.
  [[nodiscard]] Decimal AmountOf(LegKind kind) const {
    const LegState state = leg(kind).state;
    if (!IsWaiting(state) && state != LegState::kFilled) return amount;
    return amount - leg(kind == LegKind::kLimit ? LegKind::kStop : LegKind::kLimit).filled;
  }
  // What no leg has filled yet.
  [[nodiscard]] Decimal Left() const { return amount - limit.filled - stop.filled; }
};

// One order of a pair, as the calls see it that show orders singly.
struct OrderRef {
  const Pair* pair = nullptr;  // null: no order
  LegKind kind = LegKind::kLimit;

  [[nodiscard]] explicit operator bool() const { return pair != nullptr; }
  [[nodiscard]] const Leg& leg() const { return pair->leg(kind); }
  [[nodiscard]] bool IsWaiting() const { return engine::IsWaiting(leg().state); }
  // What it is for, in base: Pair::AmountOf.
  [[nodiscard]] Decimal amount() const { return pair->AmountOf(kind); }
};

// What a client asks for when it places a pair.
struct PlaceCommand {
  std::uint32_t market = 0;
  Wallet wallet = Wallet::kSpot;  // a margin market takes orders of either
  Side side = Side::kBuy;
  Decimal amount;
  Decimal limit_price;
  Decimal trigger_price;
  Decimal stop_price;
  std::string list_client_id;
  std::string limit_client_id;
  std::string stop_client_id;
  bool reduce_only = false;
  PositionSide position_side = PositionSide::kBoth;
  Stp stp = Stp::kNo;
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
  kTriggerWrongSide,  // the stop would trigger at once
  kReduceOnly,        // no position, or a side that would not reduce it
  kOppositePosition,  // hedge mode: more than the position that the order would close
  kAmountTooSmall,    // after the reduce-only cut
  kDuplicateClientId,
  kTooManyOrders,
  kPositionTooBig,
  kPendingTooBig,
  kNoFunds,        // nothing available at all
  kFunds,          // spot: not enough for the pair
  kLimitLegFunds,  // margin: not enough for the limit leg
  kStopLegFunds,   // margin: not enough for the stop leg
};

struct Rejection {
  RejectReason reason;
  Decimal bound = {};          // of the price band
  bool above = false;          // the price is above `bound`, not below
  std::string client_id = {};  // of kDuplicateClientId
};

// Why a pair cannot be cancelled.
enum class CancelRefusal { kUnknown, kNotOpen };

}  // namespace ocokit::mock::engine
