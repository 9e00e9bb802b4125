#pragma once

// Replies of the OCO calls, in the documents' envelope and member order.

#include <string>
#include <vector>

#include "mock_exchange/bingx/words.h"
#include "mock_exchange/engine/engine.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::bingx {

// `symbol` is that of the pair's market. The create reply gives the limit leg first; without
// `with_state` it has transactionTime 0 and an empty status, as the pages' examples.
[[nodiscard]] Response WriteCreate(const OrderList& pair, const std::string& symbol,
                                   bool with_state);
[[nodiscard]] Response WriteCancel(const std::string& order_id, const std::string& client_id);
// The list replies. `with_status`: orderList leaves the status out. `empty`: what stands for no
// legs.
[[nodiscard]] Response WriteLegs(const std::vector<const Order*>& legs,
                                 const std::vector<engine::Market>& markets, bool with_status,
                                 EmptyLists empty);

}  // namespace ocokit::mock::bingx
