#pragma once

// What each fault does: one function and one file a fault. All are applied through apply.h.

#include "mock_exchange/faults/incident.h"

namespace ocokit::mock::faults {

void Apply(const Delay& fault, const FaultHit& hit, Incident& incident);
void Apply(const Reset& fault, const FaultHit& hit, Incident& incident);
void Apply(const HalfClose& fault, const FaultHit& hit, Incident& incident);
void Apply(const CloseEarly& fault, const FaultHit& hit, Incident& incident);
void Apply(const SlowDrip& fault, const FaultHit& hit, Incident& incident);
void Apply(const WrongLength& fault, const FaultHit& hit, Incident& incident);
void Apply(const Oversized& fault, const FaultHit& hit, Incident& incident);
void Apply(const MalformedJson& fault, const FaultHit& hit, Incident& incident);
void Apply(const WrongType& fault, const FaultHit& hit, Incident& incident);
void Apply(const Html5xx& fault, const FaultHit& hit, Incident& incident);
void Apply(const StatusFault& fault, const FaultHit& hit, Incident& incident);
void Apply(const EmptyReply& fault, const FaultHit& hit, Incident& incident);
void Apply(const DuplicateReply& fault, const FaultHit& hit, Incident& incident);
void Apply(const ClockSkew& fault, const FaultHit& hit, Incident& incident);
void Apply(const RateLimitNow& fault, const FaultHit& hit, Incident& incident);
void Apply(const BanUntil& fault, const FaultHit& hit, Incident& incident);
void Apply(const LostReply& fault, const FaultHit& hit, Incident& incident);

}  // namespace ocokit::mock::faults
