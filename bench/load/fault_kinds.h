#pragma once

// The faults that a load can ask the simulator for, and what a client sees of each.

#include <string>
#include <string_view>

namespace ocokit::load {

// What a request that is hit looks like from outside.
enum class Sight {
  kSlow,        // an answer, later
  kReset,       // the connection is reset
  kClosed,      // the connection ends before the reply is whole
  kUnreadable,  // a reply that is not what the documents say
  kStatus,      // another HTTP status
  kRefused,     // a refusal of the venue
};

struct FaultKind {
  std::string_view type;
  Sight sight;
  const char* fault;  // as JSON, but for its probability
};

// Nullptr: none.
[[nodiscard]] const FaultKind* FindFaultKind(std::string_view type);
// "delay, reset, ..."
[[nodiscard]] std::string FaultKindNames();

}  // namespace ocokit::load
