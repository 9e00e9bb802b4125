#include "cli/conform_run.h"

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iostream>
#include <mutex>
#include <utility>

#include "cli/exit_codes.h"
#include "cli/interruption.h"
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

namespace {

// How long a case that is under way may take to end when the run is interrupted: it may have orders
// to cancel.
constexpr milliseconds kGrace{5000};

// What was judged so far, which another thread may ask for.
class SoFar {
 public:
  void Add(const Judged& judged) {
    const std::lock_guard lock(mutex_);
    judged_.emplace_back(judged);
  }
  // In the order of the cases.
  std::vector<Judged> Take(const std::vector<Case>& cases) {
    const std::lock_guard lock(mutex_);
    std::vector<Judged> out;
    for (const Case& wanted : cases) {
      for (Judged& judged : judged_) {
        if (judged.tried.id == wanted.id) out.push_back(std::move(judged));
      }
    }
    return out;
  }

 private:
  std::mutex mutex_;
  std::vector<Judged> judged_;
};

// Writes what is asked for; the exit status, unless the run was interrupted.
int Tell(const ConformOptions& options, const Report& report) {
  // The files first: who reads the standard output may have gone.
  const Result<void> written = WriteFiles(options, report);
  if (options.trace.empty()) {
    WriteConsole(report, std::cout, UsesColour(stdout));
  } else {
    for (const Judged& one : report.judged) WriteTrace(one, std::cout);
  }
  errno = 0;
  std::cout << std::flush;
  const bool broken_pipe = !std::cout && errno == EPIPE;
  if (!written) return TellError(written.error());
  return broken_pipe ? 128 + SIGPIPE : StatusOf(report);
}

int TellInterrupted(const ConformOptions& options, Report& report, int signal, std::size_t of) {
  report.not_run = static_cast<int>(of - report.judged.size());
  (void)Tell(options, report);
  PrintError("interrupted by " + std::string(strsignal(signal)) + " after " +
             std::to_string(report.judged.size()) + " of " + std::to_string(of) +
             " cases; what was judged is reported");
  return 128 + signal;
}

milliseconds Since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
}

}  // namespace

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
  SoFar so_far;
  Result<std::vector<Judged>> judged = tl::unexpected(Error{});
  Report cut_short = report;
  Interruption interruption(kGrace, [&](int received) {
    cut_short.took = Since(start);
    cut_short.judged = so_far.Take(cases);
    (void)TellInterrupted(options, cut_short, received, cases.size());
  });
  run.stop = &interruption.stop();
  {
    ProgressLine line;
    judged = RunCases(cases, judge, run, [&](const conform::Progress& progress) {
      so_far.Add(*progress.latest);
      line.Show(progress);
    });
  }
  interruption.Finish();
  const int signal = interruption.signal();
  if (!judged && signal == 0) return TellError(judged.error());
  report.took = Since(start);
  report.judged = judged ? std::move(*judged) : so_far.Take(cases);
  const bool cut = signal != 0 && report.judged.size() < cases.size();
  return cut ? TellInterrupted(options, report, signal, cases.size()) : Tell(options, report);
}

}  // namespace ocokit::cli
