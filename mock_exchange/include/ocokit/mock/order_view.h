#pragma once

// What became of an order pair, as a test inspects it. Plain values.

#include <cstdint>
#include <string>

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
};

// Name of a state, as in "partially_filled".
[[nodiscard]] const char* Name(LegState state);
[[nodiscard]] const char* Name(Side side);

}  // namespace ocokit::mock
