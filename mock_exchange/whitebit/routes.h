#pragma once

// What WhiteBIT answers to: one row a call.

#include <string_view>

#include "ocokit/mock/settings.h"

namespace ocokit::mock::whitebit {

enum class Call { kTime, kCreate, kOcoOrders, kConditionalOrders, kOcoCancel, kConditionalCancel };

enum class Access { kPublic, kRead, kTrade };

struct Route {
  Call call;
  std::string_view method;
  std::string_view path;
  Access access;
  std::string_view limit_name;  // in Settings::custom_rate_limits; empty: no limit
  RateLimit limit_by_address;   // as documented
};

// None for a path or method that WhiteBIT does not have.
[[nodiscard]] const Route* FindRoute(std::string_view method, std::string_view path);

}  // namespace ocokit::mock::whitebit
