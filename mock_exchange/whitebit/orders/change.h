#pragma once

// An order in place of another.

#include "mock_exchange/whitebit/call.h"
#include "mock_exchange/whitebit/orders/find.h"

namespace ocokit::mock::whitebit {

// Puts what `body` asks for in place of the order that `named` means. `id_field` names the order,
// for errors.
[[nodiscard]] Placed<const Order*> ReplaceOrder(const Named& named, const std::string& id_field,
                                                const JsonValue& body, const CallContext& call);

// The changed order has a new id, and waits behind those that were there.
[[nodiscard]] Reply ModifyOrder(const CallContext& call);

}  // namespace ocokit::mock::whitebit
