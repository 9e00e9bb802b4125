#include "mock_exchange/faults/frame_incident.h"

namespace ocokit::mock::faults {

void Apply(const SilentStream&, const FaultHit& hit, FrameIncident& incident) {
  (hit.fault->match.channel.empty() ? incident.all_silent : incident.silent) = true;
}

}  // namespace ocokit::mock::faults
