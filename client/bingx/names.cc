#include "client/bingx/names.h"

#include "client/core/names.h"

namespace ocokit::client::bingx {

std::string_view SideName(Side side) { return NameOf(kSideNames, side); }

std::string_view LegTypeName(LegType type) { return NameOf(kLegTypeNames, type); }

std::string_view OrderTypeName(OrderType type) { return NameOf(kOrderTypeNames, type); }

std::string_view TimeInForceName(TimeInForce time_in_force) {
  return NameOf(kTimeInForceNames, time_in_force);
}

std::string_view OrderStatusName(OrderStatus status) { return NameOf(kOrderStatusNames, status); }

}  // namespace ocokit::client::bingx
