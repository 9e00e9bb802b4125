#pragma once

// What the calls that place orders have in common: pairs and orders by themselves.

#include <optional>
#include <string>

#include "mock_exchange/bingx/fields.h"

namespace ocokit::mock::bingx {

[[nodiscard]] std::optional<Side> ReadSide(const std::string& text);
// The refusal of a symbol that takes no orders.
[[nodiscard]] std::optional<Refusal> CheckTradable(const MarketSpec& spec);
[[nodiscard]] Refusal TooHigh(const Decimal& most, const std::string& asset);
// The prices that a refusal of the engine may be about.
struct AskedPrices {
  Decimal limit;
  Decimal stop;  // of a pair
};
// The venue's words for a refusal of the engine.
[[nodiscard]] Refusal Explain(const engine::Rejection& rejection, Side side,
                              const AskedPrices& asked, const engine::Market& market,
                              const engine::Rules& rules);

}  // namespace ocokit::mock::bingx
