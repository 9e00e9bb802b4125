#include "mock_exchange/whitebit/orders/read_cancel.h"

namespace ocokit::mock::whitebit {
namespace {

using Kind = JsonValue::Kind;

Refusal ItemError(const char* field, const char* text) {
  return {ErrorId::kCancelItem, {{field, {text}}}};
}

}  // namespace

ReadResult<Named> ReadCancelItem(const JsonValue& item, const Account& account) {
  if (!item.Is(Kind::kObject)) return Fail(ItemError("request", "Invalid order format"));
  const JsonValue* market = item.FindGiven("market");
  if (market == nullptr) return Fail(ItemError("market", "validation.required"));
  const auto index =
      market->Is(Kind::kString) ? account.engine.FindMarket(market->text) : std::nullopt;
  if (!index) return Fail(ItemError("market", "validation.market_not_exist"));
  const JsonValue* id = item.FindGiven("orderId");
  const JsonValue* client_id = item.FindGiven("clientOrderId");
  if (id == nullptr && client_id == nullptr) {
    return Fail(ItemError("request", "validation.required"));
  }
  if (id != nullptr && client_id != nullptr) {
    return Fail(ItemError("request", "api.validation.order.chooseOneId"));
  }
  Named out;
  out.market = *index;
  if (client_id != nullptr) {
    if (!client_id->Is(Kind::kString)) return Fail(ItemError("request", "Invalid order format"));
    out.client_order_id = client_id->text;
    return out;
  }
  out.id = ReadId(*id);
  if (!out.id) return Fail(ItemError("request", "Invalid order format"));
  return out;
}

ReadResult<TimerRequest> ReadTimer(const JsonValue& body, const Account& account, TimePoint now) {
  constexpr std::int64_t kShortest = 5;
  constexpr std::int64_t kLongest = 600;
  // A null is a value here: it deletes the timer.
  const JsonValue* timeout = body.Find("timeout");
  FieldErrors missing;
  if (body.FindGiven("market") == nullptr) {
    missing.push_back({kMarketRequired.field, {kMarketRequired.text}});
  }
  if (timeout == nullptr) missing.push_back({"timeout", {"Timeout field is required."}});
  if (!missing.empty()) return Fail(Refusal{ErrorId::kRequired, std::move(missing)});
  const auto market = ReadMarket(*body.Find("market"), account);
  if (!market) return Fail(market.error());
  TimerRequest out{.market = *market, .timer = std::nullopt};
  // ccxt writes the null as a string.
  if (timeout->Is(Kind::kNull) || timeout->text == "null") return out;
  if (!timeout->Is(Kind::kString)) {
    return Fail(Saying(ErrorId::kTimeout, "Timeout field should be a string."));
  }
  const auto seconds = ReadInteger(*timeout);
  if (!seconds) {
    return Fail(Saying(ErrorId::kTimeout, "Timeout should be a whole number of seconds."));
  }
  if (*seconds < kShortest) {
    return Fail(Saying(ErrorId::kTimeout, "Timeout should be at least 5."));
  }
  if (*seconds > kLongest) {
    return Fail(Saying(ErrorId::kTimeout, "Timeout should not be greater than 600."));
  }
  OrderTypes types;
  if (auto bad = ReadTypes(body, "types", types)) return Fail(*bad);
  out.timer = CancelTimer{.market = *market,
                          .started = now,
                          .at = now + std::chrono::seconds(*seconds),
                          .spot = types.spot,
                          .margin = types.margin,
                          .futures = types.futures};
  return out;
}

}  // namespace ocokit::mock::whitebit
