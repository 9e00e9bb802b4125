#pragma once

// What WhiteBIT answers to: one row a call.

#include <span>
#include <string_view>

#include "mock_exchange/core/route.h"

namespace ocokit::mock::whitebit {

enum class Call {
  kTime,
  kPing,
  kStatus,
  kMarkets,
  kAssets,
  kCollateralMarkets,
  kFutures,
  kTickers,
  kTicker,
  kCreateOco,
  kOcoOrders,
  kConditionalOrders,
  kCancelOco,
  kCancelConditional,
  kCancelOrder,
  kCancelAllOrders,
  kActiveOrders,
  kExecutedHistory,
  kOrderDeals,
  kOrderHistory,
  kTradeBalance,
  kCollateralBalance,
  kBalanceSummary,
  kCollateralSummary,
  kOpenPositions,
  kClosePosition,
  kLeverage,
  kHedgeMode,
  kUpdateHedgeMode,
};

using Route = mock::Route<Call>;

[[nodiscard]] std::span<const Route> Routes();

// None for a path or method that WhiteBIT does not have.
[[nodiscard]] const Route* FindRoute(std::string_view method, std::string_view path);

}  // namespace ocokit::mock::whitebit
