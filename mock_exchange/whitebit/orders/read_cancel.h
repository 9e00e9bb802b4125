#pragma once

// What the cancels of several orders, and of orders after a while, ask for.

#include "mock_exchange/account/cancel_timers.h"
#include "mock_exchange/whitebit/orders/find.h"
#include "mock_exchange/whitebit/orders/read.h"

namespace ocokit::mock::whitebit {

// One order of a bulk cancel.
[[nodiscard]] ReadResult<Named> ReadCancelItem(const JsonValue& item, const Account& account);

// Of kill-switch: the timer to set for a market, or none: its timer is deleted.
struct TimerRequest {
  std::uint32_t market = 0;
  std::optional<CancelTimer> timer;
};
[[nodiscard]] ReadResult<TimerRequest> ReadTimer(const JsonValue& body, const Account& account,
                                                 TimePoint now);

}  // namespace ocokit::mock::whitebit
