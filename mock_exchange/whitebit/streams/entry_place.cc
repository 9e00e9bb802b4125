// Order entry: one order by itself, placed or put in place of another.

#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/orders/change.h"
#include "mock_exchange/whitebit/orders/place.h"
#include "mock_exchange/whitebit/streams/entry.h"
#include "mock_exchange/whitebit/streams/entry_errors.h"
#include "mock_exchange/whitebit/streams/entry_read.h"
#include "mock_exchange/whitebit/streams/order.h"

namespace ocokit::mock::whitebit {
namespace {

std::string ShowEntered(const Order& order, const Account& account) {
  JsonWriter json;
  WriteOrderObject(order, AsItIs(order), OrderShape::kReply, account, json);
  return json.Take();
}

}  // namespace

Answered<std::string> EnterOrder(const EntryCall& call, const PlaceRule& rule, bool at_best) {
  const auto market = ReadEntryMarket(call);
  if (!market) return tl::unexpected<Refused>(market.error());
  const MarketSpec& spec = call.account.engine.markets()[*market].spec;
  if (rule.wallet == engine::Wallet::kSpot && spec.kind == MarketKind::kFutures) {
    return Decline(1, "the market is futures");
  }
  auto given = CheckGiven(call.given, {"amount"});
  if (given && engine::HasPrice(rule.type)) {
    given = CheckGiven(call.given, {at_best ? "bbo_role" : "price"});
  }
  if (given && engine::IsStop(rule.type)) given = CheckGiven(call.given, {"activation_price"});
  if (!given) return tl::unexpected<Refused>(given.error());
  const JsonValue* side = call.given.FindGiven("side");
  const bool in_money = !rule.stock && side != nullptr && side->text == "buy";
  if (auto bad = CheckEntry(call.given, spec, in_money); !bad) {
    return tl::unexpected<Refused>(bad.error());
  }
  JsonValue body = AsRest(call.given);
  if (at_best) {
    std::erase_if(body.members, [](const JsonValue& member) { return member.name == "price"; });
    body.members.push_back(*call.given.FindGiven("bbo_role"));
    body.members.back().name = "bboRole";
  }
  const auto placed = PlaceOrder(body, rule, {body, call.account, call.now});
  if (!placed) return DeclineFor(placed.error(), rule.wallet);
  return ShowEntered(**placed, call.account);
}

Answered<std::string> EnterModify(const EntryCall& call) {
  const auto named = ReadNamed(call);
  if (!named) return tl::unexpected<Refused>(named.error());
  if (call.given.FindGiven("amount") != nullptr && call.given.FindGiven("total") != nullptr) {
    return Decline(1, "amount and total cannot be specified simultaneously");
  }
  const Order* old = FindActive(*named, call.account.engine.orders());
  if (old == nullptr) return NoOrder();
  const engine::Wallet wallet = old->list->wallet;
  const JsonValue body = AsRest(call.given);
  const auto placed = ReplaceOrder(*named, "order_id", body, {body, call.account, call.now});
  if (!placed) return DeclineFor(placed.error(), wallet);
  return ShowEntered(**placed, call.account);
}

}  // namespace ocokit::mock::whitebit
