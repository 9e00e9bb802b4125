#pragma once

// What the prices of a placement may be.

#include <initializer_list>
#include <optional>

#include "mock_exchange/engine/engine.h"

namespace ocokit::mock::engine {

// Whether one of the numbers is more than the engine takes.
[[nodiscard]] bool IsTooLarge(std::initializer_list<Decimal> numbers);
// Whether `last` meets a trigger.
[[nodiscard]] bool IsMet(When when, const Decimal& trigger, const Decimal& last);
// The bands, and the relations that make a pair an OCO: a buy's take-profit below and its trigger
// above the last price, a sell's the other way round. The market has a last price.
[[nodiscard]] std::optional<Rejection> CheckPrices(const PairCommand& c, const Market& m);
// The exits that the order brings along: the take-profit where it gains, the stop-loss where it
// loses.
[[nodiscard]] std::optional<Rejection> CheckExits(const OrderCommand& c, const Decimal& last);
[[nodiscard]] std::optional<Rejection> CheckPrices(const OrderCommand& c, const Market& m,
                                                   const Rules& rules);

}  // namespace ocokit::mock::engine
