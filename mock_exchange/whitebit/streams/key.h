#pragma once

// The call that gives out what a client shows on its WebSocket: websocket_token.

#include "mock_exchange/whitebit/call.h"

namespace ocokit::mock::whitebit {

// A new one each time; those that were given out before stay good for their time.
[[nodiscard]] Reply WebsocketToken(const CallContext& call);

}  // namespace ocokit::mock::whitebit
