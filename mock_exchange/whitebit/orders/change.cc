#include "mock_exchange/whitebit/orders/change.h"

#include "mock_exchange/whitebit/oco/read.h"
#include "mock_exchange/whitebit/order_fields.h"
#include "mock_exchange/whitebit/orders/write.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::OrderCommand;
using engine::OrderType;

// What waits of an order, as a command that would place it.
OrderCommand CommandOf(const Order& order) {
  const OrderList& list = *order.list;
  OrderCommand c;
  c.market = list.market;
  c.wallet = list.wallet;
  c.side = list.side;
  c.amount = list.money.IsZero() ? order.Left() : Decimal();
  c.money = list.money;
  c.reduce_only = list.reduce_only;
  c.position_side = list.position_side;
  c.stp = list.stp;
  c.type = order.type;
  c.tif = order.tif;
  if (engine::HasPrice(order.type)) c.price = order.price;
  c.trigger = order.trigger;
  c.when = order.when;
  c.client_id = order.client_id.str();
  c.label = order.label;
  // A stop order that has triggered is a limit order by now.
  if (order.activated) c.type = OrderType::kLimit;
  return c;
}

std::optional<Refusal> ReadAmounts(const JsonValue& body, const MarketSpec& spec, OrderCommand& c) {
  const JsonValue* amount = body.FindGiven("amount");
  const JsonValue* total = body.FindGiven("total");
  const bool for_money = !c.money.IsZero();
  if (total != nullptr) {
    if (!for_money) return Refusal{ErrorId::kTotalNotTaken};
    if (auto bad = ReadMoney(*total, "total", spec, c.money)) return bad;
  }
  if (amount == nullptr) return std::nullopt;
  if (for_money) return Refusal{ErrorId::kAmountNotTaken};
  return ReadAmount(*amount, spec, c.amount);
}

// Puts what is to be different into `c`.
std::optional<Refusal> ReadChanges(const JsonValue& body, const Account& account, OrderCommand& c) {
  const MarketSpec& spec = account.engine.markets()[c.market].spec;
  const JsonValue* price = body.FindGiven("price");
  // ccxt sends the other spelling.
  const JsonValue* trigger = body.FindGiven("activationPrice");
  if (trigger == nullptr) trigger = body.FindGiven("activation_price");
  bool given = price != nullptr || trigger != nullptr;
  for (const char* field : {"amount", "total", "stp"}) {
    given = given || body.FindGiven(field) != nullptr;
  }
  if (!given) return Refusal{ErrorId::kNothingToModify};
  if (trigger != nullptr) {
    if (!engine::IsStop(c.type)) return Refusal{ErrorId::kActivationOfLimit};
    if (auto bad = ReadActivationPrice(*trigger, spec, c.trigger)) return bad;
  }
  if (price != nullptr) {
    if (!engine::HasPrice(c.type)) return Refusal{ErrorId::kPriceOfStopMarket};
    if (auto bad = ReadPrice(*price, "price", spec, c.price)) return bad;
  }
  if (auto bad = ReadAmounts(body, spec, c)) return bad;
  if (auto bad = ReadStp(body, c.stp)) return bad;
  return engine::HasPrice(c.type) ? CheckTotal(c.amount, c.price, spec) : std::nullopt;
}

}  // namespace

Placed<const Order*> ReplaceOrder(const Named& named, const std::string& id_field,
                                  const JsonValue& body, const CallContext& call) {
  Account& account = call.account;
  const Order* old = FindActive(named, account.engine.orders());
  if (old == nullptr) return Unplaced(About(ErrorId::kOrderUnknown, id_field), Stage::kEngine);
  // The orders of a group are not changed one by one.
  if (old->list->oto == engine::OtoRole::kPending) {
    return Unplaced({ErrorId::kExitModified}, Stage::kEngine);
  }
  if (old->list->IsOco() || old->list->oto == engine::OtoRole::kWorking) {
    return Unplaced({ErrorId::kGroupModified}, Stage::kEngine);
  }
  OrderCommand command = CommandOf(*old);
  if (auto bad = ReadChanges(body, account, command)) return Unplaced(*bad, Stage::kRead);
  const auto placed = account.engine.Replace(
      *old->list, command, OrderRules(account, command.wallet), *account.ids, call.now);
  if (!placed) {
    const bool equal = placed.error().reason == engine::RejectReason::kTriggerEqualsLast;
    return Unplaced(equal ? Refusal{ErrorId::kEngineTriggerEqualsLast}
                          : Explain(placed.error(), command.wallet),
                    Stage::kEngine, placed.error());
  }
  return &(*placed)->single();
}

Reply ModifyOrder(const CallContext& call) {
  const auto request = ReadCancel(call.body, call.account);
  if (!request) return Refuse(call, Stage::kRead, request.error());
  const auto placed = ReplaceOrder({request->market, request->id, request->client_order_id},
                                   request->id_field, call.body, call);
  if (!placed) return Refuse(call, placed.error().stage, placed.error().refusal);
  return Accept(WriteOrder(**placed, call.account));
}

}  // namespace ocokit::mock::whitebit
