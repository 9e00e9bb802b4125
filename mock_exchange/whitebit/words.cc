#include "mock_exchange/whitebit/words.h"

#include "mock_exchange/json/response.h"

namespace ocokit::mock::whitebit {

namespace {

std::string_view StatusOfEnded(engine::Ending ending) {
  using engine::Ending;
  switch (ending) {
    case Ending::kFilled:
      return "FILLED";
    case Ending::kReduceOnly:
      return "AUTO_CANCELED_REDUCE_ONLY";
    case Ending::kNone:
    case Ending::kRequest:
    case Ending::kSibling:
    case Ending::kNeverTriggered:
    case Ending::kRemainder:
    case Ending::kPostOnly:
    case Ending::kReplaced:
      break;
  }
  return "CANCELED";
}

std::string_view TypeWord(const Order& order) {
  switch (order.type) {
    case engine::OrderType::kLimit:
      return "limit";
    case engine::OrderType::kMarket:
      return order.label == kStockOrder ? "stock market" : "market";
    case engine::OrderType::kStopLimit:
      return "stop limit";
    case engine::OrderType::kStopMarket:
      return "stop market";
  }
  return "";
}

}  // namespace

std::string_view StatusName(const Order& order) {
  engine::OrderAsOf now;
  now.phase = order.phase;
  now.ending = order.ending;
  now.filled = order.filled;
  return StatusName(order, now);
}

std::string_view StatusName(const Order& order, const engine::OrderAsOf& then) {
  if (then.phase != engine::Phase::kDone) {
    return then.filled.IsPositive() ? "PARTIALLY_FILLED" : "OPEN";
  }
  // A market order that a thin book could not fill has a word of its own.
  const bool thin = then.ending == engine::Ending::kRemainder && !engine::HasPrice(order.type);
  return thin ? "CANCELED_TAKER_BAND" : StatusOfEnded(then.ending);
}

// Replies always have the short form.
std::string_view StpName(engine::Stp stp) {
  switch (stp) {
    case engine::Stp::kNo:
      return "no";
    case engine::Stp::kCancelBoth:
      return "cb";
    case engine::Stp::kCancelNew:
      return "cn";
    case engine::Stp::kCancelOld:
      return "co";
  }
  return "";
}

std::string_view TypeName(const Order& order, bool live) {
  // The pages of the collateral orders print the spot names; the venue has others.
  if (order.list->wallet == engine::Wallet::kSpot || !live) return TypeWord(order);
  switch (order.type) {
    case engine::OrderType::kLimit:
      return "margin limit";
    case engine::OrderType::kMarket:
      return "margin market";
    case engine::OrderType::kStopLimit:
      return "margin stop limit";
    case engine::OrderType::kStopMarket:
      return "trigger margin market";
  }
  return "";
}

std::string_view PositionSideName(const OrderList& list, const Account& account) {
  if (list.wallet == engine::Wallet::kSpot) return "";
  if (list.position_side == PositionSide::kLong) return "LONG";
  if (list.position_side == PositionSide::kShort) return "SHORT";
  if (!account.live()) return list.side == Side::kBuy ? "LONG" : "SHORT";
  const bool futures = account.engine.markets()[list.market].spec.kind == MarketKind::kFutures;
  return futures ? "BOTH" : "";
}

const std::string& FeeAssetOf(const OrderList& list, const Account& account) {
  const MarketSpec& spec = account.engine.markets()[list.market].spec;
  const bool in_stock = list.wallet == engine::Wallet::kSpot && list.side == Side::kBuy;
  return in_stock ? spec.base : spec.quote;
}

Response WriteEmptyList() {
  JsonWriter json;
  json.BeginArray().EndArray();
  return JsonResponse(json);
}

}  // namespace ocokit::mock::whitebit
