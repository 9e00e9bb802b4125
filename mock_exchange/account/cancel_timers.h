#pragma once

// CancelTimers: "cancel all my orders unless I say otherwise by then" (BingX cancelAllAfter,
// WhiteBIT kill-switch).

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "ocokit/base/clock.h"

namespace ocokit::mock {

struct CancelTimer {
  std::optional<std::uint32_t> market;  // none: every market
  TimePoint started;
  TimePoint at;  // when it cancels
  // Which orders it is about.
  bool spot = true;
  bool margin = true;
  bool futures = true;
};

class CancelTimers {
 public:
  // In place of the one of the same market.
  void Set(const CancelTimer& timer) {
    Remove(timer.market);
    timers_.push_back(timer);
  }
  void Remove(std::optional<std::uint32_t> market) {
    std::erase_if(timers_, [&](const CancelTimer& timer) { return timer.market == market; });
  }
  void Clear() { timers_.clear(); }
  // Takes the one that is due first, if it is by `now`.
  [[nodiscard]] std::optional<CancelTimer> TakeDue(TimePoint now) {
    const auto first = std::ranges::min_element(timers_, {}, &CancelTimer::at);
    if (first == timers_.end() || first->at > now) return std::nullopt;
    const CancelTimer out = *first;
    timers_.erase(first);
    return out;
  }
  // When the first of them is due.
  [[nodiscard]] std::optional<TimePoint> NextDue() const {
    const auto first = std::ranges::min_element(timers_, {}, &CancelTimer::at);
    return first == timers_.end() ? std::nullopt : std::optional(first->at);
  }
  // In the order in which they were set.
  [[nodiscard]] const std::vector<CancelTimer>& all() const { return timers_; }

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive("timers", timers_);
  }

 private:
  std::vector<CancelTimer> timers_;
};

}  // namespace ocokit::mock
