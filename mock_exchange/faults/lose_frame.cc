#include "mock_exchange/faults/frame_incident.h"

namespace ocokit::mock::faults {

void Apply(const LoseFrame&, const FaultHit& /*hit*/, FrameIncident& incident) {
  incident.copies = 0;
}

}  // namespace ocokit::mock::faults
