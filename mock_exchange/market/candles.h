#pragma once

// PriceHistory: what a market has traded, second by second, and the candles made of it. Pure: time
// comes in with each call. Not thread-safe; the account locks.

#include <array>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"

namespace ocokit::mock {

// How long a candle is.
struct CandleInterval {
  std::string_view name;     // as both venues write it
  std::int64_t seconds = 0;  // of a month: none, a calendar month

  [[nodiscard]] constexpr bool IsMonth() const { return seconds == 0; }
};

// Shortest first.
inline constexpr std::array kCandleIntervals = {
    CandleInterval{"1s", 1},     CandleInterval{"1m", 60},     CandleInterval{"3m", 180},
    CandleInterval{"5m", 300},   CandleInterval{"15m", 900},   CandleInterval{"30m", 1800},
    CandleInterval{"1h", 3600},  CandleInterval{"2h", 7200},   CandleInterval{"4h", 14400},
    CandleInterval{"6h", 21600}, CandleInterval{"8h", 28800},  CandleInterval{"12h", 43200},
    CandleInterval{"1d", 86400}, CandleInterval{"3d", 259200}, CandleInterval{"1w", 604800},
    CandleInterval{"1M", 0}};

// None when there is no such interval.
[[nodiscard]] std::optional<CandleInterval> FindCandleInterval(std::string_view name);

// When the candle begins that `second` is in, both in seconds since 1970. Weeks begin on Monday;
// days, weeks and months begin at midnight where clocks are `zone` seconds ahead of UTC.
[[nodiscard]] std::int64_t CandleStart(const CandleInterval& interval, std::int64_t second,
                                       std::int64_t zone);
// When the candle after one that begins at `start` begins.
[[nodiscard]] std::int64_t NextCandle(const CandleInterval& interval, std::int64_t start,
                                      std::int64_t zone);

// One in which nothing was traded has the price before it in all four, and no volume.
struct Candle {
  std::int64_t start = 0;  // seconds since 1970
  std::int64_t next = 0;   // when the next one begins
  Decimal open;
  Decimal high;
  Decimal low;
  Decimal close;
  Decimal volume;  // base
  Decimal value;   // quote
};

struct CandleQuery {
  CandleInterval interval;
  std::int64_t zone = 0;  // seconds ahead of UTC
  // Candles that begin then, both inclusive, in seconds.
  std::int64_t from = 0;
  std::int64_t to = std::numeric_limits<std::int64_t>::max();
  std::size_t most = 0;
  bool oldest = false;  // of more than `most` the first ones, not the latest
};

// The 24 hours before a time.
struct DayStats {
  Decimal open;  // the last price before them; without one the first in them
  Decimal high;
  Decimal low;
  Decimal volume;  // base
  Decimal value;   // quote
};

class PriceHistory {
 public:
  // Seconds with a trade that are kept, the latest: somewhat more than a day of one price a second.
  static constexpr std::size_t kMaxSeconds = 100'000;

  // Both numbers must be positive and such as the engine takes (engine/number.h).
  void Add(TimePoint at, const Decimal& price, const Decimal& amount);

  // What was traded in a second after all that is there: the four prices and the volume, in 10^-8.
  void AddSecond(std::int64_t second, std::int64_t open, std::int64_t high, std::int64_t low,
                 std::int64_t close, std::int64_t volume);

  // Oldest first, without a gap: from the first trade that is kept to the candle that `now` is in.
  [[nodiscard]] std::vector<Candle> Candles(const CandleQuery& query, TimePoint now) const;

  // None: nothing was traded yet.
  [[nodiscard]] std::optional<DayStats> DayBefore(TimePoint now) const;

  [[nodiscard]] std::size_t bytes() const { return seconds_.size() * sizeof(Second); }

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive.Long("seconds", seconds_);
  }

 private:
  // Prices and volume in 10^-8, the value in 10^-12: 64 bytes.
  struct Second {
    Int128 value = 0;
    std::int64_t second = 0;
    std::int64_t open = 0;
    std::int64_t high = 0;
    std::int64_t low = 0;
    std::int64_t close = 0;
    std::int64_t volume = 0;
  };
  friend auto Row(Second& s) {
    return std::tie(s.second, s.open, s.high, s.low, s.close, s.volume, s.value);
  }

  // Where the first second from `second` on stands.
  [[nodiscard]] std::deque<Second>::const_iterator From(std::int64_t second) const;

  std::deque<Second> seconds_;  // by time
};

}  // namespace ocokit::mock
