#include "mock_exchange/whitebit/funds/margin_balance.h"

#include <algorithm>

namespace ocokit::mock::whitebit {

MarginBalance MarginBalanceOf(const std::string& asset, const engine::Balance& balance,
                              const Account& account) {
  MarginBalance out;
  out.balance = balance.free + balance.reserved;
  const bool collateral =
      std::ranges::any_of(account.engine.markets(),
                          [&](const engine::Market& market) { return market.spec.quote == asset; });
  // Other assets are no collateral, and nothing is borrowed against them.
  out.without_borrow =
      collateral ? Max(Decimal(), account.engine.Summarize(asset).free_margin) : balance.free;
  out.with_borrow =
      collateral ? out.without_borrow * account.engine.leverage() : out.without_borrow;
  return out;
}

}  // namespace ocokit::mock::whitebit
