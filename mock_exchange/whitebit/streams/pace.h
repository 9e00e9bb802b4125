#pragma once

// Pace: when a topic speaks that does not speak at once: at whole multiples of its pace on the
// account's clock since 1970, so that all who hear it hear the same.

#include <cstdint>
#include <optional>
#include <utility>

#include "mock_exchange/account/account.h"

namespace ocokit::mock::whitebit {

class Pace {
 public:
  explicit Pace(microseconds length) : length_(length.count()) {}

  // Nothing is due before the next multiple.
  void Begin(TimePoint now) {
    looked_ = TickOf(now);
    due_.reset();
  }
  // Whether the clock has come over a multiple since the last time this was asked.
  [[nodiscard]] bool Passed(TimePoint now) {
    const std::int64_t tick = TickOf(now);
    return std::exchange(looked_, tick) != tick;
  }
  // The same of a topic that speaks of changes alone: whether what has `changed` is to be said now.
  // A clock that runs comes to the next multiple by itself; one that stands does not, so that a
  // change which its move has brought is said at once.
  [[nodiscard]] bool Ripe(TimePoint now, bool frozen, bool changed) {
    const std::int64_t tick = TickOf(now);
    const bool passed = Passed(now);
    if (!changed) {
      due_.reset();
      return false;
    }
    if (frozen ? passed : due_ && tick >= *due_) {
      due_.reset();
      return true;
    }
    if (!due_ || *due_ > tick + 1) due_ = tick + 1;
    return false;
  }
  // The next multiple, and the one that a change waits for.
  [[nodiscard]] TimePoint Next() const { return StartOf(looked_ + 1); }
  [[nodiscard]] std::optional<TimePoint> NextRipe() const {
    return due_ ? std::optional(StartOf(*due_)) : std::nullopt;
  }
  // Of frames that are the same for all (SharedFrames). A clock that is moved may come to a
  // multiple more than once.
  [[nodiscard]] std::uint64_t Version(const Account& account) const {
    constexpr int kTickBits = 40;
    return (account.clock.moves() << kTickBits) + static_cast<std::uint64_t>(looked_);
  }

 private:
  [[nodiscard]] std::int64_t TickOf(TimePoint now) const {
    return now.time_since_epoch().count() / length_;
  }
  [[nodiscard]] TimePoint StartOf(std::int64_t tick) const {
    return TimePoint(microseconds(tick * length_));
  }

  std::int64_t length_;
  std::int64_t looked_ = 0;
  std::optional<std::int64_t> due_;
};

}  // namespace ocokit::mock::whitebit
