#include "mock_exchange/market/candles.h"

#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "ocokit/base/clock.h"

namespace ocokit::mock {
namespace {

constexpr std::int64_t kDay = 86400;
// Friday, 1 March 2024, 00:00 UTC (`date -u -d 2024-03-01 +%s`).
constexpr std::int64_t kMarch = 1'709'251'200;

TimePoint At(std::int64_t second) { return FromUnixMillis(second * 1000); }

CandleInterval Named(std::string_view name) { return FindCandleInterval(name).value(); }

CandleQuery Query(std::string_view interval, std::size_t most = 1000) {
  return {.interval = Named(interval), .most = most};
}

std::vector<std::int64_t> Starts(const std::vector<Candle>& candles) {
  std::vector<std::int64_t> out;
  for (const Candle& candle : candles) out.push_back(candle.start);
  return out;
}

TEST(CandleInterval, KnowsItsOwnNamesAlone) {
  EXPECT_EQ(Named("15m").seconds, 900);
  EXPECT_TRUE(Named("1M").IsMonth());
  for (const char* name : {"", "1", "1H", "7m", "1mo", "60"})
    EXPECT_FALSE(FindCandleInterval(name)) << name;
}

TEST(CandleStart, IsAlignedToHoursDaysMondaysAndMonths) {
  const std::int64_t at = kMarch + 3 * 3600 + 59 * 60 + 59;  // Friday 03:59:59
  const std::vector<std::pair<std::string_view, std::int64_t>> want = {
      {"1s", at},
      {"1m", kMarch + 3 * 3600 + 59 * 60},
      {"1h", kMarch + 3 * 3600},
      {"4h", kMarch},
      {"1d", kMarch},
      {"1w", kMarch - 4 * kDay},
      {"1M", kMarch}};
  for (const auto& [name, start] : want) {
    EXPECT_EQ(CandleStart(Named(name), at, 0), start) << name;
    EXPECT_EQ(CandleStart(Named(name), start, 0), start) << name;
    EXPECT_NE(CandleStart(Named(name), start - 1, 0), start) << name;
    EXPECT_EQ(CandleStart(Named(name), NextCandle(Named(name), start, 0) - 1, 0), start) << name;
  }
  // 29 days of February, and the year's end.
  EXPECT_EQ(CandleStart(Named("1M"), kMarch - 1, 0), kMarch - 29 * kDay);
  EXPECT_EQ(NextCandle(Named("1M"), kMarch + 275 * kDay, 0), kMarch + 306 * kDay);
  // Before 1970.
  EXPECT_EQ(CandleStart(Named("1h"), -1, 0), -3600);
}

TEST(CandleStart, DaysAndMoreBeginAtMidnightOfTheZone) {
  constexpr std::int64_t kAhead = 8 * 3600;
  const std::int64_t at = kMarch + 17 * 3600;  // 01:00 of the next day there
  EXPECT_EQ(CandleStart(Named("1d"), at, kAhead), kMarch + 16 * 3600);
  EXPECT_EQ(CandleStart(Named("4h"), at, kAhead), kMarch + 16 * 3600);
  // Monday there begins on Sunday at 16:00 UTC.
  EXPECT_EQ(CandleStart(Named("1w"), at, kAhead), kMarch - 4 * kDay - kAhead);
  EXPECT_EQ(CandleStart(Named("1M"), at, kAhead), kMarch - kAhead);
  EXPECT_EQ(CandleStart(Named("1M"), kMarch - kAhead - 1, kAhead), kMarch - 29 * kDay - kAhead);
}

TEST(PriceHistory, WithoutATradeHasNothing) {
  const PriceHistory history;
  EXPECT_TRUE(history.Candles(Query("1m"), At(kMarch)).empty());
  EXPECT_FALSE(history.DayBefore(At(kMarch)));
}

TEST(PriceHistory, SumsWhatWasTraded) {
  PriceHistory history;
  history.Add(At(kMarch), D("100"), D("0.5"));
  history.Add(At(kMarch) + milliseconds(1), D("103.00000001"), D("0.25"));
  history.Add(At(kMarch) + milliseconds(999), D("101"), D("1"));
  history.Add(At(kMarch + 59), D("99"), D("2"));
  const std::vector<Candle> got = history.Candles(Query("1m"), At(kMarch + 59));
  ASSERT_EQ(got.size(), 1U);
  EXPECT_EQ(got[0].start, kMarch);
  EXPECT_EQ(got[0].next, kMarch + 60);
  EXPECT_EQ(got[0].open, D("100"));
  EXPECT_EQ(got[0].high, D("103.00000001"));
  EXPECT_EQ(got[0].low, D("99"));
  EXPECT_EQ(got[0].close, D("99"));
  EXPECT_EQ(got[0].volume, D("3.75"));
  // 50 + 25.7500000025 + 101 + 198
  EXPECT_EQ(got[0].value, D("374.7500000025"));
}

TEST(PriceHistory, HasACandleForEachIntervalUpToNow) {
  PriceHistory history;
  history.Add(At(kMarch + 30), D("100"), D("1"));
  history.Add(At(kMarch + 190), D("120"), D("1"));
  const std::vector<Candle> got = history.Candles(Query("1m"), At(kMarch + 300));
  EXPECT_EQ(Starts(got), (std::vector{kMarch, kMarch + 60, kMarch + 120, kMarch + 180, kMarch + 240,
                                      kMarch + 300}));
  EXPECT_EQ(got[2].open, D("100"));
  EXPECT_EQ(got[2].close, D("100"));
  EXPECT_TRUE(got[2].volume.IsZero());
  // It opens with its own first trade.
  EXPECT_EQ(got[3].open, D("120"));
  EXPECT_EQ(got[3].low, D("120"));
  EXPECT_EQ(got[5].high, D("120"));
}

TEST(PriceHistory, CountsFromEitherEnd) {
  PriceHistory history;
  history.Add(At(kMarch), D("1"), D("1"));
  const TimePoint now = At(kMarch + 600);
  CandleQuery query = Query("1m", 2);
  EXPECT_EQ(Starts(history.Candles(query, now)), (std::vector{kMarch + 540, kMarch + 600}));
  query.oldest = true;
  EXPECT_EQ(Starts(history.Candles(query, now)), (std::vector{kMarch, kMarch + 60}));
  query.from = kMarch + 61;
  EXPECT_EQ(Starts(history.Candles(query, now)), (std::vector{kMarch + 120, kMarch + 180}));
  query.oldest = false;
  query.to = kMarch + 239;
  EXPECT_EQ(Starts(history.Candles(query, now)), (std::vector{kMarch + 120, kMarch + 180}));
  query.from = kMarch + 240;
  EXPECT_TRUE(history.Candles(query, now).empty());
  query.most = 0;
  EXPECT_TRUE(history.Candles(query, now).empty());
}

TEST(PriceHistory, AClockThatWasSetBackAddsWhereItIsAndHidesWhatIsLater) {
  PriceHistory history;
  history.Add(At(kMarch + 120), D("300"), D("1"));
  history.Add(At(kMarch), D("100"), D("1"));
  history.Add(At(kMarch + 60), D("200"), D("1"));
  EXPECT_EQ(history.Candles(Query("1m"), At(kMarch + 120)).size(), 3U);
  const std::vector<Candle> got = history.Candles(Query("1m"), At(kMarch + 60));
  ASSERT_EQ(got.size(), 2U);
  EXPECT_EQ(got[1].close, D("200"));
  EXPECT_EQ(history.DayBefore(At(kMarch + 60))->high, D("200"));
}

TEST(PriceHistory, ADayIsTheTwentyFourHoursBefore) {
  PriceHistory history;
  history.Add(At(kMarch), D("100"), D("1"));
  history.Add(At(kMarch + 10), D("90"), D("2"));
  const auto first = history.DayBefore(At(kMarch + 10));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->open, D("100"));
  EXPECT_EQ(first->low, D("90"));
  EXPECT_EQ(first->volume, D("3"));
  EXPECT_EQ(first->value, D("280"));
  // The first trade leaves the day a second before the second does.
  const auto second = history.DayBefore(At(kMarch + kDay));
  EXPECT_EQ(second->open, D("100"));
  EXPECT_EQ(second->high, D("90"));
  EXPECT_EQ(second->volume, D("2"));
  const auto quiet = history.DayBefore(At(kMarch + 2 * kDay));
  EXPECT_EQ(quiet->open, D("90"));
  EXPECT_EQ(quiet->high, D("90"));
  EXPECT_TRUE(quiet->volume.IsZero());
}

TEST(PriceHistory, KeepsTheLatestSecondsAndHoldsTheLargestNumbers) {
  PriceHistory history;
  const Decimal most = D("9999999999.99999999");
  for (int i = 0; i < 100; ++i) history.Add(At(kMarch), most, most);
  const std::vector<Candle> large = history.Candles(Query("1s"), At(kMarch));
  ASSERT_EQ(large.size(), 1U);
  EXPECT_EQ(large[0].high, most);
  EXPECT_TRUE(large[0].volume.IsPositive());
  EXPECT_GT(large[0].value, D("9999999999000000000000"));
  const auto count = static_cast<std::int64_t>(PriceHistory::kMaxSeconds);
  for (std::int64_t i = 1; i <= count; ++i) history.Add(At(kMarch + i), D("1"), D("1"));
  EXPECT_EQ(history.bytes(), PriceHistory::kMaxSeconds * 64);
  EXPECT_EQ(history.Candles(Query("1s", 1'000'000), At(kMarch + count)).front().start, kMarch + 1);
}

}  // namespace
}  // namespace ocokit::mock
