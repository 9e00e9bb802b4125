#pragma once

// What replies of several families of calls share.

#include <string_view>

#include "mock_exchange/account/account.h"
#include "mock_exchange/engine/as_of.h"
#include "ocokit/mock/message.h"

namespace ocokit::mock::whitebit {

using engine::Order;
using engine::OrderList;

// Order::label of an order at the market for an amount of stock; without it a purchase is for an
// amount of money.
inline constexpr std::uint8_t kStockOrder = 1;

[[nodiscard]] std::string_view StatusName(const Order& order);
// As it was then.
[[nodiscard]] std::string_view StatusName(const Order& order, const engine::OrderAsOf& then);
[[nodiscard]] std::string_view StpName(engine::Stp stp);
[[nodiscard]] std::string_view TypeName(const Order& order, bool live);
// What positionSide says of an order; empty where the member is left out.
[[nodiscard]] std::string_view PositionSideName(const OrderList& list, const Account& account);
// The asset that an order's fee is taken in.
[[nodiscard]] const std::string& FeeAssetOf(const OrderList& list, const Account& account);
// `[]`, the answer of several cancels.
[[nodiscard]] Response WriteEmptyList();

}  // namespace ocokit::mock::whitebit
