#pragma once

// The cancels of orders: one, several, all that match, all after a while.

#include "mock_exchange/whitebit/call.h"
#include "mock_exchange/whitebit/orders/find.h"
#include "mock_exchange/whitebit/orders/read.h"

namespace ocokit::mock::whitebit {

// What the calls of these names do. Null: there is no such order that waits.
[[nodiscard]] const Order* CancelNamedOrder(const Named& named, const CallContext& call);
void CancelMatching(const CancelAllRequest& request, const CallContext& call);

// Ends the order's list, all of a group, and answers with the order.
[[nodiscard]] Reply CancelOrder(const CallContext& call);
[[nodiscard]] Reply CancelBulk(const CallContext& call);
// Ends all lists that match the filters.
[[nodiscard]] Reply CancelAllOrders(const CallContext& call);
// Sets and deletes the timer of a market; KillSwitchStatus lists the timers.
[[nodiscard]] Reply KillSwitch(const CallContext& call);
[[nodiscard]] Reply KillSwitchStatus(const CallContext& call);

}  // namespace ocokit::mock::whitebit
