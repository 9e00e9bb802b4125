#include "conformance/server/calls.h"

#include <algorithm>
#include <array>

namespace ocokit::conform::server {
namespace {

// The documents' example order.
constexpr std::array<Parameter, 6> kBingxPlace = {{{"symbol", "\"BTC-USDT\""},
                                                   {"side", "\"BUY\""},
                                                   {"quantity", "0.001"},
                                                   {"limitPrice", "48000"},
                                                   {"triggerPrice", "87000"},
                                                   {"orderPrice", "88000"}}};
constexpr std::array<Parameter, 2> kBingxPage = {{{"pageIndex", "1"}, {"pageSize", "100"}}};
constexpr std::array<Parameter, 1> kBingxSymbol = {{{"symbol", "\"BTC-USDT\""}}};

constexpr std::array<Call, 16> kBingx = {{
    {"place", "POST", "/openApi/spot/v1/oco/order", true, Effect::kPlace, kBingxPlace},
    {"cancel", "POST", "/openApi/spot/v1/oco/cancel", true, Effect::kCancel},
    {"list", "GET", "/openApi/spot/v1/oco/orderList"},
    {"open_lists", "GET", "/openApi/spot/v1/oco/openOrderList", true, Effect::kRead, kBingxPage},
    {"ended_lists", "GET", "/openApi/spot/v1/oco/historyOrderList", true, Effect::kRead,
     kBingxPage},
    {"order", "GET", "/openApi/spot/v1/trade/query", true, Effect::kRead, kBingxSymbol},
    {"open_orders", "GET", "/openApi/spot/v1/trade/openOrders"},
    {"ended_orders", "GET", "/openApi/spot/v1/trade/historyOrders"},
    {"trades", "GET", "/openApi/spot/v1/trade/myTrades", true, Effect::kRead, kBingxSymbol},
    {"balance", "GET", "/openApi/spot/v1/account/balance"},
    {"fees", "GET", "/openApi/spot/v1/user/commissionRate", true, Effect::kRead, kBingxSymbol},
    {"time", "GET", "/openApi/spot/v1/server/time", false},
    {"swap_time", "GET", "/openApi/swap/v2/server/time", false},
    {"symbols", "GET", "/openApi/spot/v1/common/symbols", false},
    {"price", "GET", "/openApi/spot/v1/ticker/price", false, Effect::kRead, kBingxSymbol},
    {"ticker", "GET", "/openApi/spot/v1/ticker/24hr", false},
}};

// Right for the last price of the documents' own example: between 40000 and 41000.
constexpr std::array<Parameter, 6> kWhitebitPlace = {{{"market", "\"BTC_USDT\""},
                                                      {"side", "\"buy\""},
                                                      {"amount", "\"0.001\""},
                                                      {"price", "\"40000\""},
                                                      {"activation_price", "\"41000\""},
                                                      {"stop_limit_price", "\"42000\""}}};
constexpr std::array<Parameter, 1> kWhitebitMarket = {{{"market", "\"BTC_USDT\""}}};

constexpr std::array<Call, 24> kWhitebit = {{
    {"place", "POST", "/api/v4/order/collateral/oco", true, Effect::kPlace, kWhitebitPlace},
    {"cancel", "POST", "/api/v4/order/oco-cancel", true, Effect::kCancel, kWhitebitMarket},
    {"cancel_conditional", "POST", "/api/v4/order/conditional-cancel", true, Effect::kCancel,
     kWhitebitMarket},
    {"list", "POST", "/api/v4/oco-orders"},
    {"list_conditional", "POST", "/api/v4/conditional-orders"},
    {"cancel_order", "POST", "/api/v4/order/cancel", true, Effect::kCancel, kWhitebitMarket},
    {"cancel_all", "POST", "/api/v4/order/cancel/all", true, Effect::kChange},
    {"orders", "POST", "/api/v4/orders"},
    {"executed", "POST", "/api/v4/trade-account/executed-history"},
    {"deals", "POST", "/api/v4/trade-account/order"},
    {"history", "POST", "/api/v4/trade-account/order/history"},
    {"trade_balance", "POST", "/api/v4/trade-account/balance"},
    {"balance", "POST", "/api/v4/collateral-account/balance"},
    {"balance_summary", "POST", "/api/v4/collateral-account/balance-summary"},
    {"summary", "POST", "/api/v4/collateral-account/summary"},
    {"positions", "POST", "/api/v4/collateral-account/positions/open"},
    {"close_position", "POST", "/api/v4/collateral-account/position/close", true, Effect::kChange,
     kWhitebitMarket},
    {"leverage", "POST", "/api/v4/collateral-account/leverage", true, Effect::kChange},
    {"hedge_mode", "POST", "/api/v4/collateral-account/hedge-mode"},
    {"set_hedge_mode", "POST", "/api/v4/collateral-account/hedge-mode/update", true,
     Effect::kChange},
    {"time", "GET", "/api/v4/public/time", false},
    {"ping", "GET", "/api/v4/public/ping", false},
    {"markets", "GET", "/api/v4/public/markets", false},
    {"ticker", "GET", "/api/v4/public/ticker", false},
}};

std::span<const Call> CallsOf(Venue venue) {
  if (venue == Venue::kBingx) return kBingx;
  return kWhitebit;
}

const Call* CallOfPath(Venue venue, std::string_view path) {
  path = path.substr(0, path.find_first_of("?#"));
  const auto calls = CallsOf(venue);
  const auto found = std::find_if(calls.begin(), calls.end(),
                                  [path](const Call& call) { return call.path == path; });
  return found == calls.end() ? nullptr : &*found;
}

}  // namespace

const Call* FindCall(Venue venue, std::string_view name) {
  const auto calls = CallsOf(venue);
  const auto found = std::find_if(calls.begin(), calls.end(),
                                  [name](const Call& call) { return call.name == name; });
  return found == calls.end() ? nullptr : &*found;
}

Effect EffectOfPath(Venue venue, std::string_view path) {
  const Call* call = CallOfPath(venue, path);
  return call ? call->effect : Effect::kRead;
}

bool IsPathOfVenue(Venue venue, std::string_view path) {
  return CallOfPath(venue, path) != nullptr;
}

const Call& ListCall(Venue venue) {
  return *FindCall(venue, venue == Venue::kBingx ? "open_lists" : "list");
}

const Call& TimeCall(Venue venue) { return *FindCall(venue, "time"); }

}  // namespace ocokit::conform::server
