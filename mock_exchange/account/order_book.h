#pragma once

// The books that a test sets: their checks, and those that are made around a price.

#include "mock_exchange/engine/liquidity.h"
#include "ocokit/base/result.h"
#include "ocokit/mock/market_spec.h"
#include "ocokit/mock/order_book.h"

namespace ocokit::mock {

// Levels of a side, at most.
inline constexpr std::size_t kMaxLevels = 1000;

// The book as the engine takes it, each side in its order, best first. Errors: kOutOfRange names
// the level that is wrong, or says that the sides cross.
[[nodiscard]] Result<engine::Depth> ReadBook(const OrderBook& book, const MarketSpec& spec);
// Errors: kOutOfRange.
[[nodiscard]] Result<void> CheckSyntheticBook(const SyntheticBook& book, const MarketSpec& spec);
// The book around `last`.
[[nodiscard]] engine::Depth MakeDepth(const SyntheticBook& book, const Decimal& last,
                                      const MarketSpec& spec);
// What a market shows: its book, or else as much as anybody may want at the last price.
[[nodiscard]] OrderBook ShowBook(const engine::Liquidity& market, const MarketSpec& spec);

// Levels whose prices share a step are one, at the end of the step that is farther from the middle.
// `up`: of the asks.
[[nodiscard]] std::vector<BookLevel> PutTogether(const std::vector<BookLevel>& levels,
                                                 const Decimal& step, bool up);

}  // namespace ocokit::mock
