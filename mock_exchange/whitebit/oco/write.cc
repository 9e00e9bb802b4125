#include "mock_exchange/whitebit/oco/write.h"

#include "mock_exchange/json/response.h"

namespace ocokit::mock::whitebit {
namespace {

// How a reply spells the members of a leg.
struct Spelling {
  const char* order_id;
  const char* client_order_id;
  const char* deal_money;
  const char* deal_stock;
  const char* deal_fee;
  const char* post_only;
  const char* activation_price;
  const char* activation_condition;
};

// The order pages as documented; as the venue answers, which is a mixture; conditional-orders.
constexpr Spelling kSnake = {
    "order_id", "client_order_id", "deal_money",       "deal_stock",
    "deal_fee", "post_only",       "activation_price", "activation_condition"};
constexpr Spelling kMixed = {
    "orderId", "clientOrderId", "dealMoney",        "dealStock",
    "dealFee", "post_only",     "activation_price", "activation_condition"};
constexpr Spelling kCamel = {"orderId", "clientOrderId", "dealMoney",       "dealStock",
                             "dealFee", "postOnly",      "activationPrice", "activationCondition"};

// What the dialect and the settings make of a leg.
struct LegStyle {
  Spelling spelling = kSnake;
  bool fees = true;
  bool state = true;         // status, stp, positionSide
  bool state_first = false;  // before mtime and price, else last
  bool fee_asset = false;    // named once there is a fee
  bool reduce_only = false;  // in each leg
};

LegStyle StyleOf(const Account& account, bool camel) {
  const Settings& settings = account.settings;
  LegStyle out;
  out.fees = settings.leg_fees.value_or(!account.live());
  if (!account.live()) {
    out.spelling = camel ? kCamel : kSnake;
    out.reduce_only = camel;
    return out;
  }
  out.spelling = camel ? kCamel : kMixed;
  if (settings.leg_shape == LegShape::k2022) {
    out.fees = settings.leg_fees.value_or(true);
    out.state = false;
    return out;
  }
  out.state_first = out.fee_asset = out.reduce_only = true;
  return out;
}

void WriteState(const Order& order, const Account& account, const LegStyle& style,
                JsonWriter& json) {
  if (!style.state) return;
  json.Key("status").String(StatusName(order));
  json.Key("stp").String(StpName(order.list->stp));
  const std::string_view side = PositionSideName(*order.list, account);
  if (!side.empty()) json.Key("positionSide").String(side);
  if (style.reduce_only) json.Key("reduceOnly").Bool(order.list->reduce_only);
}

void WritePrices(const Order& order, const LegStyle& style, JsonWriter& json) {
  json.Key("mtime").Seconds(order.list->updated);
  if (engine::HasPrice(order.type)) json.Key("price").DecimalString(order.price);
  if (!engine::IsStop(order.type)) return;
  json.Key(style.spelling.activation_price).DecimalString(order.trigger);
  json.Key(style.spelling.activation_condition)
      .String(order.when == engine::When::kAtOrAbove ? "gte" : "lte");
  json.Key("activated").Integer(order.activated ? 1 : 0);
}

void WriteLeg(const Order& order, const Account& account, const LegStyle& style, JsonWriter& json) {
  const OrderList& pair = *order.list;
  const MarketSpec& market = account.engine.markets()[pair.market].spec;
  const Spelling& s = style.spelling;
  json.BeginObject();
  json.Key(s.order_id).Integer(static_cast<std::int64_t>(order.id));
  json.Key(s.client_order_id).String(order.client_id);
  json.Key("market").String(market.symbol);
  json.Key("side").String(Name(pair.side));
  json.Key("type").String(TypeName(order, account.live()));
  json.Key("timestamp").Seconds(pair.created);
  json.Key(s.deal_money).DecimalString(order.value);
  json.Key(s.deal_stock).DecimalString(order.filled);
  json.Key("amount").DecimalString(order.Amount());
  if (style.fees) {
    json.Key("takerFee").DecimalString(market.taker_fee);
    json.Key("makerFee").DecimalString(market.maker_fee);
  }
  json.Key("left").DecimalString(order.Left());
  json.Key(s.deal_fee).DecimalString(order.fee);
  if (style.fee_asset && !order.fee.IsZero()) {
    json.Key("feeAsset").String(FeeAssetOf(pair, account));
  };
  json.Key(s.post_only).Bool(false);
  if (style.state_first) WriteState(order, account, style, json);
  WritePrices(order, style, json);
  if (!style.state_first) WriteState(order, account, style, json);
  json.EndObject();
}

// `whole`: whether reduceOnly stands beside the legs.
void WriteGroup(const OrderList& pair, const Account& account, bool whole, JsonWriter& json) {
  const LegStyle style = StyleOf(account, /*camel=*/false);
  json.BeginObject().Key("id").Integer(static_cast<std::int64_t>(pair.id));
  if (whole && style.state) json.Key("reduceOnly").Bool(pair.reduce_only);
  json.Key("stop_loss");
  WriteLeg(pair.stop(), account, style, json);
  json.Key("take_profit");
  WriteLeg(pair.limit(), account, style, json);
  json.EndObject();
}

// Of an order that waits, with the exits that it brings along.
void WriteOtoRecord(const OrderList& list, const Account& account, JsonWriter& json) {
  const engine::Exits& exits = *account.engine.orders().ExitsOf(list);
  json.BeginObject().Key("id").Integer(static_cast<std::int64_t>(exits.id));
  json.Key("type").String("oto");
  json.Key("conditionalOrderType")
      .String(exits.take_profit.IsZero() ? "margin_stop_loss" : "margin_take_profit");
  if (!exits.stop_loss.IsZero()) json.Key("stopLossPrice").DecimalString(exits.stop_loss);
  if (!exits.take_profit.IsZero()) json.Key("takeProfitPrice").DecimalString(exits.take_profit);
  json.Key("conditionalOrder");
  WriteLeg(list.single(), account, StyleOf(account, /*camel=*/true), json);
  json.EndObject();
}

void WriteRecord(const OrderList& pair, const Account& account, JsonWriter& json) {
  const LegStyle style = StyleOf(account, /*camel=*/true);
  json.BeginObject().Key("id").Integer(static_cast<std::int64_t>(pair.id));
  json.Key("type").String("oco");
  json.Key("stopLoss");
  WriteLeg(pair.stop(), account, style, json);
  json.Key("takeProfit");
  WriteLeg(pair.limit(), account, style, json);
  json.EndObject();
}

}  // namespace

Response WritePlaced(const OrderList& pair, const Account& account) {
  JsonWriter json;
  WriteGroup(pair, account, /*whole=*/true, json);
  return JsonResponse(json);
}

Response WriteCancelled(const OrderList& pair, const Account& account) {
  JsonWriter json;
  WriteGroup(pair, account, /*whole=*/!account.live(), json);
  return JsonResponse(json);
}

Response WriteOcoOrders(const std::vector<const OrderList*>& pairs, const Account& account) {
  JsonWriter json;
  json.BeginArray();
  for (const OrderList* pair : pairs) WriteGroup(*pair, account, /*whole=*/!account.live(), json);
  json.EndArray();
  return JsonResponse(json);
}

Response WriteConditionalOrders(const std::vector<const OrderList*>& groups, const Account& account,
                                const Page& page, std::size_t total) {
  JsonWriter json;
  json.BeginObject().Key("limit").Integer(static_cast<std::int64_t>(page.limit));
  json.Key("offset").Integer(static_cast<std::int64_t>(page.offset));
  json.Key("total").Integer(static_cast<std::int64_t>(total));
  json.Key("records").BeginArray();
  for (const OrderList* group : groups) {
    group->IsOco() ? WriteRecord(*group, account, json) : WriteOtoRecord(*group, account, json);
  }
  json.EndArray().EndObject();
  return JsonResponse(json);
}

}  // namespace ocokit::mock::whitebit
