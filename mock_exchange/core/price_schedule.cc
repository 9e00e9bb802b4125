#include "mock_exchange/core/price_schedule.h"

#include "mock_exchange/engine/types.h"
#include "ocokit/base/check.h"

namespace ocokit::mock {
namespace {

// splitmix64, so that a seed gives the same walk with every standard library.
std::uint64_t NextRandom(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

}  // namespace

void PriceSchedule::SetPath(std::uint32_t market, std::vector<PriceStep> path, TimePoint now) {
  Source source;
  source.start = now;
  source.path = std::move(path);
  sources_[market] = std::move(source);
}

void PriceSchedule::StartWalk(std::uint32_t market, const PriceWalk& walk,
                              std::uint64_t account_seed, TimePoint now) {
  Source source;
  source.start = now;
  source.walk = walk;
  // Two markets of one account do not walk in step.
  source.chance = walk.seed.value_or(account_seed) + 0x632BE59BD9B4E019U * market;
  sources_[market] = std::move(source);
}

std::optional<TimePoint> PriceSchedule::NextTime(const Source& source) {
  if (source.walk) {
    if (source.taken >= static_cast<std::size_t>(source.walk->steps)) return std::nullopt;
    return source.start + source.walk->every * static_cast<std::int64_t>(source.taken + 1);
  }
  if (source.taken >= source.path.size()) return std::nullopt;
  return source.start + source.path[source.taken].after;
}

std::optional<DuePrice> PriceSchedule::TakeDue(TimePoint now) {
  auto next = sources_.end();
  TimePoint earliest;
  for (auto it = sources_.begin(); it != sources_.end();) {
    const std::optional<TimePoint> at = NextTime(it->second);
    if (!at) {
      it = sources_.erase(it);
      continue;
    }
    if (*at <= now && (next == sources_.end() || *at < earliest)) {
      next = it;
      earliest = *at;
    }
    ++it;
  }
  if (next == sources_.end()) return std::nullopt;
  Source& source = next->second;
  DuePrice due;
  due.at = earliest;
  due.market = next->first;
  if (source.walk) {
    due.max_step = source.walk->max_step;
    due.fill_share = source.walk->fill_share;
    due.move = static_cast<std::int64_t>(NextRandom(source.chance) % 2001) - 1000;
  } else {
    due.last = source.path[source.taken].last;
    due.fill_share = source.path[source.taken].fill_share;
  }
  ++source.taken;
  return due;
}

Decimal WalkTo(const Decimal& last, const DuePrice& step, const Decimal& tick) {
  const Result<Decimal> share = Decimal::FromParts(step.move, 3);
  OCOKIT_CHECK(share.has_value(), "a share in thousandths");
  const Decimal to = last + (step.max_step * *share).TruncateToMultipleOf(tick);
  return to < tick || to >= engine::kMaxNumber ? last : to;
}

}  // namespace ocokit::mock
