// Order entry: groups of orders that depend on each other, OCO and OTO.

#include <algorithm>
#include <array>

#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/oco/answer.h"
#include "mock_exchange/whitebit/orders/place.h"
#include "mock_exchange/whitebit/streams/entry.h"
#include "mock_exchange/whitebit/streams/entry_errors.h"
#include "mock_exchange/whitebit/streams/entry_read.h"
#include "mock_exchange/whitebit/streams/order.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::OrderType;

std::string ShowOco(const OrderList& pair, const Account& account) {
  JsonWriter json;
  json.BeginObject().Key("type").String("oco");
  json.Key("id").Integer(static_cast<std::int64_t>(pair.id));
  json.Key("stop_loss");
  WriteOrderObject(pair.stop(), AsItIs(pair.stop()), OrderShape::kReply, account, json);
  json.Key("take_profit");
  WriteOrderObject(pair.limit(), AsItIs(pair.limit()), OrderShape::kReply, account, json);
  json.EndObject();
  return json.Take();
}

// `type`: of the exits, as it was asked for.
std::string ShowOto(const Order& order, const engine::Exits& exits, std::string_view type,
                    const Account& account) {
  JsonWriter json;
  json.BeginObject().Key("type").String("oto");
  json.Key("id").Integer(static_cast<std::int64_t>(exits.id));
  json.Key("conditional_order_type").String(type);
  if (!exits.take_profit.IsZero()) {
    json.Key("take_profit_price").DecimalString(exits.take_profit);
  }
  if (!exits.stop_loss.IsZero()) json.Key("stop_loss_price").DecimalString(exits.stop_loss);
  json.Key("trigger_order");
  WriteOrderObject(order, AsItIs(order), OrderShape::kReply, account, json);
  json.EndObject();
  return json.Take();
}

// Which exits there are; all of them sell or buy at the market here.
struct ExitType {
  std::string_view name;
  bool take_profit;
  bool stop_loss;
};
constexpr std::array kExitTypes = {
    ExitType{"margin_market_oco", true, true},  ExitType{"margin_take_profit", true, false},
    ExitType{"margin_stop_loss", false, true},  ExitType{"margin_limit", true, false},
    ExitType{"margin_stop_limit", false, true},
};

std::string_view ExitTypeOf(const engine::Exits& exits) {
  if (exits.stop_loss.IsZero()) return "margin_take_profit";
  return exits.take_profit.IsZero() ? "margin_stop_loss" : "margin_market_oco";
}

struct TriggerType {
  std::string_view name;
  OrderType type;
};
constexpr std::array kTriggerTypes = {
    TriggerType{"margin_limit", OrderType::kLimit},
    TriggerType{"margin_market", OrderType::kMarket},
    TriggerType{"margin_stop_limit", OrderType::kStopLimit},
    TriggerType{"margin_stop_market", OrderType::kStopMarket},
};

// The row that a member names; null: none.
template <typename Rows>
const typename Rows::value_type* FindType(const Rows& rows, const JsonValue& given,
                                          const char* field) {
  const JsonValue* name = given.FindGiven(field);
  if (name == nullptr || !name->Is(JsonValue::Kind::kString)) return nullptr;
  const auto it = std::ranges::find(rows, std::string_view(name->text), &Rows::value_type::name);
  return it == rows.end() ? nullptr : &*it;
}

// Puts the exit's price into the body; what is not of that kind of exits may not be given.
Answered<void> AddExit(const JsonValue& given, const char* field, const char* in_rest, bool wanted,
                       JsonValue& body) {
  const JsonValue* price = given.FindGiven(field);
  if (wanted != (price != nullptr)) {
    return wanted ? Decline(1, std::string(field) + " is required") : InvalidArgument();
  }
  if (price == nullptr) return {};
  body.members.push_back(*price);
  body.members.back().name = in_rest;
  return {};
}

}  // namespace

