#include "bench/load/reconnect.h"

#include <gtest/gtest.h>

#include <limits>

namespace ocokit::load {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

TEST(ReconnectPauseTest, DoublesUpToASecond) {
  std::int64_t want = 10;
  for (int before = 0; before < 7; ++before, want *= 2) {
    EXPECT_EQ(ReconnectPause(before), want * kMillisecond) << before;
  }
  for (const int before : {7, 8, 63, 64, std::numeric_limits<int>::max()}) {
    EXPECT_EQ(ReconnectPause(before), 1000 * kMillisecond) << before;
  }
}

}  // namespace
}  // namespace ocokit::load
