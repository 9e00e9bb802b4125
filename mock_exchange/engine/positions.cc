// Margin positions: what a trade does to one, and what they hold of the account's money.

#include "mock_exchange/engine/command_scope.h"
#include "mock_exchange/engine/engine.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::engine {

Decimal Position::BasePrice() const {
  if (amount.IsZero()) return Decimal();
  const Result<Decimal> average = Decimal::Divide(cost, amount.Abs(), kMaxScale);
  OCOKIT_CHECK(average.has_value(), "average price out of range");
  return *average;
}

Decimal Position::Gain(const Decimal& last) const {
  const Decimal value = (amount * last).Truncate(kMaxValueScale);
  return value - (amount.IsNegative() ? -cost : cost);
}

namespace {

// A trade that turns a position pays for both its parts: what the part that closes pays. The
// largest numbers leave no room to reckon it; then it pays all.
Decimal ShareOf(const Trade& trade, const Decimal& closed) {
  const Result<Decimal> product = Decimal::Multiply(trade.fee, closed);
  if (!product) return trade.fee;
  return Decimal::Divide(*product, trade.amount, kMaxValueScale).value_or(trade.fee);
}

}  // namespace

void Engine::NoteChange(const Position& position, const Trade& trade,
                        const PositionChange& change) {
  PositionChange noted = change;
  noted.position = position.id;
  noted.opened = position.opened;
  noted.order = trade.order_id;
  noted.market = trade.market;
  noted.side = trade.position_side;
  noted.at = trade.at;
  noted.price = trade.price;
  changes_.push_back(noted);
  if (changes_.size() > kMaxChanges) changes_.pop_front();
}

Decimal Engine::Close(Market& m, const Trade& trade, const Decimal& amount, const Decimal& fee) {
  Position& position = m.position(trade.position_side);
  const bool buy = trade.side == Side::kBuy;
  const bool all = amount == position.amount.Abs();
  // What the closed part had cost; the last part takes what rounding has left.
  const Decimal base_price = position.BasePrice();
  const Decimal cost = all ? position.cost : (amount * base_price).Truncate(kMaxValueScale);
  const Decimal value = (amount * trade.price).Truncate(kMaxValueScale);
  const Decimal gain = buy ? cost - value : value - cost;
  position.cost -= cost;
  position.amount += buy ? amount : -amount;
  position.closed += amount;
  position.closed_value += value;
  position.realized += gain;
  position.fees += fee;
  NoteChange(position, trade,
             {.is_long = !buy,
              .amount = position.amount,
              .base_price = base_price,
              .traded = amount,
              .fee = fee,
              .realized = gain - fee});
  if (!all) return gain;
  const auto average = [&](const Decimal& sum) {
    return Decimal::Divide(sum, position.closed, kMaxScale).value_or(Decimal());
  };
  const Decimal entered =
      buy ? position.closed_value + position.realized : position.closed_value - position.realized;
  closed_.push_back({.position = position.id,
                     .market = trade.market,
                     .side = trade.position_side,
                     .is_long = !buy,
                     .opened = position.opened,
                     .closed_at = trade.at,
                     .closed = position.closed,
                     .entry_price = average(entered),
                     .exit_price = average(position.closed_value),
                     .gross = position.realized,
                     .fees = position.fees});
  if (closed_.size() > kMaxChanges) closed_.pop_front();
  position = Position();
  return gain;
}

void Engine::SettleMargin(Market& m, const Trade& trade) {
  Position& position = m.position(trade.position_side);
  const bool buy = trade.side == Side::kBuy;
  const Decimal closed = Reducible(position, trade.side, trade.amount);
  const Decimal opened = trade.amount - closed;
  const Decimal closing_fee = opened.IsZero() ? trade.fee : ShareOf(trade, closed);
  Decimal opened_value = trade.value;
  if (!closed.IsZero()) {
    opened_value -= (closed * trade.price).Truncate(kMaxValueScale);
    Money(Wallet::kMargin, m.spec.quote).free += Close(m, trade, closed, closing_fee);
  }
  if (!opened.IsZero()) {
    const Decimal fee = trade.fee - closing_fee;
    if (position.amount.IsZero()) {
      position.id = next_position_id_++;
      position.opened = trade.at;
    }
    position.amount += buy ? opened : -opened;
    position.cost += opened_value;
    position.fees += fee;
    NoteChange(position, trade,
               {.is_long = buy,
                .amount = position.amount,
                .base_price = position.BasePrice(),
                .traded = opened,
                .fee = fee,
                .realized = -fee});
  }
  if (!position.amount.IsZero()) position.modified = trade.at;
  NotePosition(trade.market, trade.position_side, trade.at);
}

void Engine::SetPosition(std::uint32_t market, PositionSide side, const Decimal& amount,
                         const Decimal& base_price, const Rules& rules, TimePoint now) {
  OCOKIT_CHECK(market < markets_.size(), "no such market");
  const Command scope(*this, now);
  Market& m = markets_[market];
  Position& position = m.position(side);
  position = Position();
  if (!amount.IsZero()) {
    position.id = next_position_id_++;
    position.amount = amount;
    position.cost = (amount.Abs() * base_price).Truncate(kMaxValueScale);
    position.opened = position.modified = now;
  }
  NotePosition(market, side, now);
  FollowPosition(m, rules, now);
  orders_->Trim();
}

