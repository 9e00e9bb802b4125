#include "mock_exchange/bingx/fields.h"

#include <algorithm>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock::bingx {
namespace {

// A number with more digits than a Decimal holds, without those after its twentieth decimal: more
// than any step has, and few enough beside every number that the engine takes.
Result<Decimal> ParseCut(std::string_view text) {
  constexpr std::int64_t kDecimals = 20;
  const std::string sign = text.starts_with('-') ? "-" : "";
  text.remove_prefix(sign.size());
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  std::string digits(text.substr(0, e));
  std::string_view exponent = text.substr(std::min(e + 1, text.size()));
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  constexpr std::int64_t kFar = 1'000'000'000;  // beyond the digits of any request
  const std::int64_t shift =
      exponent.empty()
          ? 0
          : ReadWhole<std::int64_t>(exponent).value_or(exponent.front() == '-' ? -kFar : kFar);
  const std::size_t dot = digits.find('.');
  if (dot != std::string::npos) digits.erase(dot, 1);
  const auto size = static_cast<std::int64_t>(digits.size());
  const std::int64_t point = (dot == std::string::npos ? size : static_cast<std::int64_t>(dot)) +
                             std::clamp(shift, -kFar, kFar);
  const std::int64_t kept = std::clamp<std::int64_t>(point + kDecimals, 0, size);
  digits.resize(static_cast<std::size_t>(kept));
  if (digits.find_first_not_of('0') == std::string::npos) return Decimal::Parse(sign + "1e-20");
  return Decimal::Parse(sign + digits + "e" + std::to_string(point - kept));
}

}  // namespace

std::optional<Decimal> ReadNumber(std::string_view text) {
  Result<Decimal> value = Decimal::Parse(text);
  if (!value && value.error().kind == ErrorKind::kOutOfRange) value = ParseCut(text);
  return value ? std::optional(*value) : std::nullopt;
}

ReadResult<std::optional<std::uint32_t>> ReadSymbol(const Parameters& parameters,
                                                    const Account& account, bool with_underscore) {
  const Parameter* given = parameters.Find("symbol");
  if (given == nullptr) return std::optional<std::uint32_t>();
  std::string symbol = given->value;
  if (with_underscore) std::ranges::replace(symbol, '_', '-');
  if (!IsBingxSymbol(symbol)) return Refuse(ErrorId::kInvalidSymbol);
  const std::optional<std::uint32_t> market = account.engine.FindMarket(symbol);
  if (!market) return Refuse(ErrorId::kUnknownSymbol);
  return market;
}

ReadResult<PageRequest> ReadPage(const Parameters& parameters, bool by_time) {
  constexpr std::int64_t kMaxIndex = 1'000'000'000;
  constexpr std::int64_t kMaxSize = 1000;
  const Parameter* index_given = parameters.Find("pageIndex");
  const Parameter* size_given = parameters.Find("pageSize");
  if (index_given == nullptr || size_given == nullptr) return Refuse(ErrorId::kMissingArguments);
  const auto index = ReadWhole<std::int64_t>(index_given->value);
  const auto size = ReadWhole<std::int64_t>(size_given->value);
  if (!index || !size || *index < 1 || *index > kMaxIndex || *size < 1 || *size > kMaxSize) {
    return Refuse(ErrorId::kInvalidArguments);
  }
  PageRequest out;
  out.first = static_cast<std::size_t>((*index - 1) * *size);
  out.size = static_cast<std::size_t>(*size);
  if (!by_time) return out;
  for (const auto& [name, into] :
       {std::pair{"startTime", &out.start_ms}, std::pair{"endTime", &out.end_ms}}) {
    const Parameter* given = parameters.Find(name);
    if (given == nullptr) continue;
    const auto ms = ReadWhole<std::int64_t>(given->value);
    if (!ms) return Refuse(ErrorId::kInvalidArguments);
    *into = *ms;
  }
  return out;
}

}  // namespace ocokit::mock::bingx
