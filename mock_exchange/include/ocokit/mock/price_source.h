#pragma once

// Prices that move by themselves: a path of given prices, or a random walk. Plain values.

#include <chrono>
#include <cstdint>
#include <optional>

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

}  // namespace ocokit::mock
