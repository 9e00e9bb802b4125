#pragma once

// MarketSpec: the rules of one market. A plain value.

#include <string>

#include "ocokit/base/decimal.h"

namespace ocokit::mock {

// Who holds the money of a market's orders.
enum class MarketKind {
  kSpot,     // BingX: an order reserves the asset it would pay with
  kMargin,   // WhiteBIT: an order reserves margin of the quote asset, a fill changes a position
  kFutures,  // WhiteBIT: as kMargin; in hedge mode with a long and a short position
};

[[nodiscard]] constexpr bool HasPositions(MarketKind kind) { return kind != MarketKind::kSpot; }

// Prices are in `quote`, amounts in `base`.
struct MarketSpec {
  std::string symbol = {};  // as the venue writes it: BTC-USDT, BTC_USDT
  std::string base = {};
  std::string quote = {};
  MarketKind kind = MarketKind::kSpot;
  Decimal price_step = {};   // tick size
  Decimal amount_step = {};  // lot step
  Decimal min_price = {};    // WhiteBIT
  Decimal min_amount = {};
  Decimal max_amount = {};  // zero: no limit
  Decimal min_total = {};   // amount * price
  Decimal max_total = {};   // zero: no limit
  Decimal band_low = {};    // lowest price accepted, as a share of the last price
  Decimal band_high = {};   // highest price accepted, as a multiple of the last price
  Decimal maker_fee = {};   // share of what is traded
  Decimal taker_fee = {};
  Decimal max_position = {};       // WhiteBIT: base; zero: no limit
  Decimal max_pending_value = {};  // WhiteBIT: quote, all open pairs together; zero: no limit
  int status = 1;                  // BingX's number: 0 offline, 1 online, 25 suspended, ...
  bool trading_enabled = true;

  friend bool operator==(const MarketSpec&, const MarketSpec&) = default;
};

}  // namespace ocokit::mock
