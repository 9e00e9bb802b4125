#pragma once

// Applies the faults that hit a request.

#include <chrono>
#include <vector>

#include "mock_exchange/faults/incident.h"

namespace ocokit::mock::faults {

// How long the request waits before it is looked at.
[[nodiscard]] std::chrono::microseconds DelayBefore(const std::vector<FaultHit>& hits);

// Before the venue is asked, unless one of them answers: then incident.answered is set.
void ApplyBefore(const std::vector<FaultHit>& hits, Incident& incident);

// On what the venue or a fault has replied, which is in `incident` then; notes all `hits` in it.
void ApplyAfter(const std::vector<FaultHit>& hits, Incident& incident);

}  // namespace ocokit::mock::faults
