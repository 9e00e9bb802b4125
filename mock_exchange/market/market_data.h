#pragma once

// MarketData: what a market shows of its past. Pure, as the engine; the account tells it every
// trade.

#include <cstdint>

#include "mock_exchange/market/candles.h"
#include "mock_exchange/market/public_trades.h"

namespace ocokit::mock {

struct MarketData {
  PriceHistory history;
  PublicTrades trades;
  std::uint64_t pasts = 0;  // how often another past took the place of its own

  void Add(TimePoint at, const Decimal& price, const Decimal& amount, bool buyer_is_maker) {
    history.Add(at, price, amount);
    trades.Add(at, price, amount, buyer_is_maker);
  }
  // What it takes in memory, about.
  [[nodiscard]] std::size_t bytes() const { return history.bytes() + trades.bytes(); }
};

}  // namespace ocokit::mock
