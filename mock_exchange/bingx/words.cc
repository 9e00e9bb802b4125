#include "mock_exchange/bingx/words.h"

namespace ocokit::mock::bingx {

std::string_view StatusName(LegState state) {
  switch (state) {
    case LegState::kResting:
    case LegState::kTriggered:
      return "PENDING";
    case LegState::kWaiting:
      return "NEW";
    case LegState::kPartiallyFilled:
      return "PARTIALLY_FILLED";
    case LegState::kFilled:
      return "FILLED";
    case LegState::kCanceled:
    case LegState::kReduceOnlyCanceled:
      return "CANCELED";
    case LegState::kNeverTriggered:
      return "FAILED";
  }
  return "";
}

}  // namespace ocokit::mock::bingx
