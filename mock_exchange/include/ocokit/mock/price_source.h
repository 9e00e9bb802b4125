#pragma once

// Prices that move by themselves: a path of given prices, a random walk, or prices of the past from
// a file. Plain values.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"

namespace ocokit::mock {

// One price of a path.
struct PriceStep {
  std::chrono::milliseconds after{0};  // since the path was set; 0 to 31 days, never falling
  Decimal last = {};
  Decimal fill_share = Decimal(1);  // above 0, up to 1: how much of what it crosses is filled
};

// Each step moves the last price up or down by up to `max_step`, in whole ticks, never below one
// tick. The same seed gives the same walk.
struct PriceWalk {
  std::chrono::milliseconds every{1000};  // 1 ms to 24 h
  int steps = 1000;                       // 1 to 1,000,000; then it ends
  Decimal max_step = {};                  // quote, one tick of the market or more
  Decimal fill_share = Decimal(1);
  std::optional<std::uint64_t> seed = {};  // none: the account's
};

// Prices of the past, from a text of comma-separated values as public archives of exchanges have
// them: a line for each candle (time, open, high, low, close, volume; what stands behind does not
// count) or for each trade (time, price, amount). Times are seconds, milliseconds or microseconds
// since 1970, and never fall; a first line of names does not count.
//
// What lies before `at` is the market's past then: candles and trades show it, as if it had just
// been. What lies after comes as prices from now on, `speed` times as fast: of a candle four, open,
// low, high and close when it rises, else open, high, low and close.
struct PriceReplay {
  std::string csv = {};
  std::string file = {};             // path of the text, when an account begins with it
  Decimal speed = Decimal(1);        // 0.001 to 1,000,000
  std::optional<TimePoint> at = {};  // the moment of the file that is now; none: its first line
};

}  // namespace ocokit::mock
