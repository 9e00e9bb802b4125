#include "mock_exchange/bingx/orders/read_place.h"

#include <algorithm>
#include <array>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/bingx/order_fields.h"
#include "mock_exchange/bingx/words.h"

namespace ocokit::mock::bingx {
namespace {

using engine::OrderCommand;
using engine::OrderType;
using engine::Tif;

struct TypeWord {
  std::string_view word;
  OrderType type;
  std::uint8_t label = 0;
};
constexpr std::array kTypes = {TypeWord{"MARKET", OrderType::kMarket},
                               TypeWord{"LIMIT", OrderType::kLimit},
                               TypeWord{"TAKE_STOP_LIMIT", OrderType::kStopLimit},
                               TypeWord{"TAKE_STOP_MARKET", OrderType::kStopMarket},
                               TypeWord{"TRIGGER_LIMIT", OrderType::kStopLimit, kPlanOrder},
                               TypeWord{"TRIGGER_MARKET", OrderType::kStopMarket, kPlanOrder}};

struct TifWord {
  std::string_view word;
  Tif tif;
};
constexpr std::array kTifs = {TifWord{"GTC", Tif::kGtc}, TifWord{"IOC", Tif::kIoc},
                              TifWord{"FOK", Tif::kFok}, TifWord{"PostOnly", Tif::kPostOnly}};

// The parameter's text; empty without it.
std::string TextOf(const Parameters& parameters, const char* name) {
  const Parameter* given = parameters.Find(name);
  return given == nullptr ? std::string() : given->value;
}

// The number, zero without it; none for what is no number, or too large.
std::optional<Decimal> ReadOptional(const Parameters& parameters, const char* name) {
  const Parameter* given = parameters.Find(name);
  if (given == nullptr) return Decimal();
  const std::optional<Decimal> value = ReadNumber(given->value);
  return value && value->Abs() < engine::kMaxNumber ? value : std::nullopt;
}

std::optional<Refusal> ReadWords(const Parameters& parameters, OrderCommand& c) {
  const auto side = ReadSide(TextOf(parameters, "side"));
  const auto* const type =
      std::ranges::find(kTypes, std::string_view(TextOf(parameters, "type")), &TypeWord::word);
  if (!side || type == kTypes.end()) return Refusal{ErrorId::kInvalidArguments};
  c.side = *side;
  c.type = type->type;
  c.label = type->label;
  const std::string given = TextOf(parameters, "timeInForce");
  if (given.empty()) return std::nullopt;
  const auto* const tif = std::ranges::find(kTifs, std::string_view(given), &TifWord::word);
  if (tif == kTifs.end()) return Refusal{ErrorId::kInvalidArguments};
  c.tif = tif->tif;
  return std::nullopt;
}

bool IsClientId(const std::string& id) {
  constexpr std::size_t kMaxLength = 40;
  return id.size() <= kMaxLength && std::ranges::all_of(id, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '_';
         });
}

std::optional<Refusal> ReadNumbers(const Parameters& parameters, OrderCommand& c) {
  struct {
    const char* name;
    Decimal* into;
  } const numbers[] = {{"quantity", &c.amount},
                       {"quoteOrderQty", &c.money},
                       {"price", &c.price},
                       {"stopPrice", &c.trigger}};
  for (const auto& [name, into] : numbers) {
    const std::optional<Decimal> value = ReadOptional(parameters, name);
    if (!value) return Refusal{ErrorId::kInvalidArguments};
    *into = *value;
  }
  if (engine::IsStop(c.type) && parameters.Find("stopPrice") == nullptr) {
    return Refusal{ErrorId::kMissingArguments};
  }
  const bool limit = engine::HasPrice(c.type);
  if ((limit && !c.price.IsPositive()) || (engine::IsStop(c.type) && !c.trigger.IsPositive())) {
    return Refusal{ErrorId::kPriceNotPositive};
  }
  // With a quantity the amount of money is not looked at.
  if (!c.amount.IsZero()) c.money = Decimal();
  if (c.amount.IsNegative() || c.money.IsNegative() || (c.amount.IsZero() && c.money.IsZero())) {
    return Refusal{limit ? ErrorId::kQuantityNotPositive : ErrorId::kAmountZero};
  }
  return std::nullopt;
}

// Excess decimals are cut, not refused.
std::optional<Refusal> Cut(const engine::Market& market, OrderCommand& c) {
  const MarketSpec& spec = market.spec;
  if (!engine::HasPrice(c.type)) c.price = Decimal();
  if (!engine::IsStop(c.type)) c.trigger = Decimal();
  for (Decimal* price : {&c.price, &c.trigger}) {
    const bool given = !price->IsZero();
    *price = price->TruncateToMultipleOf(spec.price_step);
    if (given && price->IsZero()) return Refusal{ErrorId::kPriceNotPositive};
  }
  if (engine::HasPrice(c.type) && c.amount.IsZero()) {
    c.amount = engine::AmountFor(c.money, c.price, spec.amount_step);
    c.money = Decimal();
  }
  c.amount = c.amount.TruncateToMultipleOf(spec.amount_step);
  if (c.amount.IsZero() && c.money.IsZero()) return Refusal{ErrorId::kAmountZero};
  // Which way a trigger is met is not documented: the way the price has to go from here.
  if (market.last) {
    c.when = c.trigger >= *market.last ? engine::When::kAtOrAbove : engine::When::kAtOrBelow;
  }
  return std::nullopt;
}

Refusal TooLow(const char* what, const char* low, const Decimal& least, const Decimal& asked) {
  return {ErrorId::kVolumeTooLow, std::string(" check ") + what + " fail, entrust volume " + low +
                                      " low, userID: ***, minVolume:" + least.Format() +
                                      ", entrustVolume: " + asked.Format()};
}

// Only the value of an order is bound; the least quantity of a symbol is deprecated.
std::optional<Refusal> CheckSize(const engine::Market& market, const OrderCommand& c) {
  const MarketSpec& spec = market.spec;
  if (!spec.max_amount.IsZero() && c.amount > spec.max_amount) {
    return TooHigh(spec.max_amount, spec.base);
  }
  const bool limit = engine::HasPrice(c.type);
  const Decimal price = limit                    ? c.price
                        : engine::IsStop(c.type) ? c.trigger
                                                 : market.last.value_or(Decimal());
  const Decimal value = c.money.IsZero() ? c.amount * price : c.money;
  if (!spec.max_total.IsZero() && value > spec.max_total) {
    return TooHigh(spec.max_total, spec.quote);
  }
  if (price.IsZero() || value >= spec.min_total) return std::nullopt;
  // The venue's spelling of "too" differs between the two.
  if (limit) return TooLow("limit entrust value", "too", spec.min_total, value);
  constexpr int kShown = 4;
  const auto in_base = [&](const Decimal& money) {
    return Decimal::Divide(money, price, kShown).value_or(Decimal());
  };
  return TooLow("market entrust volume", "to", in_base(spec.min_total), in_base(value));
}

}  // namespace

