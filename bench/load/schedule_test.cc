#include "bench/load/schedule.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace ocokit::load {
namespace {

using std::chrono::seconds;

std::vector<std::int64_t> All(Schedule schedule) {
  std::vector<std::int64_t> out;
  for (; !schedule.done(); schedule.Advance()) out.push_back(schedule.next());
  return out;
}

TEST(ScheduleTest, EvenRequestsAreEquallyFarApart) {
  LoadOptions options;
  options.rate = 3000;
  const std::vector<std::int64_t> times = All(Schedule(options, seconds(2), 0));
  ASSERT_EQ(times.size(), 6000u);
  for (std::size_t i = 0; i < times.size(); ++i) {
    // Never off by more than the rounding, however many there were.
    EXPECT_NEAR(static_cast<double>(times[i]), static_cast<double>(i) * 1e9 / 3000, 0.51);
  }
}

TEST(ScheduleTest, ThreadsShareTheRequests) {
  LoadOptions options;
  options.rate = 700;
  const std::vector<std::int64_t> one = All(Schedule(options, seconds(3), 0));
  options.threads = 3;
  std::multiset<std::int64_t> shared;
  for (int thread = 0; thread < 3; ++thread) {
    for (const std::int64_t time : All(Schedule(options, seconds(3), thread))) shared.insert(time);
  }
  EXPECT_EQ(shared, std::multiset<std::int64_t>(one.begin(), one.end()));
}

TEST(ScheduleTest, PoissonHasTheRateAndItsSeed) {
  LoadOptions options;
  options.rate = 1000;
  options.poisson = true;
  options.seed = 5;
  const std::vector<std::int64_t> times = All(Schedule(options, seconds(100), 0));
  // Five standard deviations of 100000 requests.
  EXPECT_NEAR(static_cast<double>(times.size()), 100000, 5 * std::sqrt(100000.0));
  double squares = 0;
  for (std::size_t i = 1; i < times.size(); ++i) {
    const double gap = static_cast<double>(times[i] - times[i - 1]) / 1e6;
    squares += (gap - 1) * (gap - 1);
  }
  // The gaps of a Poisson process vary as much as they are long.
  EXPECT_NEAR(squares / static_cast<double>(times.size()), 1, 0.05);
  EXPECT_EQ(All(Schedule(options, seconds(100), 0)), times);
  options.seed = 6;
  EXPECT_NE(All(Schedule(options, seconds(100), 0)), times);
}

// The next one may be centuries away.
TEST(ScheduleTest, ATinyRateEnds) {
  for (const bool poisson : {false, true}) {
    for (const double rate : {1e-9, 1e-11, 1e-300, 5e-324}) {
      LoadOptions options;
      options.rate = rate;
      options.poisson = poisson;
      Schedule schedule(options, seconds(86400), 0);
      for (int i = 0; i < 3; ++i) {
        if (!schedule.done()) {
          EXPECT_EQ(schedule.next(), 0) << rate;
        }
        schedule.Advance();
        EXPECT_TRUE(schedule.done()) << rate;
      }
      schedule.EndAt(1000);
      EXPECT_TRUE(schedule.done()) << rate;
    }
  }
}

TEST(ScheduleTest, CanEndEarly) {
  LoadOptions options;
  options.rate = 10;
  Schedule schedule(options, seconds(10), 0);
  schedule.EndAt(250'000'000);
  schedule.EndAt(950'000'000);
  EXPECT_EQ(All(schedule), (std::vector<std::int64_t>{0, 100'000'000, 200'000'000}));
}

}  // namespace
}  // namespace ocokit::load
