#pragma once

// Orders seen singly: the legs of groups among the active orders, the history and the deals, and
// the cancels that are not about groups.

#include "mock_exchange/whitebit/call.h"

namespace ocokit::mock::whitebit {

// Cancels the group that a leg belongs to and answers with that leg.
[[nodiscard]] Reply CancelOrder(const CallContext& call);
// Cancels all groups that match the filters.
[[nodiscard]] Reply CancelAllOrders(const CallContext& call);
[[nodiscard]] Reply ActiveOrders(const CallContext& call);
// Deals by market, of one order, and ended orders by market.
[[nodiscard]] Reply ExecutedHistory(const CallContext& call);
[[nodiscard]] Reply OrderDeals(const CallContext& call);
[[nodiscard]] Reply OrderHistory(const CallContext& call);

}  // namespace ocokit::mock::whitebit
