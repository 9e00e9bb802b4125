#pragma once

// The words of the engine: sides, legs, pairs, and why a placement is refused. Plain values.

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"
#include "ocokit/mock/market_spec.h"
#include "ocokit/mock/order_view.h"

namespace ocokit::mock::engine {

using OrderId = std::uint64_t;
using mock::LegKind;

// Amounts and prices are below this and have at most kMaxScale decimals, so that no product of two
// of them leaves the range of Decimal.
inline constexpr Decimal kMaxNumber{10'000'000'000};
inline constexpr int kMaxScale = 8;
// Decimals of what a trade is worth, of its fee and of its gain: what goes beyond is cut. It leaves
// 26 digits before the point for sums of them.
inline constexpr int kMaxValueScale = 12;
// Quote value of a market's open pairs, however its own limit is set.
inline constexpr Decimal kMaxPendingValue{1'000'000'000'000'000'000};

// The leverages an account may choose (WhiteBIT, change collateral account leverage).
inline constexpr std::array kLeverages = {1, 2, 3, 5, 10, 20, 50, 100};

// Whether a leg in this state may still trigger or fill.
[[nodiscard]] constexpr bool IsWaiting(LegState state) {
  return state == LegState::kResting || state == LegState::kWaiting ||
         state == LegState::kTriggered || state == LegState::kPartiallyFilled;
}

// Self-trade prevention, as the client asked for it. There is no other trader to meet here: the
// engine keeps it for the replies alone.
enum class Stp : std::uint8_t { kNo, kCancelBoth, kCancelNew, kCancelOld };

inline constexpr std::array kPositionSides = {PositionSide::kBoth, PositionSide::kLong,
                                              PositionSide::kShort};

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
  Side side = Side::kBuy;
  PositionSide position_side = PositionSide::kBoth;
  Stp stp = Stp::kNo;
  bool reduce_only = false;
  bool open = true;
  bool activated = false;  // the stop leg has triggered
  TimePoint triggered;     // when it has
  Decimal amount;          // base, the same for both legs, after any reduce-only cut
  Decimal trigger_price;
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

// What a client asks for when it places a pair.
struct PlaceCommand {
  std::uint32_t market = 0;
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

// A margin position: positive amounts are long, negative ones short.
struct Position {
  std::uint64_t id = 0;
  Decimal amount;  // base
  Decimal cost;    // quote, what was traded to hold it; never negative
  TimePoint opened;
  TimePoint modified;

  // Average entry in quote, cut after kMaxScale decimals; zero without a position.
  [[nodiscard]] Decimal BasePrice() const;
  // Gain in quote if it were closed at `last`.
  [[nodiscard]] Decimal Gain(const Decimal& last) const;

  friend bool operator==(const Position&, const Position&) = default;
};

// One execution.
struct Trade {
  std::uint64_t id = 0;
  OrderId order_id = 0;
  std::uint64_t sequence = 0;  // of the pair; zero: an order that closed a position
  LegKind kind = LegKind::kLimit;
  std::uint32_t market = 0;
  Side side = Side::kBuy;
  PositionSide position_side = PositionSide::kBoth;
  bool taker = false;
  bool fee_in_base = false;  // else in quote
  Decimal amount;            // base
  Decimal price;
  Decimal value;  // quote
  Decimal fee;
  TimePoint at;
};

// Money of an account's margin markets with one quote asset, in that asset.
struct MarginSummary {
  Decimal equity;       // balance and unrealized gain
  Decimal margin;       // held by positions and open pairs
  Decimal free_margin;  // equity less margin
  Decimal gain;         // unrealized
};

// An asset's money: `free` can be spent or reserved, `reserved` is held back for open pairs.
struct Balance {
  Decimal free;
  Decimal reserved;

  friend bool operator==(const Balance&, const Balance&) = default;
};

}  // namespace ocokit::mock::engine
