// Placing and cancelling a pair: the checks in the order in which the venues report them, and the
// funds a pair holds back.

#include <algorithm>

#include "mock_exchange/engine/engine.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::engine {
namespace {

bool TakesFrom(MarketKind kind, Wallet wallet) {
  switch (kind) {
    case MarketKind::kSpot:
      return wallet == Wallet::kSpot;
    case MarketKind::kMargin:
      return true;
    case MarketKind::kFutures:
      return wallet == Wallet::kMargin;
  }
  return false;
}

bool IsTooLarge(const PlaceCommand& c) {
  return std::ranges::any_of(
      std::initializer_list<Decimal>{c.amount, c.limit_price, c.trigger_price, c.stop_price},
      [](const Decimal& n) { return n >= kMaxNumber || n.scale() > kMaxScale; });
}

std::optional<Rejection> CheckBand(const Decimal& price, const Decimal& last,
                                   const MarketSpec& spec, RejectReason reason) {
  const Decimal high = last * spec.band_high;
  const Decimal low = last * spec.band_low;
  if (price > high) return Rejection{.reason = reason, .bound = high, .above = true};
  if (price < low) return Rejection{.reason = reason, .bound = low};
  return std::nullopt;
}

// The relations that make a pair an OCO: a buy's take-profit below and its trigger above the last
// price, a sell's the other way round.
std::optional<Rejection> CheckPrices(const PlaceCommand& c, const Market& m) {
  const Decimal& last = *m.last;
  if (c.trigger_price == last) return Rejection{.reason = RejectReason::kTriggerEqualsLast};
  if (auto band = CheckBand(c.limit_price, last, m.spec, RejectReason::kLimitPriceBand)) {
    return band;
  }
  if (auto band = CheckBand(c.stop_price, last, m.spec, RejectReason::kStopPriceBand)) return band;
  const bool buy = c.side == Side::kBuy;
  if (buy ? c.limit_price >= last : c.limit_price <= last) {
    return Rejection{.reason = RejectReason::kLimitCrosses};
  }
  if (buy ? c.trigger_price <= last : c.trigger_price >= last) {
    return Rejection{.reason = RejectReason::kTriggerWrongSide};
  }
  return std::nullopt;
}

Pair MakePair(const PlaceCommand& c, TimePoint now) {
  Pair pair;
  pair.client_id = c.list_client_id;
  pair.market = c.market;
  pair.wallet = c.wallet;
  pair.side = c.side;
  pair.position_side = c.position_side;
  pair.amount = c.amount;
  pair.trigger_price = c.trigger_price;
  pair.trigger_when = c.side == Side::kBuy ? When::kAtOrAbove : When::kAtOrBelow;
  pair.reduce_only = c.reduce_only;
  pair.stp = c.stp;
  pair.limit.client_id = c.limit_client_id;
  pair.limit.price = c.limit_price;
  pair.stop.client_id = c.stop_client_id;
  pair.stop.price = c.stop_price;
  pair.stop.state = LegState::kWaiting;
  pair.created = pair.updated = now;
  return pair;
}

}  // namespace

std::optional<Rejection> Engine::CheckClientIds(const PlaceCommand& c) {
  for (const std::string* id : {&c.list_client_id, &c.limit_client_id, &c.stop_client_id}) {
    if (id->empty()) continue;
    const Pair* holder = pairs_.FindClientId(c.market, *id);
    if (holder != nullptr && holder->open) {
      return Rejection{.reason = RejectReason::kDuplicateClientId, .client_id = *id};
    }
  }
  return std::nullopt;
}

