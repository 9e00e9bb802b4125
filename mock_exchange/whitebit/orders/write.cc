#include "mock_exchange/whitebit/orders/write.h"

#include "mock_exchange/json/response.h"

namespace ocokit::mock::whitebit {
namespace {

const MarketSpec& SpecOf(std::uint32_t market, const Account& account) {
  return account.engine.markets()[market].spec;
}

const std::string& FeeAssetOfTrade(const Trade& trade, const Account& account) {
  const MarketSpec& spec = SpecOf(trade.market, account);
  return trade.fee_in_base ? spec.base : spec.quote;
}

// A purchase for an amount of money is shown in money, everything else in stock.
Decimal AmountOf(const Order& order) {
  return order.list->money.IsZero() ? order.Amount() : order.list->money;
}
Decimal LeftOf(const Order& order) {
  return order.list->money.IsZero() ? order.Left() : order.list->money - order.value;
}

void WriteActivation(const Order& order, JsonWriter& json) {
  json.Key("activated").Integer(order.activated ? 1 : 0);
  json.Key("activationCondition").String(order.when == engine::When::kAtOrAbove ? "gte" : "lte");
  json.Key("activation_price").DecimalString(order.trigger);
}

// Of an order that brings exits along; one that was not asked for is left out.
void WriteOto(const engine::Exits& exits, JsonWriter& json) {
  json.Key("oto").BeginObject().Key("otoId").Integer(static_cast<std::int64_t>(exits.id));
  if (!exits.stop_loss.IsZero()) json.Key("stopLoss").DecimalString(exits.stop_loss);
  if (!exits.take_profit.IsZero()) json.Key("takeProfit").DecimalString(exits.take_profit);
  json.EndObject();
}

void WriteActive(const Order& order, const Account& account, JsonWriter& json) {
  const OrderList& list = *order.list;
  const MarketSpec& market = SpecOf(list.market, account);
  json.BeginObject();
  json.Key("orderId").Integer(static_cast<std::int64_t>(order.id));
  json.Key("clientOrderId").String(order.client_id);
  json.Key("market").String(market.symbol);
  json.Key("side").String(Name(list.side));
  json.Key("type").String(TypeName(order, account.live()));
  json.Key("timestamp").Seconds(list.created);
  json.Key("dealMoney").DecimalString(order.value);
  json.Key("dealStock").DecimalString(order.filled);
  json.Key("amount").DecimalString(AmountOf(order));
  json.Key("left").DecimalString(LeftOf(order));
  json.Key("dealFee").DecimalString(order.fee);
  if (!order.fee.IsZero()) json.Key("feeAsset").String(FeeAssetOf(list, account));
  if (engine::HasPrice(order.type)) json.Key("price").DecimalString(order.price);
  // An order by itself has it when it was asked for.
  const bool post_only = order.tif == engine::Tif::kPostOnly;
  if (list.IsOco() || post_only) json.Key("postOnly").Bool(post_only);
  json.Key("ioc").Bool(order.tif == engine::Tif::kIoc);
  json.Key("status").String(StatusName(order));
  json.Key("stp").String(StpName(list.stp));
  const std::string_view side = PositionSideName(list, account);
  if (!side.empty()) json.Key("positionSide").String(side);
  if (list.oto == engine::OtoRole::kWorking) WriteOto(*account.engine.orders().ExitsOf(list), json);
  json.Key("rpi").Bool(false);
  if (list.wallet == engine::Wallet::kMargin) json.Key("reduceOnly").Bool(list.reduce_only);
  if (engine::IsStop(order.type)) WriteActivation(order, json);
  json.EndObject();
}

void WriteEnded(const Order& order, const Account& account, JsonWriter& json) {
  const OrderList& list = *order.list;
  const MarketSpec& market = SpecOf(list.market, account);
  json.BeginObject();
  json.Key("amount").DecimalString(AmountOf(order));
  json.Key("price").DecimalString(engine::HasPrice(order.type) ? order.price : Decimal());
  json.Key("type").String(TypeName(order, account.live()));
  json.Key("id").Integer(static_cast<std::int64_t>(order.id));
  json.Key("clientOrderId").String(order.client_id);
  json.Key("side").String(Name(list.side));
  json.Key("ctime").Seconds(list.created);
  json.Key("takerFee").DecimalString(market.taker_fee);
  json.Key("ftime").Seconds(list.updated);
  json.Key("makerFee").DecimalString(market.maker_fee);
  json.Key("dealFee").DecimalString(order.fee);
  json.Key("dealStock").DecimalString(order.filled);
  json.Key("dealMoney").DecimalString(order.value);
  json.Key("postOnly").Bool(order.tif == engine::Tif::kPostOnly);
  json.Key("ioc").Bool(order.tif == engine::Tif::kIoc);
  json.Key("status").String(StatusName(order));
  json.Key("feeAsset").String(FeeAssetOf(list, account));
  json.Key("stp").String(StpName(list.stp));
  json.Key("rpi").Bool(false);
  json.Key("reduceOnly").Bool(list.reduce_only);
  if (engine::IsStop(order.type)) {
    // A time here, where the active orders have 0 or 1.
    json.Key("activated");
    if (order.activated) {
      json.Seconds(order.triggered);
    } else {
      json.Integer(0);
    }
    json.Key("activationPrice").DecimalString(order.trigger);
    json.Key("activationCondition").String(order.when == engine::When::kAtOrAbove ? ">=" : "<=");
  }
  json.EndObject();
}

// All types are null, as when none was named.
void WriteTimerObject(const CancelTimer& timer, const Account& account, JsonWriter& json) {
  json.BeginObject();
  json.Key("market").String(SpecOf(timer.market.value_or(0), account).symbol);
  json.Key("startTime").Integer(ToUnixMillis(timer.started) / 1000);
  json.Key("cancellationTime").Integer(ToUnixMillis(timer.at) / 1000);
  json.Key("types");
  if (timer.spot && timer.margin && timer.futures) {
    json.Null();
  } else {
    json.BeginArray();
    if (timer.spot) json.String("spot");
    if (timer.margin) json.String("margin");
    if (timer.futures) json.String("futures");
    json.EndArray();
  }
  json.EndObject();
}

// 1: maker, 2: taker.
int RoleOf(const Trade& trade) { return trade.taker ? 2 : 1; }

void WriteDeal(const Trade& trade, const Account& account, JsonWriter& json) {
  json.BeginObject();
  json.Key("id").Integer(static_cast<std::int64_t>(trade.id));
  json.Key("clientOrderId").String(trade.client_id);
  json.Key("time").Seconds(trade.at);
  json.Key("side").String(Name(trade.side));
  json.Key("role").Integer(RoleOf(trade));
  json.Key("amount").DecimalString(trade.amount);
  json.Key("price").DecimalString(trade.price);
  json.Key("deal").DecimalString(trade.value);
  json.Key("fee").DecimalString(trade.fee);
  json.Key("orderId").Integer(static_cast<std::int64_t>(trade.order_id));
  json.Key("feeAsset").String(FeeAssetOfTrade(trade, account));
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
  json.Key("clientOrderId").String(trade.client_id);
  json.Key("role").Integer(RoleOf(trade));
  json.Key("deal").DecimalString(trade.value);
  json.Key("feeAsset").String(FeeAssetOfTrade(trade, account));
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

Response WriteOrder(const Order& order, const Account& account) {
  JsonWriter json;
  WriteActive(order, account, json);
  return JsonResponse(json);
}

Response WriteBulk(const std::vector<BulkItem>& items, const Account& account) {
  JsonWriter json;
  json.BeginArray();
  for (const BulkItem& item : items) {
    json.BeginObject().Key("result");
    if (item.order != nullptr) {
      WriteActive(*item.order, account, json);
      json.Key("error").Null();
    } else {
      json.Null().Key("error");
      WriteItemError(item.refusal, json);
    }
    json.EndObject();
  }
  json.EndArray();
  return JsonResponse(json);
}

Response WriteOrders(const std::vector<const Order*>& orders, const Account& account) {
  JsonWriter json;
  json.BeginArray();
  for (const Order* order : orders) WriteActive(*order, account, json);
  json.EndArray();
  return JsonResponse(json);
}

Response WriteTimer(const CancelTimer& timer, const Account& account) {
  JsonWriter json;
  WriteTimerObject(timer, account, json);
  return JsonResponse(json);
}

Response WriteTimers(const std::vector<CancelTimer>& timers, const Account& account) {
  JsonWriter json;
  json.BeginArray();
  for (const CancelTimer& timer : timers) WriteTimerObject(timer, account, json);
  json.EndArray();
  return JsonResponse(json);
}

Response WriteOrderHistory(const std::vector<const Order*>& orders, const Account& account) {
  return WriteByMarket(
      orders, account, [](const Order* order) { return order->list->market; },
      [&](const Order* order, JsonWriter& json) { WriteEnded(*order, account, json); });
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
