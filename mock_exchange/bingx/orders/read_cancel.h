#pragma once

// What the cancels of orders ask for.

#include <string>
#include <vector>

#include "mock_exchange/bingx/orders/read.h"

namespace ocokit::mock::bingx {

// The states that an order may have to be cancelled; empty: any.
[[nodiscard]] ReadResult<std::string> ReadRestriction(const Parameters& parameters);

struct CancelListRequest {
  std::uint32_t market = 0;
  std::vector<std::string> order_ids;
  std::vector<std::string> client_order_ids;
  bool go_on = false;  // those that can be are cancelled; else all or none
};
[[nodiscard]] ReadResult<CancelListRequest> ReadCancelList(const Parameters& parameters,
                                                           const Account& account);

// Of cancelReplace: which order goes, if it can. What comes in its place is read as any order.
struct ReplaceRequest {
  OrderQuery old;
  std::string restriction;
  bool go_on = false;  // place the other, though the cancel fails
};
[[nodiscard]] ReadResult<ReplaceRequest> ReadReplace(const Parameters& parameters,
                                                     const Account& account);

// Of cancelAllAfter: after how long; none: the timer is closed.
[[nodiscard]] ReadResult<std::optional<std::chrono::seconds>> ReadTimer(
    const Parameters& parameters);

}  // namespace ocokit::mock::bingx
