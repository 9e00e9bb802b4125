#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const LostReply&, const FaultHit&, Incident& incident) {
  incident.Deliver(Delivery::Kind::kReset);
}

}  // namespace ocokit::mock::faults
