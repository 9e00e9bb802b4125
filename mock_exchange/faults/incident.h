#pragma once

// Incident: a request, and what faults make of it on its way.

#include <chrono>
#include <cstdint>
#include <string_view>

#include "mock_exchange/account/account.h"
#include "mock_exchange/account/fault_set.h"
#include "mock_exchange/venue/venue.h"
#include "mock_exchange/wire/answer.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::faults {

struct Incident {
  const Request& request;
  Account& account;  // locked
  const VenueApi& venue;
  // Before commit: set when a fault answers in the venue's place, and by how much the venue's clock
  // is wrong.
  bool answered = false;
  std::chrono::microseconds skew{0};
  // What goes out, and how. `difference`: what Content-Length says beyond the body's length.
  Reply reply = {};
  Delivery delivery = {};
  std::chrono::microseconds delay{0};
  std::int64_t difference = 0;

  // Before commit: stands in the venue's place, with an empty reply unless a fault gave one before.
  void AnswerInstead(std::string_view rule) {
    if (!answered) reply.decision = {.stage = Stage::kFault, .rule = std::string(rule)};
    answered = true;
  }
  // A connection that ends without an answer stays so, whatever comes later.
  void Deliver(Delivery::Kind kind) {
    using Kind = Delivery::Kind;
    if (delivery.kind == Kind::kReset || delivery.kind == Kind::kHalfClose) return;
    delivery.kind = kind;
  }
  // The same before commit: there is no reply to keep either.
  void EndWithout(Delivery::Kind kind, const FaultHit& hit) {
    if (hit.fault->at == FaultPoint::kBeforeCommit) {
      AnswerInstead(Name(hit.fault->action));
      reply.response = {.status = 0};
    }
    Deliver(kind);
  }
};

}  // namespace ocokit::mock::faults
