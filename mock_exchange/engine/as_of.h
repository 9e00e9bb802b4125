#pragma once

// An order as it was when something happened to it: what a stream says of an event that others
// have followed by the time it is read.

#include "mock_exchange/engine/event_log.h"
#include "mock_exchange/engine/order.h"

namespace ocokit::mock::engine {

struct OrderAsOf {
  Phase phase = Phase::kResting;
  Ending ending = Ending::kNone;
  bool activated = false;
  Decimal amount;  // Order::Amount
  Decimal filled;  // base
  Decimal value;   // quote
  Decimal fee;
  TimePoint updated;

  [[nodiscard]] Decimal Left() const { return amount - filled; }
};

// `order` right after `event`, which is one of its list's and in the log. What has happened since
// is taken off what the order is now, so that what the log has forgotten does not matter.
[[nodiscard]] OrderAsOf AsOf(const Order& order, const Event& event, const EventLog& log);

}  // namespace ocokit::mock::engine
