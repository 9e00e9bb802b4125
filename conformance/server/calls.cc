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
// It rests: the last price is 64000.
constexpr std::array<Parameter, 5> kBingxLimit = {{{"symbol", "\"BTC-USDT\""},
                                                   {"side", "\"BUY\""},
                                                   {"type", "\"LIMIT\""},
                                                   {"quantity", "0.001"},
                                                   {"price", "60000"}}};
constexpr std::array<Parameter, 2> kBingxKlines = {
    {{"symbol", "\"BTC-USDT\""}, {"interval", "\"1m\""}}};
constexpr std::array<Parameter, 3> kBingxSteps = {
    {{"symbol", "\"BTC_USDT\""}, {"depth", "20"}, {"type", "\"step0\""}}};
constexpr std::array<Parameter, 1> kBingxUnderscore = {{{"symbol", "\"BTC_USDT\""}}};

constexpr std::array<Call, 40> kBingx = {{
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
    {"place_order", "POST", "/openApi/spot/v1/trade/order", true, Effect::kPlace, kBingxLimit},
    {"place_orders", "POST", "/openApi/spot/v1/trade/batchOrders", true, Effect::kPlace},
    {"cancel_order", "POST", "/openApi/spot/v1/trade/cancel", true, Effect::kCancel, kBingxSymbol},
    {"cancel_orders", "POST", "/openApi/spot/v1/trade/cancelOrders", true, Effect::kChange,
     kBingxSymbol},
    {"cancel_open_orders", "POST", "/openApi/spot/v1/trade/cancelOpenOrders", true,
     Effect::kChange},
    {"cancel_all_after", "POST", "/openApi/spot/v1/trade/cancelAllAfter", true, Effect::kChange},
    {"replace_order", "POST", "/openApi/spot/v1/trade/order/cancelReplace", true, Effect::kChange,
     kBingxLimit},
    {"depth", "GET", "/openApi/spot/v1/market/depth", false, Effect::kRead, kBingxSymbol},
    {"depth_steps", "GET", "/openApi/spot/v2/market/depth", false, Effect::kRead, kBingxSteps},
    {"quote_depth", "GET", "/openApi/spot/v2/quote/depth", false, Effect::kRead, kBingxSymbol},
    {"book_ticker", "GET", "/openApi/spot/v1/ticker/bookTicker", false, Effect::kRead,
     kBingxUnderscore},
    {"quote_book_ticker", "GET", "/openApi/spot/v2/quote/bookTicker", false, Effect::kRead,
     kBingxSymbol},
    {"quote_ticker", "GET", "/openApi/spot/v2/quote/ticker", false, Effect::kRead, kBingxSymbol},
    {"klines", "GET", "/openApi/spot/v2/market/kline", false, Effect::kRead, kBingxKlines},
    {"klines_v1", "GET", "/openApi/spot/v1/market/kline", false, Effect::kRead, kBingxKlines},
    {"quote_klines", "GET", "/openApi/spot/v2/quote/klines", false, Effect::kRead, kBingxKlines},
    {"old_klines", "GET", "/openApi/market/his/v1/kline", false, Effect::kRead, kBingxKlines},
    {"market_trades", "GET", "/openApi/spot/v1/market/trades", false, Effect::kRead, kBingxSymbol},
    {"quote_trades", "GET", "/openApi/spot/v2/quote/trades", false, Effect::kRead, kBingxSymbol},
    {"old_trades", "GET", "/openApi/market/his/v1/trade", false, Effect::kRead, kBingxSymbol},
    {"coins", "GET", "/openApi/wallets/v1/capital/config/getall"},
    {"listen_key", "POST", "/openApi/user/auth/userDataStream", true, Effect::kChange},
    {"extend_listen_key", "PUT", "/openApi/user/auth/userDataStream", true, Effect::kChange},
    {"end_listen_key", "DELETE", "/openApi/user/auth/userDataStream", true, Effect::kChange},
}};

// Right for the last price of the documents' own example: between 40000 and 41000.
constexpr std::array<Parameter, 6> kWhitebitPlace = {{{"market", "\"BTC_USDT\""},
                                                      {"side", "\"buy\""},
                                                      {"amount", "\"0.001\""},
                                                      {"price", "\"40000\""},
                                                      {"activation_price", "\"41000\""},
                                                      {"stop_limit_price", "\"42000\""}}};
