#include "mock_exchange/bingx/orders/place.h"

#include <algorithm>

#include "mock_exchange/bingx/limits.h"
#include "mock_exchange/bingx/order_fields.h"
#include "mock_exchange/bingx/orders/read_place.h"
#include "mock_exchange/bingx/orders/write.h"

namespace ocokit::mock::bingx {
namespace {

// What makes two orders "the same" for the once-a-second rule.
std::string Fingerprint(const engine::OrderCommand& c) {
  std::string out = std::to_string(c.market) + Name(c.side) + Name(c.type) + c.client_id;
  for (const Decimal* number : {&c.amount, &c.money, &c.price, &c.trigger}) {
    out += ' ';
    number->AppendTo(out);
  }
  return out;
}

engine::Rules RulesOf(const Account& account) {
  engine::Rules rules = account.Rules(kMaxOpenOrders);
  rules.equal_client_ids = account.settings.equal_client_ids;
  return rules;
}

// At once means all or none: what is wrong with any of them is found before one is placed.
std::optional<NotPlaced> CheckTogether(const BatchRequest& batch, const CallContext& call) {
  std::vector<engine::OrderCommand> commands;
  for (const Parameters& order : batch.orders) {
    auto command = ReadOrder(order, call.account);
    if (!command) return NotPlaced{command.error(), Stage::kRead};
    const auto same = [&, mine = Fingerprint(*command)](const engine::OrderCommand& other) {
      return Fingerprint(other) == mine;
    };
    if (call.account.settings.rate_limits && std::ranges::any_of(commands, same)) {
      return NotPlaced{{ErrorId::kSameOrder}, Stage::kLimit};
    }
    commands.push_back(std::move(*command));
  }
  const engine::Rules rules = RulesOf(call.account);
  const auto rejection = call.account.engine.CheckTogether(commands, rules, call.now);
  if (!rejection) return std::nullopt;
  const engine::OrderCommand& first = commands.front();
  const engine::Market& market = call.account.engine.markets()[first.market];
  return NotPlaced{Explain(*rejection, first.side, {first.price, {}}, market, rules),
                   Stage::kEngine};
}

}  // namespace

Reply NotPlaced::Write(const CallContext& call) const {
  if (as_set != nullptr) return WriteError(*as_set, stage, call.now, WordingFor(call.account));
  return call.Refuse(refusal, stage);
}

std::string NotPlaced::Text(const CallContext& call) const {
  if (as_set != nullptr) return std::string(as_set->text);
  return TextOf(refusal, WordingFor(call.account));
}

tl::expected<const Order*, NotPlaced> PlaceOrder(const Parameters& parameters,
                                                 const CallContext& call) {
  const auto refuse = [](const Refusal& refusal, Stage stage) {
    return tl::unexpected<NotPlaced>(NotPlaced{refusal, stage});
  };
  Account& account = call.account;
  const auto command = ReadOrder(parameters, account);
  if (!command) return refuse(command.error(), Stage::kRead);
  const std::string fingerprint = Fingerprint(*command);
  const bool once_a_second = account.settings.rate_limits;
  if (once_a_second && account.recent_orders.Contains(fingerprint, call.now)) {
    return refuse({ErrorId::kSameOrder}, Stage::kLimit);
  }
  if (const PublishedError* error = FindOrderRefusal(account.settings.refuse_orders)) {
    return tl::unexpected<NotPlaced>(NotPlaced{{ErrorId::kBatch}, Stage::kEngine, error});
  }
  const engine::Rules rules = RulesOf(account);
  const auto placed = account.engine.Place(*command, rules, *account.ids, call.now);
  if (!placed) {
    const engine::Market& market = account.engine.markets()[command->market];
    return refuse(Explain(placed.error(), command->side, {command->price, {}}, market, rules),
                  Stage::kEngine);
  }
  if (once_a_second) account.recent_orders.Add(fingerprint, call.now);
  return &(*placed)->single();
}

Reply CreateOrder(const CallContext& call) {
  const auto placed = PlaceOrder(call.parameters, call);
  if (!placed) return placed.error().Write(call);
  return Accept(WritePlaced(**placed, call.account.engine.markets()));
}

Reply CreateBatch(const CallContext& call) {
  const auto batch = ReadBatch(call.parameters);
  if (!batch) return call.Refuse(batch.error(), Stage::kRead);
  if (!batch->one_by_one) {
    if (const auto refused = CheckTogether(*batch, call)) return refused->Write(call);
  }
  std::vector<const Order*> placed;
  for (const Parameters& order : batch->orders) {
    const auto one = PlaceOrder(order, call);
    if (one) {
      placed.push_back(*one);
      continue;
    }
    if (batch->one_by_one) continue;
    // What the engine refuses takes the others with it, as far as they still wait.
    for (const Order* before : placed) (void)call.account.Cancel(*before->list, call.now);
    return one.error().Write(call);
  }
  return Accept(WriteBatch(placed, call.account.engine.markets()));
}

}  // namespace ocokit::mock::bingx
