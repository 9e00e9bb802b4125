#pragma once

// The public calls: what the venue tells everyone.

#include "mock_exchange/bingx/call.h"

namespace ocokit::mock::bingx {

[[nodiscard]] Reply GetServerTime(const CallContext& call);

}  // namespace ocokit::mock::bingx
