#pragma once

// Which dialect a server follows, read off the cases that can tell (CaseResult::follows).

#include <string>
#include <vector>

#include "conformance/engine/run.h"

namespace ocokit::conform {

// What one case tells.
struct DriftRow {
  std::string id;
  std::string title;
  std::string follows;  // docs, live, both, neither; empty: it was not tried to its end
  std::string got;      // what came where it is neither

  friend bool operator==(const DriftRow&, const DriftRow&) = default;
};

struct Drift {
  // docs or live when every case that tells them apart says so; mixed when they disagree; unknown
  // when none tells.
  std::string dialect = "unknown";
  int docs = 0, live = 0, neither = 0;
  std::vector<DriftRow> rows;
};

// Of the cases whose steps tell the dialects apart; the others, and those that were skipped, are
// left out.
[[nodiscard]] Drift ReadDrift(const std::vector<Judged>& judged);

// As text for people: the dialect in one line, then a line for each case.
[[nodiscard]] std::string FormatDrift(const Drift& drift);

}  // namespace ocokit::conform
