// What a price does to the pairs that wait for it: trigger, fill, withdraw, settle.

#include "mock_exchange/engine/engine.h"

#include "ocokit/base/check.h"

namespace ocokit::mock::engine {

Engine::Engine(std::vector<MarketSpec> markets, bool client_ids_per_market, std::uint64_t first_id)
    : pairs_(client_ids_per_market), next_trade_id_(first_id), next_position_id_(first_id) {
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
  book.RemoveStop(pair.trigger_when, pair.trigger_price, ref);
  book.AddLimit(pair.side, pair.stop.price, ref);
  pair.stop.state = LegState::kTriggered;
  pair.activated = true;
  pair.triggered = pair.updated = now;
  pairs_.Note(pair.sequence, {.at = now,
                              .kind = PairEvent::Kind::kTriggered,
                              .cause = PairEvent::Cause::kPrice,
                              .leg = LegKind::kStop,
                              .price = *markets_[pair.market].last});
  if (rules.cancel_sibling_on != CancelSiblingOn::kFullFill) {
    Withdraw(pair, LegKind::kLimit, LegState::kCanceled, PairEvent::Cause::kSiblingTriggered, now);
    SetReserved(pair, Min(pair.reserved, Required(pair, rules)));
  }
}

void Engine::Execute(Pair& pair, LegKind kind, const Decimal& price, bool taker,
                     const Decimal& fill_share, const Rules& rules, TimePoint now) {
  Market& m = markets_[pair.market];
  Leg& leg = pair.leg(kind);
  if (pair.OnlyReduces()) {
    // The position may have shrunk since the placement; the order shrinks with it.
    const Decimal reducible = Reducible(m.position(pair.position_side), pair.side, pair.Left());
    pair.amount = pair.amount - pair.Left() + reducible;
    if (reducible.IsZero()) {
      return EndPair(pair, LegState::kReduceOnlyCanceled, PairEvent::Cause::kNoPosition, now);
    }
  }
  const Decimal amount = fill_share == Decimal(1)
                             ? pair.Left()
                             : (pair.Left() * fill_share).TruncateToMultipleOf(m.spec.amount_step);
  if (amount.IsZero()) return;

  const Decimal reserved = pair.reserved;
  SetReserved(pair, Decimal());
  CountOpen(pair, false);
  Trade trade;
  trade.order_id = leg.id;
  trade.sequence = pair.sequence;
  trade.kind = kind;
  trade.market = pair.market;
  trade.wallet = pair.wallet;
  trade.side = pair.side;
  trade.position_side = pair.position_side;
  trade.taker = taker;
  trade.amount = amount;
  trade.price = price;
  trade.at = now;
  const Trade& settled = Settle(trade);
  leg.filled += amount;
  leg.value += settled.value;
  leg.fee += settled.fee;
  pair.reduces -= Min(pair.reduces, amount);
  pair.updated = now;
  CountOpen(pair, true);
  const bool whole = pair.Left().IsZero();
  pairs_.Note(pair.sequence,
              {.at = now,
               .kind = whole ? PairEvent::Kind::kFilled : PairEvent::Kind::kPartiallyFilled,
               .cause = PairEvent::Cause::kPrice,
               .leg = kind,
               .price = price,
               .amount = amount});
  if (whole) {
    Withdraw(pair, kind, LegState::kFilled, PairEvent::Cause::kPrice, now);
    EndPair(pair, LegState::kCanceled, PairEvent::Cause::kSiblingFilled, now);
    return FollowPosition(m, rules, now);
  }
  leg.state = LegState::kPartiallyFilled;
  if (rules.cancel_sibling_on == CancelSiblingOn::kFirstFill) {
    const LegKind sibling = kind == LegKind::kLimit ? LegKind::kStop : LegKind::kLimit;
    Withdraw(pair, sibling, LegState::kCanceled, PairEvent::Cause::kSiblingFilled, now);
  }
  SetReserved(pair, Min(reserved, Required(pair, rules)));
  UpdatePending(pair);
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
  Balances& balances = InWallet(trade.wallet);
  Balance& quote = balances[spec.quote];
  if (trade.wallet == Wallet::kMargin) {
    SettleMargin(m, trade);
    quote.free -= trade.fee;
  } else if (trade.side == Side::kBuy) {
    quote.free -= trade.value;
    balances[spec.base].free += trade.amount - trade.fee;
  } else {
    balances[spec.base].free -= trade.amount;
    quote.free += trade.value - trade.fee;
  }
  trades_.push_back(trade);
  if (trades_.size() > kMaxTrades) trades_.pop_front();
  return trades_.back();
}

std::size_t Engine::ForgetEnded(std::size_t most) {
  const std::size_t count = pairs_.ForgetEnded(most);
  const std::optional<TimePoint> kept = pairs_.OldestEnded();
  while (count != 0 && !trades_.empty() && (!kept || trades_.front().at < *kept)) {
    trades_.pop_front();
  }
  return count;
}

void Engine::Withdraw(Pair& pair, LegKind kind, LegState ended, PairEvent::Cause cause,
                      TimePoint now) {
  Leg& leg = pair.leg(kind);
  if (!IsWaiting(leg.state)) return;
  Book& book = markets_[pair.market].book;
  const LegRef ref{pair.sequence, kind};
  if (leg.state == LegState::kWaiting) {
    book.RemoveStop(pair.trigger_when, pair.trigger_price, ref);
    if (ended == LegState::kCanceled) ended = LegState::kNeverTriggered;
  } else {
    book.RemoveLimit(pair.side, leg.price, ref);
  }
  leg.state = ended;
  // A fill has been noted with its price.
  if (ended == LegState::kFilled) return;
  pairs_.Note(pair.sequence,
              {.at = now, .kind = PairEvent::Kind::kCanceled, .cause = cause, .leg = kind});
}

void Engine::EndPair(Pair& pair, LegState ended, PairEvent::Cause cause, TimePoint now) {
  Withdraw(pair, LegKind::kLimit, ended, cause, now);
  Withdraw(pair, LegKind::kStop, ended, cause, now);
  SetReserved(pair, Decimal());
  pair.open = false;
  pair.updated = now;
  CountOpen(pair, false);
  UpdatePending(pair);
  pairs_.End(pair);
}

}  // namespace ocokit::mock::engine
