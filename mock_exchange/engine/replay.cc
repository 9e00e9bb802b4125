#include "mock_exchange/engine/replay.h"

#include "mock_exchange/engine/number.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::engine {
namespace {

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

void Replay::Apply(const Event& event, const EventLog& log) {
  const auto order = [&]() -> ReplayedOrder& {
    const auto it = orders_.find(event.order);
    OCOKIT_CHECK(it != orders_.end() && it->second.phase != Phase::kDone,
                 "an event of an order that is not open");
    return it->second;
  };
  std::visit(
      Overloaded{
          [&](const OrderPlaced& placed) {
            ReplayedOrder& made = orders_[event.order];
            made.list = event.list;
            made.phase = placed.untriggered ? Phase::kUntriggered : Phase::kResting;
            made.price = placed.price;
            made.trigger = placed.trigger;
            ReplayedList& list = lists_[event.list];
            list.amount = placed.amount;
            list.created = event.at;
            ++list.waiting;
          },
          [&](const OrderTriggered&) {
            order().phase = Phase::kResting;
            order().activated = true;
            order().triggered = event.at;
          },
          [&](const OrderTraded& traded) {
            order().filled += traded.amount;
            order().value += (traded.amount * traded.price).Truncate(kMaxValueScale);
            order().fee += traded.fee;
          },
          [&](const OrderDone& done) {
            ReplayedOrder& ended = order();
            ended.phase = Phase::kDone;
            ended.ending = done.ending;
            --lists_.at(event.list).waiting;
          },
          [&](const AmountChanged& changed) { lists_.at(event.list).amount = changed.amount; },
          [&](const BalanceChanged& changed) {
            balances_[{changed.wallet, log.assets().at(changed.asset)}] = changed.balance;
          },
          [&](const PositionChanged& changed) {
            positions_[{event.market, changed.side}] = {changed.amount, changed.cost};
          },
          [&](const LeverageChanged& changed) { leverage_ = changed.leverage; },
          [&](const HedgeModeChanged& changed) { hedge_mode_ = changed.on; }},
      event.what);
  if (event.list != 0) lists_.at(event.list).updated = event.at;
}

void Replay::ForgetEnded() {
  std::erase_if(orders_,
                [&](const auto& order) { return lists_.at(order.second.list).waiting == 0; });
  std::erase_if(lists_, [](const auto& list) { return list.second.waiting == 0; });
}

}  // namespace ocokit::mock::engine
