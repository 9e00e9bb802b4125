#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const RateLimitNow&, const FaultHit&, Incident& incident) {
  incident.answered = true;
  incident.reply = incident.venue.RateLimited(incident.request, incident.account);
}

}  // namespace ocokit::mock::faults
