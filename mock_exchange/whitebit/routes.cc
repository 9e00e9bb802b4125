#include "mock_exchange/whitebit/routes.h"

#include <array>

namespace ocokit::mock::whitebit {
namespace {

using std::chrono::milliseconds;
using enum Call;

constexpr milliseconds kWindow{10000};
constexpr RateLimit kOrders{10000, kWindow};
constexpr RateLimit kLists{12000, kWindow};
constexpr RateLimit kAccountChanges{1000, kWindow};
constexpr RateLimit kPublic{2000, kWindow};

constexpr Route Public(Call call, std::string_view path) {
  return {call, "GET", path, Access::kPublic, "market", kPublic};
}
constexpr Route Read(Call call, std::string_view path, std::string_view limit) {
  return {call, "POST", path, Access::kRead, limit, kLists};
}
constexpr Route Change(Call call, std::string_view path, std::string_view limit, RateLimit most) {
  return {call, "POST", path, Access::kTrade, limit, most};
}

constexpr std::array kRoutes = {
    Change(kCreateOco, "/api/v4/order/collateral/oco", "oco_create", kOrders),
    Change(kCancelOco, "/api/v4/order/oco-cancel", "oco_cancel", kOrders),
    Change(kCancelConditional, "/api/v4/order/conditional-cancel", "oco_cancel", kOrders),
    Read(kOcoOrders, "/api/v4/oco-orders", "oco_query"),
    Read(kConditionalOrders, "/api/v4/conditional-orders", "oco_query"),
    Change(kCancelOrder, "/api/v4/order/cancel", "order_cancel", kOrders),
    Change(kCancelAllOrders, "/api/v4/order/cancel/all", "order_cancel", kOrders),
    Read(kActiveOrders, "/api/v4/orders", "order_query"),
    Read(kExecutedHistory, "/api/v4/trade-account/executed-history", "order_query"),
    Read(kOrderDeals, "/api/v4/trade-account/order", "order_query"),
    Read(kOrderHistory, "/api/v4/trade-account/order/history", "order_query"),
    Read(kTradeBalance, "/api/v4/trade-account/balance", "account"),
    Read(kCollateralBalance, "/api/v4/collateral-account/balance", "account"),
    Read(kBalanceSummary, "/api/v4/collateral-account/balance-summary", "account"),
    Read(kCollateralSummary, "/api/v4/collateral-account/summary", "account"),
    Read(kOpenPositions, "/api/v4/collateral-account/positions/open", "position"),
    Change(kClosePosition, "/api/v4/collateral-account/position/close", "position", kOrders),
    Change(kLeverage, "/api/v4/collateral-account/leverage", "account", kAccountChanges),
    Read(kHedgeMode, "/api/v4/collateral-account/hedge-mode", "account"),
    Change(kUpdateHedgeMode, "/api/v4/collateral-account/hedge-mode/update", "account",
           kAccountChanges),
    Public(kTime, "/api/v4/public/time"),
    Public(kPing, "/api/v4/public/ping"),
    Public(kStatus, "/api/v4/public/platform/status"),
    Public(kMarkets, "/api/v4/public/markets"),
    Public(kAssets, "/api/v4/public/assets"),
    Public(kCollateralMarkets, "/api/v4/public/collateral/markets"),
    Public(kFutures, "/api/v4/public/futures"),
    Public(kTickers, "/api/v4/public/ticker"),
    Public(kTicker, "/api/v1/public/ticker"),
};

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

const Route* FindRoute(std::string_view method, std::string_view path) {
  return mock::FindRoute<Route>(kRoutes, method, path);
}

}  // namespace ocokit::mock::whitebit
