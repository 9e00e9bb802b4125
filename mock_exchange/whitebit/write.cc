#include "mock_exchange/whitebit/write.h"

#include "mock_exchange/core/json_response.h"

namespace ocokit::mock::whitebit {
namespace {

// How a reply spells the members of a leg: the order pages in snake case, conditional-orders in
// camel case.
struct Spelling {
  const char* order_id;
  const char* client_order_id;
  const char* deal_money;
  const char* deal_stock;
  const char* deal_fee;
  const char* post_only;
  const char* activation_price;
  const char* activation_condition;
  bool reduce_only;  // on each leg
};

constexpr Spelling kSnake = {
    "order_id",  "client_order_id",  "deal_money",           "deal_stock", "deal_fee",
    "post_only", "activation_price", "activation_condition", false};
constexpr Spelling kCamel = {"orderId", "clientOrderId", "dealMoney",       "dealStock",
                             "dealFee", "postOnly",      "activationPrice", "activationCondition",
                             true};

std::string_view StatusName(LegState state) {
  switch (state) {
    case LegState::kResting:
    case LegState::kWaiting:
    case LegState::kTriggered:
      return "OPEN";
    case LegState::kPartiallyFilled:
      return "PARTIALLY_FILLED";
    case LegState::kFilled:
      return "FILLED";
    case LegState::kCanceled:
    case LegState::kNeverTriggered:
      return "CANCELED";
    case LegState::kReduceOnlyCanceled:
      return "AUTO_CANCELED_REDUCE_ONLY";
  }
  return "";
}

// Replies always have the short form.
std::string_view StpName(engine::Stp stp) {
  switch (stp) {
    case engine::Stp::kNo:
      return "no";
    case engine::Stp::kCancelBoth:
      return "cb";
    case engine::Stp::kCancelNew:
      return "cn";
    case engine::Stp::kCancelOld:
      return "co";
  }
  return "";
}

void WriteLeg(const Pair& pair, LegKind kind, const MarketSpec& market, const Spelling& s,
              JsonWriter& json) {
  const engine::Leg& leg = pair.leg(kind);
  const bool stop = kind == LegKind::kStop;
  const bool buy = pair.side == Side::kBuy;
  json.BeginObject();
  json.Key(s.order_id).Integer(static_cast<std::int64_t>(leg.id));
  json.Key(s.client_order_id).String(leg.client_id);
  json.Key("market").String(market.symbol);
  json.Key("side").String(buy ? "buy" : "sell");
  json.Key("type").String(stop ? "stop limit" : "limit");
  json.Key("timestamp").Seconds(pair.created);
  json.Key(s.deal_money).DecimalString(leg.value);
  json.Key(s.deal_stock).DecimalString(leg.filled);
  json.Key("amount").DecimalString(pair.amount);
  json.Key("takerFee").DecimalString(market.taker_fee);
  json.Key("makerFee").DecimalString(market.maker_fee);
  json.Key("left").DecimalString(pair.amount - leg.filled);
  json.Key(s.deal_fee).DecimalString(leg.fee);
  json.Key(s.post_only).Bool(false);
  json.Key("mtime").Seconds(pair.updated);
  json.Key("price").DecimalString(leg.price);
  if (stop) {
    json.Key(s.activation_price).DecimalString(pair.trigger_price);
    json.Key(s.activation_condition).String(buy ? "gte" : "lte");
    json.Key("activated").Integer(pair.activated ? 1 : 0);
  }
  json.Key("status").String(StatusName(leg.state));
  json.Key("stp").String(StpName(pair.stp));
  json.Key("positionSide").String(buy ? "LONG" : "SHORT");
  if (s.reduce_only) json.Key("reduceOnly").Bool(pair.reduce_only);
  json.EndObject();
}

void WritePairTo(const Pair& pair, const MarketSpec& market, JsonWriter& json) {
  json.BeginObject().Key("id").Integer(static_cast<std::int64_t>(pair.id));
  json.Key("reduceOnly").Bool(pair.reduce_only);
  json.Key("stop_loss");
  WriteLeg(pair, LegKind::kStop, market, kSnake, json);
  json.Key("take_profit");
  WriteLeg(pair, LegKind::kLimit, market, kSnake, json);
  json.EndObject();
}

}  // namespace

Response WritePair(const Pair& pair, const MarketSpec& market) {
  JsonWriter json;
  WritePairTo(pair, market, json);
  return JsonResponse(json);
}

Response WriteOcoOrders(const std::vector<const Pair*>& pairs,
                        const std::vector<engine::Market>& markets) {
  JsonWriter json;
  json.BeginArray();
  for (const Pair* pair : pairs) WritePairTo(*pair, markets[pair->market].spec, json);
  json.EndArray();
  return JsonResponse(json);
}

Response WriteConditionalOrders(const std::vector<const Pair*>& pairs,
                                const std::vector<engine::Market>& markets, std::size_t limit,
                                std::size_t offset, std::size_t total) {
  JsonWriter json;
  json.BeginObject().Key("limit").Integer(static_cast<std::int64_t>(limit));
  json.Key("offset").Integer(static_cast<std::int64_t>(offset));
  json.Key("total").Integer(static_cast<std::int64_t>(total));
  json.Key("records").BeginArray();
  for (const Pair* pair : pairs) {
    const MarketSpec& market = markets[pair->market].spec;
    json.BeginObject().Key("id").Integer(static_cast<std::int64_t>(pair->id));
    json.Key("type").String("oco");
    json.Key("stopLoss");
    WriteLeg(*pair, LegKind::kStop, market, kCamel, json);
    json.Key("takeProfit");
    WriteLeg(*pair, LegKind::kLimit, market, kCamel, json);
    json.EndObject();
  }
  json.EndArray().EndObject();
  return JsonResponse(json);
}

Response WriteEmptyList() {
  JsonWriter json;
  json.BeginArray().EndArray();
  return JsonResponse(json);
}

Response WriteTime(TimePoint now) {
  JsonWriter json;
  json.BeginObject().Key("time").Integer(ToUnixMillis(now) / 1000).EndObject();
  return JsonResponse(json);
}

}  // namespace ocokit::mock::whitebit
