#pragma once

// AccountImage: all that changes of an account while it is used, as plain values: to be kept, and
// to be put back.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mock_exchange/account/account.h"
#include "mock_exchange/engine/image.h"

namespace ocokit::mock {

struct AccountImage {
  Settings settings;
  KeyRights rights;
  AccountClock::State clock;
  engine::Image engine;
  engine::IdState ids;
  std::map<std::string, Decimal> main_balance;
  std::vector<MarketData> market_data;
  std::vector<std::optional<SyntheticBook>> books;
  PriceSchedule prices;
  CancelTimers cancel_timers;
  Limiter limiter;
  Blocks blocks;
  ErrorFlood error_flood = Account::MakeErrorFlood();
  Bans bans;
  RecentSet recent_orders = Account::MakeRecentOrders();
  NonceState nonces;
  StreamKeys stream_keys;
  FaultSet faults;
  std::uint64_t published = 0;
};

}  // namespace ocokit::mock
