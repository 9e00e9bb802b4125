#pragma once

// A run as a report: for a terminal, for CI, for another program, for a browser.

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/engine/run.h"
#include "ocokit/base/result.h"

namespace ocokit::conform {

struct Report {
  std::string subject;  // its name, for people: "our server", "node client 2.1"
  Subject kind = Subject::kServer;
  std::string target;   // URL or command
  std::string dialect;  // docs or live; empty where the subject has none
  std::string version;  // of ocokit
  // The command that runs these cases again, but for the cases: `--run ID` is added. No secret in
  // it.
  std::string repeat;
  std::uint64_t seed = 1;
  std::chrono::milliseconds started{0};  // since 1970
  std::chrono::milliseconds took{0};
  std::vector<Judged> judged;
  int not_run = 0;  // cases that were asked for, when the run was interrupted before them
};

struct Totals {
  int pass = 0, fail = 0, non_strict = 0, unsupported = 0, skipped = 0, kit_error = 0;
  int known_failing = 0;  // of the fails: those that were expected
  int unexpected = 0;     // what makes the run fail: fails, and known failing cases that do not
};
[[nodiscard]] Totals Count(const Report& report);

// The command that repeats a case; empty when the report has none.
[[nodiscard]] std::string RepeatCommand(const Report& report, std::string_view id);

// What failed, each with what was sent, got and wanted, the requirement, where it stands and how to
// repeat it; then the totals by section. `color`: with escape sequences of terminals.
void WriteConsole(const Report& report, std::ostream& out, bool color = false);
// One case with all that went over the wire.
void WriteTrace(const Judged& judged, std::ostream& out);

// JUnit XML as CI servers read it: a test suite for each section, a test case for each case.
[[nodiscard]] std::string FormatJUnit(const Report& report);

// As report/report.schema.json describes it.
[[nodiscard]] std::string FormatJson(const Report& report);
// Errors: no JSON, or not of the schema's shape; with the member.
[[nodiscard]] Result<Report> ReadJson(std::string_view text);

// One page that needs nothing else: subjects as columns, cases as rows.
[[nodiscard]] std::string FormatHtml(const std::vector<Report>& reports);

}  // namespace ocokit::conform
