#pragma once

// Positions and money. Plain values.

#include <array>
#include <cstdint>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"
#include "ocokit/mock/order_view.h"

namespace ocokit::mock::engine {

// The leverages an account may choose (WhiteBIT, change collateral account leverage).
inline constexpr std::array kLeverages = {1, 2, 3, 5, 10, 20, 50, 100};

inline constexpr std::array kPositionSides = {PositionSide::kBoth, PositionSide::kLong,
                                              PositionSide::kShort};

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
