#pragma once

// What BingX answers to: one row a call.

#include <string_view>

#include "ocokit/mock/settings.h"

namespace ocokit::mock::bingx {

enum class Call { kServerTime, kCreate, kCancel, kOrderList, kOpenOrderList, kHistoryOrderList };

enum class Access { kPublic, kRead, kTrade };

struct Route {
  Call call;
  std::string_view method;
  std::string_view path;
  Access access;
  std::string_view limit_name;  // in Settings::custom_rate_limits; empty: no limit by account
  RateLimit limit_by_uid;       // as documented, for this call of one account
};

// None for a path or method that BingX does not have.
[[nodiscard]] const Route* FindRoute(std::string_view method, std::string_view path);

}  // namespace ocokit::mock::bingx
