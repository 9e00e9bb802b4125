#pragma once

// WhiteBIT counts each call by address in windows of ten seconds (rate limits page).

#include "mock_exchange/core/account.h"
#include "mock_exchange/core/request.h"
#include "mock_exchange/whitebit/routes.h"

namespace ocokit::mock::whitebit {

// Counts the request; false when it is over the limit.
[[nodiscard]] bool CountRequest(const Route& route, const Request& request, Account& account,
                                TimePoint now);

}  // namespace ocokit::mock::whitebit
