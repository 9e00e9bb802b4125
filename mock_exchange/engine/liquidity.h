#pragma once

// Liquidity: what an order finds to take. Orders of the account never meet each other: on the other
// side is a depth that was set, or else everything at the last price.

#include <optional>
#include <vector>

#include "ocokit/base/decimal.h"
#include "ocokit/mock/market_spec.h"
#include "ocokit/mock/order_view.h"

namespace ocokit::mock::engine {

// What is offered at one price.
struct Level {
  Decimal price;   // quote
  Decimal amount;  // base

  friend bool operator==(const Level&, const Level&) = default;
};

// Both sides of an order book, the best first. Orders that take from it use it up.
struct Depth {
  std::vector<Level> bids;  // falling
  std::vector<Level> asks;  // rising
};

// What a market offers.
struct Liquidity {
  std::optional<Decimal> last;  // none: no trade yet
  std::optional<Depth> depth;   // none: everything at the last price

  [[nodiscard]] std::optional<Decimal> BestBid() const;
  [[nodiscard]] std::optional<Decimal> BestAsk() const;
};

// How much an order is for.
struct Wanted {
  Side side = Side::kBuy;
  std::optional<Decimal> limit;  // worst price; none: any
  Decimal amount;                // base, at most
  std::optional<Decimal> money;  // quote, at most; fills are then cut to `step`
  Decimal step;                  // lot step
};

struct Found {
  std::vector<Level> fills;  // best price first
  Decimal amount;            // base, of all
  Decimal value;             // quote, of all
  bool exhausted = false;    // there was less than was wanted
};

// How much can be had at `price` for `money`, in whole steps; at most kMaxNumber.
[[nodiscard]] Decimal AmountFor(const Decimal& money, const Decimal& price, const Decimal& step);
// What is there for an order; nothing is taken.
[[nodiscard]] Found Find(const Liquidity& liquidity, const Wanted& wanted);
// Takes an amount at a price that Find has named.
void Take(Liquidity& liquidity, Side side, const Level& taken);

}  // namespace ocokit::mock::engine
