#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const ClockSkew& fault, const FaultHit&, Incident& incident) {
  incident.skew += fault.by;
}

}  // namespace ocokit::mock::faults
