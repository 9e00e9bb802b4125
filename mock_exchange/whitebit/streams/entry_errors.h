#pragma once

// The numbers and words with which order entry refuses, of what REST and the engine refuse.

#include "mock_exchange/whitebit/call.h"
#include "mock_exchange/whitebit/streams/errors.h"

namespace ocokit::mock::whitebit {

// `wallet`: of the order.
[[nodiscard]] tl::unexpected<Refused> DeclineFor(const NotPlaced& why, engine::Wallet wallet);
[[nodiscard]] tl::unexpected<Refused> NoOrder();

}  // namespace ocokit::mock::whitebit
