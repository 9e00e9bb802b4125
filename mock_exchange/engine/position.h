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
  // Of what was closed of it so far.
  Decimal closed;        // base
  Decimal closed_value;  // quote, what it was traded for
  Decimal realized;      // gain, before fees
  Decimal fees;          // of all its trades, in quote

  // Average entry in quote, cut after kMaxScale decimals; zero without a position.
  [[nodiscard]] Decimal BasePrice() const;
  // Gain in quote if it were closed at `last`.
  [[nodiscard]] Decimal Gain(const Decimal& last) const;

  friend bool operator==(const Position&, const Position&) = default;
};

// What a trade has done to a position.
struct PositionChange {
  std::uint64_t position = 0;
  std::uint64_t order = 0;
  std::uint32_t market = 0;
  PositionSide side = PositionSide::kBoth;
  bool is_long = true;
  TimePoint opened = {};
  TimePoint at = {};
  Decimal amount = {};      // after it; negative of a short one
  Decimal base_price = {};  // after it; of a position that it closed, before
  Decimal traded = {};      // base
  Decimal price = {};
  Decimal fee = {};
  Decimal realized = {};  // gain, less the fee
};

// A position that is no more.
struct ClosedPosition {
  std::uint64_t position = 0;
  std::uint32_t market = 0;
  PositionSide side = PositionSide::kBoth;
  bool is_long = true;
  TimePoint opened = {};
  TimePoint closed_at = {};
  Decimal closed = {};       // base
  Decimal entry_price = {};  // averages
  Decimal exit_price = {};
  Decimal gross = {};  // gain, before fees
  Decimal fees = {};
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
