#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const Oversized& fault, const FaultHit&, Incident& incident) {
  // Not in the body itself: the journal keeps that.
  incident.delivery.padding += fault.bytes;
}

}  // namespace ocokit::mock::faults
