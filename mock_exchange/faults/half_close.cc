#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const HalfClose&, const FaultHit& hit, Incident& incident) {
  incident.EndWithout(Delivery::Kind::kHalfClose, hit);
}

}  // namespace ocokit::mock::faults
