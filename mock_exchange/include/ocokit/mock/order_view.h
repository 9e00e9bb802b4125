#pragma once

// What became of an account's orders, as a test inspects it. Plain values.

#include <cstdint>
#include <string>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"

namespace ocokit::mock {

enum class Side : std::uint8_t { kBuy, kSell };

// Which position of a market an order is for: kBoth in one-way mode, the others in hedge mode.
enum class PositionSide : std::uint8_t { kBoth, kLong, kShort };

// A market order takes what is there and ends; a stop order begins when the last price comes to its
// trigger.
enum class OrderType : std::uint8_t { kLimit, kMarket, kStopLimit, kStopMarket };

// The state of an order, of a pair or by itself.
enum class LegState {
  kResting,    // a limit order waiting for its price
  kWaiting,    // a stop order that has not triggered
  kTriggered,  // a stop order that has, and rests as a limit order
  kPartiallyFilled,
  kFilled,
  kCanceled,
  kNeverTriggered,      // a stop order that was withdrawn before it triggered
  kReduceOnlyCanceled,  // ended because the position it would reduce is gone
};

// The two orders of a pair: the take-profit, and the stop-limit order.
enum class LegKind : std::uint8_t { kLimit, kStop };

// Something that happened to an order; the placement, to both of a pair.
struct PairEvent {
  enum class Kind : std::uint8_t { kPlaced, kTriggered, kPartiallyFilled, kFilled, kCanceled };
  enum class Cause : std::uint8_t {
    kRequest,           // of the client
    kPrice,             // the last price came to it, or passed it
    kSiblingTriggered,  // the pair's other order
    kSiblingFilled,     // it, too; also in part
    kNoPosition,        // nothing is left that it could reduce
    kPlacement,         // it took what was there when it was placed
    kNothingThere,      // nobody is there for the rest of it, and it may not wait
    kWouldTake,         // a post-only order would have taken what was there
    kReplaced,          // another order took its place
    kTimer,             // a timer that cancels everything ran out
  };
  TimePoint at = {};
  Kind kind = Kind::kPlaced;
  Cause cause = Cause::kRequest;
  LegKind leg = LegKind::kLimit;  // of a pair; means nothing for kPlaced
  Decimal price = {};             // quote: of the fill, or the last price that triggered; else zero
  Decimal amount = {};            // base: filled by this event; else zero

  friend bool operator==(const PairEvent&, const PairEvent&) = default;
};

struct LegView {
  std::uint64_t id = 0;
  std::string client_id = {};
  LegState state = LegState::kResting;
  Decimal price = {};
  Decimal filled = {};  // base
  Decimal value = {};   // quote paid or received for it
};

// One pair: `limit` is the take-profit, `stop` the stop-limit leg.
struct PairView {
  std::uint64_t id = 0;
  std::string client_id = {};
  std::string market = {};
  Side side = Side::kBuy;
  Decimal amount = {};
  Decimal trigger_price = {};
  bool activated = false;
  bool open = true;
  LegView limit = {};
  LegView stop = {};
  TimePoint created = {};
  TimePoint updated = {};
  std::vector<PairEvent> events = {};  // oldest first; begins with kPlaced
};

// An order by itself.
struct OrderView {
  std::uint64_t id = 0;
  std::string client_id = {};
  std::string market = {};
  Side side = Side::kBuy;
  OrderType type = OrderType::kLimit;
  LegState state = LegState::kResting;
  Decimal amount = {};         // base; of an order for an amount of money, what it has filled
  Decimal money = {};          // quote that the order is for, else zero
  Decimal price = {};          // quote; zero: at the market
  Decimal trigger_price = {};  // zero: no stop order
  Decimal filled = {};         // base
  Decimal value = {};          // quote paid or received for it
  Decimal fee = {};
  // WhiteBIT: of the OTO in which it brings exits along, or is one of them; zero: it is in none.
  std::uint64_t oto = 0;
  bool open = true;
  TimePoint created = {};
  TimePoint updated = {};
  std::vector<PairEvent> events = {};  // oldest first; begins with kPlaced; `leg` means nothing
};

// Name of a state, as in "partially_filled".
[[nodiscard]] const char* Name(LegState state);
[[nodiscard]] const char* Name(Side side);
[[nodiscard]] const char* Name(LegKind leg);
// "stop_limit" and the like.
[[nodiscard]] const char* Name(OrderType type);
// "sibling_filled" and the like.
[[nodiscard]] const char* Name(PairEvent::Kind kind);
[[nodiscard]] const char* Name(PairEvent::Cause cause);

}  // namespace ocokit::mock
