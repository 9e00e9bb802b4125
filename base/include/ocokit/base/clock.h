#pragma once

// Clock: where the time comes from, passed in so that a test decides what time it is.
// All clocks here may be used from several threads at once.

#include <atomic>
#include <chrono>
#include <cstdint>

namespace ocokit {

// Wall-clock time since the Unix epoch, in microseconds: the finest unit either venue prints.
using TimePoint = std::chrono::sys_time<std::chrono::microseconds>;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Whole milliseconds since the Unix epoch, rounded down: the unit of timestamps and nonces.
[[nodiscard]] constexpr std::int64_t ToUnixMillis(TimePoint t) {
  return std::chrono::floor<milliseconds>(t.time_since_epoch()).count();
}

[[nodiscard]] constexpr TimePoint FromUnixMillis(std::int64_t ms) {
  return TimePoint(milliseconds(ms));
}

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual TimePoint Now() const = 0;
  // Returns once `duration` has passed on this clock; at once when it is not positive.
  virtual void SleepFor(microseconds duration) = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] TimePoint Now() const override;
  void SleepFor(microseconds duration) override;
};

// A clock that moves only when told. SleepFor moves it by the duration and returns at once.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint start) : now_us_(start.time_since_epoch().count()) {}

  [[nodiscard]] TimePoint Now() const override;
  void SleepFor(microseconds duration) override;
  void Set(TimePoint t);
  // Moves by `duration`; a negative one sets the clock back.
  void Advance(microseconds duration);

 private:
  std::atomic<std::int64_t> now_us_;
};

}  // namespace ocokit
