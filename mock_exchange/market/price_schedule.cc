#include "mock_exchange/market/price_schedule.h"

#include "mock_exchange/engine/number.h"
#include "mock_exchange/market/random.h"
#include "ocokit/base/check.h"

namespace ocokit::mock {

void PriceSchedule::SetPath(std::uint32_t market, std::vector<PriceStep> path, TimePoint now) {
  Source source;
  source.start = now;
  source.path = std::move(path);
  Put(market, std::move(source));
}

void PriceSchedule::StartWalk(std::uint32_t market, const PriceWalk& walk,
                              std::uint64_t account_seed, TimePoint now) {
  Source source;
  source.start = now;
  source.walk = walk;
  // Two markets of one account do not walk in step.
  source.chance = walk.seed.value_or(account_seed) + 0x632BE59BD9B4E019U * market;
  Put(market, std::move(source));
}

void PriceSchedule::StartReplay(std::uint32_t market, ReplayRows rows, std::size_t first,
                                std::int64_t at_us, const Decimal& speed, TimePoint now) {
  Source source;
  source.start = now;
  source.taken = first;
  source.replay_start_us = at_us;
  source.replay = std::move(rows);
  source.speed = speed;
  Put(market, std::move(source));
}

void PriceSchedule::Stop(std::uint32_t market) {
  const auto it = sources_.find(market);
  if (it == sources_.end()) return;
  if (const auto at = NextTime(it->second)) next_.erase({*at, market});
  sources_.erase(it);
}

void PriceSchedule::Put(std::uint32_t market, Source source) {
  Stop(market);
  const std::optional<TimePoint> at = NextTime(source);
  if (!at) return;
  next_.insert({*at, market});
  sources_[market] = std::move(source);
}

std::optional<TimePoint> PriceSchedule::NextTime(const Source& source) {
  if (source.walk) {
    if (source.taken >= static_cast<std::size_t>(source.walk->steps)) return std::nullopt;
    return source.start + source.walk->every * static_cast<std::int64_t>(source.taken + 1);
  }
  if (!source.replay.rows.empty()) {
    const auto print = PrintAt(source);
    if (!print) return std::nullopt;
    const Decimal passed(print->at_us - source.replay_start_us);
    const Result<Decimal> us = Decimal::Divide(passed, source.speed, 0);
    OCOKIT_CHECK(us.has_value(), "a time of a replay");
    return source.start + microseconds(static_cast<std::int64_t>(us->coefficient()));
  }
  if (source.taken >= source.path.size()) return std::nullopt;
  return source.start + source.path[source.taken].after;
}

std::optional<ReplayPrint> PriceSchedule::PrintAt(const Source& source) {
  const std::size_t prints = source.replay.rows.size() * PrintsOf(source.replay);
  if (source.taken >= prints) return std::nullopt;
  return PrintOf(source.replay, source.taken);
}

std::optional<DuePrice> PriceSchedule::TakeDue(TimePoint now) {
  if (next_.empty() || next_.begin()->first > now) return std::nullopt;
  const auto [at, market] = *next_.begin();
  next_.erase(next_.begin());
  Source& source = sources_.at(market);
  DuePrice due;
  due.at = at;
  due.market = market;
  if (source.walk) {
    due.max_step = source.walk->max_step;
    due.fill_share = source.walk->fill_share;
    due.chance = NextRandom(source.chance);
  } else if (const auto print = PrintAt(source)) {
    due.last = FromReplayUnits(print->price);
    due.amount = FromReplayUnits(print->amount);
    due.fill_share = Decimal(1);
  } else {
    due.last = source.path[source.taken].last;
    due.fill_share = source.path[source.taken].fill_share;
  }
  ++source.taken;
  if (const auto next = NextTime(source)) {
    next_.insert({*next, market});
  } else {
    sources_.erase(market);
  }
  return due;
}

Decimal WalkTo(const Decimal& last, const DuePrice& step, const Decimal& tick) {
  const Result<Decimal> most = Decimal::Divide(step.max_step, tick, 0);
  OCOKIT_CHECK(most.has_value(), "a step of a walk in ticks");
  // Below 10^18: a price is below 10^10 and a tick has at most eight decimals.
  const auto ticks = static_cast<std::int64_t>(most->coefficient());
  const auto choices = static_cast<std::uint64_t>(2 * ticks + 1);
  const auto move = static_cast<std::int64_t>(step.chance % choices) - ticks;
  const Decimal to = last + tick * Decimal(move);
  return to < tick || to >= engine::kMaxNumber ? last : to;
}

}  // namespace ocokit::mock
