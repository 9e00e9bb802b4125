#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const StatusFault& fault, const FaultHit& hit, Incident& incident) {
  if (hit.fault->at == FaultPoint::kBeforeCommit) incident.AnswerInstead("status");
  Response& response = incident.reply.response;
  response.status = fault.status;
  if (!fault.body) return;
  response.body = *fault.body;
  if (response.headers.empty()) response.headers = {{"Content-Type", "application/json"}};
}

}  // namespace ocokit::mock::faults
