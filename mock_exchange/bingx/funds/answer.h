#pragma once

// What the account has and what it pays: balances, fees, coins.

#include "mock_exchange/bingx/call.h"

namespace ocokit::mock::bingx {

[[nodiscard]] Reply GetBalance(const CallContext& call);
[[nodiscard]] Reply GetCommissionRate(const CallContext& call);
// The account's coins, as the wallet lists them for deposits and withdrawals.
[[nodiscard]] Reply GetCoins(const CallContext& call);

}  // namespace ocokit::mock::bingx
