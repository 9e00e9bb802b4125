// What becomes of an order: it is triggered, filled, withdrawn, settled.

#include "mock_exchange/engine/engine.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::engine {
namespace {

// Market orders end in the call that begins them, and never wait in a book.
bool IsInBook(const Order& order) {
  return order.phase == Phase::kUntriggered ||
         (order.phase == Phase::kResting && HasPrice(order.type));
}

bool MayWait(const Order& order) { return HasPrice(order.type) && order.tif != Tif::kIoc; }

}  // namespace

LegState StateOf(const Order& order) {
  switch (order.phase) {
    case Phase::kUntriggered:
      return LegState::kWaiting;
    case Phase::kResting:
      if (order.filled.IsPositive()) return LegState::kPartiallyFilled;
      return order.activated ? LegState::kTriggered : LegState::kResting;
    case Phase::kDone:
      break;
  }
  switch (order.ending) {
    case Ending::kFilled:
      return LegState::kFilled;
    case Ending::kNeverTriggered:
      return LegState::kNeverTriggered;
    case Ending::kReduceOnly:
      return LegState::kReduceOnlyCanceled;
    case Ending::kNone:
    case Ending::kRequest:
    case Ending::kSibling:
    case Ending::kRemainder:
    case Ending::kPostOnly:
    case Ending::kReplaced:
      break;
  }
  return LegState::kCanceled;
}

Found Engine::FindFor(const Order& order, const Decimal& fill_share) const {
  const OrderList& list = *order.list;
  const Market& m = markets_[list.market];
  Wanted wanted{.side = list.side, .limit = {}, .amount = {}, .money = {}, .step = {}};
  wanted.step = m.spec.amount_step;
  wanted.amount = list.money.IsZero() ? order.Left() : kMaxNumber;
  if (fill_share != Decimal(1)) {
    wanted.amount = (wanted.amount * fill_share).TruncateToMultipleOf(wanted.step);
  }
  if (HasPrice(order.type)) {
    wanted.limit = order.price;
  } else if (!list.money.IsZero()) {
    wanted.money = list.money;
  } else if (list.wallet == Wallet::kSpot && list.side == Side::kBuy && order.activated) {
    // The price may have jumped beyond what was reserved at the trigger.
    wanted.money = balances(Wallet::kSpot).at(m.spec.quote).free;
  }
  return Find(m, wanted);
}

bool Engine::CutToPosition(OrderList& list, TimePoint now) {
  if (!list.OnlyReduces()) return true;
  // The position may have shrunk since the placement; the order shrinks with it.
  const Position& position = markets_[list.market].position(list.position_side);
  const Decimal reducible = Reducible(position, list.side, list.Left());
  SetAmount(list, list.amount - list.Left() + reducible, PairEvent::Cause::kNoPosition, now);
  if (!reducible.IsZero()) return true;
  EndList(list, Ending::kReduceOnly, PairEvent::Cause::kNoPosition, now);
  return false;
}

void Engine::Trigger(Order& order, const Decimal& fill_share, const Rules& rules,
                     PairEvent::Cause cause, TimePoint now) {
  OrderList& list = *order.list;
  Market& m = markets_[list.market];
  m.book.Remove(order);
  order.phase = Phase::kResting;
  order.activated = true;
  order.triggered = list.updated = now;
  if (IsInBook(order)) m.book.Add(order);
  Note(order, cause, now, OrderTriggered{*m.last});
  if (Follow(Happening::kTriggered, rules.cancel_sibling_on) == Effect::kCancelSibling) {
    if (Order* sibling = list.SiblingOf(order)) {
      Withdraw(*sibling, Ending::kSibling, PairEvent::Cause::kSiblingTriggered, now);
    }
    SetReserved(list, Min(list.reserved, Required(list, rules)));
  }
  if (!HasPrice(order.type)) SetReserved(list, Decimal());
  Found found = FindFor(order, fill_share);
  if (!found.fills.empty() && list.OnlyReduces()) {
    if (!CutToPosition(list, now)) return;
    found = FindFor(order, fill_share);
  }
  Begin(order, found, rules, cause, now);
}

void Engine::FillResting(Order& order, const Decimal& fill_share, const Rules& rules,
                         TimePoint now) {
  OrderList& list = *order.list;
  if (!CutToPosition(list, now)) return;
  const Decimal& step = markets_[list.market].spec.amount_step;
  const Decimal amount = fill_share == Decimal(1)
                             ? list.Left()
                             : (list.Left() * fill_share).TruncateToMultipleOf(step);
  if (amount.IsZero()) return;
  Fill(order, {order.price, amount}, /*taker=*/false, rules, PairEvent::Cause::kPrice, now);
}

