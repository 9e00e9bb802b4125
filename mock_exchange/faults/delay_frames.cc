#include "mock_exchange/faults/frame_incident.h"

namespace ocokit::mock::faults {

void Apply(const DelayFrames& delay, const FaultHit& /*hit*/, FrameIncident& incident) {
  incident.delay += delay.by;
}

}  // namespace ocokit::mock::faults
