#include "mock_exchange/whitebit/oco/read.h"

#include <algorithm>
#include <array>

#include "ocokit/base/check.h"

namespace ocokit::mock::whitebit {
namespace {

using Kind = JsonValue::Kind;

constexpr std::size_t kMaxClientIdLength = 64;

std::optional<Refusal> ReadAmount(const JsonValue& value, const MarketSpec& spec, Decimal& out) {
  const auto amount = ReadNumber(value);
  if (!amount) return Refusal{ErrorId::kAmountType};
  if (!amount->IsPositive()) return Refusal{ErrorId::kAmountNotPositive};
  if (*amount >= engine::kMaxNumber) return Refusal{ErrorId::kPositionTooBig};
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
  if (!texts.empty()) return Refusal{ErrorId::kAmountStep, {{"amount", texts}}};
  out = *amount;
  return std::nullopt;
}

// `label` is how the texts name the field: Price, Stop_limit_price.
std::optional<Refusal> ReadPrice(const JsonValue& value, const char* field,
                                 const std::string& label, const MarketSpec& spec, Decimal& out) {
  const auto wrong = [&](ErrorId id, const std::string& text) {
    return Refusal{id, {{field, {label + text}}}};
  };
  const auto price = ReadNumber(value);
  if (!price) return wrong(ErrorId::kPriceType, " field should be numeric string or number.");
  if (!price->IsPositive()) {
    return wrong(ErrorId::kPriceNotPositive, " should be greater than 0.");
  }
  if (*price >= engine::kMaxNumber) {
    const std::string bound = (engine::kMaxNumber - spec.price_step).Format();
    const bool limit = std::string_view(field) == "price";
    return Saying(limit ? ErrorId::kLimitPriceBand : ErrorId::kStopPriceBand,
                  "The Price should be less than or equal to " + bound);
  }
  std::vector<std::string> texts;
  if (*price < spec.min_price) {
    texts.push_back(label + " field should be at least " + spec.min_price.Format());
  }
  if (!price->IsMultipleOf(spec.price_step)) {
    texts.push_back("Min price step = " + spec.price_step.Format());
  }
  if (!texts.empty()) return Refusal{ErrorId::kPriceStep, {{field, texts}}};
  out = *price;
  return std::nullopt;
}

std::optional<Refusal> ReadActivationPrice(const JsonValue& value, const MarketSpec& spec,
                                           Decimal& out) {
  const auto price = ReadNumber(value);
  if (!price) return Refusal{ErrorId::kTriggerType};
  if (!price->IsPositive()) return Refusal{ErrorId::kTriggerNotPositive};
  if (*price < spec.min_price) {
    return Saying(ErrorId::kTriggerTooLow, "Min activation price = " + spec.min_price.Format());
  }
  if (*price >= engine::kMaxNumber || !price->IsMultipleOf(spec.price_step)) {
    return Saying(ErrorId::kTriggerStep, "Min activation price step = " + spec.price_step.Format());
  }
  out = *price;
  return std::nullopt;
}

std::optional<Refusal> CheckTotal(const engine::PairCommand& c, const MarketSpec& spec) {
  const Decimal total = c.amount * c.limit_price;
  if (total < spec.min_total) {
    return Saying(ErrorId::kTotalTooLow,
                  "Total(amount * price) is less than " + spec.min_total.Format());
  }
  if (!spec.max_total.IsZero() && total > spec.max_total) {
    return Saying(ErrorId::kTotalTooHigh,
                  "Total(amount * price) is more than " + spec.max_total.Format());
  }
  return std::nullopt;
}

bool IsClientIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

std::optional<Refusal> ReadClientOrderId(const JsonValue& body, const Account& account,
                                         std::string& out) {
  const JsonValue* value = GivenClientOrderId(body, account);
  if (value == nullptr) return std::nullopt;
  if (!value->Is(Kind::kString)) return Refusal{ErrorId::kClientIdType};
  if (value->text.empty() || value->text.size() > kMaxClientIdLength ||
      !std::ranges::all_of(value->text, IsClientIdCharacter)) {
    return Refusal{ErrorId::kClientIdCharacters};
  }
  out = value->text;
  return std::nullopt;
}

// In hedge mode an order on a futures market says which of the two positions it is for; elsewhere
// it follows from the order, whatever is said.
std::optional<Refusal> CheckPositionSide(const Account& account, engine::PairCommand& c) {
  const bool sided = c.position_side != PositionSide::kBoth;
  const bool futures = account.engine.markets()[c.market].spec.kind == MarketKind::kFutures;
  if (account.engine.hedge_mode()) {
    if (futures && !sided) return Refusal{ErrorId::kPositionSideMismatch};
    if (!futures && sided) return Refusal{ErrorId::kPositionSideOnMargin};
    return std::nullopt;
  }
  if (sided && account.settings.reject_position_side) {
    return Refusal{ErrorId::kPositionSideMismatch};
  }
  c.position_side = PositionSide::kBoth;
  return std::nullopt;
}

std::optional<engine::Stp> ReadStp(const JsonValue& value) {
  using engine::Stp;
  constexpr std::array<std::pair<std::string_view, Stp>, 7> kModes = {
      {{"no", Stp::kNo},
       {"cb", Stp::kCancelBoth},
       {"cn", Stp::kCancelNew},
       {"co", Stp::kCancelOld},
       {"cancel_both", Stp::kCancelBoth},
       {"cancel_new", Stp::kCancelNew},
       {"cancel_old", Stp::kCancelOld}}};
  const auto* const mode =
      std::ranges::find(kModes, std::string_view(value.text), &decltype(kModes)::value_type::first);
  if (!value.Is(Kind::kString) || mode == kModes.end()) return std::nullopt;
  return mode->second;
}

std::optional<Refusal> ReadFlags(const JsonValue& body, const Account& account,
                                 engine::PairCommand& c) {
  if (const JsonValue* value = body.FindGiven("reduceOnly")) {
    if (!value->Is(Kind::kBool)) return Refusal{ErrorId::kReduceOnlyType};
    c.reduce_only = value->text == "true";
  }
  if (const JsonValue* value = body.FindGiven("positionSide")) {
    const auto side = ReadPositionSide(*value);
    if (!side) return Refusal{ErrorId::kPositionSideType};
    c.position_side = *side;
  }
  if (const JsonValue* value = body.FindGiven("stp")) {
    const auto stp = ReadStp(*value);
    if (!stp) return Refusal{ErrorId::kStpType};
    c.stp = *stp;
  }
  return CheckPositionSide(account, c);
}

ReadResult<CancelRequest> ReadCancelId(const JsonValue& value, const std::string& field,
                                       const std::string& label, std::uint32_t market) {
  const auto id = ReadId(value);
  if (!id) {
    return Fail(Refusal{ErrorId::kIdType, {{field, {label + " field should be an integer."}}}});
  }
  return CancelRequest{.market = market, .id = id, .client_order_id = {}, .id_field = field};
}

}  // namespace

ReadResult<engine::PairCommand> ReadCreate(const JsonValue& body, const Account& account) {
  if (auto bad =
          CheckRequired(body, {{"activation_price", "Activation price field is required."},
                               {"amount", "Amount field is required."},
                               kMarketRequired,
                               {"price", "Price field is required."},
                               {"side", "Side field is required."},
                               {"stop_limit_price", "Stop_limit_price field is required."}})) {
    return Fail(*bad);
  }
  engine::PairCommand c;
  c.wallet = engine::Wallet::kMargin;
  const auto market = ReadMarket(*body.Find("market"), account);
  if (!market) return Fail(market.error());
  c.market = *market;
  const JsonValue& side = *body.Find("side");
  if (!side.Is(Kind::kString) || (side.text != "buy" && side.text != "sell")) {
    return Fail(ErrorId::kSide);
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
  if (auto bad = CheckTotal(c, spec)) return Fail(*bad);
  if (auto bad = ReadClientOrderId(body, account, c.list_client_id)) return Fail(*bad);
  if (auto bad = ReadFlags(body, account, c)) return Fail(*bad);
  return c;
}

ReadResult<PageRequest> ReadPageRequest(const JsonValue& body, const Account& account,
                                        const PageRule& rule) {
  const auto market = ReadMarketFilter(body, account);
  if (!market) return Fail(market.error());
  const auto page = ReadPage(body, rule);
  if (!page) return Fail(page.error());
  return PageRequest{*market, *page};
}

ReadResult<CancelRequest> ReadCancel(const JsonValue& body, const Account& account) {
  const JsonValue* id = body.FindGiven("orderId");
  const JsonValue* client_id = GivenClientOrderId(body, account);
  // Either id will do; when both are missing, orderId is the one that is asked for.
  auto missing = client_id != nullptr ? CheckRequired(body, {kMarketRequired})
                                      : CheckRequired(body, {kMarketRequired, kOrderIdRequired});
  if (missing) return Fail(*missing);
  const auto market = ReadMarket(*body.Find("market"), account);
  if (!market) return Fail(market.error());
  if (id != nullptr && client_id != nullptr) return Fail(ErrorId::kOneId);
  if (id != nullptr) return ReadCancelId(*id, "orderId", "OrderId", *market);
  OCOKIT_CHECK(client_id != nullptr, "one of the ids is given");
  if (!client_id->Is(Kind::kString)) return Fail(ErrorId::kClientIdType);
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
