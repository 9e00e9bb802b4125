#include "mock_exchange/whitebit/orders/read_place.h"

#include "mock_exchange/whitebit/order_fields.h"
#include "mock_exchange/whitebit/words.h"

namespace ocokit::mock::whitebit {
namespace {

using engine::OrderCommand;
using engine::OrderType;
using Kind = JsonValue::Kind;

std::string Capital(std::string word) {
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

std::optional<Refusal> CheckPresent(const JsonValue& body, const PlaceRule& rule) {
  FieldErrors missing;
  const auto need = [&](const Required& required) {
    if (body.FindGiven(required.field) == nullptr) {
      missing.push_back({required.field, {required.text}});
    }
  };
  if (engine::IsStop(rule.type)) {
    need({"activation_price", "Activation price field is required."});
  }
  need({"amount", "Amount field is required."});
  need(kMarketRequired);
  // With a role at the best price the order has none of its own.
  if (engine::HasPrice(rule.type) && body.FindGiven("bboRole") == nullptr) {
    need({"price", "Price field is required."});
  }
  need({"side", "Side field is required."});
  if (missing.empty()) return std::nullopt;
  return Refusal{ErrorId::kRequired, std::move(missing)};
}

// The best price of its own side, or of the other.
std::optional<Refusal> ReadBestPrice(const JsonValue& role, const engine::Market& market,
                                     OrderCommand& c) {
  const auto number = ReadInteger(role);
  if (!number || (*number != 1 && *number != 2)) {
    return Saying(ErrorId::kBestPrice, "BboRole field should be 1 or 2.");
  }
  const bool bid = (c.side == Side::kBuy) == (*number == 1);
  const auto best = bid ? market.BestBid() : market.BestAsk();
  if (!best) return Saying(ErrorId::kBestPrice, "There is no best price in the order book.");
  if (c.tif == engine::Tif::kPostOnly) {
    return Saying(ErrorId::kBestPrice, "PostOnly flag is not allowed with bboRole.");
  }
  if (c.tif == engine::Tif::kIoc && *number == 1) {
    return Saying(ErrorId::kBestPrice, "IOC flag is allowed with bboRole 2 only.");
  }
  c.price = *best;
  return std::nullopt;
}

std::optional<Refusal> ReadPrices(const JsonValue& body, const engine::Market& market,
                                  OrderCommand& c) {
  if (engine::IsStop(c.type)) {
    if (auto bad = ReadActivationPrice(*body.Find("activation_price"), market.spec, c.trigger)) {
      return bad;
    }
    c.when = c.side == Side::kBuy ? engine::When::kAtOrAbove : engine::When::kAtOrBelow;
  }
  if (!engine::HasPrice(c.type)) return std::nullopt;
  if (const JsonValue* role = body.FindGiven("bboRole")) {
    if (auto bad = ReadBestPrice(*role, market, c)) return bad;
  } else if (auto bad = ReadPrice(*body.Find("price"), "price", market.spec, c.price)) {
    return bad;
  }
  return CheckTotal(c.amount, c.price, market.spec);
}

std::optional<Refusal> ReadFlags(const JsonValue& body, OrderCommand& c) {
  bool ioc = false;
  bool post_only = false;
  bool rpi = false;
  bool retail = false;
  if (auto bad = ReadFlag(body, "retail", retail)) return bad;
  if (auto bad = ReadFlag(body, "rpi", rpi)) return bad;
  if (c.type == OrderType::kLimit) {
    if (auto bad = ReadFlag(body, "ioc", ioc)) return bad;
    if (auto bad = ReadFlag(body, "postOnly", post_only)) return bad;
  }
  if (ioc && (post_only || rpi)) return Refusal{ErrorId::kIocOrPostOnly};
  if (rpi) return Refusal{ErrorId::kRpiNotEnabled};
  if (retail) return Refusal{ErrorId::kRetailNotAllowed};
  if (ioc) c.tif = engine::Tif::kIoc;
  if (post_only) c.tif = engine::Tif::kPostOnly;
  return std::nullopt;
}

std::optional<Refusal> ReadExit(const JsonValue& body, const char* field, const MarketSpec& spec,
                                Decimal& out) {
  const JsonValue* value = body.FindGiven(field);
  if (value == nullptr) return std::nullopt;
  const auto wrong = [&](const std::string& text) {
    return Refusal{ErrorId::kExitPrice, {{field, {text}}}};
  };
  const auto price = ReadNumber(*value);
  if (!price) return wrong(Capital(field) + " field should be numeric string or number.");
  if (!price->IsPositive()) return wrong(Capital(field) + " should be greater than 0.");
  if (*price >= engine::kMaxNumber || !price->IsMultipleOf(spec.price_step)) {
    return wrong("Min price step = " + spec.price_step.Format());
  }
  out = *price;
  return std::nullopt;
}

// The exits that the order brings along.
std::optional<Refusal> ReadExits(const JsonValue& body, const Account& account, OrderCommand& c) {
  const MarketSpec& spec = account.engine.markets()[c.market].spec;
  if (auto bad = ReadExit(body, "stopLoss", spec, c.stop_loss)) return bad;
  if (auto bad = ReadExit(body, "takeProfit", spec, c.take_profit)) return bad;
  const bool none = c.stop_loss.IsZero() && c.take_profit.IsZero();
  // In hedge mode the side says it without the flag.
  const PositionSide closed = c.side == Side::kBuy ? PositionSide::kShort : PositionSide::kLong;
  if (none || (!c.reduce_only && c.position_side != closed)) return std::nullopt;
  return Refusal{ErrorId::kExitsReduceOnly};
}

std::optional<Refusal> ReadRest(const JsonValue& body, const PlaceRule& rule,
                                const Account& account, OrderCommand& c) {
  const JsonValue* client_id = GivenClientOrderId(body, account);
  const bool none = rule.in_bulk && client_id != nullptr && client_id->Is(Kind::kString) &&
                    client_id->text.empty();
  if (!none) {
    if (auto bad = ReadClientOrderId(body, account, c.client_id)) return bad;
  }
  if (c.wallet == engine::Wallet::kSpot) return ReadStp(body, c.stp);
  if (auto bad = ReadPositionFlags(body, account, c)) return bad;
  return ReadExits(body, account, c);
}

}  // namespace

std::optional<Refusal> ReadFlag(const JsonValue& body, const char* field, bool& out) {
  const JsonValue* value = body.FindGiven(field);
  if (value == nullptr) return std::nullopt;
  if (!value->Is(Kind::kBool)) {
    return Refusal{ErrorId::kFlagType, {{field, {Capital(field) + " field should be a boolean."}}}};
  }
  out = value->text == "true";
  return std::nullopt;
}

ReadResult<OrderCommand> ReadOrder(const JsonValue& body, const PlaceRule& rule,
                                   const Account& account) {
  if (auto bad = CheckPresent(body, rule)) return Fail(*bad);
  OrderCommand c;
  c.wallet = rule.wallet;
  c.type = rule.type;
  const auto market = ReadMarket(*body.Find("market"), account);
  if (!market) return Fail(market.error());
  c.market = *market;
  const engine::Market& at = account.engine.markets()[c.market];
  // Futures are traded with collateral alone.
  if (c.wallet == engine::Wallet::kSpot && at.spec.kind == MarketKind::kFutures) {
    return Fail(ErrorId::kMarketUnknown);
  }
  const auto side = ReadSide(*body.Find("side"));
  if (!side) return Fail(ErrorId::kSide);
  c.side = *side;
  const JsonValue& amount = *body.Find("amount");
  const bool money = !rule.stock && c.side == Side::kBuy;
  if (auto bad = money ? ReadMoney(amount, "amount", at.spec, c.money)
                       : ReadAmount(amount, at.spec, c.amount)) {
    return Fail(*bad);
  }
  if (c.wallet == engine::Wallet::kSpot && !engine::HasPrice(c.type) && rule.stock) {
    c.label = kStockOrder;
  }
  if (auto bad = ReadFlags(body, c)) return Fail(*bad);
  if (auto bad = ReadPrices(body, at, c)) return Fail(*bad);
  if (auto bad = ReadRest(body, rule, account, c)) return Fail(*bad);
  return c;
}

ReadResult<BulkRequest> ReadBulk(const JsonValue& body, std::size_t most) {
  const JsonValue* orders = body.FindGiven("orders");
  if (orders == nullptr) {
    return Fail(Refusal{ErrorId::kRequired, {{"orders", {"Orders field is required."}}}});
  }
  if (!orders->Is(Kind::kArray)) return Fail(ErrorId::kOrdersList);
  if (orders->members.empty() || orders->members.size() > most) {
    return Fail(Saying(ErrorId::kOrdersList,
                       "The orders must have 1 to " + std::to_string(most) + " items."));
  }
  BulkRequest out;
  for (const JsonValue& order : orders->members) out.orders.push_back(&order);
  if (auto bad = ReadFlag(body, "stopOnFail", out.stop_on_fail)) return Fail(*bad);
  return out;
}

}  // namespace ocokit::mock::whitebit
