#pragma once

// Which order a request means.

#include <optional>
#include <string>

#include "mock_exchange/whitebit/words.h"

namespace ocokit::mock::whitebit {

// An order of a market: by its id, or else by the client's.
struct Named {
  std::uint32_t market = 0;
  std::optional<std::uint64_t> id;
  std::string client_order_id;
};

// The order that waits; null when there is none. The id of a group is no order's.
[[nodiscard]] const Order* FindActive(const Named& named, const engine::OrderStore& orders);

}  // namespace ocokit::mock::whitebit
