#pragma once

// What replies of several families of calls share.

#include <string>
#include <string_view>

#include "mock_exchange/engine/engine.h"

namespace ocokit::mock::bingx {

using engine::Order;
using engine::OrderList;

// Order::label of a TRIGGER_* order; without it a stop order is a TAKE_STOP_* one, as the stop
// order of a pair. The two differ in nothing else that is published.
inline constexpr std::uint8_t kPlanOrder = 1;

// The venue's word for an order's state.
[[nodiscard]] std::string_view StatusName(const Order& order);

// A change of price as a share of where it began: "2.91%", cut after two decimals.
[[nodiscard]] std::string Percent(const Decimal& change, const Decimal& open);

}  // namespace ocokit::mock::bingx
