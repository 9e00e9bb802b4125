// The money and margin that order lists hold back, and whether there is enough of it.

#include "mock_exchange/engine/engine.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::engine {

Decimal Engine::Reducible(const Position& position, Side side, const Decimal& amount) {
  const bool opposite =
      side == Side::kBuy ? position.amount.IsNegative() : position.amount.IsPositive();
  return opposite ? Min(position.amount.Abs(), amount) : Decimal();
}

Decimal Engine::FreeToReduce(const OrderList& list) const {
  const Market& m = markets_[list.market];
  if (list.wallet == Wallet::kSpot || list.OnlyReduces()) return Decimal();
  const Decimal reducible = Reducible(m.position(list.position_side), list.side, kMaxNumber);
  const auto others = m.orders.find({list.position_side, list.side});
  const Decimal taken = others == m.orders.end() ? Decimal() : others->second.reduces;
  return Min(list.amount, reducible - Min(reducible, taken));
}

std::optional<Rejection> Engine::CheckReduces(OrderList& list) const {
  if (!list.OnlyReduces()) return std::nullopt;
  const Market& m = markets_[list.market];
  const Decimal reducible = Reducible(m.position(list.position_side), list.side, list.amount);
  if (!list.reduce_only) {
    if (reducible == list.amount) return std::nullopt;
    return Rejection{.reason = RejectReason::kOppositePosition};
  }
  list.amount = reducible;
  if (list.amount.IsZero()) return Rejection{.reason = RejectReason::kReduceOnly};
  if (list.amount < m.spec.min_amount) return Rejection{.reason = RejectReason::kAmountTooSmall};
  return std::nullopt;
}

std::optional<Rejection> Engine::CheckFunds(const OrderList& list, const Found& found,
                                            const Rules& rules) const {
  if (list.wallet == Wallet::kMargin) return CheckMargin(list, found, rules);
  const MarketSpec& spec = markets_[list.market].spec;
  const Balances& spot = balances(Wallet::kSpot);
  const auto it = spot.find(list.side == Side::kBuy ? spec.quote : spec.base);
  if (it == spot.end() || it->second.free < Cost(list, found, rules)) {
    return Rejection{.reason = RejectReason::kFunds};
  }
  return std::nullopt;
}

Decimal Engine::Cost(const OrderList& list, const Found& found, const Rules& rules) const {
  const bool at_market = !list.IsPair() && list.single().type == OrderType::kMarket;
  // What a purchase at the market costs is what it finds.
  const bool found_alone = list.side == Side::kBuy && at_market && list.money.IsZero();
  return found_alone ? found.value : Required(list, rules);
}

std::optional<Rejection> Engine::CheckMargin(const OrderList& list, const Found& found,
                                             const Rules& rules) const {
  const Market& m = markets_[list.market];
  if (list.OnlyReduces() || list.amount == list.reduces) return std::nullopt;
  // The market's own limit is for each order by itself: what waits together is bounded by its
  // value. That no number grows out of range is held for all together.
  const auto others = m.orders.find({list.position_side, list.side});
  const Decimal waiting = others == m.orders.end() ? Decimal() : others->second.left;
  const Decimal held = m.position(list.position_side).amount;
  const auto after = [&](const Decimal& more) {
    return (list.side == Side::kBuy ? held + more : held - more).Abs();
  };
  if ((!m.spec.max_position.IsZero() && after(list.amount) > m.spec.max_position) ||
      after(waiting + list.amount) >= kMaxNumber) {
    return Rejection{.reason = RejectReason::kPositionTooBig};
  }
  Decimal dearest = list.Dearest();
  if (dearest.IsZero() && !found.fills.empty()) {
    dearest = Max(found.fills.front().price, found.fills.back().price);
  }
  const Decimal pending = m.pending_value + list.amount * dearest;
  const Decimal most =
      m.spec.max_pending_value.IsZero() ? kMaxPendingValue : m.spec.max_pending_value;
  if (pending > Min(most, kMaxPendingValue)) {
    return Rejection{.reason = RejectReason::kPendingTooBig};
  }
  return CheckPower(list, dearest, rules);
}

