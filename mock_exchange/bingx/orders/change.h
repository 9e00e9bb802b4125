#pragma once

// An order in place of another.

#include "mock_exchange/bingx/call.h"

namespace ocokit::mock::bingx {

[[nodiscard]] Reply CancelReplace(const CallContext& call);

}  // namespace ocokit::mock::bingx
