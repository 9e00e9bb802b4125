#include "mock_exchange/bingx/routes.h"

#include <array>

#include "mock_exchange/bingx/funds/answer.h"
#include "mock_exchange/bingx/market/answer.h"
#include "mock_exchange/bingx/market/book.h"
#include "mock_exchange/bingx/oco/answer.h"
#include "mock_exchange/bingx/orders/answer.h"
#include "mock_exchange/bingx/orders/cancel.h"
#include "mock_exchange/bingx/orders/change.h"
#include "mock_exchange/bingx/orders/place.h"
#include "mock_exchange/bingx/streams/key.h"

namespace ocokit::mock::bingx {
namespace {

using std::chrono::milliseconds;

constexpr RateLimit kOneASecond{1, milliseconds(1000)};
constexpr RateLimit kTwoASecond{2, milliseconds(1000)};
constexpr RateLimit kFiveASecond{5, milliseconds(1000)};
constexpr RateLimit kTenASecond{10, milliseconds(1000)};
constexpr RateLimit kMarketGroup{500, milliseconds(10000)};

using Answer = Reply (*)(const CallContext&);

constexpr Route Public(Answer answer, std::string_view path) {
  return {{"GET", path, Access::kPublic, "market", kMarketGroup}, IpGroup::kMarket, answer};
}

constexpr Route Get(Answer answer, std::string_view path, std::string_view limit_name,
                    RateLimit limit, IpGroup group = IpGroup::kSecond) {
  return {{"GET", path, Access::kRead, limit_name, limit}, group, answer};
}

constexpr Route Post(Answer answer, std::string_view path, std::string_view limit_name,
                     RateLimit limit = kTwoASecond, IpGroup group = IpGroup::kSecond) {
  return {{"POST", path, Access::kTrade, limit_name, limit}, group, answer};
}

constexpr Route ListenKey(std::string_view method, Access access, Answer answer) {
  return {{method, kListenKeyPath, access, "account", kTwoASecond}, IpGroup::kSecond, answer};
}

constexpr std::array kRoutes = {
    Public(GetServerTime, "/openApi/spot/v1/server/time"),
    Public(GetSwapServerTime, "/openApi/swap/v2/server/time"),
    Public(GetSymbols, "/openApi/spot/v1/common/symbols"),
    Public(GetTickerPrice, "/openApi/spot/v1/ticker/price"),
    Public(GetTicker24h, "/openApi/spot/v1/ticker/24hr"),
    Public(GetTicker24h, "/openApi/spot/v2/quote/ticker"),
    Public(GetBookTicker, "/openApi/spot/v1/ticker/bookTicker"),
    Public(GetQuoteBookTicker, "/openApi/spot/v2/quote/bookTicker"),
    Public(GetDepth, "/openApi/spot/v1/market/depth"),
    Public(GetSteppedDepth, "/openApi/spot/v2/market/depth"),
    Public(GetSteppedDepth, "/openApi/spot/v2/quote/depth"),
    Public(GetTrades, "/openApi/spot/v1/market/trades"),
    Public(GetTrades, "/openApi/spot/v2/quote/trades"),
    Public(GetHistoricalTrades, "/openApi/market/his/v1/trade"),
    Public(GetHistoricalTrades, "/openApi/spot/v2/quote/historicalTrades"),
    Public(GetCandles, "/openApi/spot/v1/market/kline"),
    Public(GetCandles, "/openApi/spot/v2/market/kline"),
    Public(GetCandles, "/openApi/spot/v2/quote/klines"),
    Public(GetHistoricalCandles, "/openApi/market/his/v1/kline"),
    Public(GetHistoricalCandles, "/openApi/spot/v2/quote/historicalKlines"),
    Public(GetSwapContracts, "/openApi/swap/v2/quote/contracts"),
    Public(GetCoinContracts, "/openApi/cswap/v1/market/contracts"),
    Post(CreateOco, "/openApi/spot/v1/oco/order", "oco_create"),
    Post(CancelOco, "/openApi/spot/v1/oco/cancel", "oco_cancel"),
    Get(GetOcoList, "/openApi/spot/v1/oco/orderList", "oco_query", kFiveASecond),
    Get(GetOpenOcoLists, "/openApi/spot/v1/oco/openOrderList", "oco_query", kFiveASecond),
    Get(GetOcoHistory, "/openApi/spot/v1/oco/historyOrderList", "oco_query", kFiveASecond),
    Post(CreateOrder, "/openApi/spot/v1/trade/order", "order_create", kFiveASecond,
         IpGroup::kThird),
    Post(CreateBatch, "/openApi/spot/v1/trade/batchOrders", "order_create"),
    Post(CancelReplace, "/openApi/spot/v1/trade/order/cancelReplace", "order_create"),
    Post(CancelOrder, "/openApi/spot/v1/trade/cancel", "order_cancel", kFiveASecond,
         IpGroup::kThird),
    Post(CancelOrders, "/openApi/spot/v1/trade/cancelOrders", "order_cancel"),
    Post(CancelOpenOrders, "/openApi/spot/v1/trade/cancelOpenOrders", "order_cancel"),
    Post(CancelAllAfter, "/openApi/spot/v1/trade/cancelAllAfter", "order_cancel", kOneASecond),
    Get(GetOrder, "/openApi/spot/v1/trade/query", "order_query", kTenASecond),
    Get(GetOpenOrders, "/openApi/spot/v1/trade/openOrders", "order_query", kTenASecond),
    Get(GetOrderHistory, "/openApi/spot/v1/trade/historyOrders", "order_query", kTenASecond),
    Get(GetMyTrades, "/openApi/spot/v1/trade/myTrades", "order_query", kFiveASecond),
    Get(GetBalance, "/openApi/spot/v1/account/balance", "account", kFiveASecond, IpGroup::kThird),
    Get(GetCommissionRate, "/openApi/spot/v1/user/commissionRate", "account", kTwoASecond),
    Get(GetCoins, "/openApi/wallets/v1/capital/config/getall", "account", kFiveASecond),
    ListenKey("POST", Access::kKey, CreateListenKey),
    ListenKey("PUT", Access::kStreamKey, ExtendListenKey),
    ListenKey("DELETE", Access::kStreamKey, RemoveListenKey),
};

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

const Route* FindRoute(std::string_view method, std::string_view path) {
  return mock::FindRoute<Route>(kRoutes, method, path);
}

}  // namespace ocokit::mock::bingx
