#pragma once

// What BingX answers to: one row a call.

#include <string_view>

#include "mock_exchange/core/route.h"

namespace ocokit::mock::bingx {

enum class Call { kServerTime, kCreate, kCancel, kOrderList, kOpenOrderList, kHistoryOrderList };

using Route = mock::Route<Call>;

// None for a path or method that BingX does not have.
[[nodiscard]] const Route* FindRoute(std::string_view method, std::string_view path);

}  // namespace ocokit::mock::bingx
