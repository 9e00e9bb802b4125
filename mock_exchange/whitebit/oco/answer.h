#pragma once

// The OCO calls: create, the two lists of open groups, the two cancels of a group.

#include "mock_exchange/whitebit/call.h"

namespace ocokit::mock::whitebit {

[[nodiscard]] Reply CreateOco(const CallContext& call);
[[nodiscard]] Reply OcoOrders(const CallContext& call);
[[nodiscard]] Reply ConditionalOrders(const CallContext& call);
[[nodiscard]] Reply CancelOco(const CallContext& call);
[[nodiscard]] Reply CancelConditional(const CallContext& call);

}  // namespace ocokit::mock::whitebit
