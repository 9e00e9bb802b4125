#include "mock_exchange/bingx/oco/read.h"

#include <algorithm>
#include <array>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/bingx/order_fields.h"

namespace ocokit::mock::bingx {
namespace {

constexpr std::size_t kMaxClientIdLength = 40;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<Refusal> CheckClientIds(const engine::PairCommand& c, bool equal_legs) {
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
std::optional<Refusal> CheckSize(const engine::PairCommand& c, const Decimal& asked,
                                 const MarketSpec& spec) {
  if (c.amount.IsZero()) return Refusal{ErrorId::kAmountZero};
  if (c.amount < spec.min_amount) {
    return Refusal{ErrorId::kAmountTooLow,
                   " check limit entrust value fail, entrust volume too low, userID: ***, "
                   "minVolume:" +
                       spec.min_amount.Format() + ", entrustVolume: " + asked.Format()};
  }
  if (!spec.max_amount.IsZero() && c.amount > spec.max_amount) {
    return TooHigh(spec.max_amount, spec.base);
  }
  if (c.amount * Min(c.limit_price, c.stop_price) < spec.min_total) {
    return Refusal{ErrorId::kTotalTooLow,
                   "The minimum amount per order is " + spec.min_total.Format() + " " + spec.quote};
  }
  if (!spec.max_total.IsZero() && c.amount * Max(c.limit_price, c.stop_price) > spec.max_total) {
    return TooHigh(spec.max_total, spec.quote);
  }
  return std::nullopt;
}

}  // namespace

ReadResult<engine::PairCommand> ReadCreate(const Parameters& parameters, const Account& account) {
  for (const char* name :
       {"symbol", "side", "quantity", "limitPrice", "orderPrice", "triggerPrice"}) {
    if (parameters.Find(name) == nullptr) return Refuse(ErrorId::kMissingArguments);
  }
  const auto text = [&](const char* name) {
    const Parameter* parameter = parameters.Find(name);
    return parameter ? parameter->value : std::string();
  };
  if (!IsBingxSymbol(text("symbol"))) return Refuse(ErrorId::kInvalidSymbol);
  engine::PairCommand c;
  const auto side = ReadSide(text("side"));
  if (!side) return Refuse(ErrorId::kInvalidArguments);
  c.side = *side;
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
  if (auto bad = CheckTradable(spec)) return tl::unexpected<Refusal>(*bad);
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

}  // namespace ocokit::mock::bingx
