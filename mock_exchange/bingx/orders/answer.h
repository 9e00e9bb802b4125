#pragma once

// The calls that show the legs of pairs as single orders, and their executions.

#include "mock_exchange/bingx/call.h"

namespace ocokit::mock::bingx {

[[nodiscard]] Reply GetOrder(const CallContext& call);
[[nodiscard]] Reply GetOpenOrders(const CallContext& call);
[[nodiscard]] Reply GetOrderHistory(const CallContext& call);
[[nodiscard]] Reply GetMyTrades(const CallContext& call);

}  // namespace ocokit::mock::bingx
