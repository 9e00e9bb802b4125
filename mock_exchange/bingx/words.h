#pragma once

// What replies of several families of calls share.

#include <string_view>

#include "mock_exchange/engine/engine.h"

namespace ocokit::mock::bingx {

using engine::LegKind;
using engine::OrderRef;
using engine::Pair;

// The venue's word for a state.
[[nodiscard]] std::string_view StatusName(LegState state);

}  // namespace ocokit::mock::bingx
