#pragma once

// The calls about groups: create an OCO, the two lists of open groups, the three cancels of one.

#include "mock_exchange/whitebit/call.h"

namespace ocokit::mock::whitebit {

[[nodiscard]] Reply CreateOco(const CallContext& call);
[[nodiscard]] Reply OcoOrders(const CallContext& call);
[[nodiscard]] Reply ConditionalOrders(const CallContext& call);
[[nodiscard]] Reply CancelOco(const CallContext& call);
[[nodiscard]] Reply CancelConditional(const CallContext& call);
[[nodiscard]] Reply CancelOto(const CallContext& call);

}  // namespace ocokit::mock::whitebit
