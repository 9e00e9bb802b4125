#pragma once

// The answer to a request at a path where streams begin.

#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::streams {

// 101 for one that asks for a WebSocket rightly; what a client is to do otherwise, as plain text.
[[nodiscard]] Reply AnswerUpgrade(const Request& request);

}  // namespace ocokit::mock::streams