tl::expected<const Pair*, Rejection> Engine::Place(const PlaceCommand& c, const Rules& rules,
                                                   IdSource& ids, TimePoint now) {
  const auto refuse = [](RejectReason reason) {
    return tl::unexpected<Rejection>(Rejection{.reason = reason});
  };
  OCOKIT_CHECK(c.market < markets_.size(), "no such market");
  Market& m = markets_[c.market];
  OCOKIT_CHECK(TakesFrom(m.spec.kind, c.wallet), "no order of this wallet on such a market");
  OCOKIT_CHECK(
      c.wallet == Wallet::kMargin || (!c.reduce_only && c.position_side == PositionSide::kBoth),
      "a spot order has no position");
  if (IsTooLarge(c)) return refuse(RejectReason::kTooLarge);
  if (!m.spec.trading_enabled) return refuse(RejectReason::kTradingDisabled);
  if (!m.last) return refuse(RejectReason::kNoLastPrice);
  if (rules.price_rules) {
    if (auto bad = CheckPrices(c, m)) return tl::unexpected<Rejection>(*bad);
  }
  Pair pair = MakePair(c, now);
  if (auto bad = CheckReduces(pair)) return tl::unexpected<Rejection>(*bad);
  pair.reduces = FreeToReduce(pair);
  if (auto bad = CheckClientIds(c)) return tl::unexpected<Rejection>(*bad);
  const bool full = rules.max_open_orders &&
                    pairs_.open_count() >= static_cast<std::size_t>(*rules.max_open_orders);
  if (full && rules.count_before_funds) return refuse(RejectReason::kTooManyOrders);
  if (auto bad = CheckFunds(pair, rules)) return tl::unexpected<Rejection>(*bad);
  if (full) return refuse(RejectReason::kTooManyOrders);

  const PairIds drawn = ids.Next(now, c.list_client_id.empty());
  pair.id = drawn.list;
  pair.limit.id = drawn.limit;
  pair.stop.id = drawn.stop;
  Pair& stored = pairs_.Add(std::move(pair));
  CountOpen(stored, true);
  SetReserved(stored, Required(stored, rules));
  UpdatePending(stored);
  m.book.AddLimit(stored.side, stored.limit.price, {stored.sequence, LegKind::kLimit});
  m.book.AddStop(stored.trigger_when, stored.trigger_price, {stored.sequence, LegKind::kStop});
  return &stored;
}

tl::expected<const Pair*, CancelRefusal> Engine::Cancel(std::uint64_t sequence, TimePoint now) {
  Pair* pair = pairs_.FindSequence(sequence);
  if (pair == nullptr) return tl::unexpected<CancelRefusal>(CancelRefusal::kUnknown);
  if (!pair->open) return tl::unexpected<CancelRefusal>(CancelRefusal::kNotOpen);
  EndPair(*pair, LegState::kCanceled, PairEvent::Cause::kRequest, now);
  return pair;
}

Decimal Engine::Reducible(const Position& position, Side side, const Decimal& amount) {
  const bool opposite =
      side == Side::kBuy ? position.amount.IsNegative() : position.amount.IsPositive();
  return opposite ? Min(position.amount.Abs(), amount) : Decimal();
}

Decimal Engine::FreeToReduce(const Pair& pair) const {
  const Market& m = markets_[pair.market];
  if (pair.wallet == Wallet::kSpot || pair.OnlyReduces()) return Decimal();
  const Decimal reducible = Reducible(m.position(pair.position_side), pair.side, kMaxNumber);
  const auto others = m.orders.find({pair.position_side, pair.side});
  const Decimal taken = others == m.orders.end() ? Decimal() : others->second.reduces;
  return Min(pair.amount, reducible - Min(reducible, taken));
}

std::optional<Rejection> Engine::CheckReduces(Pair& pair) const {
  if (!pair.OnlyReduces()) return std::nullopt;
  const Market& m = markets_[pair.market];
  const Decimal reducible = Reducible(m.position(pair.position_side), pair.side, pair.amount);
  if (!pair.reduce_only) {
    if (reducible == pair.amount) return std::nullopt;
    return Rejection{.reason = RejectReason::kOppositePosition};
  }
  pair.amount = reducible;
  if (pair.amount.IsZero()) return Rejection{.reason = RejectReason::kReduceOnly};
  if (pair.amount < m.spec.min_amount) return Rejection{.reason = RejectReason::kAmountTooSmall};
  return std::nullopt;
}

std::optional<Rejection> Engine::CheckFunds(const Pair& pair, const Rules& rules) const {
  if (pair.wallet == Wallet::kMargin) return CheckMargin(pair, rules);
  const MarketSpec& spec = markets_[pair.market].spec;
  const Balances& spot = balances(Wallet::kSpot);
  const auto it = spot.find(pair.side == Side::kBuy ? spec.quote : spec.base);
  if (it == spot.end() || it->second.free < Required(pair, rules)) {
    return Rejection{.reason = RejectReason::kFunds};
  }
  return std::nullopt;
}

