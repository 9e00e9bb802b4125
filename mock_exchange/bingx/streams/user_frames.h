#pragma once

// The messages that tell of an account: its orders, its balances, its key.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/account/account.h"
#include "mock_exchange/wire/channel.h"

namespace ocokit::mock::bingx {

// `event` is one of `order`, of which a client is told (IsTold).
[[nodiscard]] Message OrderFrame(const engine::Order& order, const engine::Event& event,
                                 const Account& account);
// Whether a client hears of it at all.
[[nodiscard]] bool IsTold(const engine::Event& event, const Settings& settings);

// An asset as it is after a change.
struct ChangedBalance {
  std::string_view asset;
  engine::Balance balance;
  Decimal change = {};  // of the total
};

// `reason`: ORDER, DEPOSIT, WITHDRAW.
[[nodiscard]] Message BalancesFrame(const std::vector<ChangedBalance>& changed,
                                    std::string_view reason, const Settings& settings,
                                    TimePoint at);
// All that the account has.
[[nodiscard]] Message FirstBalancesFrame(const Account& account, TimePoint now);

[[nodiscard]] Message KeyExpiredFrame(std::string_view key, TimePoint at);

}  // namespace ocokit::mock::bingx
