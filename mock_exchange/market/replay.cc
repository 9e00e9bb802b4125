#include "mock_exchange/market/replay.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "ocokit/base/check.h"

namespace ocokit::mock {
namespace {

constexpr int kReplayScale = 8;
constexpr std::size_t kMostRows = 10'000'000;

std::string_view TrimField(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\"";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// A plain number of at most 18 digits, in units of 10^-8; none for anything else.
std::optional<std::int64_t> ReadUnits(std::string_view text) {
  std::int64_t out = 0;
  int decimals = -1;
  bool any = false;
  for (const char c : text) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    any = true;
    if (decimals == kReplayScale) continue;
    if (out > (std::numeric_limits<std::int64_t>::max() - 9) / 10) return std::nullopt;
    out = out * 10 + (c - '0');
    if (decimals >= 0) ++decimals;
  }
  if (!any) return std::nullopt;
  for (int i = std::max(decimals, 0); i < kReplayScale; ++i) {
    if (out > std::numeric_limits<std::int64_t>::max() / 10) return std::nullopt;
    out *= 10;
  }
  return out;
}

// Seconds, milliseconds or microseconds since 1970, told apart by how large they are; fractions of
// seconds are read, too.
std::optional<std::int64_t> ReadMoment(std::string_view text) {
  constexpr std::int64_t kMostSeconds = 100'000'000'000;
  const std::size_t point = std::min(text.find('.'), text.size());
  std::int64_t whole = 0;
  const auto read = std::from_chars(text.data(), text.data() + point, whole);
  if (read.ec != std::errc() || read.ptr != text.data() + point || whole < 0) return std::nullopt;
  if (whole >= kMostSeconds * 1000) return whole;
  if (whole >= kMostSeconds) return whole * 1000;
  const auto fraction = point == text.size() ? 0 : ReadUnits("0" + std::string(text.substr(point)));
  if (!fraction) return std::nullopt;
  return whole * 1'000'000 + *fraction / 100;
}

struct Fields {
  std::array<std::string_view, 6> all;
  std::size_t count = 0;
};

// What stands above a column of times: no number, nor what was to be one.
bool IsName(std::string_view field) {
  return !field.empty() && field.front() != '-' && (field.front() < '0' || field.front() > '9');
}

Fields SplitLine(std::string_view line) {
  Fields out;
  const char separator = line.find(',') != std::string_view::npos   ? ','
                         : line.find(';') != std::string_view::npos ? ';'
                                                                    : '\t';
  while (out.count < out.all.size()) {
    const std::size_t end = std::min(line.find(separator), line.size());
    out.all[out.count++] = TrimField(line.substr(0, end));
    if (end == line.size()) break;
    line.remove_prefix(end + 1);
  }
  return out;
}

std::optional<ReplayRow> ReadRow(const Fields& fields, bool candles) {
  ReplayRow out;
  const auto time = ReadMoment(fields.all[0]);
  if (!time) return std::nullopt;
  out.at_us = *time;
  std::array<std::int64_t*, 5> into = {&out.open, &out.high, &out.low, &out.close, &out.volume};
  if (!candles) into = {&out.close, &out.volume, nullptr, nullptr, nullptr};
  for (std::size_t i = 0; i < into.size() && into[i] != nullptr; ++i) {
    const auto units = ReadUnits(fields.all[i + 1]);
    if (!units) return std::nullopt;
    *into[i] = *units;
  }
  if (!candles) out.open = out.high = out.low = out.close;
  return out;
}

// Prices are below 10^10, as the engine takes them.
bool IsRight(const ReplayRow& row) {
  constexpr std::int64_t kMost = 1'000'000'000'000'000'000;
  return row.low > 0 && row.high < kMost && row.low <= std::min(row.open, row.close) &&
         row.high >= std::max(row.open, row.close) && row.volume >= 0 && row.volume < kMost;
}

tl::unexpected<Error> Wrong(std::size_t line, const std::string& what) {
  return Fail(ErrorKind::kInvalidArgument, "line " + std::to_string(line) + ": " + what);
}

}  // namespace

std::size_t ReplayRows::From(std::int64_t at_us) const {
  // Prints come by time, within a row and from row to row.
  std::size_t first = 0;
  std::size_t last = rows.size() * PrintsOf(*this);
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    if (PrintOf(*this, middle).at_us < at_us) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

Result<ReplayRows> ReadReplay(std::string_view csv) {
  ReplayRows out;
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  if (csv.starts_with(kMark)) csv.remove_prefix(kMark.size());
  for (std::size_t line = 1; !csv.empty(); ++line) {
    const std::size_t end = std::min(csv.find('\n'), csv.size());
    const Fields fields = SplitLine(csv.substr(0, end));
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (fields.count == 1 && fields.all[0].empty()) continue;
    if (line == 1 && IsName(fields.all[0])) continue;
    if (out.rows.empty()) out.candles = fields.count >= 6;
    if (out.candles ? fields.count < 6 : fields.count != 3) {
      return Wrong(line, out.candles
                             ? "a candle has time, open, high, low, close and volume"
                             : "a trade has time, price and amount, and a candle time, open, "
                               "high, low, close and volume");
    }
    const auto row = ReadRow(fields, out.candles);
    if (!row) {
      return Wrong(line, out.candles
                             ? "time, open, high, low, close and volume must be plain numbers"
                             : "time, price and amount must be plain numbers");
    }
    if (!IsRight(*row)) {
      return Wrong(line,
                   "prices must be above 0 and below 10^10, low the lowest, high the highest of "
                   "them, and the volume 0 to 10^10");
    }
    if (!out.rows.empty() && row->at_us < out.rows.back().at_us) {
      return Wrong(line, "the times must not fall");
    }
    if (out.rows.size() == kMostRows) return Wrong(line, "there may be 10,000,000 lines");
    out.rows.push_back(*row);
  }
  if (out.rows.empty()) {
    return Fail(
        ErrorKind::kInvalidArgument,
        "there is no line of time, open, high, low, close and volume, or of time, price and "
        "amount");
  }
  constexpr std::int64_t kMinute = 60'000'000;
  out.length_us = kMinute;
  for (std::size_t i = 1; i < out.rows.size(); ++i) {
    const std::int64_t apart = out.rows[i].at_us - out.rows[i - 1].at_us;
    if (apart > 0 && (i == 1 || apart < out.length_us)) out.length_us = apart;
  }
  return out;
}

Decimal FromReplayUnits(std::int64_t units) {
  return Decimal::FromParts(units, kReplayScale).value();
}

std::size_t PrintsOf(const ReplayRows& rows) { return rows.candles ? 4 : 1; }

ReplayPrint PrintOf(const ReplayRows& rows, std::size_t number) {
  const std::size_t print = number % PrintsOf(rows);
  const ReplayRow& r = rows.rows.at(number / PrintsOf(rows));
  if (!rows.candles) return {r.at_us, r.close, r.volume};
  const bool rises = r.close >= r.open;
  const std::array<std::int64_t, 4> prices = {r.open, rises ? r.low : r.high,
                                              rises ? r.high : r.low, r.close};
  const std::int64_t quarter = r.volume / 4;
  return {r.at_us + rows.length_us / 4 * static_cast<std::int64_t>(print), prices.at(print),
          print == 3 ? r.volume - 3 * quarter : quarter};
}

}  // namespace ocokit::mock