std::optional<Rejection> Engine::CheckMargin(const Pair& pair, const Rules& rules) const {
  const Market& m = markets_[pair.market];
  const Decimal opening = pair.amount - pair.reduces;
  if (pair.OnlyReduces() || opening.IsZero()) return std::nullopt;
  // The market's own limit is for each order by itself: what waits together is bounded by its
  // value. That no number grows out of range is held for all together.
  const auto others = m.orders.find({pair.position_side, pair.side});
  const Decimal waiting = others == m.orders.end() ? Decimal() : others->second.left;
  const Decimal held = m.position(pair.position_side).amount;
  const auto after = [&](const Decimal& more) {
    return (pair.side == Side::kBuy ? held + more : held - more).Abs();
  };
  if ((!m.spec.max_position.IsZero() && after(pair.amount) > m.spec.max_position) ||
      after(waiting + pair.amount) >= kMaxNumber) {
    return Rejection{.reason = RejectReason::kPositionTooBig};
  }
  const Decimal value = pair.amount * Max(pair.limit.price, pair.stop.price);
  const Decimal pending = m.pending_value + value;
  const Decimal most =
      m.spec.max_pending_value.IsZero() ? kMaxPendingValue : m.spec.max_pending_value;
  if (pending > Min(most, kMaxPendingValue)) {
    return Rejection{.reason = RejectReason::kPendingTooBig};
  }
  const Decimal available = Summarize(m.spec.quote).free_margin;
  if (!available.IsPositive()) return Rejection{.reason = RejectReason::kNoFunds};
  // Held against available * leverage: a product is exact where a quotient is not.
  const Decimal power = available * leverage_;
  if (opening * pair.limit.price > power) return Rejection{.reason = RejectReason::kLimitLegFunds};
  const Decimal both =
      pair.stop.price + (rules.margin == MarginRule::kSum ? pair.limit.price : Decimal());
  if (opening * both > power) return Rejection{.reason = RejectReason::kStopLegFunds};
  return std::nullopt;
}

Decimal Engine::Required(const Pair& pair, const Rules& rules) const {
  const bool limit_waits = IsWaiting(pair.limit.state);
  const bool stop_waits = IsWaiting(pair.stop.state);
  const Decimal limit = limit_waits ? pair.limit.price : Decimal();
  const Decimal stop = stop_waits ? pair.stop.price : Decimal();
  const Decimal left = pair.Left();
  if (pair.wallet == Wallet::kSpot) {
    return pair.side == Side::kBuy ? left * Max(limit, stop) : left;
  }
  if (pair.OnlyReduces()) return Decimal();
  const Decimal opening = left - pair.reduces;
  const Decimal price = rules.margin == MarginRule::kSum ? limit + stop : Max(limit, stop);
  const Result<Decimal> margin = Decimal::Divide(opening * price, leverage_, kMaxScale);
  OCOKIT_CHECK(margin.has_value(), "margin out of range");
  return *margin;
}

Balance& Engine::ReserveBalance(const Pair& pair) {
  const MarketSpec& spec = markets_[pair.market].spec;
  const bool base = pair.wallet == Wallet::kSpot && pair.side == Side::kSell;
  return InWallet(pair.wallet)[base ? spec.base : spec.quote];
}

void Engine::SetReserved(Pair& pair, const Decimal& amount) {
  Balance& balance = ReserveBalance(pair);
  balance.free += pair.reserved - amount;
  balance.reserved += amount - pair.reserved;
  pair.reserved = amount;
}

void Engine::UpdatePending(Pair& pair) {
  const Decimal pending = pair.wallet == Wallet::kMargin && pair.open && !pair.OnlyReduces()
                              ? pair.Left() * Max(pair.limit.price, pair.stop.price)
                              : Decimal();
  markets_[pair.market].pending_value += pending - pair.pending;
  pair.pending = pending;
}

}  // namespace ocokit::mock::engine
