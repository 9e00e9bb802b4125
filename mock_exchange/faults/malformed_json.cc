#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const MalformedJson&, const FaultHit&, Incident& incident) {
  std::string& body = incident.reply.response.body;
  // No beginning of an object or array is JSON itself.
  body = body.size() < 2 ? "{" : body.substr(0, body.size() / 2);
}

}  // namespace ocokit::mock::faults
