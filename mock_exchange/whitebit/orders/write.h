#pragma once

// WhiteBIT replies about single orders and deals.

#include <vector>

#include "mock_exchange/whitebit/fields.h"
#include "mock_exchange/whitebit/words.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::whitebit {

[[nodiscard]] Response WriteOrder(const Order& order, const Account& account);
// What became of each of several: an order, or why there is none.
struct BulkItem {
  const Order* order = nullptr;
  Refusal refusal = {ErrorId::kOrderUnknown};
};
[[nodiscard]] Response WriteBulk(const std::vector<BulkItem>& items, const Account& account);
[[nodiscard]] Response WriteOrders(const std::vector<const Order*>& orders, const Account& account);
// The timer of a market that cancels its orders; several.
[[nodiscard]] Response WriteTimer(const CancelTimer& timer, const Account& account);
[[nodiscard]] Response WriteTimers(const std::vector<CancelTimer>& timers, const Account& account);
// Ended orders by market.
[[nodiscard]] Response WriteOrderHistory(const std::vector<const Order*>& orders,
                                         const Account& account);

using engine::Trade;

// Deals of one market.
[[nodiscard]] Response WriteDeals(const std::vector<const Trade*>& trades, const Account& account);
// Deals by market.
[[nodiscard]] Response WriteDealsByMarket(const std::vector<const Trade*>& trades,
                                          const Account& account);
[[nodiscard]] Response WriteOrderDeals(const std::vector<const Trade*>& trades,
                                       const Account& account, const Page& page);

}  // namespace ocokit::mock::whitebit
