// Exits: what is placed for an order that has filled.

#include <utility>

#include "mock_exchange/engine/command_scope.h"
#include "mock_exchange/engine/engine.h"
#include "mock_exchange/engine/make_list.h"
#include "mock_exchange/engine/price_checks.h"

namespace ocokit::mock::engine {
namespace {

void AddExit(OrderList& list, std::size_t place, OrderId id, const Decimal& trigger, bool above,
             const Decimal& last) {
  Order& order = AddOrder(list, place, "");
  order.id = id;
  order.type = OrderType::kStopMarket;
  order.phase = Phase::kUntriggered;
  order.trigger = trigger;
  order.when = above ? When::kAtOrAbove : When::kAtOrBelow;
  order.price = last;
}

// Whether none of them has triggered.
bool IsUntouched(const OrderList& list) {
  bool out = list.open;
  list.ForEach([&](const Order& order) { out = out && !order.activated; });
  return out;
}

}  // namespace

void Engine::OweExits(const OrderList& list, const Decimal& opened, const Rules& rules) {
  Exits* exits = orders_->ExitsOf(list);
  exits->owed += opened;
  if (rules.exits_on_first_fill) due_exits_.push_back(exits);
}

void Engine::PlaceExits(const Rules& rules, TimePoint now) {
  // They bring no exits along themselves.
  for (Exits* exits : std::exchange(due_exits_, {})) PlaceExitsOf(*exits, rules, now);
}

void Engine::PlaceExitsOf(Exits& exits, const Rules& rules, TimePoint now) {
  const Decimal owed = std::exchange(exits.owed, Decimal());
  if (owed.IsZero() || exits.cancelled) return;
  if (exits.placed) {
    // What has triggered is over: their ids are used up.
    if (exits.pending == nullptr || !IsUntouched(*exits.pending)) return;
    SetAmount(*exits.pending, exits.pending->amount + owed, PairEvent::Cause::kSiblingFilled, now);
    exits.pending->updated = now;
    return;
  }
  const OrderList& working = *exits.working;
  Market& m = markets_[working.market];
  const Side side = working.side == Side::kBuy ? Side::kSell : Side::kBuy;
  const Decimal amount = Reducible(m.position(working.position_side), side, owed);
  // What it has opened is gone already.
  if (amount.IsZero()) return;
  OrderList& list =
      Enter(MakeExits(exits, amount, now), rules, PairEvent::Cause::kSiblingFilled, now);
  orders_->SetPending(exits, list);
  for (const auto& order : list.orders) {
    // The price may have gone through the entry and an exit at once.
    const bool waits = order != nullptr && order->phase == Phase::kUntriggered;
    if (waits && m.last && IsMet(order->when, order->trigger, *m.last)) {
      Trigger(*order, Decimal(1), rules, PairEvent::Cause::kPlacement, now);
    }
  }
}

std::unique_ptr<OrderList> Engine::MakeExits(const Exits& exits, const Decimal& amount,
                                             TimePoint now) const {
  const OrderList& working = *exits.working;
  // Nothing may have traded yet: an order can have taken from a book.
  const Decimal last = markets_[working.market].last.value_or(Decimal());
  Placement closing;
  closing.market = working.market;
  closing.wallet = working.wallet;
  closing.side = working.side == Side::kBuy ? Side::kSell : Side::kBuy;
  closing.amount = amount;
  closing.reduce_only = true;
  closing.position_side = working.position_side;
  auto list = MakeList(closing, now);
  const bool closes_long = list->side == Side::kSell;
  std::size_t place = 0;
  if (!exits.take_profit.IsZero()) {
    AddExit(*list, place++, exits.take_profit_id, exits.take_profit, closes_long, last);
  }
  if (!exits.stop_loss.IsZero()) {
    AddExit(*list, place, exits.stop_loss_id, exits.stop_loss, !closes_long, last);
  }
  return list;
}

const OrderList* Engine::CancelExit(const Order& exit, const Rules& rules, TimePoint now) {
  OrderList& list = *exit.list;
  const Order* other = list.SiblingOf(exit);
  if (!exit.IsWaiting() || other == nullptr || !other->IsWaiting()) {
    return Cancel(list, rules, now);
  }
  const Command scope(*this, now);
  Withdraw(*list.orders[&exit == list.orders[0].get() ? 0 : 1], Ending::kRequest,
           PairEvent::Cause::kRequest, now);
  list.updated = now;
  return &list;
}

bool Engine::CancelOto(OrderId id, const Rules& rules, TimePoint now, PairEvent::Cause cause) {
  Exits* exits = orders_->FindExits(id);
  if (exits == nullptr) return false;
  const Command scope(*this, now);
  bool open = false;
  exits->cancelled = true;
  for (OrderList* list : {exits->working, exits->pending}) {
    if (list == nullptr || !list->open) continue;
    open = true;
    EndList(*list, Ending::kRequest, cause, now);
  }
  PlaceExits(rules, now);
  return open;
}

}  // namespace ocokit::mock::engine
