#pragma once

// The public calls: time and health of the venue, its markets, assets and prices.

#include "mock_exchange/account/account.h"
#include "mock_exchange/wire/reply.h"
#include "mock_exchange/wire/request.h"

namespace ocokit::mock::whitebit {

// `account` is the one whose markets, prices and clock are shown.
struct PublicCall {
  const Request& request;
  const Account& account;
  TimePoint now;
};

[[nodiscard]] Reply ServerTime(const PublicCall& call);
[[nodiscard]] Reply Ping(const PublicCall& call);
[[nodiscard]] Reply PlatformStatus(const PublicCall& call);
[[nodiscard]] Reply Markets(const PublicCall& call);
[[nodiscard]] Reply Assets(const PublicCall& call);
// Of deposits and withdrawals, neither of which is simulated.
[[nodiscard]] Reply AssetFees(const PublicCall& call);
[[nodiscard]] Reply CollateralMarkets(const PublicCall& call);
[[nodiscard]] Reply Futures(const PublicCall& call);
[[nodiscard]] Reply Tickers(const PublicCall& call);
// The refusal of a market that API version 1 does not know.
[[nodiscard]] Reply RefuseOldMarket();
// API version 1: one market, named in the query.
[[nodiscard]] Reply Ticker(const PublicCall& call);
// The trades of the market that ends the path, newest first.
[[nodiscard]] Reply LatestTrades(const PublicCall& call);
// Oldest first.
[[nodiscard]] Reply Candles(const PublicCall& call);

}  // namespace ocokit::mock::whitebit
