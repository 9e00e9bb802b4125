#include "client/bingx/read.h"

#include <optional>
#include <string>
#include <utility>

#include "client/bingx/errors.h"
#include "client/bingx/names.h"
#include "client/core/names.h"
#include "client/json/json_reader.h"

namespace ocokit::client::bingx {
namespace {

using Type = JsonValue::Type;

constexpr std::int64_t kMillis = 1000;

tl::unexpected<Error> ProtocolError(const HttpResponse& response, std::string_view problem) {
  return tl::unexpected<Error>(Error{.kind = ErrorKind::kProtocol,
                                     .message = "BingX reply: " + std::string(problem),
                                     .http_status = response.status,
                                     .outcome_unknown = true});
}

// The `data` of a successful reply; null when there is none.
Result<JsonValue> ReadData(const HttpResponse& response) {
  std::optional<JsonValue> reply = ParseJson(response.body);
  if (auto error = ReadError(response, reply ? &*reply : nullptr)) {
    return tl::unexpected<Error>(std::move(*error));
  }
  for (auto& [name, value] : reply->members) {
    if (name == "data") return std::move(value);
  }
  return JsonValue{};
}

Side ReadSide(ReplyReader& reader, const JsonValue& object) {
  const auto side = ValueOf(kSideNames, reader.String(object, "side"));
  if (!side) reader.Fail("side", "is neither BUY nor SELL");
  return side.value_or(Side::kBuy);
}

OrderStatus ReadStatus(std::string_view text) {
  if (text.empty()) return OrderStatus::kNone;
  return ValueOf(kOrderStatusNames, text).value_or(OrderStatus::kOther);
}

// The list has the trigger as StopPrice, and a time of its own name.
Order ReadPlainOrder(ReplyReader& reader, const JsonValue& object) {
  Order order;
  order.order_id = reader.String(object, "orderId");
  order.client_order_id = reader.OptionalString(object, {"clientOrderID", "clientOrderId"});
  order.symbol = reader.String(object, "symbol");
  order.type_text = reader.String(object, "type");
  order.type = ValueOf(kOrderTypeNames, order.type_text).value_or(OrderType::kOther);
  order.side = ReadSide(reader, object);
  const auto zero_if_absent = [&](MemberName name) {
    return reader.OptionalNumber(object, name).value_or(Decimal());
  };
  order.price = zero_if_absent("price");
  order.stop_price = zero_if_absent({"stopPrice", "StopPrice"});
  order.orig_qty = reader.Number(object, "origQty");
  order.executed_qty = reader.Number(object, "executedQty");
  // The doubled letter is the venue's.
  order.cumulative_quote_qty = zero_if_absent({"cummulativeQuoteQty", "cumulativeQuoteQty"});
  order.status_text = reader.OptionalString(object, "status");
  order.status = ReadStatus(order.status_text);
  order.time = reader.OptionalTime(object, {"transactTime", "time"}, kMillis);
  order.update_time = reader.OptionalTime(object, "updateTime", kMillis);
  // What was paid is negative there.
  if (const auto fee = reader.OptionalNumber(object, "fee")) order.fee = fee->Abs();
  order.fee_asset = reader.OptionalString(object, "feeAsset");
  return order;
}

// The members are those of the create page's example; `spotOrderType` is another spelling that
// clients of the venue know.
Leg ReadLeg(ReplyReader& reader, const JsonValue& object) {
  Leg leg;
  leg.order_id = reader.String(object, "orderId");
  leg.client_order_id = reader.OptionalString(object, {"clientOrderId", "clientOrderID"});
  leg.order_list_id = reader.OptionalString(object, "orderListId");
  leg.symbol = reader.String(object, "symbol");
  const std::string type = reader.String(object, {"orderType", "spotOrderType"});
  if (auto known = ValueOf(kLegTypeNames, type)) {
    leg.type = *known;
  } else {
    reader.Fail("orderType", "is neither ocoLimit nor ocoTps");
  }
  leg.side = ReadSide(reader, object);
  leg.price = reader.Number(object, "price");
  leg.trigger_price = reader.OptionalNumber(object, "triggerPrice").value_or(Decimal());
  leg.quantity = reader.Number(object, "quantity");
  leg.status_text = reader.OptionalString(object, "status");
  leg.status = ReadStatus(leg.status_text);
  leg.transaction_time = reader.OptionalTime(object, "transactionTime", kMillis);
  return leg;
}

// Legs, in the reply's order. An empty list has been seen as [], null and {}.
std::vector<Leg> ReadLegArray(ReplyReader& reader, const JsonValue& data) {
  std::vector<Leg> legs;
  const bool empty_object = data.Is(Type::kObject) && data.members.empty();
  if (!data.Is(Type::kArray) && !data.Is(Type::kNull) && !empty_object) {
    reader.Fail("data", "is not an array");
  }
  for (const JsonValue& item : data.items) {
    if (!item.Is(Type::kObject)) reader.Fail("data", "holds what is not an order");
    legs.push_back(ReadLeg(reader, item));
  }
  return legs;
}

// A pair is one leg of each type with one list id, in any order.
std::optional<OcoPair> MakePair(std::vector<Leg> legs) {
  if (legs.size() != 2 || legs[0].type == legs[1].type) return std::nullopt;
  if (legs[0].order_list_id != legs[1].order_list_id) return std::nullopt;
  if (legs[0].type == LegType::kStopLimit) std::swap(legs[0], legs[1]);
  OcoPair pair;
  pair.order_list_id = legs[0].order_list_id;
  pair.limit = std::move(legs[0]);
  pair.stop_limit = std::move(legs[1]);
  return pair;
}

Result<OcoPair> ReadPair(const HttpResponse& response, bool may_be_absent) {
  Result<std::vector<Leg>> legs = ReadLegs(response);
  if (!legs) return tl::unexpected<Error>(std::move(legs.error()));
  if (legs->empty() && may_be_absent) {
    return tl::unexpected<Error>(Error{.kind = ErrorKind::kNotFound,
                                       .message = "the venue returned no order of this list",
                                       .http_status = response.status,
                                       .retry_safe = true});
  }
  std::optional<OcoPair> pair = MakePair(std::move(*legs));
  if (!pair) return ProtocolError(response, "`data` is not one ocoLimit and one ocoTps order");
  return std::move(*pair);
}

}  // namespace

Result<std::vector<Leg>> ReadLegs(const HttpResponse& response) {
  Result<JsonValue> data = ReadData(response);
  if (!data) return tl::unexpected<Error>(std::move(data.error()));
  ReplyReader reader;
  std::vector<Leg> legs = ReadLegArray(reader, *data);
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return legs;
}

Result<OcoPair> ReadPlaced(const HttpResponse& response) { return ReadPair(response, false); }

Result<OcoPair> ReadFound(const HttpResponse& response) { return ReadPair(response, true); }

Result<CancelOcoReply> ReadCancelled(const HttpResponse& response) {
  const Result<JsonValue> data = ReadData(response);
  if (!data) return tl::unexpected<Error>(data.error());
  ReplyReader reader;
  CancelOcoReply reply;
  reply.order_id = reader.String(*data, "orderId");
  reply.client_order_id = reader.OptionalString(*data, {"clientOrderId", "clientOrderID"});
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return reply;
}

Result<Order> ReadOrder(const HttpResponse& response) {
  const Result<JsonValue> data = ReadData(response);
  if (!data) return tl::unexpected<Error>(data.error());
  ReplyReader reader;
  Order order = ReadPlainOrder(reader, *data);
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return order;
}

Result<std::vector<Order>> ReadOrders(const HttpResponse& response) {
  const Result<JsonValue> data = ReadData(response);
  if (!data) return tl::unexpected<Error>(data.error());
  // {"orders":[...]}; an empty list has been seen as [], null and {}, in either place.
  const JsonValue* list = data->Find("orders");
  if (list == nullptr) list = &*data;
  ReplyReader reader;
  std::vector<Order> orders;
  for (const JsonValue& item : list->items) orders.push_back(ReadPlainOrder(reader, item));
  if (!list->members.empty()) reader.Fail("orders", "is missing");
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return orders;
}

Result<std::string> ReadListenKey(const HttpResponse& response) {
  const std::optional<JsonValue> reply = ParseJson(response.body);
  const JsonValue* key = reply ? reply->Find("listenKey") : nullptr;
  // Some clients of the venue find it in an envelope.
  const JsonValue* data = reply ? reply->Find("data") : nullptr;
  if (key == nullptr && data != nullptr) key = data->Find("listenKey");
  const bool success = response.status >= 200 && response.status < 300;
  if (success && key != nullptr && key->Is(Type::kString) && !key->text.empty()) return key->text;
  if (auto error = ReadError(response, reply ? &*reply : nullptr)) {
    return tl::unexpected<Error>(std::move(*error));
  }
  return ProtocolError(response, "has no listenKey");
}

Result<void> ReadKeyDone(const HttpResponse& response) {
  if (response.status == 200 && response.body.empty()) return {};
  const std::optional<JsonValue> reply = ParseJson(response.body);
  if (auto error = ReadError(response, reply ? &*reply : nullptr)) {
    return tl::unexpected<Error>(std::move(*error));
  }
  return {};
}

Result<TimePoint> ReadServerTime(const HttpResponse& response) {
  const Result<JsonValue> data = ReadData(response);
  if (!data) return tl::unexpected<Error>(data.error());
  ReplyReader reader;
  const std::optional<TimePoint> time = reader.OptionalTime(*data, "serverTime", kMillis);
  if (!time) reader.Fail("serverTime", "is missing");
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return *time;
}

}  // namespace ocokit::client::bingx