const Trade* Engine::ClosePosition(std::uint32_t market, PositionSide side, IdSource& ids,
                                   const Rules& rules, TimePoint now) {
  OCOKIT_CHECK(market < markets_.size(), "no such market");
  Market& m = markets_[market];
  const Decimal amount = m.position(side).amount;
  if (amount.IsZero() || !m.last) return nullptr;
  const Command scope(*this, now);
  Trade trade;
  trade.order_id = ids.NextOrder(now);
  trade.market = market;
  trade.wallet = Wallet::kMargin;
  trade.side = amount.IsPositive() ? Side::kSell : Side::kBuy;
  trade.position_side = side;
  trade.taker = true;
  trade.amount = amount.Abs();
  trade.price = *m.last;
  trade.at = now;
  const Trade& settled = Settle(trade);
  FollowPosition(m, rules, now);
  orders_->Trim();
  return &settled;
}

bool Engine::SetHedgeMode(bool on, TimePoint now) {
  if (on == hedge_mode_) return true;
  for (const Market& m : markets_) {
    if (m.spec.kind != MarketKind::kFutures) continue;
    for (const PositionSide side : kPositionSides) {
      if (!m.position(side).amount.IsZero()) return false;
    }
    if (m.book.size() != 0) return false;
  }
  const Command scope(*this, now);
  hedge_mode_ = on;
  NoteOf(0, now, HedgeModeChanged{on});
  return true;
}

bool Engine::SetLeverage(const Decimal& leverage, const Rules& rules, TimePoint now) {
  OCOKIT_CHECK(leverage.IsPositive(), "a leverage is positive");
  if (leverage == leverage_) return true;
  const Command scope(*this, now);
  std::map<std::string, Decimal> free;  // margin, by quote asset
  for (const Market& m : markets_) {
    if (HasPositions(m.spec.kind)) free[m.spec.quote] = Summarize(m.spec.quote).free_margin;
  }
  std::vector<std::pair<OrderList*, Decimal>> reserved;
  const Decimal before = leverage_;
  leverage_ = leverage;
  for (OrderList* list : orders_->Open()) {
    if (list->wallet != Wallet::kMargin) continue;
    reserved.emplace_back(list, list->reserved);
    SetReserved(*list, Required(*list, rules));
  }
  for (const auto& [quote, margin] : free) {
    const Decimal after = Summarize(quote).free_margin;
    if (!after.IsNegative() || after >= margin) continue;
    leverage_ = before;
    for (const auto& [list, amount] : reserved) SetReserved(*list, amount);
    return false;
  }
  NoteOf(0, now, LeverageChanged{leverage});
  return true;
}

void Engine::EndStranded(const OpenOrders& orders, TimePoint now) {
  // Ending a list takes it out of the set.
  const OrderLists stranded = orders.reducing;
  for (OrderList* list : stranded) {
    OCOKIT_CHECK(list->open, "an ended order waits to reduce a position");
    EndList(*list, Ending::kReduceOnly, PairEvent::Cause::kNoPosition, now);
  }
}

void Engine::FollowPosition(Market& m, const Rules& rules, TimePoint now) {
  for (auto& [of, orders] : m.orders) {
    const Decimal reducible = Reducible(m.position(of.first), of.second, kMaxNumber);
    if (reducible.IsZero()) EndStranded(orders, now);
    while (orders.reduces > reducible) {
      OrderList& list = **orders.reducers.rbegin();
      OCOKIT_CHECK(list.open, "an ended order is to reduce a position");
      const Decimal cut = Min(list.reduces, orders.reduces - reducible);
      CountOpen(list, false);
      list.reduces -= cut;
      CountOpen(list, true);
      SetReserved(list, Required(list, rules));
    }
  }
}

void Engine::SetFree(Wallet wallet, const std::string& asset, const Decimal& free, TimePoint now) {
  const Command scope(*this, now);
  Money(wallet, asset).free = free;
}

bool Engine::Transfer(const std::string& asset, Wallet from, const Decimal& amount, TimePoint now) {
  OCOKIT_CHECK(amount.IsPositive(), "an amount to move is positive");
  const auto it = balances(from).find(asset);
  if (it == balances(from).end() || it->second.free < amount) return false;
  if (from == Wallet::kMargin && Summarize(asset).free_margin < amount) return false;
  const Command scope(*this, now);
  Money(from, asset).free -= amount;
  Money(from == Wallet::kSpot ? Wallet::kMargin : Wallet::kSpot, asset).free += amount;
  return true;
}

MarginSummary Engine::Summarize(const std::string& quote) const {
  MarginSummary out;
  Decimal cost;
  for (const Market& m : markets_) {
    if (!HasPositions(m.spec.kind) || m.spec.quote != quote) continue;
    for (const PositionSide side : kPositionSides) {
      const Position& position = m.position(side);
      cost += position.cost;
      if (m.last) out.gain += position.Gain(*m.last);
    }
  }
  const Result<Decimal> margin = Decimal::Divide(cost, leverage_, kMaxScale);
  OCOKIT_CHECK(margin.has_value(), "margin out of range");
  const Balances& held = balances(Wallet::kMargin);
  const auto it = held.find(quote);
  const Balance balance = it == held.end() ? Balance() : it->second;
  out.equity = balance.free + balance.reserved + out.gain;
  out.margin = *margin + balance.reserved;
  out.free_margin = out.equity - out.margin;
  return out;
}

}  // namespace ocokit::mock::engine
