#pragma once

// The calls that show orders singly, those of pairs too, and their executions.

#include "mock_exchange/bingx/call.h"

namespace ocokit::mock::bingx {

[[nodiscard]] Reply GetOrder(const CallContext& call);
[[nodiscard]] Reply GetOpenOrders(const CallContext& call);
[[nodiscard]] Reply GetOrderHistory(const CallContext& call);
[[nodiscard]] Reply GetMyTrades(const CallContext& call);

}  // namespace ocokit::mock::bingx
