#include "client/whitebit/names.h"

#include "client/core/names.h"

namespace ocokit::client::whitebit {

std::string_view SideName(Side side) { return NameOf(kSideNames, side); }

std::string_view PositionSideName(PositionSide side) { return NameOf(kPositionSideNames, side); }

std::string_view StpName(Stp stp) { return NameOf(kStpNames, stp); }

}  // namespace ocokit::client::whitebit
