#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const DuplicateReply&, const FaultHit&, Incident& incident) {
  ++incident.delivery.copies;
}

}  // namespace ocokit::mock::faults
