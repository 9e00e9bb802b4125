#pragma once

// Replies that show orders singly, those of pairs too, and their executions.

#include <vector>

#include "mock_exchange/bingx/words.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::bingx {

// The venue's word for an order's type; orders of pairs have one when they are shown singly.
[[nodiscard]] std::string_view OrderTypeName(const Order& order);

// One order, in full.
[[nodiscard]] Response WriteOrder(const Order& order, const MarketSpec& spec);

// A list of orders. `with_average`: historyOrders has their average price, openOrders has not.
[[nodiscard]] Response WriteOrders(const std::vector<const Order*>& orders,
                                   const std::vector<engine::Market>& markets, bool with_average);

[[nodiscard]] Response WriteFills(const std::vector<const engine::Trade*>& trades,
                                  const MarketSpec& spec);

}  // namespace ocokit::mock::bingx
