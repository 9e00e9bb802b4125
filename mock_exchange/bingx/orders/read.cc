#include "mock_exchange/bingx/orders/read.h"

#include <algorithm>
#include <array>

#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock::bingx {
namespace {

template <typename T>
ReadResult<std::optional<T>> ReadOptional(const Parameters& parameters, const char* name) {
  const Parameter* given = parameters.Find(name);
  if (given == nullptr) return std::optional<T>();
  const auto value = ReadWhole<T>(given->value);
  if (!value) return Refuse(ErrorId::kInvalidArguments);
  return std::optional<T>(*value);
}

// One of `words`, or empty when it is not given.
template <std::size_t N>
ReadResult<std::string> ReadWord(const Parameters& parameters, const char* name,
                                 const std::array<std::string_view, N>& words) {
  const Parameter* given = parameters.Find(name);
  if (given == nullptr) return std::string();
  if (std::ranges::find(words, given->value) == words.end()) {
    return Refuse(ErrorId::kInvalidArguments);
  }
  return given->value;
}

ReadResult<PageRequest> ReadHistoryPage(const Parameters& parameters) {
  constexpr std::int64_t kMaxSize = 100;
  constexpr std::int64_t kMaxReach = 10'000;
  const auto index = ReadOptional<std::int64_t>(parameters, "pageIndex");
  const auto size = ReadOptional<std::int64_t>(parameters, "pageSize");
  const auto start = ReadOptional<std::int64_t>(parameters, "startTime");
  const auto end = ReadOptional<std::int64_t>(parameters, "endTime");
  if (!index || !size || !start || !end) return Refuse(ErrorId::kInvalidArguments);
  const std::int64_t number = index->value_or(1);
  const std::int64_t length = size->value_or(kMaxSize);
  if (number < 1 || length < 1 || length > kMaxSize || number > kMaxReach / length) {
    return Refuse(ErrorId::kInvalidArguments);
  }
  return PageRequest{.first = static_cast<std::size_t>((number - 1) * length),
                     .size = static_cast<std::size_t>(length),
                     .start_ms = *start,
                     .end_ms = *end};
}

}  // namespace

ReadResult<OrderQuery> ReadOrderQuery(const Parameters& parameters, const Account& account) {
  const Parameter* client_id = parameters.Find("clientOrderID");
  if (parameters.Find("symbol") == nullptr ||
      (parameters.Find("orderId") == nullptr && client_id == nullptr)) {
    return Refuse(ErrorId::kMissingArguments);
  }
  const auto market = ReadSymbol(parameters, account);
  if (!market) return tl::unexpected<Refusal>(market.error());
  const auto id = ReadOptional<engine::OrderId>(parameters, "orderId");
  if (!id) return tl::unexpected<Refusal>(id.error());
  OrderQuery out{**market, *id, std::nullopt};
  if (client_id != nullptr) out.client_order_id = client_id->value;
  return out;
}

ReadResult<HistoryRequest> ReadHistory(const Parameters& parameters, const Account& account) {
  constexpr std::array<std::string_view, 3> kStatuses = {"FILLED", "CANCELED", "FAILED"};
  constexpr std::array<std::string_view, 6> kTypes = {
      "MARKET", "LIMIT", "TAKE_STOP_LIMIT", "TAKE_STOP_MARKET", "TRIGGER_LIMIT", "TRIGGER_MARKET"};
  const auto market = ReadSymbol(parameters, account);
  if (!market) return tl::unexpected<Refusal>(market.error());
  const auto from = ReadOptional<engine::OrderId>(parameters, "orderId");
  if (!from) return tl::unexpected<Refusal>(from.error());
  const auto status = ReadWord(parameters, "status", kStatuses);
  if (!status) return tl::unexpected<Refusal>(status.error());
  const auto type = ReadWord(parameters, "type", kTypes);
  if (!type) return tl::unexpected<Refusal>(type.error());
  const auto page = ReadHistoryPage(parameters);
  if (!page) return tl::unexpected<Refusal>(page.error());
  return HistoryRequest{*market, *from, *status, *type, *page};
}

ReadResult<FillsRequest> ReadFills(const Parameters& parameters, const Account& account,
                                   TimePoint now) {
  constexpr std::int64_t kDay = 86'400'000;  // in ms
  constexpr std::int64_t kDefaultLimit = 500;
  constexpr std::int64_t kMaxLimit = 1000;
  if (parameters.Find("symbol") == nullptr) return Refuse(ErrorId::kMissingArguments);
  const auto market = ReadSymbol(parameters, account);
  if (!market) return tl::unexpected<Refusal>(market.error());
  const auto order_id = ReadOptional<engine::OrderId>(parameters, "orderId");
  const auto from = ReadOptional<std::uint64_t>(parameters, "fromId");
  const auto start = ReadOptional<std::int64_t>(parameters, "startTime");
  const auto end = ReadOptional<std::int64_t>(parameters, "endTime");
  const auto limit = ReadOptional<std::int64_t>(parameters, "limit");
  if (!order_id || !from || !start || !end || !limit) return Refuse(ErrorId::kInvalidArguments);
  const std::int64_t most = limit->value_or(kDefaultLimit);
  if (most < 1 || most > kMaxLimit) return Refuse(ErrorId::kInvalidArguments);
  const std::int64_t now_ms = ToUnixMillis(now);
  FillsRequest out{**market, *order_id, *from};
  out.end_ms = std::max<std::int64_t>(0, end->value_or(now_ms));
  // The last 24 hours unless a start is given, and never more than the last seven days.
  out.start_ms = std::max(start->value_or(std::min(out.end_ms, now_ms) - kDay), now_ms - 7 * kDay);
  out.limit = static_cast<std::size_t>(most);
  return out;
}

}  // namespace ocokit::mock::bingx
