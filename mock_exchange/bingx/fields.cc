#include "mock_exchange/bingx/fields.h"

#include <algorithm>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/venue/number.h"
#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock::bingx {

std::optional<Decimal> ReadNumber(std::string_view text) {
  const Result<Decimal> value = ReadDecimal(text, Beyond::kCut);
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
