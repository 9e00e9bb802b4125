#pragma once

// Which of the cases are run.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/engine/case.h"
#include "ocokit/base/result.h"

namespace ocokit::conform {

// All that are given hold together.
struct Selection {
  std::optional<Subject> subject = {};
  std::optional<Venue> venue = {};
  std::optional<std::string> dialect = {};
  std::optional<Level> level = {};     // must: no shoulds
  std::vector<std::string> run = {};   // patterns; empty: all
  std::vector<std::string> skip = {};  // patterns
  bool harmless = false;               // those alone
  bool observed = false;               // those alone
};

// Whether a pattern fits a case: its id, or its section without regard to case, where `*` stands
// for any text: wb-auth-020, wb-auth-*, Authentication.
[[nodiscard]] bool Fits(std::string_view pattern, const Case& tried);

// At least one. Errors: a pattern of `run` that fits no case of that subject, venue and dialect, or
// one of `skip` that fits none of the subject; named with the cases that come closest. That nothing
// is left.
[[nodiscard]] Result<std::vector<Case>> Select(const std::vector<Case>& cases,
                                               const Selection& selection);

// A file of cases known to fail: an id or pattern on each line, `#` begins a comment. Gives the
// ids. Errors: a pattern that fits none of the cases; with its line.
[[nodiscard]] Result<std::set<std::string, std::less<>>> ReadKnownFailing(
    std::string_view text, const std::vector<Case>& cases);

}  // namespace ocokit::conform