void Engine::Begin(Order& order, const Found& found, const Rules& rules, PairEvent::Cause cause,
                   TimePoint now) {
  OrderList& list = *order.list;
  if (!list.money.IsZero() && !found.fills.empty()) {
    // What it takes to be filled is known only now; a thin book may have less.
    const Decimal& step = markets_[list.market].spec.amount_step;
    const Decimal rest = found.exhausted
                             ? AmountFor(list.money - found.value, found.fills.back().price, step)
                             : Decimal();
    SetAmount(list, found.amount + rest, cause, now);
  }
  if (order.tif == Tif::kPostOnly && !found.fills.empty()) {
    return EndList(list, Ending::kPostOnly, PairEvent::Cause::kWouldTake, now);
  }
  const bool all_or_nothing = order.tif == Tif::kFok && found.amount < list.Left();
  if (!all_or_nothing) {
    for (const Level& fill : found.fills) {
      // A fill may end the list before its time: its position is gone.
      if (list.open) Fill(order, fill, /*taker=*/true, rules, cause, now);
    }
  }
  if (!list.open || (MayWait(order) && !all_or_nothing)) return;
  Withdraw(order, Ending::kRemainder, PairEvent::Cause::kNothingThere, now);
  EndList(list, Ending::kSibling, PairEvent::Cause::kSiblingTriggered, now);
  if (!list.money.IsZero()) {
    SetAmount(list, order.filled, PairEvent::Cause::kNothingThere, now);
  }
}

void Engine::Fill(Order& order, const Level& fill, bool taker, const Rules& rules,
                  PairEvent::Cause cause, TimePoint now) {
  OrderList& list = *order.list;
  Market& m = markets_[list.market];
  if (taker) Take(m, list.side, fill);
  const Decimal reserved = list.reserved;
  SetReserved(list, Decimal());
  CountOpen(list, false);
  Trade trade;
  trade.order_id = order.id;
  trade.client_id = order.client_id.text();
  trade.market = list.market;
  trade.wallet = list.wallet;
  trade.side = list.side;
  trade.position_side = list.position_side;
  trade.taker = taker;
  trade.amount = fill.amount;
  trade.price = fill.price;
  trade.at = now;
  const bool brings_exits = list.oto == OtoRole::kWorking;
  const Decimal opened =
      brings_exits ? fill.amount - Reducible(m.position(list.position_side), list.side, fill.amount)
                   : Decimal();
  const Trade& settled = Settle(trade);
  order.filled += fill.amount;
  order.value += settled.value;
  order.fee += settled.fee;
  list.reduces -= Min(list.reduces, fill.amount);
  list.updated = now;
  if (brings_exits) OweExits(list, opened, rules);
  CountOpen(list, true);
  const bool whole = list.Left().IsZero();
  Note(order, cause, now,
       OrderTraded{settled.id, fill.amount, fill.price, settled.fee, settled.taker, whole});
  const Effect effect =
      Follow(whole ? Happening::kFilled : Happening::kFilledInPart, rules.cancel_sibling_on);
  if (effect == Effect::kEndList) {
    Withdraw(order, Ending::kFilled, cause, now);
    EndList(list, Ending::kSibling, PairEvent::Cause::kSiblingFilled, now);
    return FollowPosition(m, rules, now);
  }
  Order* sibling = list.SiblingOf(order);
  if (effect == Effect::kCancelSibling && sibling != nullptr) {
    Withdraw(*sibling, Ending::kSibling, PairEvent::Cause::kSiblingFilled, now);
  }
  SetReserved(list, Min(reserved, Required(list, rules)));
  UpdatePending(list);
  FollowPosition(m, rules, now);
}

const Trade& Engine::Settle(const Trade& executed) {
  Trade trade = executed;
  Market& m = markets_[trade.market];
  const MarketSpec& spec = m.spec;
  const Decimal share = trade.taker ? spec.taker_fee : spec.maker_fee;
  trade.id = next_trade_id_++;
  trade.value = (trade.amount * trade.price).Truncate(kMaxValueScale);
  // A spot purchase is charged in what it receives, everything else in the quote asset.
  trade.fee_in_base = trade.wallet == Wallet::kSpot && trade.side == Side::kBuy;
  trade.fee = ((trade.fee_in_base ? trade.amount : trade.value) * share).Truncate(kMaxValueScale);
  Balance& quote = Money(trade.wallet, spec.quote);
  if (trade.wallet == Wallet::kMargin) {
    SettleMargin(m, trade);
    quote.free -= trade.fee;
  } else if (trade.side == Side::kBuy) {
    quote.free -= trade.value;
    Money(trade.wallet, spec.base).free += trade.amount - trade.fee;
  } else {
    Money(trade.wallet, spec.base).free -= trade.amount;
    quote.free += trade.value - trade.fee;
  }
  trades_.push_back(std::move(trade));
  if (trades_.size() > kMaxTrades) trades_.pop_front();
  return trades_.back();
}

void Engine::Withdraw(Order& order, Ending ending, PairEvent::Cause cause, TimePoint now) {
  if (!order.IsWaiting()) return;
  if (IsInBook(order)) markets_[order.list->market].book.Remove(order);
  const bool withdrawn = ending == Ending::kRequest || ending == Ending::kSibling;
  if (order.phase == Phase::kUntriggered && withdrawn) ending = Ending::kNeverTriggered;
  order.phase = Phase::kDone;
  order.ending = ending;
  Note(order, cause, now, OrderDone{ending});
}

void Engine::EndList(OrderList& list, Ending ending, PairEvent::Cause cause, TimePoint now) {
  for (const auto& order : list.orders) {
    if (order != nullptr) Withdraw(*order, ending, cause, now);
  }
  SetReserved(list, Decimal());
  list.open = false;
  list.updated = now;
  CountOpen(list, false);
  UpdatePending(list);
  orders_->End(list);
  if (list.oto == OtoRole::kWorking) due_exits_.push_back(orders_->ExitsOf(list));
}

}  // namespace ocokit::mock::engine
