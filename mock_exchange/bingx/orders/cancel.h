#pragma once

// The cancels of orders: one, several, all, one that another takes the place of, all after a while.

#include "mock_exchange/bingx/call.h"
#include "mock_exchange/bingx/words.h"

namespace ocokit::mock::bingx {

// Why an order cannot be cancelled; none: it can. `restriction`: the status that it must have;
// empty: any.
[[nodiscard]] std::optional<Refusal> CheckCancel(const Order* order,
                                                 const std::string& restriction);

// An order of a pair takes the pair with it.
[[nodiscard]] Reply CancelOrder(const CallContext& call);
[[nodiscard]] Reply CancelOrders(const CallContext& call);
[[nodiscard]] Reply CancelOpenOrders(const CallContext& call);
[[nodiscard]] Reply CancelAllAfter(const CallContext& call);

}  // namespace ocokit::mock::bingx
