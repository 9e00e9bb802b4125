#pragma once

// What has become of a list and its orders, out of the events.

#include <vector>

#include "mock_exchange/engine/event_log.h"

namespace ocokit::mock::engine {

// Oldest first; begins with the placement. What the log has forgotten is left out.
[[nodiscard]] std::vector<PairEvent> Timeline(const OrderList& list, const EventLog& log);

}  // namespace ocokit::mock::engine
