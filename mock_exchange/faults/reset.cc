#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const Reset&, const FaultHit& hit, Incident& incident) {
  incident.EndWithout(Delivery::Kind::kReset, hit);
}

}  // namespace ocokit::mock::faults
