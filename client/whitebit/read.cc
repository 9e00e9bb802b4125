#include "client/whitebit/read.h"

#include <optional>
#include <string>
#include <utility>

#include "client/core/names.h"
#include "client/json/json_reader.h"
#include "client/whitebit/errors.h"
#include "client/whitebit/names.h"

namespace ocokit::client::whitebit {
namespace {

using Type = JsonValue::Type;

constexpr std::int64_t kSeconds = 1;

tl::unexpected<Error> ProtocolError(const HttpResponse& response, std::string_view problem) {
  return tl::unexpected<Error>(Error{.kind = ErrorKind::kProtocol,
                                     .message = "WhiteBIT reply: " + std::string(problem),
                                     .http_status = response.status,
                                     .outcome_unknown = true});
}

Result<JsonValue> ReadBody(const HttpResponse& response) {
  std::optional<JsonValue> reply = ParseJson(response.body);
  if (auto error = ReadError(response, reply ? &*reply : nullptr)) {
    return tl::unexpected<Error>(std::move(*error));
  }
  return std::move(*reply);
}

OrderStatus ReadStatus(std::string_view text) {
  if (text.empty()) return OrderStatus::kNone;
  if (auto known = ValueOf(kOrderStatusNames, text)) return *known;
  // CANCELED_STP, AUTO_CANCELED_REDUCE_ONLY and their like: the order is gone all the same.
  if (text.starts_with("CANCELED_") || text.starts_with("AUTO_CANCELED_")) {
    return OrderStatus::kCanceled;
  }
  return OrderStatus::kOther;
}

// snake_case is what the create page prints, camelCase what the venue sends; conditional-orders is
// camelCase throughout, the OCO shapes are a mixture.
Side ReadSide(ReplyReader& reader, const JsonValue& object) {
  const auto side = ValueOf(kSideNames, reader.String(object, "side"));
  if (!side) reader.Fail("side", "is neither buy nor sell");
  return side.value_or(Side::kBuy);
}

// `by_itself`: an order that need not have a price.
Leg ReadLeg(ReplyReader& reader, const JsonValue& object, bool by_itself = false) {
  Leg leg;
  leg.order_id = OrderId{reader.Id(object, {"order_id", "orderId"})};
  leg.client_order_id = reader.OptionalString(object, {"client_order_id", "clientOrderId"});
  leg.market = reader.String(object, "market");
  leg.side = ReadSide(reader, object);
  leg.type = reader.OptionalString(object, "type");
  leg.timestamp = reader.OptionalTime(object, "timestamp", kSeconds);
  leg.mtime = reader.OptionalTime(object, "mtime", kSeconds);
  leg.amount = reader.Number(object, "amount");
  leg.left = reader.OptionalNumber(object, "left").value_or(leg.amount);
  const auto zero_if_absent = [&](MemberName name) {
    return reader.OptionalNumber(object, name).value_or(Decimal());
  };
  leg.deal_money = zero_if_absent({"deal_money", "dealMoney"});
  leg.deal_stock = zero_if_absent({"deal_stock", "dealStock"});
  leg.deal_fee = zero_if_absent({"deal_fee", "dealFee"});
  leg.taker_fee = reader.OptionalNumber(object, {"takerFee", "taker_fee"});
  leg.maker_fee = reader.OptionalNumber(object, {"makerFee", "maker_fee"});
  leg.fee_asset = reader.OptionalString(object, {"feeAsset", "fee_asset"});
  leg.price = by_itself ? zero_if_absent("price") : reader.Number(object, "price");
  leg.activation_price = reader.OptionalNumber(object, {"activation_price", "activationPrice"});
  leg.activation_condition =
      reader.OptionalString(object, {"activation_condition", "activationCondition"});
  leg.activated = reader.OptionalBool(object, "activated");
  leg.post_only = reader.OptionalBool(object, {"post_only", "postOnly"}).value_or(false);
  leg.ioc = reader.OptionalBool(object, "ioc").value_or(false);
  leg.status_text = reader.OptionalString(object, "status");
  leg.status = ReadStatus(leg.status_text);
  leg.stp = reader.OptionalString(object, "stp");
  leg.position_side = reader.OptionalString(object, {"positionSide", "position_side"});
  leg.reduce_only = reader.OptionalBool(object, {"reduceOnly", "reduce_only"});
  return leg;
}

Order ReadPlainOrder(ReplyReader& reader, const JsonValue& object) {
  Order order = ReadLeg(reader, object, /*by_itself=*/true);
  if (const JsonValue* oto = ReplyReader::Get(object, "oto")) {
    order.oto_id = GroupId{reader.Id(*oto, "otoId")};
    order.stop_loss = reader.OptionalNumber(*oto, "stopLoss");
    order.take_profit = reader.OptionalNumber(*oto, "takeProfit");
  }
  return order;
}

// The history spells some members in its own way; `activated` is the time of it, or 0.
Order ReadEnded(ReplyReader& reader, const JsonValue& object, const std::string& market) {
  Order order;
  order.market = market;
  order.order_id = OrderId{reader.Id(object, "id")};
  order.client_order_id = reader.OptionalString(object, "clientOrderId");
  order.side = ReadSide(reader, object);
  order.type = reader.OptionalString(object, "type");
  order.timestamp = reader.OptionalTime(object, "ctime", kSeconds);
  order.mtime = reader.OptionalTime(object, "ftime", kSeconds);
  order.amount = reader.Number(object, "amount");
  const auto zero_if_absent = [&](MemberName name) {
    return reader.OptionalNumber(object, name).value_or(Decimal());
  };
  order.deal_stock = zero_if_absent("dealStock");
  order.deal_money = zero_if_absent("dealMoney");
  order.deal_fee = zero_if_absent("dealFee");
  order.fee_asset = reader.OptionalString(object, "feeAsset");
  order.left = order.amount - order.deal_stock;
  order.price = zero_if_absent("price");
  order.activation_price = reader.OptionalNumber(object, "activationPrice");
  order.activation_condition = reader.OptionalString(object, "activationCondition");
  if (order.activation_price) {
    order.activated = reader.OptionalTime(object, "activated", kSeconds).has_value();
  }
  order.post_only = reader.OptionalBool(object, "postOnly").value_or(false);
  order.ioc = reader.OptionalBool(object, "ioc").value_or(false);
  order.status_text = reader.OptionalString(object, "status");
  order.status = ReadStatus(order.status_text);
  order.stp = reader.OptionalString(object, "stp");
  order.reduce_only = reader.OptionalBool(object, "reduceOnly");
  return order;
}

Leg ReadLegMember(ReplyReader& reader, const JsonValue& object, MemberName name) {
  const JsonValue* leg = ReplyReader::Get(object, name);
  if (leg == nullptr || !leg->Is(Type::kObject)) {
    reader.Fail(name.first, "is missing");
    return {};
  }
  return ReadLeg(reader, *leg);
}

OcoOrder ReadGroup(ReplyReader& reader, const JsonValue& object) {
  OcoOrder order;
  order.id = GroupId{reader.Id(object, "id")};
  order.client_order_id = reader.OptionalString(object, {"client_order_id", "clientOrderId"});
  order.stop_loss = ReadLegMember(reader, object, {"stop_loss", "stopLoss"});
  order.take_profit = ReadLegMember(reader, object, {"take_profit", "takeProfit"});
  order.reduce_only = reader.OptionalBool(object, {"reduceOnly", "reduce_only"});
  if (!order.reduce_only) order.reduce_only = order.stop_loss.reduce_only;
  return order;
}

OtoOrder ReadOto(ReplyReader& reader, const JsonValue& object) {
  OtoOrder order;
  order.id = GroupId{reader.Id(object, "id")};
  order.conditional_order_type = reader.OptionalString(object, "conditionalOrderType");
  order.stop_loss_price = reader.OptionalNumber(object, "stopLossPrice");
  order.take_profit_price = reader.OptionalNumber(object, "takeProfitPrice");
  if (ReplyReader::Get(object, "conditionalOrder") != nullptr) {
    order.conditional_order = ReadLegMember(reader, object, "conditionalOrder");
  }
  return order;
}

ConditionalOrder ReadConditional(ReplyReader& reader, const JsonValue& object) {
  std::string type = reader.OptionalString(object, "type");
  if (type == "oto") return ReadOto(reader, object);
  if (type == "oco" || type.empty()) return ReadGroup(reader, object);
  return OtherOrder{.id = GroupId{reader.Id(object, "id")}, .type = std::move(type)};
}

}  // namespace

Result<OcoOrder> ReadOco(const HttpResponse& response) {
  const Result<JsonValue> body = ReadBody(response);
  if (!body) return tl::unexpected<Error>(body.error());
  ReplyReader reader;
  OcoOrder order = ReadGroup(reader, *body);
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return order;
}

Result<std::vector<OcoOrder>> ReadOcos(const HttpResponse& response) {
  const Result<JsonValue> body = ReadBody(response);
  if (!body) return tl::unexpected<Error>(body.error());
  if (!body->Is(Type::kArray)) return ProtocolError(response, "is not an array");
  ReplyReader reader;
  std::vector<OcoOrder> orders;
  for (const JsonValue& item : body->items) orders.push_back(ReadGroup(reader, item));
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return orders;
}

Result<ConditionalPage> ReadConditionals(const HttpResponse& response) {
  const Result<JsonValue> body = ReadBody(response);
  if (!body) return tl::unexpected<Error>(body.error());
  const JsonValue* records = ReplyReader::Get(*body, "records");
  if (records == nullptr || !records->Is(Type::kArray)) {
    return ProtocolError(response, "member `records` is not an array");
  }
  ReplyReader reader;
  ConditionalPage page;
  const auto count = [&](const char* name) {
    const JsonValue* value = ReplyReader::Get(*body, name);
    const auto number = value != nullptr ? ReadInteger(*value) : std::nullopt;
    if (!number) reader.Fail(name, "is not a whole number");
    return number.value_or(0);
  };
  page.limit = count("limit");
  page.offset = count("offset");
  page.total = count("total");
  for (const JsonValue& item : records->items) {
    page.records.push_back(ReadConditional(reader, item));
  }
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return page;
}

Result<Order> ReadOrder(const HttpResponse& response) {
  const Result<JsonValue> body = ReadBody(response);
  if (!body) return tl::unexpected<Error>(body.error());
  ReplyReader reader;
  Order order = ReadPlainOrder(reader, *body);
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return order;
}

Result<std::vector<Order>> ReadOrders(const HttpResponse& response) {
  const Result<JsonValue> body = ReadBody(response);
  if (!body) return tl::unexpected<Error>(body.error());
  if (!body->Is(Type::kArray)) return ProtocolError(response, "is not an array");
  ReplyReader reader;
  std::vector<Order> orders;
  for (const JsonValue& item : body->items) orders.push_back(ReadPlainOrder(reader, item));
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return orders;
}

Result<std::vector<Order>> ReadHistory(const HttpResponse& response) {
  const Result<JsonValue> body = ReadBody(response);
  if (!body) return tl::unexpected<Error>(body.error());
  // {"BTC_USDT":[...]}; with nothing to list an empty array has been seen.
  const bool empty = body->Is(Type::kArray) && body->items.empty();
  if (!body->Is(Type::kObject) && !empty) return ProtocolError(response, "is not an object");
  ReplyReader reader;
  std::vector<Order> orders;
  for (const auto& [market, entries] : body->members) {
    if (!entries.Is(Type::kArray)) reader.Fail(market, "is not an array");
    for (const JsonValue& item : entries.items) orders.push_back(ReadEnded(reader, item, market));
  }
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return orders;
}

Result<void> ReadCancelled(const HttpResponse& response) {
  const Result<JsonValue> body = ReadBody(response);
  if (!body) return tl::unexpected<Error>(body.error());
  if (!body->Is(Type::kArray)) return ProtocolError(response, "is not an array");
  return {};
}

Result<std::string> ReadToken(const HttpResponse& response) {
  const Result<JsonValue> body = ReadBody(response);
  if (!body) return tl::unexpected<Error>(body.error());
  const JsonValue* token = body->Find("websocket_token");
  if (token == nullptr || !token->Is(Type::kString) || token->text.empty()) {
    return ProtocolError(response, "has no websocket_token");
  }
  return token->text;
}

Result<TimePoint> ReadServerTime(const HttpResponse& response) {
  const Result<JsonValue> body = ReadBody(response);
  if (!body) return tl::unexpected<Error>(body.error());
  ReplyReader reader;
  const std::optional<TimePoint> time = reader.OptionalTime(*body, "time", kSeconds);
  if (!time) reader.Fail("time", "is missing");
  if (!reader.ok()) return ProtocolError(response, reader.problem());
  return *time;
}

}  // namespace ocokit::client::whitebit
