#pragma once

// WhiteBIT counts each call by address in windows of ten seconds (rate limits page). What goes
// beyond a window, a block or a ban, the documents announce without figures: settings.

#include <optional>

#include "mock_exchange/account/account.h"
#include "mock_exchange/whitebit/routes.h"
#include "mock_exchange/wire/reply.h"
#include "mock_exchange/wire/request.h"

namespace ocokit::mock::whitebit {

// Counts the request; the reply to one that is over the limit or blocked, none for the others. A
// public call is counted in the account it shows. What is refused counts towards a ban.
[[nodiscard]] std::optional<Reply> CheckLimits(const Route& route, const Request& request,
                                               Account& account, TimePoint now);

// The reply to a request that may be made again after `wait`.
[[nodiscard]] Reply RefuseFor(microseconds wait, const Settings& settings);

// The same of a request for a WebSocket: 1000 a minute of an address.
[[nodiscard]] std::optional<Reply> CheckStreamLimit(const Request& request, Account& account,
                                                    TimePoint now);

// The reply to an address that is banned; none for the others.
[[nodiscard]] std::optional<Reply> FindBan(const Request& request, const Account& account,
                                           TimePoint now);

}  // namespace ocokit::mock::whitebit
