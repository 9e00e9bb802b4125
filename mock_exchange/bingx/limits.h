#pragma once

// How often a call may come. BingX counts each call by account, and by address each call and all
// calls of a group (rate limits page, since 2025-09-10).

#include <optional>

#include "mock_exchange/account/account.h"
#include "mock_exchange/bingx/errors.h"
#include "mock_exchange/bingx/routes.h"
#include "mock_exchange/wire/request.h"

namespace ocokit::mock::bingx {

// Documented: pending orders an account may have.
inline constexpr int kMaxOpenOrders = 1000;

struct LimitCheck {
  std::optional<WindowState> window;  // what the headers tell; none when the account has no limits
  std::optional<Refusal> refusal;
};

// Holds the request against blocks and error floods, and counts it in its windows. A public call is
// counted in the account it shows. What is refused counts towards a ban.
[[nodiscard]] LimitCheck CheckLimits(const Route& route, const Request& request, Account& account,
                                     TimePoint now);

// Notes that an authenticated request was answered with the error `code`.
void NoteError(const Route& route, int code, Account& account, TimePoint now);

// The reply to an address that is banned; none for the others.
[[nodiscard]] std::optional<Reply> FindBan(const Request& request, const Account& account,
                                           TimePoint now);

// Adds X-RateLimit-Requests-Remain (calls left) and -Expire (milliseconds left in the window).
void AddLimitHeaders(const WindowState& state, Response& response);

}  // namespace ocokit::mock::bingx
