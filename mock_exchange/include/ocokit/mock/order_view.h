#pragma once

// What became of an order pair, as a test inspects it. Plain values.

#include <cstdint>
#include <string>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"

namespace ocokit::mock {

enum class Side { kBuy, kSell };

// Which position of a market an order is for: kBoth in one-way mode, the others in hedge mode.
enum class PositionSide : std::uint8_t { kBoth, kLong, kShort };

enum class LegState {
  kResting,    // a limit order waiting for its price
  kWaiting,    // a stop leg that has not triggered
  kTriggered,  // a stop leg that has, and rests as a limit order
  kPartiallyFilled,
  kFilled,
  kCanceled,
  kNeverTriggered,      // a stop leg whose pair ended before it triggered
  kReduceOnlyCanceled,  // ended because the position it would reduce is gone
};

// The two orders of a pair: the take-profit, and the stop-limit order.
enum class LegKind : std::uint8_t { kLimit, kStop };

// Something that happened to one order of a pair; the placement, to both.
struct PairEvent {
  enum class Kind : std::uint8_t { kPlaced, kTriggered, kPartiallyFilled, kFilled, kCanceled };
  enum class Cause : std::uint8_t {
    kRequest,           // of the client
    kPrice,             // the last price came to it, or passed it
    kSiblingTriggered,  // the pair's other order
    kSiblingFilled,     // it, too; also in part
    kNoPosition,        // nothing is left that it could reduce
  };
  TimePoint at = {};
  Kind kind = Kind::kPlaced;
  Cause cause = Cause::kRequest;
  LegKind leg = LegKind::kLimit;  // means nothing for kPlaced
  Decimal price = {};             // quote: of the fill, or the last price that triggered; else zero
  Decimal amount = {};            // base: filled by this event; else zero

  friend bool operator==(const PairEvent&, const PairEvent&) = default;
};

struct LegView {
  std::uint64_t id = 0;
  std::string client_id = {};
  LegState state = LegState::kResting;
  Decimal price = {};
  Decimal filled = {};
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

// Name of a state, as in "partially_filled".
[[nodiscard]] const char* Name(LegState state);
[[nodiscard]] const char* Name(Side side);
[[nodiscard]] const char* Name(LegKind leg);
// "sibling_filled" and the like.
[[nodiscard]] const char* Name(PairEvent::Kind kind);
[[nodiscard]] const char* Name(PairEvent::Cause cause);

}  // namespace ocokit::mock
