#include "ocokit/base/clock.h"

#include <thread>

namespace ocokit {

TimePoint SystemClock::Now() const {
  return std::chrono::floor<microseconds>(std::chrono::system_clock::now());
}

void SystemClock::SleepFor(microseconds duration) {
  if (duration > microseconds::zero()) std::this_thread::sleep_for(duration);
}

TimePoint ManualClock::Now() const { return TimePoint(microseconds(now_us_.load())); }

void ManualClock::SleepFor(microseconds duration) {
  if (duration > microseconds::zero()) Advance(duration);
}

void ManualClock::Set(TimePoint t) { now_us_.store(t.time_since_epoch().count()); }

void ManualClock::Advance(microseconds duration) { now_us_.fetch_add(duration.count()); }

}  // namespace ocokit
