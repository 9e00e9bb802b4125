#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const WrongLength& fault, const FaultHit&, Incident& incident) {
  // Later faults may still change the body.
  incident.difference += fault.difference;
}

}  // namespace ocokit::mock::faults
