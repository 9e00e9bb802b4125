#include "mock_exchange/whitebit/words.h"

#include "mock_exchange/json/response.h"

namespace ocokit::mock::whitebit {

std::string_view StatusName(LegState state) {
  switch (state) {
    case LegState::kResting:
    case LegState::kWaiting:
    case LegState::kTriggered:
      return "OPEN";
    case LegState::kPartiallyFilled:
      return "PARTIALLY_FILLED";
    case LegState::kFilled:
      return "FILLED";
    case LegState::kCanceled:
    case LegState::kNeverTriggered:
      return "CANCELED";
    case LegState::kReduceOnlyCanceled:
      return "AUTO_CANCELED_REDUCE_ONLY";
  }
  return "";
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

std::string_view TypeName(LegKind kind, bool live) {
  if (kind == LegKind::kStop) return live ? "margin stop limit" : "stop limit";
  return live ? "margin limit" : "limit";
}

std::string_view PositionSideName(const Pair& pair, const Account& account) {
  if (pair.position_side == PositionSide::kLong) return "LONG";
  if (pair.position_side == PositionSide::kShort) return "SHORT";
  if (!account.live()) return pair.side == Side::kBuy ? "LONG" : "SHORT";
  const bool futures = account.engine.markets()[pair.market].spec.kind == MarketKind::kFutures;
  return futures ? "BOTH" : "";
}

Response WriteEmptyList() {
  JsonWriter json;
  json.BeginArray().EndArray();
  return JsonResponse(json);
}

}  // namespace ocokit::mock::whitebit
