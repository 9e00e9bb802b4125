#pragma once

// The public calls: time and health of the venue, its markets, assets and prices. `account` is the
// one whose markets, prices and clock are shown.

#include "mock_exchange/core/account.h"
#include "mock_exchange/core/reply.h"
#include "mock_exchange/core/request.h"

namespace ocokit::mock::whitebit {

[[nodiscard]] Reply ServerTime(TimePoint now);
[[nodiscard]] Reply Ping();
[[nodiscard]] Reply PlatformStatus();
[[nodiscard]] Reply Markets(const Account& account);
[[nodiscard]] Reply Assets(const Account& account);
[[nodiscard]] Reply CollateralMarkets(const Account& account);
[[nodiscard]] Reply Futures(const Account& account, TimePoint now);
[[nodiscard]] Reply Tickers(const Account& account);
// API version 1: one market, named in the query.
[[nodiscard]] Reply Ticker(const Request& request, const Account& account);

}  // namespace ocokit::mock::whitebit
