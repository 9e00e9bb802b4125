#pragma once

// WhiteBIT replies of the OCO calls, in the members and order of the account's dialect.

#include <string_view>
#include <vector>

#include "mock_exchange/account/account.h"
#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/fields.h"
#include "mock_exchange/whitebit/words.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::whitebit {

// A group as create shows it, and as oco-cancel does.
[[nodiscard]] Response WritePlaced(const OrderList& pair, const Account& account);
[[nodiscard]] Response WriteCancelled(const OrderList& pair, const Account& account);
[[nodiscard]] Response WriteOcoOrders(const std::vector<const OrderList*>& pairs,
                                      const Account& account);
// OCO groups and orders that bring exits along.
[[nodiscard]] Response WriteConditionalOrders(const std::vector<const OrderList*>& groups,
                                              const Account& account, const Page& page,
                                              std::size_t total);

}  // namespace ocokit::mock::whitebit
