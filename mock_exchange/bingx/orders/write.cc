#include "mock_exchange/bingx/orders/write.h"

#include <cstdio>

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

// Members that the answers to placing and cancelling have, or have not.
struct Brief {
  bool time = true;
  bool client_id = true;
};

void WriteBrief(const Order& order, const std::vector<engine::Market>& markets, Brief with,
                JsonWriter& json) {
  const OrderList& list = *order.list;
  json.BeginObject();
  json.Key("symbol").String(markets[list.market].spec.symbol);
  json.Key("orderId").Integer(static_cast<std::int64_t>(order.id));
  if (with.time) json.Key("transactTime").Integer(ToUnixMillis(list.updated));
  json.Key("price").DecimalString(order.price);
  json.Key("stopPrice").DecimalString(order.trigger);
  json.Key("origQty").DecimalString(order.Amount());
  json.Key("executedQty").DecimalString(order.filled);
  json.Key("cummulativeQuoteQty").DecimalString(order.value);
  // The lists call a stop order that was never triggered FAILED; who cancels it is told CANCELED.
  const bool failed = order.ending == engine::Ending::kNeverTriggered;
  json.Key("status").String(failed ? "CANCELED" : StatusName(order));
  json.Key("type").String(OrderTypeName(order));
  json.Key("side").String(list.side == Side::kBuy ? "BUY" : "SELL");
  if (with.client_id) json.Key("clientOrderID").String(order.client_id);
  json.EndObject();
}

// In the place of an order that there is none of.
void WriteNoOrder(JsonWriter& json) {
  json.BeginObject();
  json.Key("symbol").String("").Key("orderId").Integer(0);
  for (const char* name : {"price", "stopPrice", "origQty", "executedQty", "cummulativeQuoteQty"}) {
    json.Key(name).String("0");
  }
  for (const char* name : {"status", "type", "side"}) json.Key(name).String("");
  json.EndObject();
}

void WriteResult(int code, const std::string& message, JsonWriter& json) {
  json.BeginObject().Key("code").Integer(code).Key("msg").String(message);
  json.Key("result").Bool(code == 0).EndObject();
}

// 2024-03-14 04:05:37
std::string DateTime(TimePoint time) {
  const auto second = std::chrono::floor<std::chrono::seconds>(time);
  const auto day = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(second - day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

}  // namespace

Response WritePlaced(const Order& order, const std::vector<engine::Market>& markets) {
  JsonWriter json = BeginData();
  WriteBrief(order, markets, {}, json);
  return JsonResponse(json.EndObject());
}

Response WriteBatch(const std::vector<const Order*>& orders,
                    const std::vector<engine::Market>& markets) {
  JsonWriter json = BeginData();
  json.BeginObject().Key("orders").BeginArray();
  for (const Order* order : orders) WriteBrief(*order, markets, {}, json);
  json.EndArray().EndObject();
  return JsonResponse(json.EndObject());
}

Response WriteCancelled(const Order& order, const std::vector<engine::Market>& markets) {
  JsonWriter json = BeginData();
  WriteBrief(order, markets, {.time = false}, json);
  return JsonResponse(json.EndObject());
}

Response WriteCancelledList(const std::vector<const Order*>& orders,
                            const std::vector<NotCancelled>* fails,
                            const std::vector<engine::Market>& markets) {
  JsonWriter json = BeginData();
  json.BeginObject();
  if (fails != nullptr) {
    json.Key("fails").BeginArray();
    for (const NotCancelled& fail : *fails) {
      json.BeginObject().Key("orderId").String(fail.order_id);
      json.Key("error").String(fail.error).EndObject();
    }
    json.EndArray();
  }
  json.Key("orders").BeginArray();
  for (const Order* order : orders) WriteBrief(*order, markets, {}, json);
  json.EndArray().EndObject();
  return JsonResponse(json.EndObject());
}

Response WriteReplaced(const Replaced& replaced, const std::vector<engine::Market>& markets) {
  // The page's own code of a cancel that failed here, whatever it is elsewhere.
  constexpr int kCancelFailed = 100400;
  JsonWriter json = BeginData();
  json.BeginObject().Key("cancelResult");
  WriteResult(replaced.cancelled != nullptr ? 0 : kCancelFailed, replaced.cancel_error, json);
  json.Key("openResult");
  WriteResult(0, "", json);
  json.Key("orderOpenResponse");
  WriteBrief(*replaced.opened, markets, {}, json);
  json.Key("orderCancelResponse");
  if (replaced.cancelled != nullptr) {
    WriteBrief(*replaced.cancelled, markets, {.time = false, .client_id = false}, json);
  } else {
    WriteNoOrder(json);
  }
  json.EndObject();
  return JsonResponse(json.EndObject());
}

Response WriteTimer(std::optional<TimePoint> at) {
  JsonWriter json = BeginData();
  json.BeginObject();
  json.Key("triggerTime").Integer(at ? ToUnixMillis(*at) / 1000 : 0);
  json.Key("status").String(at ? "ACTIVATED" : "CLOSED");
  json.Key("note").String(
      at ? "All your spot pending orders will be closed automatically at " + DateTime(*at) +
               " UTC(+0),before that you can cancel the timer, or extend triggerTime time by this "
               "request"
         : "");
  json.EndObject();
  return JsonResponse(json.EndObject());
}

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
