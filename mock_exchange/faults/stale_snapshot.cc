#include "mock_exchange/faults/frame_incident.h"

namespace ocokit::mock::faults {

void Apply(const StaleSnapshot&, const FaultHit& /*hit*/, FrameIncident& incident) {
  if (!incident.facts.snapshot) return;
  incident.message = incident.account.frames.KeepFirst(incident.facts.channel, incident.message);
}

}  // namespace ocokit::mock::faults
