#pragma once

// The cancels of orders.

#include "mock_exchange/whitebit/call.h"

namespace ocokit::mock::whitebit {

// Ends the order's list, all of a group, and answers with the order.
[[nodiscard]] Reply CancelOrder(const CallContext& call);
// Ends all lists that match the filters.
[[nodiscard]] Reply CancelAllOrders(const CallContext& call);

}  // namespace ocokit::mock::whitebit
