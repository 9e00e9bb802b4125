#pragma once

// Messages of streams as JSON.

#include "mock_exchange/control/reply.h"
#include "ocokit/mock/stream_view.h"

namespace ocokit::mock::control {

[[nodiscard]] Json WriteFrame(const FrameView& frame);

}  // namespace ocokit::mock::control
