#pragma once

// WhiteBIT replies of the OCO calls, in the members and order of the account's dialect.

#include <string_view>
#include <vector>

#include "mock_exchange/account/account.h"
#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/fields.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::whitebit {

using engine::LegKind;
using engine::Pair;

// A group as create shows it, and as oco-cancel does.
[[nodiscard]] Response WritePlaced(const Pair& pair, const Account& account);
[[nodiscard]] Response WriteCancelled(const Pair& pair, const Account& account);
[[nodiscard]] Response WriteOcoOrders(const std::vector<const Pair*>& pairs,
                                      const Account& account);
[[nodiscard]] Response WriteConditionalOrders(const std::vector<const Pair*>& pairs,
                                              const Account& account, const Page& page,
                                              std::size_t total);
// `[]`, the answer of several cancels.
[[nodiscard]] Response WriteEmptyList();

// Words that other replies about a leg share.
[[nodiscard]] std::string_view StatusName(LegState state);
[[nodiscard]] std::string_view StpName(engine::Stp stp);
[[nodiscard]] std::string_view TypeName(LegKind kind, bool live);
// What positionSide says of an order; empty where the member is left out.
[[nodiscard]] std::string_view PositionSideName(const Pair& pair, const Account& account);

}  // namespace ocokit::mock::whitebit
