#pragma once

// What replies of several families of calls share.

#include <string_view>

#include "mock_exchange/account/account.h"
#include "ocokit/mock/message.h"

namespace ocokit::mock::whitebit {

using engine::LegKind;
using engine::OrderRef;
using engine::Pair;

[[nodiscard]] std::string_view StatusName(LegState state);
[[nodiscard]] std::string_view StpName(engine::Stp stp);
[[nodiscard]] std::string_view TypeName(LegKind kind, bool live);
// What positionSide says of an order; empty where the member is left out.
[[nodiscard]] std::string_view PositionSideName(const Pair& pair, const Account& account);
// `[]`, the answer of several cancels.
[[nodiscard]] Response WriteEmptyList();

}  // namespace ocokit::mock::whitebit
