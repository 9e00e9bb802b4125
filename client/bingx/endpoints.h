#pragma once

// BingX's calls, in one table. Limits: BingX spot trade API, "rate limitation by UID", per
// endpoint; server time counts by IP in group 1.

#include <array>
#include <cstddef>

#include "client/core/caller.h"

namespace ocokit::client::bingx {

enum Call : std::size_t {
  kPlaceOco,
  kCancelOco,
  kFindOco,
  kListOpenOcos,
  kListOcoHistory,
  kPlaceOrder,
  kCancelOrder,
  kOpenOrders,
  kFindOrder,
  kOrderHistory,
  kMakeListenKey,
  kExtendListenKey,
  kDropListenKey,
  kServerTime,
};

inline constexpr RateLimit kActLimit{2, milliseconds(1000)};
inline constexpr RateLimit kReadLimit{5, milliseconds(1000)};
// Of orders by themselves.
inline constexpr RateLimit kOrderLimit{5, milliseconds(1000)};
inline constexpr RateLimit kOpenOrdersLimit{10, milliseconds(1000)};
inline constexpr RateLimit kListenKeyLimit{2, milliseconds(1000)};
inline constexpr RateLimit kPublicLimit{500, milliseconds(10000)};

inline constexpr std::array<Endpoint, 14> kEndpoints{{
    {"/openApi/spot/v1/oco/order", HttpMethod::kPost, true, kActLimit},
    {"/openApi/spot/v1/oco/cancel", HttpMethod::kPost, true, kActLimit},
    {"/openApi/spot/v1/oco/orderList", HttpMethod::kGet, false, kReadLimit},
    {"/openApi/spot/v1/oco/openOrderList", HttpMethod::kGet, false, kReadLimit},
    {"/openApi/spot/v1/oco/historyOrderList", HttpMethod::kGet, false, kReadLimit},
    {"/openApi/spot/v1/trade/order", HttpMethod::kPost, true, kOrderLimit},
    {"/openApi/spot/v1/trade/cancel", HttpMethod::kPost, true, kOrderLimit},
    {"/openApi/spot/v1/trade/openOrders", HttpMethod::kGet, false, kOpenOrdersLimit},
    {"/openApi/spot/v1/trade/query", HttpMethod::kGet, false, kOpenOrdersLimit},
    {"/openApi/spot/v1/trade/historyOrders", HttpMethod::kGet, false, kOpenOrdersLimit},
    {"/openApi/user/auth/userDataStream", HttpMethod::kPost, false, kListenKeyLimit},
    {"/openApi/user/auth/userDataStream", HttpMethod::kPut, false, kListenKeyLimit},
    {"/openApi/user/auth/userDataStream", HttpMethod::kDelete, false, kListenKeyLimit},
    {"/openApi/spot/v1/server/time", HttpMethod::kGet, false, kPublicLimit},
}};

}  // namespace ocokit::client::bingx
