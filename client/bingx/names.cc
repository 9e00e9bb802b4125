#include "client/bingx/names.h"

#include "client/core/names.h"

namespace ocokit::client::bingx {

std::string_view SideName(Side side) { return NameOf(kSideNames, side); }

std::string_view LegTypeName(LegType type) { return NameOf(kLegTypeNames, type); }

std::string_view OrderStatusName(OrderStatus status) { return NameOf(kOrderStatusNames, status); }

}  // namespace ocokit::client::bingx
