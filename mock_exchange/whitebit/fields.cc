#include "mock_exchange/whitebit/fields.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "mock_exchange/venue/number.h"

namespace ocokit::mock::whitebit {
namespace {

using Kind = JsonValue::Kind;

// The integer that all of `text` spells; what 64 bits do not hold is the nearest that they do.
std::optional<std::int64_t> ReadClamped(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
  using Limits = std::numeric_limits<std::int64_t>;
  if (error == std::errc::result_out_of_range) {
    return text.front() == '-' ? Limits::min() : Limits::max();
  }
  return value;
}

// The text of a `limit` or `offset` out of its bounds; `field` and its capitalized form.
std::string TooLarge(PageTexts texts, const std::string& field, const std::string& capital,
                     std::size_t most) {
  const std::string bound = std::to_string(most) + ".";
  return texts == PageTexts::kThe ? "The " + field + " may not be greater than " + bound
                                  : capital + " should not be greater than " + bound;
}

std::string TooSmall(PageTexts texts, const std::string& field, const std::string& capital,
                     std::size_t least) {
  const std::string bound = std::to_string(least) + ".";
  return texts == PageTexts::kThe ? "The " + field + " must be at least " + bound
                                  : capital + " should be at least " + bound;
}

std::string NoInteger(PageTexts texts, const std::string& field, const std::string& capital) {
  return texts == PageTexts::kThe ? "The " + field + " must be an integer."
                                  : capital + " field should be an integer.";
}

struct Bounds {
  const char* field;
  const char* capital;
  std::size_t least;
  std::size_t most;
};

// Reads one of the two into `out`, or adds why not to `errors`.
void ReadBounded(const JsonValue& body, const Bounds& bounds, PageTexts texts, std::size_t& out,
                 FieldErrors& errors) {
  const JsonValue* value = body.FindGiven(bounds.field);
  if (value == nullptr) return;
  const std::optional<std::int64_t> number = ReadInteger(*value);
  const std::string field = bounds.field;
  if (!number) {
    errors.push_back({field, {NoInteger(texts, field, bounds.capital)}});
  } else if (*number < static_cast<std::int64_t>(bounds.least)) {
    errors.push_back({field, {TooSmall(texts, field, bounds.capital, bounds.least)}});
  } else if (*number > static_cast<std::int64_t>(bounds.most)) {
    errors.push_back({field, {TooLarge(texts, field, bounds.capital, bounds.most)}});
  } else {
    out = static_cast<std::size_t>(*number);
  }
}

// Seconds since the epoch into `out`, which stays where nothing is given.
std::optional<Refusal> ReadDate(const JsonValue& body, const char* field, const char* capital,
                                TimePoint& out) {
  constexpr std::int64_t kLast = 9'999'999'999;  // in the year 2286
  const JsonValue* value = body.FindGiven(field);
  if (value == nullptr) return std::nullopt;
  const auto seconds = ReadInteger(*value);
  if (!seconds || *seconds < 0 || *seconds > kLast) {
    return Refusal{ErrorId::kDateType,
                   {{field, {std::string(capital) + " field should be an integer."}}}};
  }
  out = TimePoint(std::chrono::seconds(*seconds));
  return std::nullopt;
}

}  // namespace

std::optional<Decimal> ReadNumber(const JsonValue& value) {
  if (!value.Is(Kind::kNumber) && !value.Is(Kind::kString)) return std::nullopt;
  const Result<Decimal> number = ReadDecimal(value.text, Beyond::kTrace);
  if (number) return *number;
  if (number.error().kind != ErrorKind::kOutOfRange) return std::nullopt;
  return value.text.front() == '-' ? -engine::kMaxNumber : engine::kMaxNumber;
}

std::optional<std::int64_t> ReadInteger(const JsonValue& value) {
  if (!value.Is(Kind::kNumber) && !value.Is(Kind::kString)) return std::nullopt;
  return ReadClamped(value.text);
}

std::optional<std::uint64_t> ReadId(const JsonValue& value) {
  const auto id = ReadInteger(value);
  if (!id) return std::nullopt;
  return *id < 0 ? kNoId : static_cast<std::uint64_t>(*id);
}

std::optional<Refusal> CheckRequired(const JsonValue& body,
                                     std::initializer_list<Required> required) {
  FieldErrors missing;
  for (const auto& [field, text] : required) {
    if (body.FindGiven(field) == nullptr) missing.push_back({field, {text}});
  }
  if (missing.empty()) return std::nullopt;
  return Refusal{ErrorId::kRequired, std::move(missing)};
}

ReadResult<std::uint32_t> ReadMarket(const JsonValue& value, const Account& account) {
  if (!value.Is(Kind::kString)) {
    return Fail(Refusal{
        ErrorId::kMarketType,
        {{"market", {"Market field should be a string.", "Market field format is invalid."}}}});
  }
  if (value.text.empty()) return Fail(ErrorId::kMarketEmpty);
  const auto market = account.engine.FindMarket(value.text);
  if (!market) return Fail(ErrorId::kMarketUnknown);
  return *market;
}

ReadResult<std::uint32_t> ReadListMarket(const JsonValue& value, const Account& account) {
  if (!value.Is(Kind::kString)) return Fail(ErrorId::kListMarketType);
  if (value.text.empty()) return Fail(ErrorId::kMarketEmpty);
  const auto market = account.engine.FindMarket(value.text);
  if (!market) return Fail(ErrorId::kListMarketUnknown);
  return *market;
}

ReadResult<std::optional<std::uint32_t>> ReadMarketFilter(const JsonValue& body,
                                                          const Account& account) {
  const JsonValue* value = body.FindGiven("market");
  if (value == nullptr) return std::optional<std::uint32_t>();
  const auto market = ReadListMarket(*value, account);
  if (!market) return Fail(market.error());
  return std::optional(*market);
}

const JsonValue* GivenClientOrderId(const JsonValue& body, const Account& account) {
  const JsonValue* value = body.FindGiven("clientOrderId");
  return value != nullptr || account.live() ? value : body.FindGiven("client_order_id");
}

bool DropsClientOrderId(const JsonValue& body, const Account& account) {
  return account.live() && body.FindGiven("client_order_id") != nullptr;
}

ReadResult<Page> ReadPage(const JsonValue& body, const PageRule& rule) {
  Page out{.limit = rule.default_limit};
  FieldErrors errors;
  ReadBounded(body, {"limit", "Limit", 1, rule.max_limit}, rule.texts, out.limit, errors);
  ReadBounded(body, {"offset", "Offset", 0, rule.max_offset}, rule.texts, out.offset, errors);
  if (!errors.empty()) return Fail(Refusal{ErrorId::kPagination, std::move(errors)});
  return out;
}

std::optional<Refusal> ReadDates(const JsonValue& body, TimePoint now, TimePoint& from,
                                 TimePoint& to) {
  to = now;
  if (auto bad = ReadDate(body, "startDate", "StartDate", from)) return bad;
  if (auto bad = ReadDate(body, "endDate", "EndDate", to)) return bad;
  // Dates are whole seconds: the last one counts to its end.
  if (body.FindGiven("endDate") != nullptr) to += std::chrono::seconds(1) - microseconds(1);
  to = std::min(to, now);
  if (body.FindGiven("endDate") != nullptr && to < from) return Refusal{ErrorId::kDateOrder};
  return std::nullopt;
}

std::optional<PositionSide> ReadPositionSide(const JsonValue& value) {
  if (!value.Is(Kind::kString)) return std::nullopt;
  if (value.text == "BOTH") return PositionSide::kBoth;
  if (value.text == "LONG") return PositionSide::kLong;
  if (value.text == "SHORT") return PositionSide::kShort;
  return std::nullopt;
}

}  // namespace ocokit::mock::whitebit
