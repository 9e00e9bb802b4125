// The words that inspection shows for the engine's states.

#include "ocokit/mock/account.h"
#include "ocokit/mock/order_view.h"

namespace ocokit::mock {

const char* Name(LegState state) {
  switch (state) {
    case LegState::kResting:
      return "resting";
    case LegState::kWaiting:
      return "waiting";
    case LegState::kTriggered:
      return "triggered";
    case LegState::kPartiallyFilled:
      return "partially_filled";
    case LegState::kFilled:
      return "filled";
    case LegState::kCanceled:
      return "canceled";
    case LegState::kNeverTriggered:
      return "never_triggered";
    case LegState::kReduceOnlyCanceled:
      return "reduce_only_canceled";
  }
  return "";
}

std::string_view Name(Venue venue) { return venue == Venue::kBingx ? "bingx" : "whitebit"; }

const char* Name(LegKind leg) { return leg == LegKind::kLimit ? "limit" : "stop"; }

const char* Name(OrderType type) {
  switch (type) {
    case OrderType::kLimit:
      return "limit";
    case OrderType::kMarket:
      return "market";
    case OrderType::kStopLimit:
      return "stop_limit";
    case OrderType::kStopMarket:
      return "stop_market";
  }
  return "";
}

const char* Name(PairEvent::Kind kind) {
  switch (kind) {
    case PairEvent::Kind::kPlaced:
      return "placed";
    case PairEvent::Kind::kTriggered:
      return "triggered";
    case PairEvent::Kind::kPartiallyFilled:
      return "partially_filled";
    case PairEvent::Kind::kFilled:
      return "filled";
    case PairEvent::Kind::kCanceled:
      return "canceled";
  }
  return "";
}

const char* Name(PairEvent::Cause cause) {
  switch (cause) {
    case PairEvent::Cause::kRequest:
      return "request";
    case PairEvent::Cause::kPrice:
      return "price";
    case PairEvent::Cause::kSiblingTriggered:
      return "sibling_triggered";
    case PairEvent::Cause::kSiblingFilled:
      return "sibling_filled";
    case PairEvent::Cause::kNoPosition:
      return "no_position";
    case PairEvent::Cause::kPlacement:
      return "placement";
    case PairEvent::Cause::kNothingThere:
      return "nothing_there";
    case PairEvent::Cause::kWouldTake:
      return "would_take";
    case PairEvent::Cause::kReplaced:
      return "replaced";
    case PairEvent::Cause::kTimer:
      return "timer";
  }
  return "";
}

const char* Name(Side side) { return side == Side::kBuy ? "buy" : "sell"; }

}  // namespace ocokit::mock
