#pragma once

// What an account has of an asset as collateral.

#include <string>

#include "mock_exchange/account/account.h"

namespace ocokit::mock::whitebit {

struct MarginBalance {
  Decimal balance;
  Decimal borrow;          // nothing is lent here
  Decimal without_borrow;  // what is there for new orders
  Decimal with_borrow;     // with the account's leverage
};

[[nodiscard]] MarginBalance MarginBalanceOf(const std::string& asset,
                                            const engine::Balance& balance, const Account& account);

}  // namespace ocokit::mock::whitebit
