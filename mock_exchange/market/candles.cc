#include "mock_exchange/market/candles.h"

#include <algorithm>

#include "ocokit/base/check.h"

namespace ocokit::mock {
namespace {

constexpr int kScale = 8;
constexpr int kValueScale = 12;
constexpr std::int64_t kDay = 86400;
// 1970 began on a Thursday.
constexpr std::int64_t kMonday = 4 * kDay;

std::int64_t FloorTo(std::int64_t number, std::int64_t step) {
  const std::int64_t rest = number % step;
  return number - (rest < 0 ? rest + step : rest);
}

std::chrono::year_month_day DateOf(std::int64_t second) {
  const std::chrono::sys_seconds at{std::chrono::seconds(second)};
  return std::chrono::floor<std::chrono::days>(at);
}

std::int64_t MonthStart(std::chrono::year_month month) {
  const std::chrono::sys_seconds at = std::chrono::sys_days(month / 1);
  return at.time_since_epoch().count();
}

// The number in units of 10^-scale. What does not fit, which takes years of the largest trades in
// one second, stays at the most.
Int128 Units(const Decimal& number, int scale) {
  Int128 out = number.Truncate(scale).coefficient();
  for (int i = number.Truncate(scale).scale(); i < scale; ++i) out *= 10;
  return out;
}

std::int64_t Fit(Int128 units) {
  return static_cast<std::int64_t>(
      std::min<Int128>(units, std::numeric_limits<std::int64_t>::max()));
}

Decimal FromUnits(Int128 units, int scale) {
  // In two parts, since a Decimal is made of 64 bits.
  constexpr std::int64_t kHalf = 1'000'000'000'000'000'000;
  const auto high = Decimal::FromParts(Fit(units / kHalf), 0);
  const auto low = Decimal::FromParts(static_cast<std::int64_t>(units % kHalf), scale);
  OCOKIT_CHECK(high && low, "a price or volume out of range");
  if (high->IsZero()) return *low;
  return *high * *Decimal::FromParts(kHalf, scale) + *low;
}

std::int64_t SecondOf(TimePoint at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

}  // namespace

std::optional<CandleInterval> FindCandleInterval(std::string_view name) {
  const auto it = std::ranges::find(kCandleIntervals, name, &CandleInterval::name);
  if (it == kCandleIntervals.end()) return std::nullopt;
  return *it;
}

std::int64_t CandleStart(const CandleInterval& interval, std::int64_t second, std::int64_t zone) {
  if (interval.IsMonth()) {
    const std::chrono::year_month_day date = DateOf(second + zone);
    return MonthStart(date.year() / date.month()) - zone;
  }
  constexpr std::int64_t kWeek = 7 * kDay;
  const std::int64_t first = interval.seconds == kWeek ? kMonday : 0;
  const std::int64_t ahead = interval.seconds >= kDay ? zone : 0;
  return FloorTo(second + ahead - first, interval.seconds) + first - ahead;
}

std::int64_t NextCandle(const CandleInterval& interval, std::int64_t start, std::int64_t zone) {
  if (!interval.IsMonth()) return start + interval.seconds;
  const std::chrono::year_month_day date = DateOf(start + zone);
  return MonthStart(date.year() / date.month() + std::chrono::months(1)) - zone;
}

std::deque<PriceHistory::Second>::const_iterator PriceHistory::From(std::int64_t second) const {
  return std::ranges::lower_bound(seconds_, second, {}, &Second::second);
}

void PriceHistory::Add(TimePoint at, const Decimal& price, const Decimal& amount) {
  OCOKIT_CHECK(price.IsPositive() && amount.IsPositive(), "a trade has a price and an amount");
  const std::int64_t second = SecondOf(at);
  const std::int64_t units = Fit(Units(price, kScale));
  // Nearly always the last one; a clock that was set back adds to an earlier one.
  auto it = seconds_.begin() + (From(second) - seconds_.cbegin());
  if (it == seconds_.end() || it->second != second) {
    it = seconds_.insert(it, Second{.second = second, .open = units, .high = units, .low = units});
  }
  it->high = std::max(it->high, units);
  it->low = std::min(it->low, units);
  it->close = units;
  it->volume = Fit(Int128{it->volume} + Units(amount, kScale));
  it->value += Units((price * amount).Truncate(kValueScale), kValueScale);
  if (seconds_.size() > kMaxSeconds) seconds_.pop_front();
}

void PriceHistory::AddSecond(std::int64_t second, std::int64_t open, std::int64_t high,
                             std::int64_t low, std::int64_t close, std::int64_t volume) {
  OCOKIT_CHECK(seconds_.empty() || second >= seconds_.back().second, "seconds come by time");
  // 10^-8 times 10^-8, cut to 10^-12; the quote volume is reckoned at the close.
  constexpr Int128 kToValue = 10'000;
  const Int128 value = Int128{volume} * close / kToValue;
  if (!seconds_.empty() && seconds_.back().second == second) {
    Second& last = seconds_.back();
    last.high = std::max(last.high, high);
    last.low = std::min(last.low, low);
    last.close = close;
    last.volume = Fit(Int128{last.volume} + volume);
    last.value += value;
    return;
  }
  seconds_.push_back({.value = value,
                      .second = second,
                      .open = open,
                      .high = high,
                      .low = low,
                      .close = close,
                      .volume = volume});
  if (seconds_.size() > kMaxSeconds) seconds_.pop_front();
}

std::vector<Candle> PriceHistory::Candles(const CandleQuery& query, TimePoint now) const {
  if (seconds_.empty() || query.most == 0) return {};
  const auto start_of = [&](std::int64_t second) {
    return CandleStart(query.interval, second, query.zone);
  };
  const auto after = [&](std::int64_t start) {
    return NextCandle(query.interval, start, query.zone);
  };
  // What was traded later than now, before a clock was set back, is not shown.
  const std::int64_t present = SecondOf(now);
  // Nor has a calendar the largest times that may be asked for.
  if (query.from > present) return {};
  const std::int64_t last = start_of(std::min(query.to, present));
  std::int64_t first = start_of(std::max(query.from, seconds_.front().second));
  if (first < query.from) first = after(first);
  if (first > last) return {};
  std::vector<std::int64_t> starts;
  if (query.oldest) {
    for (std::int64_t at = first; at <= last && starts.size() < query.most; at = after(at)) {
      starts.push_back(at);
    }
  } else {
    for (std::int64_t at = last; at >= first && starts.size() < query.most; at = start_of(at - 1)) {
      starts.push_back(at);
    }
    std::ranges::reverse(starts);
  }

  std::vector<Candle> out;
  out.reserve(starts.size());
  auto it = From(starts.front());
  std::int64_t close = it == seconds_.begin() ? it->open : std::prev(it)->close;
  for (const std::int64_t start : starts) {
    const std::int64_t next = after(start);
    Second sum{.second = start, .open = close, .high = close, .low = close, .close = close};
    bool traded = false;
    for (; it != seconds_.end() && it->second < next && it->second <= present; ++it) {
      if (!traded) sum.open = sum.high = sum.low = it->open;
      traded = true;
      sum.high = std::max(sum.high, it->high);
      sum.low = std::min(sum.low, it->low);
      sum.close = it->close;
      sum.volume = Fit(Int128{sum.volume} + it->volume);
      sum.value += it->value;
    }
    close = sum.close;
    out.push_back({.start = start,
                   .next = next,
                   .open = FromUnits(sum.open, kScale),
                   .high = FromUnits(sum.high, kScale),
                   .low = FromUnits(sum.low, kScale),
                   .close = FromUnits(sum.close, kScale),
                   .volume = FromUnits(sum.volume, kScale),
                   .value = FromUnits(sum.value, kValueScale)});
  }
  return out;
}

std::optional<DayStats> PriceHistory::DayBefore(TimePoint now) const {
  if (seconds_.empty()) return std::nullopt;
  const std::int64_t present = SecondOf(now);
  auto it = From(present - kDay + 1);
  const std::int64_t open = it == seconds_.begin() ? it->open : std::prev(it)->close;
  // Without a trade in the 24 hours, and with those alone that a clock which was set back has left
  // behind, the price has not moved.
  Second sum{.open = open, .high = open, .low = open};
  bool traded = false;
  for (; it != seconds_.end() && it->second <= present; ++it) {
    if (!traded) sum.high = sum.low = it->open;
    traded = true;
    sum.high = std::max(sum.high, it->high);
    sum.low = std::min(sum.low, it->low);
    sum.volume = Fit(Int128{sum.volume} + it->volume);
    sum.value += it->value;
  }
  return DayStats{.open = FromUnits(sum.open, kScale),
                  .high = FromUnits(sum.high, kScale),
                  .low = FromUnits(sum.low, kScale),
                  .volume = FromUnits(sum.volume, kScale),
                  .value = FromUnits(sum.value, kValueScale)};
}

}  // namespace ocokit::mock
