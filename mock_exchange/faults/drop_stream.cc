#include "mock_exchange/faults/frame_incident.h"

namespace ocokit::mock::faults {

void Apply(const DropStream& drop, const FaultHit& /*hit*/, FrameIncident& incident) {
  using Kind = ChannelEnd::Kind;
  incident.end = ChannelEnd{drop.code == 0 ? Kind::kReset : Kind::kClose,
                            static_cast<std::uint16_t>(drop.code)};
}

}  // namespace ocokit::mock::faults
