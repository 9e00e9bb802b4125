#pragma once

// What replies of several families of calls share.

#include <string_view>

#include "mock_exchange/engine/engine.h"

namespace ocokit::mock::bingx {

using engine::LegKind;
using engine::Pair;

// Where a leg stands in a list reply.
struct LegAt {
  const Pair* pair = nullptr;
  LegKind kind = LegKind::kLimit;
};

// The venue's word for a state.
[[nodiscard]] std::string_view StatusName(LegState state);

}  // namespace ocokit::mock::bingx
