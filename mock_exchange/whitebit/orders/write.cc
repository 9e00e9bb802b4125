#include "mock_exchange/whitebit/orders/write.h"

#include "mock_exchange/json/response.h"

namespace ocokit::mock::whitebit {
namespace {

const MarketSpec& SpecOf(std::uint32_t market, const Account& account) {
  return account.engine.markets()[market].spec;
}

void WriteActive(const OrderRef& of, const Account& account, JsonWriter& json) {
  const Pair& pair = *of.pair;
  const engine::Leg& leg = of.leg();
  const MarketSpec& market = SpecOf(pair.market, account);
  json.BeginObject();
  json.Key("orderId").Integer(static_cast<std::int64_t>(leg.id));
  json.Key("clientOrderId").String(leg.client_id);
  json.Key("market").String(market.symbol);
  json.Key("side").String(Name(pair.side));
  json.Key("type").String(TypeName(of.kind, account.live()));
  json.Key("timestamp").Seconds(pair.created);
  json.Key("dealMoney").DecimalString(leg.value);
  json.Key("dealStock").DecimalString(leg.filled);
  json.Key("amount").DecimalString(of.amount());
  json.Key("left").DecimalString(of.amount() - leg.filled);
  json.Key("dealFee").DecimalString(leg.fee);
  if (!leg.fee.IsZero()) json.Key("feeAsset").String(market.quote);
  json.Key("price").DecimalString(leg.price);
  json.Key("postOnly").Bool(false);
  json.Key("ioc").Bool(false);
  json.Key("status").String(StatusName(leg.state));
  json.Key("stp").String(StpName(pair.stp));
  const std::string_view side = PositionSideName(pair, account);
  if (!side.empty()) json.Key("positionSide").String(side);
  json.Key("rpi").Bool(false);
  json.Key("reduceOnly").Bool(pair.reduce_only);
  if (of.kind == LegKind::kStop) {
    json.Key("activated").Integer(pair.activated ? 1 : 0);
    json.Key("activationCondition")
        .String(pair.trigger_when == engine::When::kAtOrAbove ? "gte" : "lte");
    json.Key("activation_price").DecimalString(pair.trigger_price);
  }
  json.EndObject();
}

void WriteEnded(const OrderRef& of, const Account& account, JsonWriter& json) {
  const Pair& pair = *of.pair;
  const engine::Leg& leg = of.leg();
  const MarketSpec& market = SpecOf(pair.market, account);
  json.BeginObject();
  json.Key("amount").DecimalString(of.amount());
  json.Key("price").DecimalString(leg.price);
  json.Key("type").String(TypeName(of.kind, account.live()));
  json.Key("id").Integer(static_cast<std::int64_t>(leg.id));
  json.Key("clientOrderId").String(leg.client_id);
  json.Key("side").String(Name(pair.side));
  json.Key("ctime").Seconds(pair.created);
  json.Key("takerFee").DecimalString(market.taker_fee);
  json.Key("ftime").Seconds(pair.updated);
  json.Key("makerFee").DecimalString(market.maker_fee);
  json.Key("dealFee").DecimalString(leg.fee);
  json.Key("dealStock").DecimalString(leg.filled);
  json.Key("dealMoney").DecimalString(leg.value);
  json.Key("postOnly").Bool(false);
  json.Key("ioc").Bool(false);
  json.Key("status").String(StatusName(leg.state));
  json.Key("feeAsset").String(market.quote);
  json.Key("stp").String(StpName(pair.stp));
  json.Key("rpi").Bool(false);
  json.Key("reduceOnly").Bool(pair.reduce_only);
  if (of.kind == LegKind::kStop) {
    // A time here, where the active orders have 0 or 1.
    json.Key("activated");
    if (pair.activated) {
      json.Seconds(pair.triggered);
    } else {
      json.Integer(0);
    }
    json.Key("activationPrice").DecimalString(pair.trigger_price);
    json.Key("activationCondition")
        .String(pair.trigger_when == engine::When::kAtOrAbove ? ">=" : "<=");
  }
  json.EndObject();
}

// 1: maker, 2: taker.
int RoleOf(const Trade& trade) { return trade.taker ? 2 : 1; }

// The legs of a group have no client id of their own, and neither has an order that closed a
// position.
void WriteDeal(const Trade& trade, const Account& account, JsonWriter& json) {
  json.BeginObject();
  json.Key("id").Integer(static_cast<std::int64_t>(trade.id));
  json.Key("clientOrderId").String("");
  json.Key("time").Seconds(trade.at);
  json.Key("side").String(Name(trade.side));
  json.Key("role").Integer(RoleOf(trade));
  json.Key("amount").DecimalString(trade.amount);
  json.Key("price").DecimalString(trade.price);
  json.Key("deal").DecimalString(trade.value);
  json.Key("fee").DecimalString(trade.fee);
  json.Key("orderId").Integer(static_cast<std::int64_t>(trade.order_id));
  json.Key("feeAsset").String(SpecOf(trade.market, account).quote);
  json.EndObject();
}

void WriteOrderDeal(const Trade& trade, const Account& account, JsonWriter& json) {
  json.BeginObject();
  json.Key("time").Seconds(trade.at);
  json.Key("fee").DecimalString(trade.fee);
  json.Key("price").DecimalString(trade.price);
  json.Key("amount").DecimalString(trade.amount);
  json.Key("id").Integer(static_cast<std::int64_t>(trade.id));
  json.Key("dealOrderId").Integer(static_cast<std::int64_t>(trade.order_id));
  json.Key("clientOrderId").String("");
  json.Key("role").Integer(RoleOf(trade));
  json.Key("deal").DecimalString(trade.value);
  json.Key("feeAsset").String(SpecOf(trade.market, account).quote);
  json.Key("rpi").Bool(false);
  json.EndObject();
}

// `{"BTC_USDT":[...],...}` in the order of the account's markets; markets without an entry are left
// out.
template <typename Entry, typename MarketOf, typename Write>
Response WriteByMarket(const std::vector<Entry>& entries, const Account& account,
                       MarketOf market_of, Write write) {
  std::vector<std::vector<Entry>> by_market(account.engine.markets().size());
  for (const Entry& entry : entries) by_market[market_of(entry)].push_back(entry);
  JsonWriter json;
  json.BeginObject();
  for (std::uint32_t market = 0; market < by_market.size(); ++market) {
    if (by_market[market].empty()) continue;
    json.Key(SpecOf(market, account).symbol).BeginArray();
    for (const Entry& entry : by_market[market]) write(entry, json);
    json.EndArray();
  }
  json.EndObject();
  return JsonResponse(json);
}

}  // namespace

Response WriteOrder(const OrderRef& leg, const Account& account) {
  JsonWriter json;
  WriteActive(leg, account, json);
  return JsonResponse(json);
}

Response WriteOrders(const std::vector<OrderRef>& legs, const Account& account) {
  JsonWriter json;
  json.BeginArray();
  for (const OrderRef& leg : legs) WriteActive(leg, account, json);
  json.EndArray();
  return JsonResponse(json);
}

Response WriteOrderHistory(const std::vector<OrderRef>& legs, const Account& account) {
  return WriteByMarket(
      legs, account, [](const OrderRef& leg) { return leg.pair->market; },
      [&](const OrderRef& leg, JsonWriter& json) { WriteEnded(leg, account, json); });
}

Response WriteDeals(const std::vector<const Trade*>& trades, const Account& account) {
  JsonWriter json;
  json.BeginArray();
  for (const Trade* trade : trades) WriteDeal(*trade, account, json);
  json.EndArray();
  return JsonResponse(json);
}

Response WriteDealsByMarket(const std::vector<const Trade*>& trades, const Account& account) {
  return WriteByMarket(
      trades, account, [](const Trade* trade) { return trade->market; },
      [&](const Trade* trade, JsonWriter& json) { WriteDeal(*trade, account, json); });
}

Response WriteOrderDeals(const std::vector<const Trade*>& trades, const Account& account,
                         const Page& page) {
  JsonWriter json;
  json.BeginObject().Key("records").BeginArray();
  for (const Trade* trade : trades) WriteOrderDeal(*trade, account, json);
  json.EndArray();
  json.Key("offset").Integer(static_cast<std::int64_t>(page.offset));
  json.Key("limit").Integer(static_cast<std::int64_t>(page.limit)).EndObject();
  return JsonResponse(json);
}

}  // namespace ocokit::mock::whitebit
