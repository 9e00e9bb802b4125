// Margin positions: what a trade does to one, and what they hold of the account's money.

#include "mock_exchange/engine/engine.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::engine {
namespace {

constexpr PositionSide kSides[] = {PositionSide::kBoth, PositionSide::kLong, PositionSide::kShort};

}  // namespace

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

void Engine::SettleMargin(Market& m, const Trade& trade) {
  Position& position = m.position(trade.position_side);
  Decimal& cash = balances_[m.spec.quote].free;
  const bool buy = trade.side == Side::kBuy;
  const Decimal closed = Reducible(position, trade.side, trade.amount);
  Decimal opened_value = trade.value;
  if (!closed.IsZero()) {
    const bool all = closed == position.amount.Abs();
    // What the closed part had cost; the last part takes what rounding has left.
    const Decimal cost =
        all ? position.cost : (closed * position.BasePrice()).Truncate(kMaxValueScale);
    const Decimal value = (closed * trade.price).Truncate(kMaxValueScale);
    cash += buy ? cost - value : value - cost;
    position.cost -= cost;
    position.amount += buy ? closed : -closed;
    opened_value -= value;
    if (all) position = Position();
  }
  const Decimal opened = trade.amount - closed;
  if (!opened.IsZero()) {
    if (position.amount.IsZero()) {
      position.id = next_position_id_++;
      position.opened = trade.at;
    }
    position.amount += buy ? opened : -opened;
    position.cost += opened_value;
  }
  if (!position.amount.IsZero()) position.modified = trade.at;
}

void Engine::SetPosition(std::uint32_t market, PositionSide side, const Decimal& amount,
                         const Decimal& base_price, TimePoint now) {
  OCOKIT_CHECK(market < markets_.size(), "no such market");
  Market& m = markets_[market];
  Position& position = m.position(side);
  position = Position();
  if (!amount.IsZero()) {
    position.id = next_position_id_++;
    position.amount = amount;
    position.cost = (amount.Abs() * base_price).Truncate(kMaxValueScale);
    position.opened = position.modified = now;
  }
  EndStranded(m, now);
}

const Trade* Engine::ClosePosition(std::uint32_t market, PositionSide side, IdSource& ids,
                                   TimePoint now) {
  OCOKIT_CHECK(market < markets_.size(), "no such market");
  Market& m = markets_[market];
  const Decimal amount = m.position(side).amount;
  if (amount.IsZero() || !m.last) return nullptr;
  Trade trade;
  trade.order_id = ids.NextOrder(now);
  trade.market = market;
  trade.side = amount.IsPositive() ? Side::kSell : Side::kBuy;
  trade.position_side = side;
  trade.taker = true;
  trade.amount = amount.Abs();
  trade.price = *m.last;
  trade.at = now;
  const Trade& settled = Settle(std::move(trade));
  EndStranded(m, now);
  return &settled;
}

bool Engine::SetHedgeMode(bool on) {
  if (on == hedge_mode_) return true;
  for (const Market& m : markets_) {
    if (m.spec.kind != MarketKind::kFutures) continue;
    for (const PositionSide side : kSides) {
      if (!m.position(side).amount.IsZero()) return false;
    }
    if (m.book.size() != 0) return false;
  }
  hedge_mode_ = on;
  return true;
}

bool Engine::SetLeverage(const Decimal& leverage, const Rules& rules) {
  OCOKIT_CHECK(leverage.IsPositive(), "a leverage is positive");
  const Decimal before = leverage_;
  const auto reserve_anew = [&] {
    for (const Pair* open : pairs_.Open()) {
      Pair& pair = *pairs_.FindSequence(open->sequence);
      if (HasPositions(markets_[pair.market].spec.kind)) SetReserved(pair, Required(pair, rules));
    }
  };
  leverage_ = leverage;
  reserve_anew();
  for (const Market& m : markets_) {
    if (!HasPositions(m.spec.kind) || leverage >= before) continue;
    if (Summarize(m.spec.quote).free_margin.IsNegative()) {
      leverage_ = before;
      reserve_anew();
      return false;
    }
  }
  return true;
}

MarginSummary Engine::Summarize(const std::string& quote) const {
  MarginSummary out;
  Decimal cost;
  for (const Market& m : markets_) {
    if (!HasPositions(m.spec.kind) || m.spec.quote != quote) continue;
    for (const PositionSide side : kSides) {
      const Position& position = m.position(side);
      cost += position.cost;
      if (m.last) out.gain += position.Gain(*m.last);
    }
  }
  const Result<Decimal> margin = Decimal::Divide(cost, leverage_, kMaxScale);
  OCOKIT_CHECK(margin.has_value(), "margin out of range");
  const auto it = balances_.find(quote);
  const Balance balance = it == balances_.end() ? Balance() : it->second;
  out.equity = balance.free + balance.reserved + out.gain;
  out.margin = *margin + balance.reserved;
  out.free_margin = out.equity - out.margin;
  return out;
}

}  // namespace ocokit::mock::engine
