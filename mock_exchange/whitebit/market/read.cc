#include "mock_exchange/whitebit/market/read.h"

#include <algorithm>

#include "mock_exchange/wire/read_whole.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::whitebit {
namespace {

constexpr std::int64_t kMostCandles = 1440;

// When the candle begins that stands `count` before the one at `start`; a month counts 31 days.
std::int64_t Back(const CandleInterval& interval, std::int64_t start, std::int64_t count) {
  constexpr std::int64_t kMonth = std::int64_t{31} * 86400;
  return start - count * (interval.IsMonth() ? kMonth : interval.seconds);
}

tl::expected<std::optional<std::int64_t>, FieldProblem> ReadSecond(std::string_view query,
                                                                   std::string_view name,
                                                                   const FieldProblem& problem) {
  const auto given = FindParameter(query, name);
  if (!given || given->empty()) return std::optional<std::int64_t>();
  const auto second = ReadWhole<std::int64_t>(*given);
  if (!second || *second < 0) return tl::unexpected<FieldProblem>(problem);
  return second;
}

}  // namespace

std::optional<std::string> FindParameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    if (PercentDecode(pair.substr(0, equals), /*plus_is_blank=*/true) != name) continue;
    return PercentDecode(pair.substr(equals + 1), /*plus_is_blank=*/true);
  }
  return std::nullopt;
}

tl::expected<CandleRequest, FieldProblem> ReadCandles(const PublicCall& call) {
  const auto wrong = [](const char* field, const char* text, const char* rule) {
    return tl::unexpected<FieldProblem>({field, text, rule});
  };
  const std::string_view query = call.request.Query();
  const auto symbol = FindParameter(query, "market");
  const auto market = symbol ? call.account.engine.FindMarket(*symbol) : std::nullopt;
  if (!market) return wrong("market", "Market is not available.", "market_known");
  CandleRequest out;
  out.market = *market;
  // The texts for an interval, a limit and a time that cannot be read are ours.
  const auto interval = FindCandleInterval(FindParameter(query, "interval").value_or("1h"));
  if (!interval) return wrong("interval", "Interval is not available.", "interval_known");
  out.query.interval = *interval;
  std::int64_t most = kMostCandles;
  const auto limit = FindParameter(query, "limit");
  if (limit) {
    const auto number = ReadWhole<std::int64_t>(*limit);
    if (!number || *number < 1) {
      return wrong("limit", "Limit field must be from 1 to 1440.", "limit_range");
    }
    most = std::min(*number, kMostCandles);
  }
  out.query.most = static_cast<std::size_t>(most);
  const auto start =
      ReadSecond(query, "start", {"start", "Start field must be an integer.", "time_type"});
  if (!start) return tl::unexpected<FieldProblem>(start.error());
  const auto end = ReadSecond(query, "end", {"end", "End field must be an integer.", "time_type"});
  if (!end) return tl::unexpected<FieldProblem>(end.error());
  if (*start && *end && **end <= **start) {
    return wrong("end", "End field must be greater then start.", "time_order");
  }
  const std::int64_t now = ToUnixMillis(call.now) / 1000;
  out.query.to = end->value_or(now);
  // Without a start it follows from how many are shown; with one, the first of them are shown.
  out.query.from = *start ? **start : Back(*interval, out.query.to, most);
  out.query.oldest = *start && limit;
  return out;
}

}  // namespace ocokit::mock::whitebit
