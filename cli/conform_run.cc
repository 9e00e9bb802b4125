#include "cli/conform_run.h"

#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iostream>

#include "cli/exit_codes.h"
#include "cli/read_file.h"
#include "cli/terminal.h"

namespace ocokit::cli {

using conform::Case;
using conform::Judge;
using conform::Judged;
using conform::Report;
using conform::Selection;
using std::chrono::milliseconds;

namespace {

// A line that is written over by the next, on a terminal alone.
class ProgressLine {
 public:
  void Show(const conform::Progress& progress) {
    if (!conform::AsExpected(*progress.latest)) ++unexpected_;
    if (!shown_) return;
    std::cerr << "\r\033[K[" << progress.done << '/' << progress.of << "] "
              << progress.latest->tried.id;
    if (unexpected_ > 0) std::cerr << "  " << unexpected_ << " not as expected";
    std::cerr << std::flush;
  }
  ~ProgressLine() {
    if (shown_) std::cerr << "\r\033[K" << std::flush;
  }

 private:
  bool shown_ = isatty(STDERR_FILENO) == 1;
  int unexpected_ = 0;
};

Result<void> WriteFiles(const ConformOptions& options, const Report& report) {
  if (!options.junit.empty()) {
    if (Result<void> written = WriteFile(options.junit, FormatJUnit(report)); !written) {
      return written;
    }
  }
  if (!options.json.empty()) {
    if (Result<void> written = WriteFile(options.json, FormatJson(report)); !written) {
      return written;
    }
  }
  if (!options.html.empty()) return WriteFile(options.html, conform::FormatHtml({report}));
  return {};
}

int StatusOf(const Report& report) {
  const conform::Totals totals = Count(report);
  if (totals.unexpected > totals.kit_error) return kFailed;
  if (totals.kit_error > 0) return kEnvironment;
  if (totals.pass + totals.fail + totals.non_strict > 0) return kOk;
  PrintError("nothing was judged: every case was skipped or is not supported");
  return kEnvironment;
}

}  // namespace

int Usage(const std::string& message) {
  PrintError(message);
  return kUsage;
}

int TellError(const Error& error) {
  PrintError(error.message);
  return error.kind == ErrorKind::kUnavailable ? kEnvironment : kUsage;
}

// The cases that the options choose.
Result<std::vector<Case>> Choose(const ConformOptions& options, Selection selection) {
  Result<std::vector<Case>> cases = conform::BuiltInCases();
  if (!cases) return cases;
  if (options.level == "must") selection.level = conform::Level::kMust;
  selection.run = options.run;
  if (!options.trace.empty()) selection.run = {options.trace};
  selection.skip = options.skip;
  return conform::Select(*cases, selection);
}

void List(const std::vector<Case>& cases) {
  std::string section;
  for (const Case& chosen : cases) {
    const std::string now = std::string(Name(chosen.venue)) + ": " + chosen.section;
    if (now != section) std::cout << (section.empty() ? "" : "\n") << now << '\n';
    section = now;
    std::cout << "  " << chosen.id << "  " << Name(chosen.level)
              << (chosen.level == conform::Level::kMust ? "    " : "  ") << chosen.title
              << (chosen.harmless ? "  (harmless)" : "") << '\n';
  }
  std::cout << '\n' << cases.size() << " cases\n";
}

Result<void> WriteFile(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return Fail(ErrorKind::kUnavailable, "cannot write " + path);
  return {};
}

int Run(const ConformOptions& options, const std::vector<Case>& cases, Judge& judge,
        Report& report) {
  conform::RunOptions run{.seed = options.seed, .jobs = options.jobs};
  if (!options.known_failing.empty()) {
    const Result<std::string> text = ReadFile(options.known_failing);
    if (!text) return TellError(text.error());
    const Result<std::vector<Case>> all = conform::BuiltInCases();
    if (!all) return TellError(all.error());
    auto known = conform::ReadKnownFailing(*text, *all);
    if (!known) return Usage(options.known_failing + ", " + known.error().message);
    run.known_failing = std::move(*known);
  }
  report.version = OCOKIT_VERSION;
  report.seed = options.seed;
  if (!options.name.empty()) report.subject = options.name;
  const auto start = std::chrono::steady_clock::now();
  report.started =
      std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch());
  Result<std::vector<Judged>> judged = tl::unexpected(Error{});
  {
    ProgressLine line;
    judged = RunCases(cases, judge, run,
                      [&line](const conform::Progress& progress) { line.Show(progress); });
  }
  if (!judged) return TellError(judged.error());
  report.took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
  report.judged = std::move(*judged);
  if (options.trace.empty()) {
    WriteConsole(report, std::cout, UsesColour(stdout));
  } else {
    for (const Judged& one : report.judged) WriteTrace(one, std::cout);
  }
  std::cout << std::flush;
  if (const Result<void> written = WriteFiles(options, report); !written) {
    return TellError(written.error());
  }
  return StatusOf(report);
}

}  // namespace ocokit::cli
