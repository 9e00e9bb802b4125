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
Leg ReadLeg(ReplyReader& reader, const JsonValue& object) {
  Leg leg;
  leg.order_id = OrderId{reader.Id(object, {"order_id", "orderId"})};
  leg.client_order_id = reader.OptionalString(object, {"client_order_id", "clientOrderId"});
  leg.market = reader.String(object, "market");
  if (auto side = ValueOf(kSideNames, reader.String(object, "side"))) {
    leg.side = *side;
  } else {
    reader.Fail("side", "is neither buy nor sell");
  }
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
  leg.price = reader.Number(object, "price");
  leg.activation_price = reader.OptionalNumber(object, {"activation_price", "activationPrice"});
  leg.activation_condition =
      reader.OptionalString(object, {"activation_condition", "activationCondition"});
  leg.activated = reader.OptionalBool(object, "activated");
  leg.post_only = reader.OptionalBool(object, {"post_only", "postOnly"}).value_or(false);
  leg.status_text = reader.OptionalString(object, "status");
  leg.status = ReadStatus(leg.status_text);
  leg.stp = reader.OptionalString(object, "stp");
  leg.position_side = reader.OptionalString(object, {"positionSide", "position_side"});
  leg.reduce_only = reader.OptionalBool(object, {"reduceOnly", "reduce_only"});
  return leg;
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

Result<void> ReadCancelled(const HttpResponse& response) {
  const Result<JsonValue> body = ReadBody(response);
  if (!body) return tl::unexpected<Error>(body.error());
  if (!body->Is(Type::kArray)) return ProtocolError(response, "is not an array");
  return {};
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
