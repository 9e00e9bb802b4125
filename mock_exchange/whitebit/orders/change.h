#pragma once

// An order in place of another.

#include "mock_exchange/whitebit/call.h"

namespace ocokit::mock::whitebit {

// The changed order has a new id, and waits behind those that were there.
[[nodiscard]] Reply ModifyOrder(const CallContext& call);

}  // namespace ocokit::mock::whitebit
