#include "mock_exchange/faults/apply.h"

#include <algorithm>
#include <variant>

#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {
namespace {

void ApplyOne(const FaultHit& hit, Incident& incident) {
  std::visit(
      [&](const auto& action) {
        // Those of streams' messages are at none of these points (frame_gate.h).
        if constexpr (requires { Apply(action, hit, incident); }) Apply(action, hit, incident);
      },
      hit.fault->action);
}

}  // namespace

std::chrono::microseconds DelayBefore(const std::vector<FaultHit>& hits) {
  std::chrono::microseconds sum{0};
  for (const FaultHit& hit : hits) {
    if (hit.fault->at == FaultPoint::kBeforeCommit) sum += hit.delay;
  }
  return sum;
}

void ApplyBefore(const std::vector<FaultHit>& hits, Incident& incident) {
  for (const FaultHit& hit : hits) {
    if (hit.fault->at == FaultPoint::kBeforeCommit) ApplyOne(hit, incident);
  }
}

void ApplyAfter(const std::vector<FaultHit>& hits, Incident& incident) {
  for (const FaultHit& hit : hits) {
    if (hit.fault->at != FaultPoint::kBeforeCommit) ApplyOne(hit, incident);
    incident.reply.faults.push_back(hit.id + " " + std::string(Name(hit.fault->action)));
  }
  if (incident.difference == 0) return;
  const auto length =
      static_cast<std::int64_t>(incident.reply.response.body.size() + incident.delivery.padding);
  incident.delivery.content_length =
      static_cast<std::uint64_t>(std::max<std::int64_t>(0, length + incident.difference));
}

}  // namespace ocokit::mock::faults
