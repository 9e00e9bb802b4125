#include "mock_exchange/whitebit/routes.h"

#include <array>

#include "mock_exchange/whitebit/funds/answer.h"
#include "mock_exchange/whitebit/market/answer.h"
#include "mock_exchange/whitebit/market/book.h"
#include "mock_exchange/whitebit/oco/answer.h"
#include "mock_exchange/whitebit/orders/answer.h"
#include "mock_exchange/whitebit/orders/cancel.h"
#include "mock_exchange/whitebit/orders/change.h"
#include "mock_exchange/whitebit/orders/place.h"
#include "mock_exchange/whitebit/streams/key.h"

namespace ocokit::mock::whitebit {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kWindow{10000};
constexpr RateLimit kOrders{10000, kWindow};
constexpr RateLimit kLists{12000, kWindow};
constexpr RateLimit kAccountChanges{1000, kWindow};
constexpr RateLimit kPublic{2000, kWindow};
constexpr RateLimit kTokens{10, milliseconds(60000)};

using Answer = Reply (*)(const CallContext&);

constexpr Route Public(Reply (*answer)(const PublicCall&), std::string_view path) {
  return {{"GET", path, Access::kPublic, "market", kPublic}, nullptr, answer};
}
constexpr Route Read(Answer answer, std::string_view path, std::string_view limit,
                     RateLimit most = kLists) {
  return {{"POST", path, Access::kRead, limit, most}, answer, nullptr};
}
constexpr Route Change(Answer answer, std::string_view path, std::string_view limit,
                       RateLimit most) {
  return {{"POST", path, Access::kTrade, limit, most}, answer, nullptr};
}

constexpr std::array kRoutes = {
    Change(CreateOco, "/api/v4/order/collateral/oco", "oco_create", kOrders),
    Change(CancelOco, "/api/v4/order/oco-cancel", "oco_cancel", kOrders),
    Change(CancelConditional, "/api/v4/order/conditional-cancel", "oco_cancel", kOrders),
    Change(CancelOto, "/api/v4/order/oto-cancel", "oco_cancel", kOrders),
    Read(OcoOrders, "/api/v4/oco-orders", "oco_query"),
    Read(ConditionalOrders, "/api/v4/conditional-orders", "oco_query"),
    Change(NewLimit, "/api/v4/order/new", "order_create", kOrders),
    Change(NewMarket, "/api/v4/order/market", "order_create", kOrders),
    Change(NewStockMarket, "/api/v4/order/stock_market", "order_create", kOrders),
    Change(NewStopLimit, "/api/v4/order/stop_limit", "order_create", kOrders),
    Change(NewStopMarket, "/api/v4/order/stop_market", "order_create", kOrders),
    Change(NewBulk, "/api/v4/order/bulk", "order_create", kOrders),
    Change(NewCollateralLimit, "/api/v4/order/collateral/limit", "order_create", kOrders),
    Change(NewCollateralMarket, "/api/v4/order/collateral/market", "order_create", kOrders),
    Change(NewCollateralStopLimit, "/api/v4/order/collateral/stop-limit", "order_create", kOrders),
    Change(NewCollateralTriggerMarket, "/api/v4/order/collateral/trigger-market", "order_create",
           kOrders),
    Change(NewCollateralBulk, "/api/v4/order/collateral/bulk", "order_create", kOrders),
    Change(ModifyOrder, "/api/v4/order/modify", "order_create", kOrders),
    Change(CancelOrder, "/api/v4/order/cancel", "order_cancel", kOrders),
    Change(CancelBulk, "/api/v4/order/cancel/bulk", "order_cancel", kOrders),
    Change(KillSwitch, "/api/v4/order/kill-switch", "order_cancel", kOrders),
    Read(KillSwitchStatus, "/api/v4/order/kill-switch/status", "order_query"),
    Change(CancelAllOrders, "/api/v4/order/cancel/all", "order_cancel", kOrders),
    Read(ActiveOrders, "/api/v4/orders", "order_query"),
    Read(ExecutedHistory, "/api/v4/trade-account/executed-history", "order_query"),
    Read(OrderDeals, "/api/v4/trade-account/order", "order_query"),
    Read(OrderHistory, "/api/v4/trade-account/order/history", "order_query"),
    Read(MainBalance, "/api/v4/main-account/balance", "account", kAccountChanges),
    Change(Transfer, "/api/v4/main-account/transfer", "account", kAccountChanges),
    Read(MarketFee, "/api/v4/market/fee", "account"),
    Read(TradeBalance, "/api/v4/trade-account/balance", "account"),
    Read(CollateralBalance, "/api/v4/collateral-account/balance", "account"),
    Read(CollateralBalanceSummary, "/api/v4/collateral-account/balance-summary", "account"),
    Read(CollateralSummary, "/api/v4/collateral-account/summary", "account"),
    Read(OpenPositions, "/api/v4/collateral-account/positions/open", "position"),
    Read(PositionHistory, "/api/v4/collateral-account/positions/history", "position"),
    Read(ClosedPnl, "/api/v4/collateral-account/positions/closed-pnl", "position"),
    Change(ClosePosition, "/api/v4/collateral-account/position/close", "position", kOrders),
    Change(ChangeLeverage, "/api/v4/collateral-account/leverage", "account", kAccountChanges),
    Read(WebsocketToken, "/api/v4/profile/websocket_token", "account", kTokens),
    Read(HedgeMode, "/api/v4/collateral-account/hedge-mode", "account"),
    Change(UpdateHedgeMode, "/api/v4/collateral-account/hedge-mode/update", "account",
           kAccountChanges),
    Public(ServerTime, "/api/v4/public/time"),
    Public(Ping, "/api/v4/public/ping"),
    Public(PlatformStatus, "/api/v4/public/platform/status"),
    Public(Markets, "/api/v4/public/markets"),
    Public(Assets, "/api/v4/public/assets"),
    Public(AssetFees, "/api/v4/public/fee"),
    Public(CollateralMarkets, "/api/v4/public/collateral/markets"),
    Public(Futures, "/api/v4/public/futures"),
    Public(Tickers, "/api/v4/public/ticker"),
    Public(Ticker, "/api/v1/public/ticker"),
    Public(PublicOrderBook, "/api/v4/public/orderbook/"),
    Public(NearOrderBook, "/api/v4/public/orderbook/depth/"),
    Public(DepthResult, "/api/v1/public/depth/result"),
    Public(LatestTrades, "/api/v4/public/trades/"),
    Public(Candles, "/api/v1/public/kline"),
    Public(Candles, "/api/v4/public/kline"),
};

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

const Route* FindRoute(std::string_view method, std::string_view path) {
  return mock::FindRoute<Route>(kRoutes, method, path);
}

}  // namespace ocokit::mock::whitebit
