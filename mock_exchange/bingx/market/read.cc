#include "mock_exchange/bingx/market/read.h"

#include <algorithm>

#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock::bingx {
namespace {

ReadResult<std::uint32_t> ReadOneMarket(const Parameters& parameters, const Account& account) {
  // The newer calls write BTC_USDT in some examples.
  const auto market = ReadSymbol(parameters, account, /*with_underscore=*/true);
  if (!market) return tl::unexpected<Refusal>(market.error());
  if (!*market) return Refuse(ErrorId::kMissingArguments);
  return **market;
}

ReadResult<std::size_t> ReadLimit(const Parameters& parameters, const char* name, std::size_t usual,
                                  std::size_t most) {
  const Parameter* given = parameters.Find(name);
  if (given == nullptr) return std::min(usual, most);
  const auto limit = ReadWhole<std::int64_t>(given->value);
  if (!limit || *limit < 1) return Refuse(ErrorId::kInvalidArguments);
  return static_cast<std::size_t>(std::min<std::int64_t>(*limit, static_cast<std::int64_t>(most)));
}

ReadResult<std::optional<std::int64_t>> ReadTime(const Parameters& parameters,
                                                 std::string_view name) {
  const Parameter* given = parameters.Find(name);
  if (given == nullptr) return std::optional<std::int64_t>();
  const auto ms = ReadWhole<std::int64_t>(given->value);
  if (!ms || *ms < 0) return Refuse(ErrorId::kInvalidArguments);
  return ms;
}

}  // namespace

ReadResult<CandleRequest> ReadCandles(const Parameters& parameters, const Account& account,
                                      std::size_t most) {
  CandleRequest out;
  const auto market = ReadOneMarket(parameters, account);
  if (!market) return tl::unexpected<Refusal>(market.error());
  out.market = *market;
  const Parameter* name = parameters.Find("interval");
  if (name == nullptr) return Refuse(ErrorId::kMissingArguments);
  const auto interval = FindCandleInterval(name->value);
  if (!interval || interval->seconds == 1) return Refuse(ErrorId::kInvalidArguments);
  out.query.interval = *interval;
  const auto limit = ReadLimit(parameters, "limit", 500, most);
  if (!limit) return tl::unexpected<Refusal>(limit.error());
  out.query.most = *limit;
  const auto start = ReadTime(parameters, "startTime");
  if (!start) return tl::unexpected<Refusal>(start.error());
  const auto end = ReadTime(parameters, "endTime");
  if (!end) return tl::unexpected<Refusal>(end.error());
  if (*start) out.query.from = **start / 1000 + (**start % 1000 != 0 ? 1 : 0);
  if (*end) out.query.to = **end / 1000;
  // From a start alone the page counts on, from an end it counts back.
  out.query.oldest = *start && !*end;
  if (const Parameter* zone = parameters.Find("timeZone")) {
    if (zone->value != "0" && zone->value != "8") return Refuse(ErrorId::kInvalidArguments);
    out.query.zone = zone->value == "8" ? 8 * 3600 : 0;
  }
  return out;
}

ReadResult<DepthRequest> ReadDepth(const Parameters& parameters, const Account& account) {
  constexpr std::string_view kSteps = "012345";
  DepthRequest out;
  const auto market = ReadOneMarket(parameters, account);
  if (!market) return tl::unexpected<Refusal>(market.error());
  out.market = *market;
  const auto limit = ReadLimit(parameters, parameters.Find("limit") ? "limit" : "depth", 20, 1000);
  if (!limit) return tl::unexpected<Refusal>(limit.error());
  out.most = *limit;
  if (const Parameter* type = parameters.Find("type")) {
    const std::string& text = type->value;
    const std::size_t step = text.starts_with("step") && text.size() == 5 ? kSteps.find(text.back())
                                                                          : std::string_view::npos;
    if (step == std::string_view::npos) return Refuse(ErrorId::kInvalidArguments);
    out.step = static_cast<int>(step);
  }
  return out;
}

ReadResult<TradesRequest> ReadTrades(const Parameters& parameters, const Account& account) {
  TradesRequest out;
  const auto market = ReadOneMarket(parameters, account);
  if (!market) return tl::unexpected<Refusal>(market.error());
  out.market = *market;
  const auto limit = ReadLimit(parameters, "limit", 100, 500);
  if (!limit) return tl::unexpected<Refusal>(limit.error());
  out.most = *limit;
  if (const Parameter* from = parameters.Find("fromId")) {
    out.from_id = ReadWhole<std::uint64_t>(from->value);
    if (!out.from_id) return Refuse(ErrorId::kInvalidArguments);
  }
  return out;
}

}  // namespace ocokit::mock::bingx
