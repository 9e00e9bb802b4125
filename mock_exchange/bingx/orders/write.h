#pragma once

// Replies that show the legs of pairs as single orders, and their executions.

#include <vector>

#include "mock_exchange/bingx/words.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::bingx {

// The type of a leg when it is shown as an order of its own.
[[nodiscard]] std::string_view OrderTypeName(LegKind kind);

// One order, in full.
[[nodiscard]] Response WriteOrder(const OrderRef& leg, const MarketSpec& spec);

// A list of orders. `with_average`: historyOrders has their average price, openOrders has not.
[[nodiscard]] Response WriteOrders(const std::vector<OrderRef>& legs,
                                   const std::vector<engine::Market>& markets, bool with_average);

[[nodiscard]] Response WriteFills(const std::vector<const engine::Trade*>& trades,
                                  const MarketSpec& spec);

}  // namespace ocokit::mock::bingx
