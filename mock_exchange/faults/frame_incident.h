#pragma once

// FrameIncident: a message of a stream, and what faults make of it on its way out.

#include <chrono>
#include <memory>
#include <optional>

#include "mock_exchange/account/account.h"
#include "mock_exchange/account/fault_set.h"
#include "mock_exchange/streams/gate.h"

namespace ocokit::mock::faults {

struct FrameIncident {
  Account& account;  // locked
  const streams::FrameFacts& facts;
  std::shared_ptr<const Message> message;
  int copies = 1;           // how often it goes out
  bool after_next = false;  // the next message of the stream goes first
  std::chrono::microseconds delay{0};
  std::optional<ChannelEnd> end = {};  // in place of the message
  bool silent = false;                 // nothing more of its channel
  bool all_silent = false;             // nothing more at all
};

// One function and one file a fault, as effects.h.
void Apply(const DropStream& fault, const FaultHit& hit, FrameIncident& incident);
void Apply(const DelayFrames& fault, const FaultHit& hit, FrameIncident& incident);
void Apply(const LoseFrame& fault, const FaultHit& hit, FrameIncident& incident);
void Apply(const DuplicateFrame& fault, const FaultHit& hit, FrameIncident& incident);
void Apply(const ReorderFrames& fault, const FaultHit& hit, FrameIncident& incident);
void Apply(const WrongSequence& fault, const FaultHit& hit, FrameIncident& incident);
void Apply(const SilentStream& fault, const FaultHit& hit, FrameIncident& incident);
void Apply(const StaleSnapshot& fault, const FaultHit& hit, FrameIncident& incident);

}  // namespace ocokit::mock::faults
