#include "mock_exchange/bingx/orders/write.h"

#include "mock_exchange/bingx/envelope.h"
#include "mock_exchange/json/response.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::bingx {
namespace {

// What was paid for each unit, cut after eight decimals; zero before the first fill.
Decimal AveragePrice(const engine::Leg& leg) {
  if (leg.filled.IsZero()) return Decimal();
  const Result<Decimal> average = Decimal::Divide(leg.value, leg.filled, engine::kMaxScale);
  OCOKIT_CHECK(average.has_value(), "an average price out of range");
  return *average;
}

// The members that all three calls have. Spellings are the venue's.
void WriteCommon(const OrderRef& at, const MarketSpec& spec, JsonWriter& json) {
  const Pair& pair = *at.pair;
  const engine::Leg& leg = at.leg();
  const bool limit = at.kind == LegKind::kLimit;
  json.Key("symbol").String(spec.symbol);
  json.Key("orderId").Integer(static_cast<std::int64_t>(leg.id));
  json.Key("price").DecimalString(leg.price);
  json.Key("StopPrice").DecimalString(limit ? Decimal() : pair.trigger_price);
  json.Key("origQty").DecimalString(at.amount());
  json.Key("executedQty").DecimalString(leg.filled);
  json.Key("cummulativeQuoteQty").DecimalString(leg.value);
  json.Key("status").String(StatusName(leg.state));
  json.Key("type").String(OrderTypeName(at.kind));
  json.Key("side").String(pair.side == Side::kBuy ? "BUY" : "SELL");
  json.Key("time").Integer(ToUnixMillis(pair.created));
  json.Key("updateTime").Integer(ToUnixMillis(pair.updated));
  json.Key("origQuoteOrderQty").String("0");
}

}  // namespace

std::string_view OrderTypeName(LegKind kind) {
  return kind == LegKind::kLimit ? "LIMIT" : "TAKE_STOP_LIMIT";
}

Response WriteOrder(const OrderRef& at, const MarketSpec& spec) {
  const engine::Leg& leg = at.leg();
  JsonWriter json = BeginData();
  json.BeginObject();
  WriteCommon(at, spec, json);
  // What is paid is negative.
  json.Key("fee").DecimalString(-leg.fee);
  json.Key("feeAsset").String(at.pair->side == Side::kBuy ? spec.base : spec.quote);
  json.Key("clientOrderID").String(leg.client_id);
  json.Key("avgPrice").DecimalString(AveragePrice(leg));
  json.EndObject();
  return JsonResponse(json.EndObject());
}

Response WriteOrders(const std::vector<OrderRef>& legs, const std::vector<engine::Market>& markets,
                     bool with_average) {
  JsonWriter json = BeginData();
  json.BeginObject().Key("orders").BeginArray();
  for (const OrderRef& at : legs) {
    const engine::Leg& leg = at.leg();
    json.BeginObject();
    WriteCommon(at, markets[at.pair->market].spec, json);
    json.Key("fee").Number(-leg.fee);
    if (with_average) json.Key("avgPrice").DecimalString(AveragePrice(leg));
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
