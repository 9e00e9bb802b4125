#include "ocokit/client/user_stream.h"

namespace ocokit::client {

std::string_view Name(OrderSide side) { return side == OrderSide::kBuy ? "buy" : "sell"; }

std::string_view Name(OrderState state) {
  switch (state) {
    case OrderState::kWaiting:
      return "waiting";
    case OrderState::kOpen:
      return "open";
    case OrderState::kFilled:
      return "filled";
    case OrderState::kCancelled:
      return "cancelled";
  }
  return "";
}

std::string_view Name(OrderEventKind kind) {
  switch (kind) {
    case OrderEventKind::kPlaced:
      return "placed";
    case OrderEventKind::kTriggered:
      return "triggered";
    case OrderEventKind::kFilled:
      return "filled";
    case OrderEventKind::kDone:
      return "done";
  }
  return "";
}

}  // namespace ocokit::client
