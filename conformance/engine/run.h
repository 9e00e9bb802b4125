#pragma once

// Runs cases against a subject, several at a time, in an order that follows from the seed.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "conformance/engine/case.h"
#include "conformance/engine/result.h"
#include "ocokit/base/result.h"

namespace ocokit::conform {

// Tries one case after the other; each belongs to one thread.
class Worker {
 public:
  virtual ~Worker() = default;
  // Never throws, and ends in a bounded time whatever the subject does. A fail of a case whose
  // level is should is made non-strict by the run.
  [[nodiscard]] virtual CaseResult Try(const Case& tried) = 0;
};

// Makes what tries cases: one for a server, one for a client, one for the journal of an account.
class Judge {
 public:
  virtual ~Judge() = default;
  // May be called from several threads. Errors: the subject cannot be reached or started.
  [[nodiscard]] virtual Result<std::unique_ptr<Worker>> NewWorker() = 0;
};

struct RunOptions {
  std::uint64_t seed = 1;  // of the order of the cases, and of what a judge makes up
  int jobs = 1;            // cases at a time
  // Of cases that are expected to fail. They are run, and it is told when they do not fail.
  std::set<std::string, std::less<>> known_failing = {};
  // Once it is true, no further case is begun.
  const std::atomic<bool>* stop = nullptr;
};

struct Judged {
  Case tried;
  CaseResult result;
  bool known_failing = false;
};

// Whether it is as it should be: a pass, a should that was missed, what was not tried. A case that
// is known to fail has to be tried and to fail.
[[nodiscard]] bool AsExpected(const Judged& judged);

struct Progress {
  int done = 0;
  int of = 0;
  const Judged* latest = nullptr;
};

// The results in the order of the cases, without those that were not begun. `progress` is called
// after each case, by one thread at a time. Errors: no worker can be made.
[[nodiscard]] Result<std::vector<Judged>> RunCases(
    const std::vector<Case>& cases, Judge& judge, const RunOptions& options,
    const std::function<void(const Progress&)>& progress = nullptr);

}  // namespace ocokit::conform
