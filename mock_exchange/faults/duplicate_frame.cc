#include "mock_exchange/faults/frame_incident.h"

namespace ocokit::mock::faults {

void Apply(const DuplicateFrame&, const FaultHit& /*hit*/, FrameIncident& incident) {
  incident.copies *= 2;
}

}  // namespace ocokit::mock::faults
