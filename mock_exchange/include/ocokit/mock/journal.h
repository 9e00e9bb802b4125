#pragma once

// The journal: what came to an account, what was decided, what went out. Plain values. The
// latest are kept, in Settings::journal_bytes.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/mock/doctor.h"
#include "ocokit/mock/message.h"

namespace ocokit::mock {

// How long a request took, by what was done.
struct PhaseTimes {
  std::chrono::nanoseconds read{0};          // from its first byte to its last
  std::chrono::nanoseconds authenticate{0};  // finding the account, key, signature, time or nonce
  std::chrono::nanoseconds decide{0};        // limits, parameters, engine, the text of the reply
  std::chrono::nanoseconds delay{0};         // by faults, all together
  // Until the last byte was handed to the system; none: not yet, or nothing went out.
  std::optional<std::chrono::nanoseconds> write = {};
};

// Where and why it was decided so. The reason never goes on the wire.
struct DecisionView {
  bool accepted = false;
  int code = 0;              // the venue's, of a refusal; zero where it has none
  std::string stage = {};    // route, authenticate, limit, read, engine, fault, server
  std::string rule = {};     // what decided: "signature", "reduce_only", "accepted", ...
  std::string lenient = {};  // accepted beyond the documents' own rule; empty: nothing
};

struct JournalEntry {
  std::uint64_t seq = 0;  // counts up from 1 in each account, and goes on after a reset
  TimePoint at = {};      // by the account's clock
  Request request = {};
  DecisionView decision = {};
  // Of a request that was refused before anything of it was done.
  std::optional<Diagnosis> diagnosis = {};
  // What was answered. A fault on the connection may have kept it from going out.
  Response response = {};
  std::vector<std::string> faults = {};  // applied, as "fault-1 reset"
  PhaseTimes timing = {};
  // That the connection has become, like "stream-7" (stream_view.h); empty: none.
  std::string stream = {};
};

struct JournalQuery {
  std::uint64_t after = 0;  // only entries with a larger seq
  std::size_t limit = 100;
  // Keys and signatures as they came, not shortened. The secret is never shown.
  bool full = false;
};

}  // namespace ocokit::mock
