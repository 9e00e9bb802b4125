#include "mock_exchange/engine/ids.h"

#include <gtest/gtest.h>

namespace ocokit::mock::engine {
namespace {

TEST(PairIds, SnowflakesFollowTheClockAndNeverRepeat) {
  SnowflakeIds ids(5, {});
  const PairIds first = ids.Next(FromUnixMillis(1724656554890), true);
  EXPECT_EQ(first.limit, first.list + 1);
  EXPECT_EQ(first.stop, first.limit + 1);
  EXPECT_EQ(first.list >> 22, 1724656554890U - 1288834974657U);
  const PairIds second = ids.Next(FromUnixMillis(1724656554890), false);
  EXPECT_EQ(second.list, 0U);
  EXPECT_EQ(second.limit, first.stop + 1);
}

TEST(PairIds, SnowflakesStayPositiveAsSignedNumbers) {
  SnowflakeIds ids(4095, {});
  const PairIds drawn = ids.Next(FromUnixMillis(4'102'444'800'000), true);
  EXPECT_GT(static_cast<std::int64_t>(drawn.list), 0);
  EXPECT_GT(drawn.stop, drawn.list);
}

TEST(PairIds, CountingIdsStayBelowTwoToThe53) {
  CountingIds ids(1'000'002, {});
  const PairIds drawn = ids.Next(FromUnixMillis(1'700'000'000'000), true);
  EXPECT_EQ(drawn.stop, drawn.list + 1);
  EXPECT_EQ(drawn.limit, drawn.list + 2);
  EXPECT_LT(drawn.limit, std::uint64_t{1} << 53);
}

}  // namespace
}  // namespace ocokit::mock::engine
