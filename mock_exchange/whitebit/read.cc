#include "mock_exchange/whitebit/read.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "mock_exchange/core/read_whole.h"

namespace ocokit::mock::whitebit {
namespace {

using Kind = JsonValue::Kind;

// Error codes of the field they are about.
constexpr int kDefault = 30;
constexpr int kMarket = 31;
constexpr int kAmount = 32;
constexpr int kPrice = 33;
constexpr int kClientOrderId = 36;

constexpr std::size_t kMaxClientIdLength = 64;

tl::unexpected<Refusal> Fail(Refusal refusal) {
  return tl::unexpected<Refusal>(std::move(refusal));
}

// A number or a numeric string.
std::optional<Decimal> ReadNumber(const JsonValue& value) {
  if (!value.Is(Kind::kNumber) && !value.Is(Kind::kString)) return std::nullopt;
  const Result<Decimal> number = Decimal::Parse(value.text);
  if (!number) return std::nullopt;
  return *number;
}

// A whole number, or a string of digits.
std::optional<std::uint64_t> ReadWholeNumber(const JsonValue& value) {
  if (!value.Is(Kind::kNumber) && !value.Is(Kind::kString)) return std::nullopt;
  return ReadWhole<std::uint64_t>(value.text);
}

ReadResult<std::uint32_t> ReadMarket(const JsonValue& value, const Account& account) {
  if (!value.Is(Kind::kString)) {
    return Fail(Invalid(
        kDefault,
        {{"market", {"Market field should be a string.", "Market field format is invalid."}}},
        "field_types"));
  }
  if (value.text.empty()) {
    return Fail(
        Invalid(kMarket, "market", "Market field should not be empty string.", "market_known"));
  }
  const auto market = account.engine.FindMarket(value.text);
  if (!market) return Fail(Invalid(kMarket, "market", "Market is not available.", "market_known"));
  return *market;
}

// A required member, and the text that says it is missing.
struct Required {
  const char* field;
  const char* text;
};

constexpr Required kMarketRequired{"market", "Market field is required."};
constexpr Required kOrderIdRequired{"orderId", "OrderId field is required."};
constexpr Required kIdRequired{"id", "Id field is required."};

// The required members that are missing, reported together.
std::optional<Refusal> CheckRequired(const JsonValue& body,
                                     std::initializer_list<Required> required) {
  FieldErrors missing;
  for (const auto& [field, text] : required) {
    if (body.FindGiven(field) == nullptr) missing.push_back({field, {text}});
  }
  if (missing.empty()) return std::nullopt;
  return Invalid(kDefault, std::move(missing), "required_fields");
}

std::optional<Refusal> ReadAmount(const JsonValue& value, const MarketSpec& spec, Decimal& out) {
  const auto amount = ReadNumber(value);
  if (!amount) {
    return Invalid(kAmount, "amount", "Amount field should be numeric string or number.",
                   "field_types");
  }
  if (!amount->IsPositive()) {
    return Invalid(kAmount, "amount", "Amount should be greater than 0.", "amount_positive");
  }
  if (*amount >= engine::kMaxNumber) {
    return Invalid(111, "amount", "margin position too big", "position_too_big");
  }
  std::vector<std::string> texts;
  if (*amount < spec.min_amount) {
    texts.push_back("Given amount is less than min amount " + spec.min_amount.Format());
  }
  if (!spec.max_amount.IsZero() && *amount > spec.max_amount) {
    texts.push_back("Given amount is more than max amount " + spec.max_amount.Format());
  }
  if (!amount->IsMultipleOf(spec.amount_step)) {
    // Markets that trade in steps above one have a wording of their own.
    texts.push_back(spec.amount_step > Decimal(1)
                        ? "Should be a multiple of " + spec.amount_step.Format() + "."
                        : "Min amount step = " + spec.amount_step.Format());
  }
  if (!texts.empty()) return Invalid(kAmount, {{"amount", texts}}, "amount_step");
  out = *amount;
  return std::nullopt;
}

// `label` is how the texts name the field: Price, Stop_limit_price.
std::optional<Refusal> ReadPrice(const JsonValue& value, const char* field,
                                 const std::string& label, const MarketSpec& spec, Decimal& out) {
  const auto price = ReadNumber(value);
  if (!price) {
    return Invalid(kPrice, field, label + " field should be numeric string or number.",
                   "field_types");
  }
  if (!price->IsPositive()) {
    return Invalid(kPrice, field, label + " should be greater than 0.", "price_positive");
  }
  if (*price >= engine::kMaxNumber) {
    const std::string bound = (engine::kMaxNumber - spec.price_step).Format();
    const bool limit = std::string_view(field) == "price";
    return Invalid(limit ? 250 : 251, limit ? "price" : "stopLimitPrice",
                   "The Price should be less than or equal to " + bound, "price_band");
  }
  std::vector<std::string> texts;
  if (*price < spec.min_price) {
    texts.push_back(label + " field should be at least " + spec.min_price.Format());
  }
  if (!price->IsMultipleOf(spec.price_step)) {
    texts.push_back("Min price step = " + spec.price_step.Format());
  }
  if (!texts.empty()) return Invalid(kPrice, {{field, texts}}, "price_step");
  out = *price;
  return std::nullopt;
}

std::optional<Refusal> ReadActivationPrice(const JsonValue& value, const MarketSpec& spec,
                                           Decimal& out) {
  const auto price = ReadNumber(value);
  if (!price) {
    return Invalid(kDefault, "activation_price", "Activation price should be numeric string.",
                   "field_types");
  }
  const auto wrong = [](std::string text, const char* rule) {
    return Invalid(kDefault, "activationPrice", std::move(text), rule);
  };
  if (!price->IsPositive())
    return wrong("Activation price should be greater than 0.", "price_positive");
  if (*price < spec.min_price) {
    return wrong("Min activation price = " + spec.min_price.Format(), "price_step");
  }
  if (*price >= engine::kMaxNumber || !price->IsMultipleOf(spec.price_step)) {
    return wrong("Min activation price step = " + spec.price_step.Format(), "price_step");
  }
  out = *price;
  return std::nullopt;
}

bool IsClientIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

// Either spelling of the documents; camelCase wins when both are there.
const JsonValue* GivenClientOrderId(const JsonValue& body) {
  const JsonValue* value = body.FindGiven("clientOrderId");
  return value != nullptr ? value : body.FindGiven("client_order_id");
}

std::optional<Refusal> ReadClientOrderId(const JsonValue& body, std::string& out) {
  const JsonValue* value = GivenClientOrderId(body);
  if (value == nullptr) return std::nullopt;
  if (!value->Is(Kind::kString)) {
    return Invalid(kClientOrderId, "clientOrderId", "ClientOrderId field should be a string.",
                   "field_types");
  }
  if (value->text.empty() || value->text.size() > kMaxClientIdLength ||
      !std::ranges::all_of(value->text, IsClientIdCharacter)) {
    return Invalid(
        kClientOrderId, "clientOrderId",
        "ClientOrderId field field should contain only latin letters, numbers and dashes.",
        "client_id_characters");
  }
  out = value->text;
  return std::nullopt;
}

std::optional<Refusal> ReadFlags(const JsonValue& body, engine::PlaceCommand& c) {
  if (const JsonValue* value = body.FindGiven("reduceOnly")) {
    if (!value->Is(Kind::kBool)) {
      return Invalid(kDefault, "reduceOnly", "ReduceOnly field should be a boolean.",
                     "field_types");
    }
    c.reduce_only = value->text == "true";
  }
  // Without hedge mode the side of the position follows from the order, whatever is said.
  if (const JsonValue* value = body.FindGiven("positionSide")) {
    constexpr std::array<std::string_view, 3> kSides = {"LONG", "SHORT", "BOTH"};
    if (!value->Is(Kind::kString) || std::ranges::find(kSides, value->text) == kSides.end()) {
      return Invalid(kDefault, "positionSide", "PositionSide field format is invalid.",
                     "field_types");
    }
  }
  if (const JsonValue* value = body.FindGiven("stp")) {
    using engine::Stp;
    constexpr std::array<std::pair<std::string_view, Stp>, 7> kModes = {
        {{"no", Stp::kNo},
         {"cb", Stp::kCancelBoth},
         {"cn", Stp::kCancelNew},
         {"co", Stp::kCancelOld},
         {"cancel_both", Stp::kCancelBoth},
         {"cancel_new", Stp::kCancelNew},
         {"cancel_old", Stp::kCancelOld}}};
    const auto* const mode = std::ranges::find(kModes, std::string_view(value->text),
                                               &decltype(kModes)::value_type::first);
    if (!value->Is(Kind::kString) || mode == kModes.end()) {
      return Invalid(kDefault, "stp", "Stp field format is invalid.", "field_types");
    }
    c.stp = mode->second;
  }
  return std::nullopt;
}

ReadResult<CancelRequest> ReadCancelId(const JsonValue& value, const std::string& field,
                                       const std::string& label, std::uint32_t market) {
  const auto id = ReadWholeNumber(value);
  if (!id) {
    return Fail(Invalid(kDefault, field, label + " field should be an integer.", "field_types"));
  }
  return CancelRequest{.market = market, .id = id, .client_order_id = {}, .id_field = field};
}

}  // namespace

ReadResult<engine::PlaceCommand> ReadCreate(const JsonValue& body, const Account& account) {
  if (auto bad =
          CheckRequired(body, {{"activation_price", "Activation price field is required."},
                               {"amount", "Amount field is required."},
                               kMarketRequired,
                               {"price", "Price field is required."},
                               {"side", "Side field is required."},
                               {"stop_limit_price", "Stop_limit_price field is required."}})) {
    return Fail(*bad);
  }
  engine::PlaceCommand c;
  const auto market = ReadMarket(*body.Find("market"), account);
  if (!market) return Fail(market.error());
  c.market = *market;
  const JsonValue& side = *body.Find("side");
  if (!side.Is(Kind::kString) || (side.text != "buy" && side.text != "sell")) {
    return Fail(Invalid(kDefault, "side", "Side field should contain only 'buy' or 'sell' values.",
                        "side"));
  }
  c.side = side.text == "buy" ? Side::kBuy : Side::kSell;
  const MarketSpec& spec = account.engine.markets()[c.market].spec;
  if (auto bad = ReadAmount(*body.Find("amount"), spec, c.amount)) return Fail(*bad);
  if (auto bad = ReadPrice(*body.Find("price"), "price", "Price", spec, c.limit_price)) {
    return Fail(*bad);
  }
  if (auto bad = ReadPrice(*body.Find("stop_limit_price"), "stop_limit_price", "Stop_limit_price",
                           spec, c.stop_price)) {
    return Fail(*bad);
  }
  if (auto bad = ReadActivationPrice(*body.Find("activation_price"), spec, c.trigger_price)) {
    return Fail(*bad);
  }
  const Decimal total = c.amount * c.limit_price;
  if (total < spec.min_total) {
    return Fail(Invalid(kDefault, "total",
                        "Total(amount * price) is less than " + spec.min_total.Format(),
                        "min_total"));
  }
  if (!spec.max_total.IsZero() && total > spec.max_total) {
    return Fail(Invalid(kDefault, "total",
                        "Total(amount * price) is more than " + spec.max_total.Format(),
                        "max_total"));
  }
  if (auto bad = ReadClientOrderId(body, c.list_client_id)) return Fail(*bad);
  if (auto bad = ReadFlags(body, c)) return Fail(*bad);
  return c;
}

ReadResult<PageRequest> ReadPage(const JsonValue& body, const Account& account,
                                 std::size_t default_limit) {
  PageRequest out;
  if (const JsonValue* value = body.FindGiven("market")) {
    const auto market = ReadMarket(*value, account);
    if (!market) return Fail(market.error());
    out.market = *market;
  }
  out.limit = default_limit;
  if (const JsonValue* value = body.FindGiven("limit")) {
    const auto limit = ReadWholeNumber(*value);
    if (!limit || *limit < 1 || *limit > 100) {
      return Fail(
          Invalid(kDefault, "limit", "Limit should be an integer from 1 to 100.", "pagination"));
    }
    out.limit = *limit;
  }
  if (const JsonValue* value = body.FindGiven("offset")) {
    const auto offset = ReadWholeNumber(*value);
    if (!offset || *offset > 4294967295) {
      return Fail(Invalid(kDefault, "offset", "Offset should be an integer from 0 to 4294967295.",
                          "pagination"));
    }
    out.offset = *offset;
  }
  return out;
}

ReadResult<CancelRequest> ReadOcoCancel(const JsonValue& body, const Account& account) {
  const JsonValue* id = body.FindGiven("orderId");
  const JsonValue* client_id = GivenClientOrderId(body);
  // Either id will do; when both are missing, orderId is the one that is asked for.
  auto missing = client_id != nullptr ? CheckRequired(body, {kMarketRequired})
                                      : CheckRequired(body, {kMarketRequired, kOrderIdRequired});
  if (missing) return Fail(*missing);
  const auto market = ReadMarket(*body.Find("market"), account);
  if (!market) return Fail(market.error());
  if (id != nullptr && client_id != nullptr) {
    return Fail(Invalid(kDefault, "orderId", "Only one of orderId and clientOrderId is allowed.",
                        "one_id"));
  }
  if (client_id == nullptr) {
    return ReadCancelId(*body.Find("orderId"), "orderId", "OrderId", *market);
  }
  if (!client_id->Is(Kind::kString)) {
    return Fail(Invalid(kClientOrderId, "clientOrderId", "ClientOrderId field should be a string.",
                        "field_types"));
  }
  return CancelRequest{.market = *market,
                       .id = std::nullopt,
                       .client_order_id = client_id->text,
                       .id_field = "clientOrderId"};
}

ReadResult<CancelRequest> ReadConditionalCancel(const JsonValue& body, const Account& account) {
  if (auto bad = CheckRequired(body, {kMarketRequired, kIdRequired})) return Fail(*bad);
  const auto market = ReadMarket(*body.Find("market"), account);
  if (!market) return Fail(market.error());
  return ReadCancelId(*body.Find("id"), "id", "Id", *market);
}

}  // namespace ocokit::mock::whitebit