std::optional<Rejection> Engine::CheckPower(const OrderList& list, const Decimal& dearest,
                                            const Rules& rules) const {
  const Decimal available = Summarize(markets_[list.market].spec.quote).free_margin;
  if (!available.IsPositive()) return Rejection{.reason = RejectReason::kNoFunds};
  // Held against available * leverage: a product is exact where a quotient is not.
  const Decimal power = available * leverage_;
  const Decimal opening = list.amount - list.reduces;
  if (!list.IsPair()) {
    if (opening * dearest > power) return Rejection{.reason = RejectReason::kFunds};
    return std::nullopt;
  }
  const Decimal& limit = list.limit().price;
  if (opening * limit > power) return Rejection{.reason = RejectReason::kLimitLegFunds};
  const Decimal both = list.stop().price + (rules.margin == MarginRule::kSum ? limit : Decimal());
  if (opening * both > power) return Rejection{.reason = RejectReason::kStopLegFunds};
  return std::nullopt;
}

Decimal Engine::Required(const OrderList& list, const Rules& rules) const {
  if (list.wallet == Wallet::kMargin && list.OnlyReduces()) return Decimal();
  if (!list.money.IsZero()) return list.money - list.single().value;
  Decimal sum;
  Decimal dearest;
  for (const auto& order : list.orders) {
    if (order == nullptr || !order->IsWaiting()) continue;
    if (rules.margin == MarginRule::kSum) sum += order->Reckoned();
    dearest = Max(dearest, order->Reckoned());
  }
  const Decimal left = list.Left();
  if (list.wallet == Wallet::kSpot) return list.side == Side::kBuy ? left * dearest : left;
  const Decimal price = rules.margin == MarginRule::kSum ? sum : dearest;
  const Result<Decimal> margin =
      Decimal::Divide((left - list.reduces) * price, leverage_, kMaxScale);
  OCOKIT_CHECK(margin.has_value(), "margin out of range");
  return *margin;
}

Balance& Engine::ReserveBalance(const OrderList& list) {
  const MarketSpec& spec = markets_[list.market].spec;
  const bool base = list.wallet == Wallet::kSpot && list.side == Side::kSell;
  return Money(list.wallet, base ? spec.base : spec.quote);
}

void Engine::SetReserved(OrderList& list, const Decimal& amount) {
  Balance& balance = ReserveBalance(list);
  balance.free += list.reserved - amount;
  balance.reserved += amount - list.reserved;
  list.reserved = amount;
}

void Engine::SetAmount(OrderList& list, const Decimal& amount, PairEvent::Cause cause,
                       TimePoint now) {
  if (amount == list.amount) return;
  list.amount = amount;
  Note(*list.orders[0], cause, now, AmountChanged{amount});
}

void Engine::UpdatePending(OrderList& list) {
  const bool counts = list.wallet == Wallet::kMargin && list.open && !list.OnlyReduces();
  const Decimal pending = counts ? list.Left() * list.Dearest() : Decimal();
  markets_[list.market].pending_value += pending - list.pending;
  list.pending = pending;
}

void Engine::CountOpen(OrderList& list, bool in) {
  if (list.wallet != Wallet::kMargin) return;
  OpenOrders& orders = markets_[list.market].orders[{list.position_side, list.side}];
  const auto put = [&](OrderLists& lists) {
    in ? void(lists.insert(&list)) : void(lists.erase(&list));
  };
  if (list.OnlyReduces()) return put(orders.reducing);
  orders.left += in ? list.Left() : -list.Left();
  orders.reduces += in ? list.reduces : -list.reduces;
  if (!list.reduces.IsZero()) put(orders.reducers);
}

}  // namespace ocokit::mock::engine
