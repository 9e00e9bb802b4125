#include "mock_exchange/whitebit/oco/read.h"

#include "mock_exchange/whitebit/order_fields.h"
#include "ocokit/base/check.h"

namespace ocokit::mock::whitebit {
namespace {

using Kind = JsonValue::Kind;

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
  const auto side = ReadSide(*body.Find("side"));
  if (!side) return Fail(ErrorId::kSide);
  c.side = *side;
  const MarketSpec& spec = account.engine.markets()[c.market].spec;
  if (auto bad = ReadAmount(*body.Find("amount"), spec, c.amount)) return Fail(*bad);
  if (auto bad = ReadPrice(*body.Find("price"), "price", spec, c.limit_price)) return Fail(*bad);
  if (auto bad =
          ReadPrice(*body.Find("stop_limit_price"), "stop_limit_price", spec, c.stop_price)) {
    return Fail(*bad);
  }
  if (auto bad = ReadActivationPrice(*body.Find("activation_price"), spec, c.trigger_price)) {
    return Fail(*bad);
  }
  if (auto bad = CheckTotal(c.amount, c.limit_price, spec)) return Fail(*bad);
  if (auto bad = ReadClientOrderId(body, account, c.list_client_id)) return Fail(*bad);
  if (auto bad = ReadPositionFlags(body, account, c)) return Fail(*bad);
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

ReadResult<CancelRequest> ReadOtoCancel(const JsonValue& body, const Account& account) {
  // The errors name another field than the request.
  const Required id{"orderId", "OtoId field is required."};
  FieldErrors missing;
  if (body.FindGiven("market") == nullptr) {
    missing.push_back({kMarketRequired.field, {kMarketRequired.text}});
  }
  if (body.FindGiven("otoId") == nullptr) missing.push_back({id.field, {id.text}});
  if (!missing.empty()) return Fail(Refusal{ErrorId::kRequired, std::move(missing)});
  const auto market = ReadMarket(*body.Find("market"), account);
  if (!market) return Fail(market.error());
  auto request = ReadCancelId(*body.Find("otoId"), "orderId", "OtoId", *market);
  if (request) request->id_field = "otoId";
  return request;
}

}  // namespace ocokit::mock::whitebit
