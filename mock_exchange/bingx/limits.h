#pragma once

// BingX counts each call by account, and all calls by address (rate limit page, IP group 2).

#include <optional>

#include "mock_exchange/bingx/routes.h"
#include "mock_exchange/core/account.h"
#include "mock_exchange/core/request.h"

namespace ocokit::mock::bingx {

// Documented: pending orders an account may have.
inline constexpr int kMaxOpenOrders = 1000;

// Counts the request; none when the account has no limits.
[[nodiscard]] std::optional<WindowState> CountRequest(const Route& route, const Request& request,
                                                      Account& account, TimePoint now);

// Adds X-RateLimit-Requests-Remain (calls left) and -Expire (milliseconds left in the window).
void AddLimitHeaders(const WindowState& state, Response& response);

}  // namespace ocokit::mock::bingx
