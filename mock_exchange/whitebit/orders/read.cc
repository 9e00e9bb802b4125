#include "mock_exchange/whitebit/orders/read.h"

#include <algorithm>
#include <array>

namespace ocokit::mock::whitebit {
namespace {

using Kind = JsonValue::Kind;
using std::chrono::days;

constexpr days kLongestSpan{31};
constexpr days kOldest{183};  // six months
constexpr PageRule kHistoryPages{.max_limit = 500, .texts = PageTexts::kField};
constexpr PageRule kDealPages{.texts = PageTexts::kField};
constexpr PageRule kActivePages{.max_offset = 10000};

// The words of order/history's filter (whitebit-exchange/api-docs, 2026-01).
constexpr std::array<std::string_view, 10> kStatuses = {"ALL",
                                                        "OPEN",
                                                        "FILLED",
                                                        "CANCELED",
                                                        "AUTO_CANCELED_USER_MARGIN",
                                                        "AUTO_CANCELED_LIQUIDATION",
                                                        "AUTO_CANCELED_REDUCE_ONLY",
                                                        "PARTIALLY_FILLED",
                                                        "CANCELED_STP",
                                                        "CANCELED_POSITION_SIDE_NOT_MATCH"};

ReadResult<std::optional<std::uint64_t>> ReadOrderId(const JsonValue& body) {
  const JsonValue* value = body.FindGiven("orderId");
  if (value == nullptr) return std::optional<std::uint64_t>();
  const auto id = ReadId(*value);
  if (!id) return Fail(ErrorId::kIdType);
  return id;
}

ReadResult<std::optional<std::string>> ReadClientId(const JsonValue& body) {
  const JsonValue* value = body.FindGiven("clientOrderId");
  if (value == nullptr) return std::optional<std::string>();
  if (!value->Is(Kind::kString)) return Fail(ErrorId::kClientIdType);
  return std::optional(value->text);
}

// The members that both histories have.
ReadResult<HistoryRequest> ReadHistory(const JsonValue& body, const Account& account,
                                       TimePoint from, TimePoint now) {
  HistoryRequest out;
  out.from = from;
  const auto market = ReadMarketFilter(body, account);
  if (!market) return Fail(market.error());
  out.market = *market;
  const auto client_id = ReadClientId(body);
  if (!client_id) return Fail(client_id.error());
  out.client_order_id = *client_id;
  if (auto bad = ReadDates(body, now, out.from, out.to)) return Fail(*bad);
  const auto page = ReadPage(body, kHistoryPages);
  if (!page) return Fail(page.error());
  out.page = *page;
  return out;
}

}  // namespace

ReadResult<ActiveRequest> ReadActive(const JsonValue& body, const Account& account) {
  ActiveRequest out;
  const auto market = ReadMarketFilter(body, account);
  if (!market) return Fail(market.error());
  out.market = *market;
  const auto id = ReadOrderId(body);
  if (!id) return Fail(id.error());
  out.id = *id;
  const auto client_id = ReadClientId(body);
  if (!client_id) return Fail(client_id.error());
  out.client_order_id = *client_id;
  // Search across all markets is there only without an id.
  if (!out.market && (out.id || out.client_order_id)) return Fail(ErrorId::kListMarketRequired);
  const auto page = ReadPage(body, kActivePages);
  if (!page) return Fail(page.error());
  out.page = *page;
  return out;
}

std::optional<Refusal> ReadTypes(const JsonValue& body, const char* field, OrderTypes& out) {
  const JsonValue* types = body.FindGiven(field);
  if (types == nullptr) return std::nullopt;
  if (!types->Is(Kind::kArray)) return About(ErrorId::kTypesNotArray, field);
  out = {.spot = false, .margin = false, .futures = false};
  for (const JsonValue& type : types->members) {
    std::string word = type.text;
    // An older page writes them with a capital.
    if (!word.empty() && word[0] >= 'A' && word[0] <= 'Z')
      word[0] = static_cast<char>(word[0] + 32);
    if (!type.Is(Kind::kString) || (word != "spot" && word != "margin" && word != "futures")) {
      return About(ErrorId::kTypeUnknown, field);
    }
    out.spot = out.spot || word == "spot";
    out.margin = out.margin || word == "margin";
    out.futures = out.futures || word == "futures";
  }
  return std::nullopt;
}

ReadResult<CancelAllRequest> ReadCancelAll(const JsonValue& body, const Account& account) {
  CancelAllRequest out;
  if (const JsonValue* value = body.FindGiven("market")) {
    const auto market = ReadMarket(*value, account);
    if (!market) return Fail(market.error());
    out.market = *market;
  }
  if (auto bad = ReadTypes(body, "type", out.types)) return Fail(*bad);
  if (const JsonValue* value = body.FindGiven("positionSide")) {
    constexpr std::array<std::pair<std::string_view, PositionSide>, 3> kSides = {
        {{"both", PositionSide::kBoth},
         {"long", PositionSide::kLong},
         {"short", PositionSide::kShort}}};
    const auto* const side = std::ranges::find(kSides, std::string_view(value->text),
                                               &decltype(kSides)::value_type::first);
    if (!value->Is(Kind::kString) || side == kSides.end()) {
      return Fail(ErrorId::kPositionSideType);
    }
    out.side = side->second;
  }
  return out;
}

ReadResult<HistoryRequest> ReadExecutedHistory(const JsonValue& body, const Account& account,
                                               TimePoint now) {
  return ReadHistory(body, account, TimePoint(), now);
}

ReadResult<HistoryRequest> ReadOrderHistory(const JsonValue& body, const Account& account,
                                            TimePoint now) {
  auto out = ReadHistory(body, account, now - kLongestSpan, now);
  if (!out) return out;
  if (out->from < now - kOldest) return Fail(ErrorId::kDateTooOld);
  if (out->to - out->from > kLongestSpan + std::chrono::seconds(1)) {
    return Fail(ErrorId::kDateSpan);
  }
  const auto id = ReadOrderId(body);
  if (!id) return Fail(id.error());
  out->id = *id;
  if (const JsonValue* value = body.FindGiven("status")) {
    if (!value->Is(Kind::kString) || std::ranges::find(kStatuses, value->text) == kStatuses.end()) {
      return Fail(ErrorId::kStatusUnknown);
    }
    out->status = value->text;
  }
  return out;
}

ReadResult<DealsRequest> ReadDeals(const JsonValue& body) {
  if (auto bad = CheckRequired(body, {kOrderIdRequired})) return Fail(*bad);
  const auto id = ReadOrderId(body);
  if (!id) return Fail(id.error());
  const auto page = ReadPage(body, kDealPages);
  if (!page) return Fail(page.error());
  return DealsRequest{**id, *page};
}

}  // namespace ocokit::mock::whitebit
