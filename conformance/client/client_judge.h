#pragma once

// Judges of clients. A client under test is told by an adapter (docs/adapter.md) what to do,
// against an account of the simulator that is made for each case; what it answers and what it has
// sent are held against the case. A client that just runs is judged by the journal of its account.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "conformance/engine/run.h"
#include "conformance/net/control_api.h"

namespace ocokit::conform {

struct ClientTarget {
  std::vector<std::string> command;  // the adapter: a program and its arguments
  ControlAddress control;            // of the simulator
  std::string base_url;              // what the adapter is told to call
  std::string dialect = "docs";      // of the accounts: docs or live
  // For one operation, unless its case says otherwise; the adapter is told. It is given a second
  // and a half more, then it is ended and the case has failed.
  std::chrono::milliseconds timeout{5000};
  std::uint64_t seed = 1;  // of keys and secrets
};

// Each worker has an adapter of its own, kept over its cases and started anew when it has ended or
// overrun. NewWorker's errors: no such program, or it ends before it has answered anything; no
// simulator at the address.
[[nodiscard]] std::unique_ptr<Judge> JudgeOfClient(ClientTarget target);

struct JournalTarget {
  ControlAddress control;
  std::string account;  // its id: whitebit-1
};

// Tries the cases that are marked `observed`, of the account's venue: their rules on what the
// journal holds, and on what went through the account's sockets. A rule that nothing in it concerns
// is skipped as not exercised, like every other case. NewWorker's errors: no simulator, no such
// account, nothing in its journal.
[[nodiscard]] std::unique_ptr<Judge> JudgeOfJournal(JournalTarget target);

}  // namespace ocokit::conform