ReadResult<OrderCommand> ReadOrder(const Parameters& parameters, const Account& account) {
  for (const char* name : {"symbol", "side", "type"}) {
    if (parameters.Find(name) == nullptr) return Refuse(ErrorId::kMissingArguments);
  }
  const std::string symbol = TextOf(parameters, "symbol");
  if (!IsBingxSymbol(symbol)) return Refuse(ErrorId::kInvalidSymbol);
  OrderCommand c;
  if (auto bad = ReadWords(parameters, c)) return tl::unexpected<Refusal>(*bad);
  if (auto bad = ReadNumbers(parameters, c)) return tl::unexpected<Refusal>(*bad);
  c.client_id = TextOf(parameters, "newClientOrderId");
  if (!IsClientId(c.client_id)) return Refuse(ErrorId::kClientIdCharacters);
  const auto index = account.engine.FindMarket(symbol);
  if (!index) return Refuse(ErrorId::kUnknownContract);
  c.market = *index;
  const engine::Market& market = account.engine.markets()[*index];
  if (auto bad = CheckTradable(market.spec)) return tl::unexpected<Refusal>(*bad);
  if (auto bad = Cut(market, c)) return tl::unexpected<Refusal>(*bad);
  if (auto bad = CheckSize(market, c)) return tl::unexpected<Refusal>(*bad);
  return c;
}

ReadResult<BatchRequest> ReadBatch(const Parameters& parameters) {
  constexpr std::size_t kMostOrders = 5;
  const Parameter* data = parameters.Find("data");
  if (data == nullptr) return Refuse(ErrorId::kMissingArguments);
  BatchRequest out;
  if (const Parameter* sync = parameters.Find("sync")) {
    if (sync->value != "true" && sync->value != "false") return Refuse(ErrorId::kInvalidArguments);
    out.one_by_one = sync->value == "true";
  }
  Result<JsonValue> orders = ReadJson(data->value);
  if (!orders || !orders->Is(JsonValue::Kind::kArray)) return Refuse(ErrorId::kInvalidArguments);
  if (orders->members.empty() || orders->members.size() > kMostOrders) {
    return Refuse(ErrorId::kBatch, "data must hold 1 to 5 orders");
  }
  for (JsonValue& order : orders->members) {
    if (!order.Is(JsonValue::Kind::kObject)) return Refuse(ErrorId::kInvalidArguments);
    out.orders.push_back(ReadParameters(std::move(order)));
  }
  if (out.one_by_one) return out;
  for (const char* name : {"symbol", "side", "type"}) {
    const std::string first = TextOf(out.orders.front(), name);
    const bool alike = std::ranges::all_of(
        out.orders, [&](const Parameters& each) { return TextOf(each, name) == first; });
    if (!alike) {
      return Refuse(ErrorId::kBatch,
                    "without sync all orders must have the same symbol, side and type");
    }
  }
  return out;
}

}  // namespace ocokit::mock::bingx
