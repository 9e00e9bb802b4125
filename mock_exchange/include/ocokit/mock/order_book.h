#pragma once

// What orders find on the other side: the order book of a market, as a test sets it. Plain values.

#include <vector>

#include "ocokit/base/decimal.h"

namespace ocokit::mock {

// What is offered at one price.
struct BookLevel {
  Decimal price = {};   // quote
  Decimal amount = {};  // base

  friend bool operator==(const BookLevel&, const BookLevel&) = default;
};

// Orders that take from it use it up.
struct OrderBook {
  std::vector<BookLevel> bids = {};  // best first: falling
  std::vector<BookLevel> asks = {};  // best first: rising

  friend bool operator==(const OrderBook&, const OrderBook&) = default;
};

// A book around the last price, made anew with each price that is set: the best bid and ask are
// half of `spread` from it, further levels lie one `spread` apart (one tick, where the spread is
// zero). Prices are cut to the tick away from the last price.
struct SyntheticBook {
  Decimal spread = {};            // quote; zero: both sides begin at the last price
  int levels = 20;                // of each side
  Decimal amount_per_level = {};  // base

  friend bool operator==(const SyntheticBook&, const SyntheticBook&) = default;
};

}  // namespace ocokit::mock
