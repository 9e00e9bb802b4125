#pragma once

// How large a number the engine takes.

#include "ocokit/base/check.h"
#include "ocokit/base/decimal.h"

namespace ocokit::mock::engine {

// Amounts and prices are below this and have at most kMaxScale decimals, so that no product of two
// of them leaves the range of Decimal.
inline constexpr Decimal kMaxNumber{10'000'000'000};
inline constexpr int kMaxScale = 8;
// Decimals of what a trade is worth, of its fee and of its gain: what goes beyond is cut. It leaves
// 26 digits before the point for sums of them.
inline constexpr int kMaxValueScale = 12;
// Quote value of a market's open pairs, however its own limit is set.
inline constexpr Decimal kMaxPendingValue{1'000'000'000'000'000'000};

// A price as a count of the smallest unit, 10^-kMaxScale: it fits in 64 bits.
[[nodiscard]] inline std::int64_t Ticks(const Decimal& price) {
  OCOKIT_CHECK(price.scale() <= kMaxScale && price.Abs() < kMaxNumber, "no price of the engine's");
  auto ticks = static_cast<std::int64_t>(price.coefficient());
  for (int i = price.scale(); i < kMaxScale; ++i) ticks *= 10;
  return ticks;
}

}  // namespace ocokit::mock::engine