Answered<std::string> EnterOco(const EntryCall& call) {
  const auto market = ReadEntryMarket(call);
  if (!market) return tl::unexpected<Refused>(market.error());
  const MarketSpec& spec = call.account.engine.markets()[*market].spec;
  auto good = CheckGiven(call.given, {"amount", "price", "activation_price", "stop_limit_price"});
  if (good) good = CheckEntry(call.given, spec, /*in_money=*/false);
  if (!good) return tl::unexpected<Refused>(good.error());
  auto limit_id = ReadLegId(call, "limit_client_order_id");
  if (!limit_id) return limit_id;
  auto stop_id = ReadLegId(call, "stop_client_order_id");
  if (!stop_id) return stop_id;
  if (!limit_id->empty() && *limit_id == *stop_id) {
    return Decline(1, "limit_client_order_id and stop_client_order_id cannot be equal");
  }
  JsonValue body = AsRest(call.given);
  // A group has no id of the client's here.
  std::erase_if(body.members, [](const JsonValue& m) { return m.name == "clientOrderId"; });
  const auto placed = PlaceOco(body, {body, call.account, call.now}, *limit_id, *stop_id);
  if (!placed) return DeclineFor(placed.error(), engine::Wallet::kMargin);
  return ShowOco(**placed, call.account);
}

Answered<std::string> EnterOto(const EntryCall& call) {
  const auto* const exit = FindType(kExitTypes, call.given, "conditional_order_type");
  const auto* const trigger = FindType(kTriggerTypes, call.given, "trigger_order_type");
  if (exit == nullptr || trigger == nullptr) return Decline(1, "unknown order type");
  const JsonValue* order = call.given.FindGiven("trigger_order");
  if (order == nullptr || !order->Is(JsonValue::Kind::kObject)) return InvalidArgument();
  const EntryCall entry{*order, call.account, call.now};
  const auto market = ReadEntryMarket(entry);
  if (!market) return tl::unexpected<Refused>(market.error());
  const JsonValue* rpi = order->FindGiven("rpi");
  if (rpi != nullptr && rpi->text == "true") {
    return Decline(1, "flags: rpi=1 can not be set for trigger in oto");
  }
  const PlaceRule rule{.wallet = engine::Wallet::kMargin, .type = trigger->type};
  auto good = CheckGiven(*order, {"amount"});
  if (good && engine::HasPrice(rule.type)) good = CheckGiven(*order, {"price"});
  if (good && engine::IsStop(rule.type)) good = CheckGiven(*order, {"activation_price"});
  const MarketSpec& spec = call.account.engine.markets()[*market].spec;
  if (good) good = CheckEntry(*order, spec, /*in_money=*/false);
  if (!good) return tl::unexpected<Refused>(good.error());
  const bool both = exit->take_profit && exit->stop_loss;
  if (both && (call.given.FindGiven("take_profit") == nullptr ||
               call.given.FindGiven("stop_loss") == nullptr)) {
    return Decline(1, "take_profit and stop_loss are required");
  }
  JsonValue body = AsRest(*order);
  good = AddExit(call.given, "take_profit", "takeProfit", exit->take_profit, body);
  if (good) good = AddExit(call.given, "stop_loss", "stopLoss", exit->stop_loss, body);
  if (!good) return tl::unexpected<Refused>(good.error());
  const auto placed = PlaceOrder(body, rule, {body, call.account, call.now});
  if (!placed) return DeclineFor(placed.error(), rule.wallet);
  const engine::Exits& exits = *call.account.engine.orders().ExitsOf(*(*placed)->list);
  return ShowOto(**placed, exits, exit->name, call.account);
}

Answered<std::string> EnterCancelConditional(const EntryCall& call) {
  const auto market = ReadEntryMarket(call);
  if (!market) return tl::unexpected<Refused>(market.error());
  const JsonValue* given = call.given.FindGiven("order_id");
  const auto id = given == nullptr ? std::nullopt : ReadId(*given);
  if (!id) return InvalidArgument();
  const JsonValue none;
  const CallContext context{none, call.account, call.now};
  if (const OrderList* pair = CancelOcoGroup(*market, *id, context)) {
    return ShowOco(*pair, call.account);
  }
  const engine::Exits* exits = call.account.engine.orders().FindExits(*id);
  const bool working = exits != nullptr && exits->working != nullptr;
  if (!CancelOtoGroup(*market, *id, context)) return NoOrder();
  // Its order is kept as long as its exits are.
  if (!working) return std::string("{}");
  return ShowOto(exits->working->single(), *exits, ExitTypeOf(*exits), call.account);
}

}  // namespace ocokit::mock::whitebit
