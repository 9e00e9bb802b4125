#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const CloseEarly& fault, const FaultHit&, Incident& incident) {
  incident.Deliver(Delivery::Kind::kCloseEarly);
  incident.delivery.bytes = fault.bytes;
}

}  // namespace ocokit::mock::faults
