#include "mock_exchange/bingx/oco/write.h"

#include "mock_exchange/bingx/envelope.h"
#include "mock_exchange/json/response.h"

namespace ocokit::mock::bingx {
namespace {

// What a leg's object says of its state.
enum class Shown {
  kTime,           // the time of the last change, no status
  kTimeAndStatus,  // and the status
  kNeither,        // 0, and an empty status
};

void WriteLeg(const Order& leg, const std::string& symbol, Shown shown, JsonWriter& json) {
  const OrderList& pair = *leg.list;
  json.BeginObject();
  json.Key("transactionTime").Integer(shown == Shown::kNeither ? 0 : ToUnixMillis(pair.updated));
  json.Key("orderId").String(std::to_string(leg.id));
  json.Key("clientOrderId").String(leg.client_id);
  json.Key("symbol").String(symbol);
  json.Key("orderType").String(engine::IsStop(leg.type) ? "ocoTps" : "ocoLimit");
  json.Key("side").String(pair.side == Side::kBuy ? "BUY" : "SELL");
  json.Key("triggerPrice").Number(leg.trigger);
  json.Key("price").Number(leg.price);
  json.Key("quantity").Number(leg.Amount());
  json.Key("orderListId")
      .String(pair.client_id.empty() ? std::to_string(pair.id) : pair.client_id.str());
  if (shown != Shown::kTime) {
    json.Key("status").String(shown == Shown::kNeither ? "" : StatusName(leg));
  }
  json.EndObject();
}

}  // namespace

Response WriteCreate(const OrderList& pair, const std::string& symbol, bool with_state) {
  const Shown shown = with_state ? Shown::kTimeAndStatus : Shown::kNeither;
  JsonWriter json = BeginData();
  json.BeginArray();
  WriteLeg(pair.limit(), symbol, shown, json);
  WriteLeg(pair.stop(), symbol, shown, json);
  json.EndArray();
  return JsonResponse(json.EndObject());
}

Response WriteCancel(const std::string& order_id, const std::string& client_id) {
  JsonWriter json = BeginData();
  json.BeginObject().Key("orderId").String(order_id);
  json.Key("clientOrderId").String(client_id).EndObject();
  return JsonResponse(json.EndObject());
}

Response WriteLegs(const std::vector<const Order*>& legs,
                   const std::vector<engine::Market>& markets, bool with_status, EmptyLists empty) {
  JsonWriter json = BeginData();
  if (legs.empty() && empty == EmptyLists::kNull) {
    json.Null();
  } else if (legs.empty() && empty == EmptyLists::kObject) {
    json.BeginObject().EndObject();
  } else {
    json.BeginArray();
    const Shown shown = with_status ? Shown::kTimeAndStatus : Shown::kTime;
    for (const Order* leg : legs) {
      WriteLeg(*leg, markets[leg->list->market].spec.symbol, shown, json);
    }
    json.EndArray();
  }
  return JsonResponse(json.EndObject());
}

}  // namespace ocokit::mock::bingx
