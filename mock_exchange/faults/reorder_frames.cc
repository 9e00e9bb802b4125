#include "mock_exchange/faults/frame_incident.h"

namespace ocokit::mock::faults {

void Apply(const ReorderFrames&, const FaultHit& /*hit*/, FrameIncident& incident) {
  incident.after_next = true;
}

}  // namespace ocokit::mock::faults
