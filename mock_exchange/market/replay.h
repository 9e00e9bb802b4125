#pragma once

// Replay: prices of the past, read from comma-separated values, and when each of them comes. Pure.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"
#include "ocokit/base/result.h"

namespace ocokit::mock {

// A candle, or a trade, which has its price in all four. Prices and volume in 10^-8; 48 bytes.
struct ReplayRow {
  std::int64_t at_us = 0;  // since 1970
  std::int64_t open = 0;
  std::int64_t high = 0;
  std::int64_t low = 0;
  std::int64_t close = 0;
  std::int64_t volume = 0;  // base
};

struct ReplayRows {
  std::vector<ReplayRow> rows;  // by time
  bool candles = false;
  std::int64_t length_us = 0;  // of a candle: the least distance of two

  // The first print at `at` or after it, counted from the first of the first row.
  [[nodiscard]] std::size_t From(std::int64_t at_us) const;
};

// Decimals beyond eight are cut. Errors: kInvalidArgument names the line and what it should be,
// never what stands there.
[[nodiscard]] Result<ReplayRows> ReadReplay(std::string_view csv);

// 10^-8 as a number.
[[nodiscard]] Decimal FromReplayUnits(std::int64_t units);

// A price that comes: when in the file, and what is traded at it.
struct ReplayPrint {
  std::int64_t at_us = 0;
  std::int64_t price = 0;
  std::int64_t amount = 0;
};
// Prints of a row: four of a candle, one of a trade.
[[nodiscard]] std::size_t PrintsOf(const ReplayRows& rows);
// The print of that number, counted over all rows.
[[nodiscard]] ReplayPrint PrintOf(const ReplayRows& rows, std::size_t number);

}  // namespace ocokit::mock
