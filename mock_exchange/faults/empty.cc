#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const EmptyReply&, const FaultHit& hit, Incident& incident) {
  if (hit.fault->at == FaultPoint::kBeforeCommit) incident.AnswerInstead("empty");
  incident.reply.response.body.clear();
}

}  // namespace ocokit::mock::faults
