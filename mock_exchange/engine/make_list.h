#pragma once

// A list that is not yet filed, and its orders.

#include <cstddef>
#include <memory>
#include <string_view>

#include "mock_exchange/engine/command.h"

namespace ocokit::mock::engine {

// Without orders.
[[nodiscard]] std::unique_ptr<OrderList> MakeList(const Placement& placement, TimePoint now);
// `place`: index into OrderList::orders.
Order& AddOrder(OrderList& list, std::size_t place, std::string_view client_id);

}  // namespace ocokit::mock::engine
