#pragma once

// Replies that show orders singly, those of pairs too, and their executions.

#include <optional>
#include <string>
#include <vector>

#include "mock_exchange/bingx/words.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::bingx {

// The venue's word for an order's type; orders of pairs have one when they are shown singly.
[[nodiscard]] std::string_view OrderTypeName(const Order& order);

// An order as the call that placed it shows it, and a batch of them.
[[nodiscard]] Response WritePlaced(const Order& order, const std::vector<engine::Market>& markets);
[[nodiscard]] Response WriteBatch(const std::vector<const Order*>& orders,
                                  const std::vector<engine::Market>& markets);

// An order that was cancelled.
[[nodiscard]] Response WriteCancelled(const Order& order,
                                      const std::vector<engine::Market>& markets);
// Orders that were cancelled together, and those that were not, with the reason.
struct NotCancelled {
  std::string order_id;
  std::string error;
};
[[nodiscard]] Response WriteCancelledList(const std::vector<const Order*>& orders,
                                          const std::vector<NotCancelled>* fails,
                                          const std::vector<engine::Market>& markets);

// What became of the two halves of cancelReplace; null, with the reason, for one that failed.
struct Replaced {
  const Order* cancelled = nullptr;
  std::string cancel_error;
  const Order* opened = nullptr;
};
[[nodiscard]] Response WriteReplaced(const Replaced& replaced,
                                     const std::vector<engine::Market>& markets);

// The timer of cancelAllAfter; none: it is closed.
[[nodiscard]] Response WriteTimer(std::optional<TimePoint> at);

// One order, in full.
[[nodiscard]] Response WriteOrder(const Order& order, const MarketSpec& spec);

// A list of orders. `with_average`: historyOrders has their average price, openOrders has not.
[[nodiscard]] Response WriteOrders(const std::vector<const Order*>& orders,
                                   const std::vector<engine::Market>& markets, bool with_average);

[[nodiscard]] Response WriteFills(const std::vector<const engine::Trade*>& trades,
                                  const MarketSpec& spec);

}  // namespace ocokit::mock::bingx
