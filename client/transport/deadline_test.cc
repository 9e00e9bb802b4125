#include "client/transport/deadline.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <string>

namespace ocokit::client {
namespace {

using std::chrono::hours;
using std::chrono::steady_clock;

// The first deadline of an idle object must wake its thread: it once slept on.
TEST(Deadlines, TheFirstOneWakesTheThread) {
  for (int i = 0; i < 20; ++i) {
    Deadlines deadlines;
    std::promise<void> idle;
    deadlines.Add(steady_clock::now(), [&] { idle.set_value(); });
    idle.get_future().wait();
    std::promise<void> fired;
    deadlines.Add(steady_clock::now() + std::chrono::milliseconds(1), [&] { fired.set_value(); });
    EXPECT_EQ(fired.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
  }
}

TEST(Deadlines, AnEarlierOneOvertakesALaterOne) {
  Deadlines deadlines;
  std::promise<void> fired;
  deadlines.Add(steady_clock::now() + hours(1), [] { FAIL(); });
  deadlines.Add(steady_clock::now(), [&] { fired.set_value(); });
  EXPECT_EQ(fired.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST(Deadlines, ARemovedOneDoesNotRun) {
  std::atomic<int> runs{0};
  {
    Deadlines deadlines;
    const auto id =
        deadlines.Add(steady_clock::now() + std::chrono::milliseconds(2), [&] { ++runs; });
    deadlines.Remove(id);
    std::promise<void> later;
    deadlines.Add(steady_clock::now() + std::chrono::milliseconds(4), [&] { later.set_value(); });
    later.get_future().wait();
  }
  EXPECT_EQ(runs, 0);
}

// A request that failed by an exception once left its deadline behind, which then used what was
// gone.
TEST(ScopedDeadline, DoesNotRunAfterAnExceptionLeftItsScope) {
  std::atomic<int> runs{0};
  Deadlines deadlines;
  // The first exception of a process takes its time.
  const auto at = steady_clock::now() + std::chrono::milliseconds(100);
  EXPECT_THROW(
      {
        const ScopedDeadline deadline(deadlines, at, [&] { ++runs; });
        throw std::runtime_error("broken");
      },
      std::runtime_error);
  std::promise<void> later;
  deadlines.Add(at + std::chrono::milliseconds(1), [&] { later.set_value(); });
  later.get_future().wait();
  EXPECT_EQ(runs, 0);
}

TEST(ScopedDeadline, RunsWithinItsScope) {
  Deadlines deadlines;
  std::promise<void> fired;
  const ScopedDeadline deadline(deadlines, steady_clock::now(), [&] { fired.set_value(); });
  EXPECT_EQ(fired.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST(Deadlines, DestructionDropsWhatHasNotRun) {
  Deadlines deadlines;
  deadlines.Add(steady_clock::now() + hours(1), [] { FAIL(); });
}

}  // namespace
}  // namespace ocokit::client
