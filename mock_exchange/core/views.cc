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

const char* Name(Side side) { return side == Side::kBuy ? "buy" : "sell"; }

}  // namespace ocokit::mock
