#pragma once

// PriceSchedule: the prices that an account's markets will have by themselves, by time.
// Not thread-safe; the account locks.

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/mock/price_source.h"

namespace ocokit::mock {

// A market's price that has become due.
struct DuePrice {
  TimePoint at;
  std::uint32_t market = 0;
  // Of a path: the price. Of a walk: none, and `move` ticks of at most `max_step` to go.
  std::optional<Decimal> last;
  Decimal max_step;
  std::int64_t move = 0;  // thousandths of max_step, -1000 to 1000
  Decimal fill_share;
};

class PriceSchedule {
 public:
  void SetPath(std::uint32_t market, std::vector<PriceStep> path, TimePoint now);
  void StartWalk(std::uint32_t market, const PriceWalk& walk, std::uint64_t account_seed,
                 TimePoint now);
  void Stop(std::uint32_t market) { sources_.erase(market); }

  // Takes the earliest price that is due at `now`; of equal times the market listed first.
  std::optional<DuePrice> TakeDue(TimePoint now);

 private:
  struct Source {
    TimePoint start;
    std::vector<PriceStep> path;    // of a path
    std::optional<PriceWalk> walk;  // of a walk
    std::uint64_t chance = 0;       // state of the walk's generator
    std::size_t taken = 0;
  };
  // When the source's next price comes; none when it has ended.
  [[nodiscard]] static std::optional<TimePoint> NextTime(const Source& source);

  std::map<std::uint32_t, Source> sources_;
};

// The price a walk goes to: `last` moved by the step's share, cut to ticks, at least one tick.
[[nodiscard]] Decimal WalkTo(const Decimal& last, const DuePrice& step, const Decimal& tick);

}  // namespace ocokit::mock
