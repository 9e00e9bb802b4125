#include "mock_exchange/whitebit/order_fields.h"

#include <algorithm>
#include <array>

namespace ocokit::mock::whitebit {
namespace {

using Kind = JsonValue::Kind;

constexpr std::size_t kMaxClientIdLength = 64;

bool IsClientIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

// In hedge mode an order on a futures market says which of the two positions it is for; elsewhere
// it follows from the order, whatever is said.
std::optional<Refusal> CheckPositionSide(const Account& account, engine::Placement& c) {
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

std::optional<engine::Stp> StpOf(const JsonValue& value) {
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

Refusal OutOfBand(ErrorId id, const engine::Rejection& rejection) {
  const std::string bound = rejection.bound.Format();
  return Saying(id, rejection.above ? "The Price should be less than or equal to " + bound
                                    : "The Price should be greater than or equal to " + bound);
}

}  // namespace

std::optional<Side> ReadSide(const JsonValue& value) {
  if (!value.Is(Kind::kString)) return std::nullopt;
  if (value.text == "buy") return Side::kBuy;
  return value.text == "sell" ? std::optional(Side::kSell) : std::nullopt;
}

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

std::optional<Refusal> ReadMoney(const JsonValue& value, const char* field, const MarketSpec& spec,
                                 Decimal& out) {
  const auto money = ReadNumber(value);
  if (!money) return About(ErrorId::kAmountType, field);
  if (!money->IsPositive()) return About(ErrorId::kAmountNotPositive, field);
  if (*money >= engine::kMaxNumber) return About(ErrorId::kFieldBalance, field);
  std::vector<std::string> texts;
  if (*money < spec.min_total) {
    texts.push_back("Total amount should be no less than " + spec.min_total.Format() +
                    " + trade fee");
  }
  // The doubled sign is the venue's.
  if (!money->IsMultipleOf(spec.price_step)) {
    texts.push_back("Min total step = = " + spec.price_step.Format());
  }
  if (!texts.empty()) return Refusal{ErrorId::kMoneyTotal, {{field, texts}}};
  out = *money;
  return std::nullopt;
}

std::optional<Refusal> ReadPrice(const JsonValue& value, const char* field, const MarketSpec& spec,
                                 Decimal& out) {
  // How the texts name the field: Price, Stop_limit_price.
  std::string label = field;
  label[0] = static_cast<char>(label[0] - 'a' + 'A');
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

std::optional<Refusal> CheckTotal(const Decimal& amount, const Decimal& price,
                                  const MarketSpec& spec) {
  const Decimal total = amount * price;
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

std::optional<Refusal> ReadStp(const JsonValue& body, engine::Stp& out) {
  const JsonValue* value = body.FindGiven("stp");
  if (value == nullptr) return std::nullopt;
  const auto stp = StpOf(*value);
  if (!stp) return Refusal{ErrorId::kStpType};
  out = *stp;
  return std::nullopt;
}

std::optional<Refusal> ReadPositionFlags(const JsonValue& body, const Account& account,
                                         engine::Placement& c) {
  if (const JsonValue* value = body.FindGiven("reduceOnly")) {
    if (!value->Is(Kind::kBool)) return Refusal{ErrorId::kReduceOnlyType};
    c.reduce_only = value->text == "true";
  }
  if (const JsonValue* value = body.FindGiven("positionSide")) {
    const auto side = ReadPositionSide(*value);
    if (!side) return Refusal{ErrorId::kPositionSideType};
    c.position_side = *side;
  }
  if (auto bad = ReadStp(body, c.stp)) return bad;
  return CheckPositionSide(account, c);
}

engine::Rules OrderRules(const Account& account, engine::Wallet wallet) {
  engine::Rules rules = account.Rules(std::nullopt);
  rules.price_bands = wallet == engine::Wallet::kMargin;
  rules.refuse_equal_trigger = true;
  rules.refuse_takers = true;
  return rules;
}

Refusal Explain(const engine::Rejection& rejection, engine::Wallet wallet) {
  using engine::RejectReason;
  switch (rejection.reason) {
    case RejectReason::kTradingDisabled:
      return {ErrorId::kTradingOff};
    case RejectReason::kNoLastPrice:
      return {ErrorId::kNoLastPrice};
    case RejectReason::kTriggerEqualsLast:
      return {ErrorId::kTriggerEqualsLast};
    case RejectReason::kLimitPriceBand:
      return OutOfBand(ErrorId::kLimitPriceBand, rejection);
    case RejectReason::kStopPriceBand:
      return OutOfBand(ErrorId::kStopPriceBand, rejection);
    case RejectReason::kLimitCrosses:
      return {ErrorId::kLimitCrosses};
    case RejectReason::kTriggerWrongSide:
      return {ErrorId::kTriggerWrongSide};
    case RejectReason::kTriggerMet:
      return {ErrorId::kTriggerMet};
    case RejectReason::kTakeProfitSide:
      return {ErrorId::kTakeProfitSide};
    case RejectReason::kStopLossSide:
      return {ErrorId::kStopLossSide};
    case RejectReason::kReduceOnly:
      return {ErrorId::kReduceOnly};
    case RejectReason::kOppositePosition:
      return {ErrorId::kOppositePosition};
    case RejectReason::kAmountTooSmall:
      return {ErrorId::kAmountTooSmall};
    case RejectReason::kDuplicateClientId:
      return {ErrorId::kClientIdUsed};
    case RejectReason::kTooManyOrders:
      return {ErrorId::kTooManyOrders};
    case RejectReason::kTooLarge:
    case RejectReason::kPositionTooBig:
      return {ErrorId::kPositionTooBig};
    case RejectReason::kPendingTooBig:
      return {ErrorId::kPendingTooBig};
    case RejectReason::kLimitLegFunds:
      return {ErrorId::kLimitLegFunds};
    case RejectReason::kStopLegFunds:
      return {ErrorId::kStopLegFunds};
    case RejectReason::kNotMaker:
      return {wallet == engine::Wallet::kSpot ? ErrorId::kNotSpotMaker : ErrorId::kNotMaker};
    case RejectReason::kNoFunds:
    case RejectReason::kFunds:
      break;
  }
  return {ErrorId::kFunds};
}

}  // namespace ocokit::mock::whitebit
