// What a price does to the pairs that wait for it: trigger, fill, withdraw, settle.

#include "mock_exchange/engine/engine.h"

#include "ocokit/base/check.h"

namespace ocokit::mock::engine {

Engine::Engine(std::vector<MarketSpec> markets, bool client_ids_per_market)
    : pairs_(client_ids_per_market) {
  markets_.reserve(markets.size());
  for (MarketSpec& spec : markets) {
    Market market;
    market.spec = std::move(spec);
    markets_.push_back(std::move(market));
  }
}

std::optional<std::uint32_t> Engine::FindMarket(std::string_view symbol) const {
  for (std::size_t i = 0; i < markets_.size(); ++i) {
    if (markets_[i].spec.symbol == symbol) return static_cast<std::uint32_t>(i);
  }
  return std::nullopt;
}

void Engine::SetPosition(std::uint32_t market, const Position& position, TimePoint now) {
  OCOKIT_CHECK(market < markets_.size(), "no such market");
  markets_[market].position = position;
  EndStranded(markets_[market], now);
}

void Engine::EndStranded(const Market& m, TimePoint now) {
  // Ending a pair takes it out of the set.
  const std::set<std::uint64_t> waiting = m.reduce_only;
  for (const std::uint64_t sequence : waiting) {
    Pair* pair = pairs_.FindSequence(sequence);
    OCOKIT_CHECK(pair != nullptr && pair->open, "an ended pair waits to reduce a position");
    if (Reducible(m, pair->side, pair->Left()).IsZero()) {
      EndPair(*pair, LegState::kReduceOnlyCanceled, now);
    }
  }
}

void Engine::SetLast(std::uint32_t market, const Decimal& last, const Decimal& fill_share,
                     const Rules& rules, TimePoint now) {
  OCOKIT_CHECK(market < markets_.size(), "no such market");
  OCOKIT_CHECK(last.IsPositive() && last < kMaxNumber, "a last price must be positive");
  OCOKIT_CHECK(fill_share.IsPositive() && fill_share <= Decimal(1), "a share is above 0, up to 1");
  Market& m = markets_[market];
  m.last = last;
  // Both lists are read before anything moves: what this price triggers does not also count as
  // having rested.
  const std::vector<LegRef> limits = m.book.CrossedLimits(last);
  const std::vector<LegRef> stops = m.book.CrossedStops(last);
  for (const LegRef& ref : limits) {
    Pair* pair = pairs_.FindSequence(ref.sequence);
    if (pair == nullptr || !pair->open) continue;
    const Leg& leg = pair->leg(ref.kind);
    // What rested is filled at its own price, as a maker.
    if (IsWaiting(leg.state)) {
      Execute(*pair, ref.kind, leg.price, /*taker=*/false, fill_share, rules, now);
    }
  }
  for (const LegRef& ref : stops) {
    Pair* pair = pairs_.FindSequence(ref.sequence);
    if (pair == nullptr || !pair->open || pair->stop.state != LegState::kWaiting) continue;
    Trigger(*pair, rules, now);
    const bool marketable =
        pair->side == Side::kBuy ? pair->stop.price >= last : pair->stop.price <= last;
    if (marketable) Execute(*pair, LegKind::kStop, last, /*taker=*/true, fill_share, rules, now);
  }
}

void Engine::Trigger(Pair& pair, const Rules& rules, TimePoint now) {
  Book& book = markets_[pair.market].book;
  const LegRef ref{pair.sequence, LegKind::kStop};
  book.RemoveStop(pair.side, pair.trigger_price, ref);
  book.AddLimit(pair.side, pair.stop.price, ref);
  pair.stop.state = LegState::kTriggered;
  pair.activated = true;
  pair.updated = now;
  if (rules.cancel_sibling_on != CancelSiblingOn::kFullFill) {
    Withdraw(pair, LegKind::kLimit, LegState::kCanceled);
    SetReserved(pair, Min(pair.reserved, Required(pair, rules)));
  }
}

void Engine::Execute(Pair& pair, LegKind kind, const Decimal& price, bool taker,
                     const Decimal& fill_share, const Rules& rules, TimePoint now) {
  Market& m = markets_[pair.market];
  Leg& leg = pair.leg(kind);
  if (pair.reduce_only) {
    // The position may have shrunk since the placement; the order shrinks with it.
    const Decimal reducible = Reducible(m, pair.side, pair.Left());
    pair.amount = pair.amount - pair.Left() + reducible;
    if (reducible.IsZero()) return EndPair(pair, LegState::kReduceOnlyCanceled, now);
  }
  const Decimal amount = fill_share == Decimal(1)
                             ? pair.Left()
                             : (pair.Left() * fill_share).TruncateToMultipleOf(m.spec.amount_step);
  if (amount.IsZero()) return;

  const Decimal reserved = pair.reserved;
  SetReserved(pair, Decimal());
  Settle(pair, leg, amount, price, taker);
  pair.updated = now;
  if (pair.Left().IsZero()) {
    Withdraw(pair, kind, LegState::kFilled);
    EndPair(pair, LegState::kCanceled, now);
    return EndStranded(m, now);
  }
  leg.state = LegState::kPartiallyFilled;
  if (rules.cancel_sibling_on == CancelSiblingOn::kFirstFill) {
    const LegKind sibling = kind == LegKind::kLimit ? LegKind::kStop : LegKind::kLimit;
    Withdraw(pair, sibling, LegState::kCanceled);
  }
  SetReserved(pair, Min(reserved, Required(pair, rules)));
  UpdatePending(pair);
  EndStranded(m, now);
}

void Engine::Settle(const Pair& pair, Leg& leg, const Decimal& amount, const Decimal& price,
                    bool taker) {
  Market& m = markets_[pair.market];
  const MarketSpec& spec = m.spec;
  const Decimal share = taker ? spec.taker_fee : spec.maker_fee;
  const Decimal value = (amount * price).Truncate(kMaxValueScale);
  // A spot purchase is charged in what it receives, everything else in the quote asset.
  const bool fee_in_base = spec.kind == MarketKind::kSpot && pair.side == Side::kBuy;
  const Decimal fee = ((fee_in_base ? amount : value) * share).Truncate(kMaxValueScale);
  leg.filled += amount;
  leg.value += value;
  leg.fee += fee;
  Balance& quote = balances_[spec.quote];
  if (spec.kind == MarketKind::kMargin) {
    SettleMargin(m, pair.side, amount, price);
    quote.free -= fee;
  } else if (pair.side == Side::kBuy) {
    quote.free -= value;
    balances_[spec.base].free += amount - fee;
  } else {
    balances_[spec.base].free -= amount;
    quote.free += value - fee;
  }
}

void Engine::SettleMargin(Market& m, Side side, const Decimal& amount, const Decimal& price) {
  Position& position = m.position;
  const Decimal closed = Reducible(m, side, amount);
  const Decimal opened = amount - closed;
  const Decimal gain = price - position.base_price;
  const Decimal earned = closed * (side == Side::kSell ? gain : -gain);
  balances_[m.spec.quote].free += earned.Truncate(kMaxValueScale);
  position.amount += side == Side::kBuy ? closed : -closed;
  if (opened.IsZero()) {
    if (position.amount.IsZero()) position.base_price = Decimal();
    return;
  }
  // Opens, increases, or goes on past zero to the other side.
  const Decimal held = position.amount.Abs();
  const Result<Decimal> average =
      Decimal::Divide(held * position.base_price + opened * price, held + opened, kMaxScale);
  OCOKIT_CHECK(average.has_value(), "average price out of range");
  position.base_price = held.IsZero() ? price : *average;
  position.amount += side == Side::kBuy ? opened : -opened;
}

void Engine::Withdraw(Pair& pair, LegKind kind, LegState ended) {
  Leg& leg = pair.leg(kind);
  if (!IsWaiting(leg.state)) return;
  Book& book = markets_[pair.market].book;
  const LegRef ref{pair.sequence, kind};
  if (leg.state == LegState::kWaiting) {
    book.RemoveStop(pair.side, pair.trigger_price, ref);
    if (ended == LegState::kCanceled) ended = LegState::kNeverTriggered;
  } else {
    book.RemoveLimit(pair.side, leg.price, ref);
  }
  leg.state = ended;
}

void Engine::EndPair(Pair& pair, LegState ended, TimePoint now) {
  Withdraw(pair, LegKind::kLimit, ended);
  Withdraw(pair, LegKind::kStop, ended);
  SetReserved(pair, Decimal());
  pair.open = false;
  pair.updated = now;
  markets_[pair.market].reduce_only.erase(pair.sequence);
  UpdatePending(pair);
  pairs_.End(pair);
}

}  // namespace ocokit::mock::engine
