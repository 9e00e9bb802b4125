#pragma once

// The messages of the public topics. `topic`: as the client has named it; `at`: when it is said.

#include <cstdint>
#include <string>
#include <vector>

#include "mock_exchange/account/order_book.h"
#include "mock_exchange/bingx/streams/subscriptions.h"
#include "mock_exchange/market/public_trades.h"
#include "mock_exchange/wire/channel.h"

namespace ocokit::mock::bingx {

[[nodiscard]] Message TradeFrame(const Topic& topic, const MarketSpec& spec,
                                 const PublicTrade& trade);
// `trades`: how many the candle is made of.
[[nodiscard]] Message CandleFrame(const Topic& topic, const MarketSpec& spec, const Candle& candle,
                                  std::int64_t trades, TimePoint at);
// The best levels of the book.
[[nodiscard]] Message DepthFrame(const Topic& topic, const OrderBook& book, std::uint64_t id,
                                 TimePoint at);

// Levels of a book, all of them or those that have changed; an amount of zero: the level is gone.
struct DepthChanges {
  bool all = false;
  OrderBook levels;
  std::uint64_t id = 0;
};
[[nodiscard]] Message DepthChangesFrame(const Topic& topic, const DepthChanges& changes,
                                        bool arrays, TimePoint at);

[[nodiscard]] Message TickerFrame(const Topic& topic, const engine::Market& market,
                                  const DayStats& stats, TimePoint at);

struct BestPrices {
  BookLevel bid;  // zeros: there is none
  BookLevel ask;

  friend bool operator==(const BestPrices&, const BestPrices&) = default;
};
[[nodiscard]] BestPrices BestPricesOf(const engine::Market& market);
[[nodiscard]] Message BestPricesFrame(const Topic& topic, const MarketSpec& spec,
                                      const BestPrices& best, TimePoint at);

[[nodiscard]] Message LastPriceFrame(const Topic& topic, const MarketSpec& spec,
                                     const Decimal& price);

}  // namespace ocokit::mock::bingx
