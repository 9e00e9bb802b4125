#pragma once

// Orders seen singly: the active ones, those of groups too, the history and the deals.

#include "mock_exchange/whitebit/call.h"

namespace ocokit::mock::whitebit {

[[nodiscard]] Reply ActiveOrders(const CallContext& call);
// Deals by market, of one order, and ended orders by market.
[[nodiscard]] Reply ExecutedHistory(const CallContext& call);
[[nodiscard]] Reply OrderDeals(const CallContext& call);
[[nodiscard]] Reply OrderHistory(const CallContext& call);

}  // namespace ocokit::mock::whitebit
