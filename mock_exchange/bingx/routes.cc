#include "mock_exchange/bingx/routes.h"

#include <array>

namespace ocokit::mock::bingx {
namespace {

using std::chrono::milliseconds;

constexpr RateLimit kTwoASecond{2, milliseconds(1000)};
constexpr RateLimit kFiveASecond{5, milliseconds(1000)};
constexpr RateLimit kTenASecond{10, milliseconds(1000)};
constexpr RateLimit kMarketGroup{500, milliseconds(10000)};

constexpr Route Public(Call call, std::string_view path) {
  return {{call, "GET", path, Access::kPublic, "market", kMarketGroup}, IpGroup::kMarket};
}

constexpr Route Get(Call call, std::string_view path, std::string_view limit_name, RateLimit limit,
                    IpGroup group = IpGroup::kTrade) {
  return {{call, "GET", path, Access::kRead, limit_name, limit}, group};
}

constexpr Route Post(Call call, std::string_view path, std::string_view limit_name) {
  return {{call, "POST", path, Access::kTrade, limit_name, kTwoASecond}, IpGroup::kTrade};
}

constexpr std::array kRoutes = {
    Public(Call::kServerTime, "/openApi/spot/v1/server/time"),
    Public(Call::kSwapServerTime, "/openApi/swap/v2/server/time"),
    Public(Call::kSymbols, "/openApi/spot/v1/common/symbols"),
    Public(Call::kTickerPrice, "/openApi/spot/v1/ticker/price"),
    Public(Call::kTicker24h, "/openApi/spot/v1/ticker/24hr"),
    Public(Call::kSwapContracts, "/openApi/swap/v2/quote/contracts"),
    Public(Call::kCoinContracts, "/openApi/cswap/v1/market/contracts"),
    Post(Call::kCreate, "/openApi/spot/v1/oco/order", "oco_create"),
    Post(Call::kCancel, "/openApi/spot/v1/oco/cancel", "oco_cancel"),
    Get(Call::kOrderList, "/openApi/spot/v1/oco/orderList", "oco_query", kFiveASecond),
    Get(Call::kOpenOrderList, "/openApi/spot/v1/oco/openOrderList", "oco_query", kFiveASecond),
    Get(Call::kHistoryOrderList, "/openApi/spot/v1/oco/historyOrderList", "oco_query",
        kFiveASecond),
    Get(Call::kTradeQuery, "/openApi/spot/v1/trade/query", "order_query", kTenASecond),
    Get(Call::kOpenOrders, "/openApi/spot/v1/trade/openOrders", "order_query", kTenASecond),
    Get(Call::kHistoryOrders, "/openApi/spot/v1/trade/historyOrders", "order_query", kTenASecond),
    Get(Call::kMyTrades, "/openApi/spot/v1/trade/myTrades", "order_query", kFiveASecond),
    Get(Call::kBalance, "/openApi/spot/v1/account/balance", "account", kFiveASecond,
        IpGroup::kFunds),
    Get(Call::kCommissionRate, "/openApi/spot/v1/user/commissionRate", "account", kTwoASecond),
    Get(Call::kCoins, "/openApi/wallets/v1/capital/config/getall", "account", kFiveASecond),
};

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

const Route* FindRoute(std::string_view method, std::string_view path) {
  return mock::FindRoute<Route>(kRoutes, method, path);
}

}  // namespace ocokit::mock::bingx