constexpr std::array<Parameter, 1> kWhitebitMarket = {{{"market", "\"BTC_USDT\""}}};

// They rest, or wait: the last price is 40500.
constexpr std::array<Parameter, 4> kWhitebitLimit = {{{"market", "\"BTC_USDT\""},
                                                      {"side", "\"buy\""},
                                                      {"amount", "\"0.01\""},
                                                      {"price", "\"40000\""}}};
constexpr std::array<Parameter, 5> kWhitebitStopLimit = {{{"market", "\"BTC_USDT\""},
                                                          {"side", "\"buy\""},
                                                          {"amount", "\"0.01\""},
                                                          {"price", "\"41500\""},
                                                          {"activation_price", "\"41000\""}}};
constexpr std::array<Parameter, 3> kWhitebitStock = {
    {{"market", "\"BTC_USDT\""}, {"side", "\"buy\""}, {"amount", "\"0.01\""}}};
constexpr std::array<Parameter, 3> kWhitebitMoney = {
    {{"market", "\"BTC_USDT\""}, {"side", "\"buy\""}, {"amount", "\"100\""}}};
constexpr std::array<Parameter, 4> kWhitebitStopMoney = {{{"market", "\"BTC_USDT\""},
                                                          {"side", "\"buy\""},
                                                          {"amount", "\"100\""},
                                                          {"activation_price", "\"41000\""}}};
constexpr std::array<Parameter, 4> kWhitebitTrigger = {{{"market", "\"BTC_USDT\""},
                                                        {"side", "\"buy\""},
                                                        {"amount", "\"0.01\""},
                                                        {"activation_price", "\"41000\""}}};

constexpr std::array<Call, 48> kWhitebit = {{
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
    {"limit_order", "POST", "/api/v4/order/new", true, Effect::kPlace, kWhitebitLimit},
    {"market_order", "POST", "/api/v4/order/market", true, Effect::kPlace, kWhitebitMoney},
    {"stock_market_order", "POST", "/api/v4/order/stock_market", true, Effect::kPlace,
     kWhitebitStock},
    {"stop_limit_order", "POST", "/api/v4/order/stop_limit", true, Effect::kPlace,
     kWhitebitStopLimit},
    {"stop_market_order", "POST", "/api/v4/order/stop_market", true, Effect::kPlace,
     kWhitebitStopMoney},
    {"bulk_orders", "POST", "/api/v4/order/bulk", true, Effect::kPlace},
    {"collateral_limit", "POST", "/api/v4/order/collateral/limit", true, Effect::kPlace,
     kWhitebitLimit},
    {"collateral_market", "POST", "/api/v4/order/collateral/market", true, Effect::kPlace,
     kWhitebitStock},
    {"collateral_stop_limit", "POST", "/api/v4/order/collateral/stop-limit", true, Effect::kPlace,
     kWhitebitStopLimit},
    {"collateral_trigger_market", "POST", "/api/v4/order/collateral/trigger-market", true,
     Effect::kPlace, kWhitebitTrigger},
    {"collateral_bulk", "POST", "/api/v4/order/collateral/bulk", true, Effect::kPlace},
    {"modify_order", "POST", "/api/v4/order/modify", true, Effect::kChange, kWhitebitMarket},
    {"cancel_bulk", "POST", "/api/v4/order/cancel/bulk", true, Effect::kChange},
    {"kill_switch", "POST", "/api/v4/order/kill-switch", true, Effect::kChange, kWhitebitMarket},
    {"kill_switch_status", "POST", "/api/v4/order/kill-switch/status"},
    {"main_balance", "POST", "/api/v4/main-account/balance"},
    {"transfer", "POST", "/api/v4/main-account/transfer", true, Effect::kChange},
    {"book", "GET", "/api/v4/public/orderbook/BTC_USDT", false},
    {"book_near", "GET", "/api/v4/public/orderbook/depth/BTC_USDT", false},
    {"book_v1", "GET", "/api/v1/public/depth/result", false, Effect::kRead, kWhitebitMarket},
    {"market_trades", "GET", "/api/v4/public/trades/BTC_USDT", false},
    {"klines", "GET", "/api/v1/public/kline", false, Effect::kRead, kWhitebitMarket},
    {"websocket_token", "POST", "/api/v4/profile/websocket_token", true, Effect::kChange},
    {"ticker_v1", "GET", "/api/v1/public/ticker", false, Effect::kRead, kWhitebitMarket},
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
