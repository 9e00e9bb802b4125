#pragma once

// Which order a request means.

#include "mock_exchange/bingx/call.h"
#include "mock_exchange/bingx/orders/read.h"
#include "mock_exchange/bingx/words.h"

namespace ocokit::mock::bingx {

// The order of that symbol, waiting or ended; null when there is none.
[[nodiscard]] const Order* FindOrder(const OrderQuery& query, const CallContext& call);

}  // namespace ocokit::mock::bingx
