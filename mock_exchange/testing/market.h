#pragma once

// A market with easy numbers, for tests of the engine: last prices around 100, steps 0.01 and
// 0.001, fees of 0.1 % for makers and 0.2 % for takers; and a time to begin at.

#include "mock_exchange/engine/number.h"
#include "ocokit/base/clock.h"
#include "ocokit/mock/market_spec.h"

namespace ocokit::mock::testing {

inline const TimePoint kNow = FromUnixMillis(1'700'000'000'000);

[[nodiscard]] inline MarketSpec EasyMarket(const char* symbol, MarketKind kind) {
  const auto number = [](const char* text) { return Decimal::Parse(text).value(); };
  MarketSpec spec;
  spec.symbol = symbol;
  spec.base = "BTC";
  spec.quote = "USDT";
  spec.kind = kind;
  spec.price_step = number("0.01");
  spec.amount_step = number("0.001");
  spec.min_amount = number("0.001");
  spec.band_low = number("0.1");
  spec.band_high = number("10");
  spec.maker_fee = number("0.001");
  spec.taker_fee = number("0.002");
  return spec;
}

}  // namespace ocokit::mock::testing
