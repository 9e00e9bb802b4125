#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {

void Apply(const BanUntil& fault, const FaultHit&, Incident& incident) {
  // The venue itself then refuses this request and those that follow.
  const TimePoint now = incident.account.clock.Now();
  // A ban that runs is not prolonged: it would not end while the client asks.
  if (incident.account.bans.Started(incident.request.remote_ip, now)) return;
  incident.account.bans.Start(incident.request.remote_ip, now, now + fault.length, fault.status);
}

}  // namespace ocokit::mock::faults
