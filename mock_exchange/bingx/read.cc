#include "mock_exchange/bingx/read.h"

#include <algorithm>
#include <array>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock::bingx {
namespace {

constexpr std::size_t kMaxClientIdLength = 40;

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

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<Refusal> CheckClientIds(const engine::PlaceCommand& c, bool equal_legs) {
  const std::array ids = {&c.list_client_id, &c.limit_client_id, &c.stop_client_id};
  for (const std::string* id : ids) {
    if (id->size() > kMaxClientIdLength || !std::ranges::all_of(*id, IsDigit)) {
      return Refusal{ErrorId::kClientIdNotNumeric};
    }
  }
  const auto equal = [](const std::string& a, const std::string& b) {
    return !a.empty() && a == b;
  };
  // The two legs may share an id, as in the documents' own example.
  if (equal(c.list_client_id, c.limit_client_id) || equal(c.list_client_id, c.stop_client_id) ||
      (!equal_legs && equal(c.limit_client_id, c.stop_client_id))) {
    return Refusal{ErrorId::kClientIdsEqual};
  }
  return std::nullopt;
}

// The symbol's own limits, after excess decimals have been cut.
std::optional<Refusal> CheckSize(const engine::PlaceCommand& c, const Decimal& asked,
                                 const MarketSpec& spec) {
  if (c.amount.IsZero()) return Refusal{ErrorId::kAmountZero};
  if (c.amount < spec.min_amount) {
    return Refusal{ErrorId::kAmountTooLow,
                   " check limit entrust value fail, entrust volume too low, userID: ***, "
                   "minVolume:" +
                       spec.min_amount.Format() + ", entrustVolume: " + asked.Format()};
  }
  const auto too_high = [](const Decimal& most, const std::string& asset) {
    return Refusal{ErrorId::kAmountTooHigh,
                   "The maximum amount per order is " + most.Format() + " " + asset};
  };
  if (!spec.max_amount.IsZero() && c.amount > spec.max_amount) {
    return too_high(spec.max_amount, spec.base);
  }
  if (c.amount * Min(c.limit_price, c.stop_price) < spec.min_total) {
    return Refusal{ErrorId::kTotalTooLow,
                   "The minimum amount per order is " + spec.min_total.Format() + " " + spec.quote};
  }
  if (!spec.max_total.IsZero() && c.amount * Max(c.limit_price, c.stop_price) > spec.max_total) {
    return too_high(spec.max_total, spec.quote);
  }
  return std::nullopt;
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

ReadResult<engine::PlaceCommand> ReadCreate(const Parameters& parameters, const Account& account) {
  for (const char* name :
       {"symbol", "side", "quantity", "limitPrice", "orderPrice", "triggerPrice"}) {
    if (parameters.Find(name) == nullptr) return Refuse(ErrorId::kMissingArguments);
  }
  const auto text = [&](const char* name) {
    const Parameter* parameter = parameters.Find(name);
    return parameter ? parameter->value : std::string();
  };
  if (!IsBingxSymbol(text("symbol"))) return Refuse(ErrorId::kInvalidSymbol);
  engine::PlaceCommand c;
  const std::string side = text("side");
  if (side != "BUY" && side != "SELL") return Refuse(ErrorId::kInvalidArguments);
  c.side = side == "BUY" ? Side::kBuy : Side::kSell;
  struct {
    const char* name;
    Decimal* into;
  } const numbers[] = {{"quantity", &c.amount},
                       {"limitPrice", &c.limit_price},
                       {"orderPrice", &c.stop_price},
                       {"triggerPrice", &c.trigger_price}};
  for (const auto& [name, into] : numbers) {
    const std::optional<Decimal> value = ReadNumber(text(name));
    if (!value || value->Abs() >= engine::kMaxNumber) return Refuse(ErrorId::kInvalidArguments);
    *into = *value;
  }
  if (!c.amount.IsPositive()) return Refuse(ErrorId::kQuantityNotPositive);
  if (!c.limit_price.IsPositive() || !c.stop_price.IsPositive() || !c.trigger_price.IsPositive()) {
    return Refuse(ErrorId::kPriceNotPositive);
  }
  c.list_client_id = text("listClientOrderId");
  c.limit_client_id = text("aboveClientOrderId");
  c.stop_client_id = text("belowClientOrderId");
  if (auto bad = CheckClientIds(c, account.settings.equal_leg_ids)) {
    return tl::unexpected<Refusal>(*bad);
  }

  const auto market = account.engine.FindMarket(text("symbol"));
  if (!market) return Refuse(ErrorId::kUnknownSymbol);
  c.market = *market;
  const MarketSpec& spec = account.engine.markets()[*market].spec;
  if (spec.status == 0) return Refuse(ErrorId::kSymbolOffline);
  if (spec.status != 1 || !spec.trading_enabled) return Refuse(ErrorId::kSymbolNotTradable);
  const Decimal asked = c.amount;
  c.amount = c.amount.TruncateToMultipleOf(spec.amount_step);
  for (Decimal* price : {&c.limit_price, &c.stop_price, &c.trigger_price}) {
    *price = price->TruncateToMultipleOf(spec.price_step);
    if (price->IsZero()) return Refuse(ErrorId::kPriceNotPositive);
  }
  if (auto bad = CheckSize(c, asked, spec)) return tl::unexpected<Refusal>(*bad);
  return c;
}

ReadResult<CancelRequest> ReadCancel(const Parameters& parameters) {
  CancelRequest out;
  if (const Parameter* id = parameters.Find("orderId")) out.order_id = id->value;
  if (const Parameter* id = parameters.Find("clientOrderId")) out.client_order_id = id->value;
  if (!out.order_id && !out.client_order_id) return Refuse(ErrorId::kMissingArguments);
  return out;
}

ReadResult<std::string> ReadOrderList(const Parameters& parameters) {
  // The documents, their revisions and clients disagree on the name.
  for (const char* name : {"orderListId", "orderId", "clientOrderId", "listClientOrderId"}) {
    if (const Parameter* id = parameters.Find(name)) return id->value;
  }
  return Refuse(ErrorId::kMissingArguments);
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
