#pragma once

// WhiteBIT's calls, in one table. Limits: WhiteBIT API docs, "Rate limits", per endpoint and IP.

#include <array>
#include <cstddef>

#include "client/core/caller.h"

namespace ocokit::client::whitebit {

enum Call : std::size_t {
  kPlaceOco,
  kCancelOco,
  kCancelConditional,
  kListOcos,
  kListConditionals,
  kPlaceLimit,
  kPlaceMarket,
  kPlaceStockMarket,
  kPlaceStopLimit,
  kPlaceStopMarket,
  kPlaceCollateralLimit,
  kPlaceCollateralMarket,
  kPlaceCollateralStopLimit,
  kPlaceCollateralStopMarket,
  kCancelOrder,
  kOpenOrders,
  kOrderHistory,
  kWebsocketToken,
  kServerTime,
};

inline constexpr RateLimit kActLimit{10000, milliseconds(10000)};
inline constexpr RateLimit kReadLimit{12000, milliseconds(10000)};
inline constexpr RateLimit kTokenLimit{10, milliseconds(60000)};
inline constexpr RateLimit kPublicLimit{2000, milliseconds(10000)};

inline constexpr std::array<Endpoint, 19> kEndpoints{{
    {"/api/v4/order/collateral/oco", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/order/oco-cancel", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/order/conditional-cancel", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/oco-orders", HttpMethod::kPost, false, kReadLimit},
    {"/api/v4/conditional-orders", HttpMethod::kPost, false, kReadLimit},
    {"/api/v4/order/new", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/order/market", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/order/stock_market", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/order/stop_limit", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/order/stop_market", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/order/collateral/limit", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/order/collateral/market", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/order/collateral/stop-limit", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/order/collateral/trigger-market", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/order/cancel", HttpMethod::kPost, true, kActLimit},
    {"/api/v4/orders", HttpMethod::kPost, false, kReadLimit},
    {"/api/v4/trade-account/order/history", HttpMethod::kPost, false, kReadLimit},
    {"/api/v4/profile/websocket_token", HttpMethod::kPost, false, kTokenLimit},
    {"/api/v4/public/time", HttpMethod::kGet, false, kPublicLimit},
}};

}  // namespace ocokit::client::whitebit
