#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const SlowDrip& fault, const FaultHit&, Incident& incident) {
  incident.Deliver(Delivery::Kind::kSlowDrip);
  incident.delivery.bytes = fault.bytes;
  incident.delivery.interval = fault.interval;
}

}  // namespace ocokit::mock::faults
