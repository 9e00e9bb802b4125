#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const Delay&, const FaultHit& hit, Incident& incident) {
  // Before commit the whole request waits, before any of this.
  if (hit.fault->at != FaultPoint::kBeforeCommit) incident.delay += hit.delay;
}

}  // namespace ocokit::mock::faults
