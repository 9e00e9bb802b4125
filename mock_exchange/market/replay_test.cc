#include "mock_exchange/market/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/decimal.h"

namespace ocokit::mock {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kUnit = 100'000'000;

ReplayRows MustRead(std::string_view csv) {
  auto rows = ReadReplay(csv);
  EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
  return rows ? *rows : ReplayRows();
}

std::string Problem(std::string_view csv) {
  const auto rows = ReadReplay(csv);
  return rows ? std::string() : rows.error().message;
}

TEST(Replay, ReadsCandlesWithAndWithoutNames) {
  // As public archives have them: more columns behind, which do not count.
  for (const char* names :
       {"", "open_time,open,high,low,close,volume,close_time\n", "\xef\xbb\xbf"}) {
    const ReplayRows rows =
        MustRead(std::string(names) +
                 "1700000000000,100,110.5,90,105,2.5,1700000059999,250,7,1,2,0\n"
                 "1700000060000,105,106,104,104.5,1,1700000119999\r\n");
    ASSERT_EQ(rows.rows.size(), 2U);
    EXPECT_TRUE(rows.candles);
    EXPECT_EQ(rows.length_us, 60'000'000);
    EXPECT_EQ(rows.rows[0].at_us, 1'700'000'000'000'000);
    EXPECT_EQ(rows.rows[0].high, 110 * kUnit + kUnit / 2);
    EXPECT_EQ(rows.rows[1].close, 104 * kUnit + kUnit / 2);
  }
}

TEST(Replay, ReadsTradesInAnyUnitOfTime) {
  for (const char* time : {"1700000000.25", "1700000000250", "1700000000250000"}) {
    const ReplayRows rows = MustRead(std::string(time) + ";40000.5;0.001\n");
    ASSERT_EQ(rows.rows.size(), 1U);
    EXPECT_FALSE(rows.candles);
    EXPECT_EQ(rows.rows[0].at_us, 1'700'000'000'250'000);
    EXPECT_EQ(FromReplayUnits(rows.rows[0].close), D("40000.5"));
    EXPECT_EQ(FromReplayUnits(rows.rows[0].volume), D("0.001"));
  }
}

TEST(Replay, SaysWhichLineIsWrongAndNotWhatStandsThere) {
  EXPECT_THAT(Problem(""), HasSubstr("there is no line of time"));
  EXPECT_THAT(Problem("time,price,amount\n"), HasSubstr("there is no line"));
  EXPECT_THAT(Problem("1,2\n"), HasSubstr("line 1: a trade has time, price and amount"));
  // A candle that was cut off is no trade.
  EXPECT_THAT(Problem("1,2,3,4\n"), HasSubstr("line 1: a trade has time, price and amount"));
  EXPECT_THAT(Problem("2026-11-30T10:00:00,1,1\n"), HasSubstr("line 1: time, price and amount"));
  EXPECT_THAT(Problem("-1,1,1\n2,1,1\n"), HasSubstr("line 1: time, price and amount"));
  EXPECT_THAT(Problem("1,100,1\n2,secret,1\n"),
              HasSubstr("line 2: time, price and amount must be"));
  EXPECT_EQ(Problem("1,100,1\n2,secret,1\n").find("secret"), std::string::npos);
  EXPECT_THAT(Problem("2,100,1\n1,100,1\n"), HasSubstr("line 2: the times must not fall"));
  EXPECT_THAT(Problem("1,100,90,110,100,1\n"), HasSubstr("line 1: prices must be above 0"));
  EXPECT_THAT(Problem("1,0,1\n"), HasSubstr("line 1: prices must be above 0"));
  EXPECT_THAT(Problem("1,100,100,100,100,1\n2,1,1\n"), HasSubstr("line 2: a candle has time"));
}

TEST(Replay, ACandleComesAsFourPricesInTheOrderOfItsDirection) {
  const ReplayRows rows = MustRead("0,100,110,90,105,1.1\n60,105,106,80,85,0\n");
  const auto prices = [&](std::size_t row) {
    std::vector<std::int64_t> out;
    for (std::size_t i = 0; i < PrintsOf(rows); ++i) {
      out.push_back(PrintOf(rows, row * PrintsOf(rows) + i).price / kUnit);
    }
    return out;
  };
  EXPECT_EQ(prices(0), (std::vector<std::int64_t>{100, 90, 110, 105}));
  EXPECT_EQ(prices(1), (std::vector<std::int64_t>{105, 106, 80, 85}));
  std::int64_t volume = 0;
  for (std::size_t i = 0; i < 4; ++i) volume += PrintOf(rows, i).amount;
  EXPECT_EQ(volume, 11 * kUnit / 10);
  // All of them lie within the candle.
  EXPECT_EQ(PrintOf(rows, 3).at_us, 45'000'000);
}

TEST(Replay, FindsWhereNowIs) {
  const ReplayRows rows = MustRead("10,1,1\n20,1,1\n20,2,1\n30,1,1\n");
  EXPECT_EQ(rows.From(0), 0U);
  EXPECT_EQ(rows.From(20'000'000), 1U);
  EXPECT_EQ(rows.From(31'000'000), 4U);
  // Within a candle, the print that comes next.
  const ReplayRows candles = MustRead("0,1,2,1,2,1\n60,2,2,1,1,1\n");
  EXPECT_EQ(candles.From(20'000'000), 2U);
  EXPECT_EQ(candles.From(60'000'000), 4U);
}

}  // namespace
}  // namespace ocokit::mock
