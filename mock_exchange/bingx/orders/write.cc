#include "mock_exchange/bingx/orders/write.h"

#include "mock_exchange/bingx/envelope.h"
#include "mock_exchange/json/response.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::bingx {
namespace {

// What was paid for each unit, cut after eight decimals; zero before the first fill.
Decimal AveragePrice(const Order& order) {
  if (order.filled.IsZero()) return Decimal();
  const Result<Decimal> average = Decimal::Divide(order.value, order.filled, engine::kMaxScale);
  OCOKIT_CHECK(average.has_value(), "an average price out of range");
  return *average;
}

// The members that all three calls have. Spellings are the venue's.
void WriteCommon(const Order& order, const MarketSpec& spec, JsonWriter& json) {
  const OrderList& list = *order.list;
  json.Key("symbol").String(spec.symbol);
  json.Key("orderId").Integer(static_cast<std::int64_t>(order.id));
  json.Key("price").DecimalString(order.price);
  json.Key("StopPrice").DecimalString(order.trigger);
  json.Key("origQty").DecimalString(order.Amount());
  json.Key("executedQty").DecimalString(order.filled);
  json.Key("cummulativeQuoteQty").DecimalString(order.value);
  json.Key("status").String(StatusName(order));
  json.Key("type").String(OrderTypeName(order));
  json.Key("side").String(list.side == Side::kBuy ? "BUY" : "SELL");
  json.Key("time").Integer(ToUnixMillis(list.created));
  json.Key("updateTime").Integer(ToUnixMillis(list.updated));
  json.Key("origQuoteOrderQty").DecimalString(list.money);
}

}  // namespace

std::string_view OrderTypeName(const Order& order) {
  const bool plan = order.label == kPlanOrder;
  switch (order.type) {
    case engine::OrderType::kLimit:
      return "LIMIT";
    case engine::OrderType::kMarket:
      return "MARKET";
    case engine::OrderType::kStopLimit:
      return plan ? "TRIGGER_LIMIT" : "TAKE_STOP_LIMIT";
    case engine::OrderType::kStopMarket:
      return plan ? "TRIGGER_MARKET" : "TAKE_STOP_MARKET";
  }
  return "";
}

Response WriteOrder(const Order& order, const MarketSpec& spec) {
  JsonWriter json = BeginData();
  json.BeginObject();
  WriteCommon(order, spec, json);
  // What is paid is negative.
  json.Key("fee").DecimalString(-order.fee);
  json.Key("feeAsset").String(order.list->side == Side::kBuy ? spec.base : spec.quote);
  json.Key("clientOrderID").String(order.client_id);
  json.Key("avgPrice").DecimalString(AveragePrice(order));
  json.EndObject();
  return JsonResponse(json.EndObject());
}

Response WriteOrders(const std::vector<const Order*>& orders,
                     const std::vector<engine::Market>& markets, bool with_average) {
  JsonWriter json = BeginData();
  json.BeginObject().Key("orders").BeginArray();
  for (const Order* order : orders) {
    json.BeginObject();
    WriteCommon(*order, markets[order->list->market].spec, json);
    json.Key("fee").Number(-order->fee);
    if (with_average) json.Key("avgPrice").DecimalString(AveragePrice(*order));
    json.EndObject();
  }
  json.EndArray().EndObject();
  return JsonResponse(json.EndObject());
}

Response WriteFills(const std::vector<const engine::Trade*>& trades, const MarketSpec& spec) {
  JsonWriter json = BeginData();
  json.BeginObject().Key("fills").BeginArray();
  for (const engine::Trade* trade : trades) {
    json.BeginObject();
    json.Key("symbol").String(spec.symbol);
    json.Key("id").Integer(static_cast<std::int64_t>(trade->id));
    json.Key("orderId").Integer(static_cast<std::int64_t>(trade->order_id));
    json.Key("price").DecimalString(trade->price);
    json.Key("qty").DecimalString(trade->amount);
    json.Key("quoteQty").DecimalString(trade->value);
    json.Key("commission").Number(-trade->fee);
    json.Key("commissionAsset").String(trade->fee_in_base ? spec.base : spec.quote);
    json.Key("time").Integer(ToUnixMillis(trade->at));
    json.Key("isBuyer").Bool(trade->side == Side::kBuy);
    json.Key("isMaker").Bool(!trade->taker);
    json.EndObject();
  }
  json.EndArray().EndObject();
  return JsonResponse(json.EndObject());
}

}  // namespace ocokit::mock::bingx
