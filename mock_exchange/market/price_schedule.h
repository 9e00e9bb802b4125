#pragma once

// PriceSchedule: the prices that an account's markets will have by themselves, by time.
// Not thread-safe; the account locks.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "mock_exchange/market/replay.h"
#include "ocokit/base/clock.h"
#include "ocokit/mock/price_source.h"

namespace ocokit::mock {

// A market's price that has become due.
struct DuePrice {
  TimePoint at;
  std::uint32_t market = 0;
  // Of a path: the price. Of a walk: none, and what WalkTo makes the price from.
  std::optional<Decimal> last;
  Decimal max_step;
  std::uint64_t chance = 0;
  Decimal fill_share;
  std::optional<Decimal> amount = {};  // of a replay: what is traded at it
};

// Setting and taking are O(log n) in the number of markets that have a source.
class PriceSchedule {
 public:
  void SetPath(std::uint32_t market, std::vector<PriceStep> path, TimePoint now);
  void StartWalk(std::uint32_t market, const PriceWalk& walk, std::uint64_t account_seed,
                 TimePoint now);
  // The prints from `first` on, by their number, `speed` times as fast; `at_us`, a time of the
  // file, is now.
  void StartReplay(std::uint32_t market, ReplayRows rows, std::size_t first, std::int64_t at_us,
                   const Decimal& speed, TimePoint now);
  void Stop(std::uint32_t market);

  // Takes the earliest price that is due at `now`; of equal times the market listed first.
  std::optional<DuePrice> TakeDue(TimePoint now);

  // When the next price is due; none: no source has one left.
  [[nodiscard]] std::optional<TimePoint> NextDue() const {
    return next_.empty() ? std::nullopt : std::optional(next_.begin()->first);
  }

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive("sources", sources_);
    if constexpr (Archive::kReads) {
      next_.clear();
      for (const auto& [market, source] : sources_) {
        if (const auto at = NextTime(source)) next_.insert({*at, market});
      }
    }
  }

 private:
  struct Source {
    TimePoint start;
    std::vector<PriceStep> path;    // of a path
    std::optional<PriceWalk> walk;  // of a walk
    ReplayRows replay;              // of a replay
    std::int64_t replay_start_us = 0;
    Decimal speed;
    std::uint64_t chance = 0;  // state of the walk's generator
    std::size_t taken = 0;

    template <typename Archive>
    void Members(Archive& archive) {
      archive("start", start);
      archive.Long("path", path);
      archive("walk", walk);
      archive("replay", replay);
      archive("replay_start_us", replay_start_us);
      archive("speed", speed);
      archive("chance", chance);
      archive("taken", taken);
    }
  };
  // When the source's next price comes; none when it has ended.
  [[nodiscard]] static std::optional<TimePoint> NextTime(const Source& source);
  // Of a replay: what comes next; none when it has ended, or for another source.
  [[nodiscard]] static std::optional<ReplayPrint> PrintAt(const Source& source);
  void Put(std::uint32_t market, Source source);

  std::map<std::uint32_t, Source> sources_;
  std::set<std::pair<TimePoint, std::uint32_t>> next_;  // one for each source
};

// The price a walk goes to: `last` moved by whole ticks, up or down, by at most the walk's step;
// `last` itself where that would leave the range of prices.
[[nodiscard]] Decimal WalkTo(const Decimal& last, const DuePrice& step, const Decimal& tick);

}  // namespace ocokit::mock
