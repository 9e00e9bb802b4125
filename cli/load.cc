#include "cli/load.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "bench/load/compare.h"
#include "bench/load/load.h"
#include "cli/connection.h"
#include "cli/descriptor_limit.h"
#include "cli/exit_codes.h"
#include "cli/output_file.h"
#include "cli/read_file.h"
#include "cli/terminal.h"
#include "conformance/text/printable.h"
#include "ocokit/base/header_text.h"

namespace ocokit::cli {
namespace {

using load::LoadOptions;

// A signal handler can reach no more than this.
std::atomic<bool> interrupted{false};

// While it lives, the first SIGINT or SIGTERM sets `interrupted`; the second ends the program.
class Interruptible {
 public:
  Interruptible() {
    struct sigaction action {};
    action.sa_handler = [](int) { interrupted = true; };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, &before_[0]);
    sigaction(SIGTERM, &action, &before_[1]);
  }
  ~Interruptible() {
    sigaction(SIGINT, &before_[0], nullptr);
    sigaction(SIGTERM, &before_[1], nullptr);
  }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

 private:
  struct sigaction before_[2]{};
};

// `text` by `parse` into `out`. Errors: those of `parse`, with the option before them.
template <typename T>
Result<void> Read(const char* option, const std::string& text, Result<T> (*parse)(std::string_view),
                  T& out) {
  Result<T> value = parse(text);
  if (!value) {
    return Fail(value.error().kind, std::string(option) + " " + value.error().message);
  }
  out = std::move(*value);
  return {};
}

Result<void> ReadKey(const LoadCommand& command, LoadOptions& options) {
  if (command.key.empty()) {
    if (command.secret_file.empty()) return {};
    return Fail(ErrorKind::kInvalidArgument, "--secret-file needs --key");
  }
  ConnectionOptions connection;
  connection.url = command.url;
  connection.key = command.key;
  connection.secret_file = command.secret_file;
  const client::Result<client::Credentials> credentials = ReadCredentials(connection);
  if (!credentials) return Fail(ErrorKind::kInvalidArgument, credentials.error().message);
  options.key = credentials->api_key();
  options.secret = std::string(credentials->RevealSecret());
  return CheckHeaderValue(options.secret, "the secret");
}

Result<LoadOptions> ReadOptions(const LoadCommand& command) {
  LoadOptions o;
  if (command.venue.empty()) {
    return Fail(ErrorKind::kInvalidArgument, "--venue is required: bingx or whitebit");
  }
  o.venue = command.venue == "bingx" ? load::Venue::kBingx : load::Venue::kWhitebit;
  o.url = command.url;
  o.rate = command.rate;
  o.connections = command.connections;
  o.threads = command.threads;
  o.accounts = command.accounts;
  o.streams = command.streams;
  o.poisson = command.arrivals == "poisson";
  o.seed = command.seed;
  o.own_server = command.own_server;
  o.ca_file = command.ca_file;
  const char* token = std::getenv("OCOKIT_CONTROL_TOKEN");
  o.control_token =
      command.control_token.empty() && token != nullptr ? token : command.control_token;
  for (const Result<void>& read :
       {Read("--duration", command.duration, load::ParseDuration, o.duration),
        Read("--warmup", command.warmup, load::ParseDuration, o.warmup),
        Read("--drain", command.drain, load::ParseDuration, o.drain),
        Read("--timeout", command.timeout, load::ParseDuration, o.timeout),
        Read("--mix", command.mix, load::ParseMix, o.mix),
        command.faults.empty() ? Result<void>()
                               : Read("--faults", command.faults, load::ParseFaults, o.faults),
        ReadKey(command, o)}) {
    if (!read) return tl::unexpected<Error>(read.error());
  }
  return o;
}

void ShowProgress(const load::LoadProgress& progress) {
  std::fprintf(stderr, "\r%6.0f s   sent %llu   accepted %llu   errors %llu ", progress.seconds,
               static_cast<unsigned long long>(progress.sent),
               static_cast<unsigned long long>(progress.accepted),
               static_cast<unsigned long long>(progress.troubled));
}

// Connections, and what the threads, the control API and the program itself have open.
Result<void> CheckDescriptors(const LoadOptions& options) {
  const auto needs = static_cast<std::uint64_t>(options.connections) +
                     static_cast<std::uint64_t>(options.streams) +
                     static_cast<std::uint64_t>(options.threads) * 4 + 24;
  const std::uint64_t has = RaiseDescriptorLimit();
  if (has >= needs) return {};
  return Fail(ErrorKind::kUnavailable,
              "the load needs " + std::to_string(needs) + " file descriptors, and has " +
                  std::to_string(has) +
                  ": raise ulimit -n, or give fewer --connections or --streams");
}

int Compare(const LoadCommand& command) {
  if (!(command.tolerance >= 0 && command.tolerance <= 100)) {
    PrintError("--tolerance must be a number from 0 to 100, like 0.05 for 5 %");
    return kUsage;
  }
  const Result<std::string> first = ReadFile(command.compare[0], "report");
  if (!first) return ReportError(first.error());
  const Result<std::string> second = ReadFile(command.compare[1], "report");
  if (!second) return ReportError(second.error());
  const Result<load::Comparison> comparison =
      load::CompareReports(*first, *second, command.tolerance);
  if (!comparison) return ReportError(comparison.error());
  std::fputs(conform::ForTerminal(load::FormatText(*comparison, command.tolerance)).c_str(),
             stdout);
  if (comparison->verdict == load::Verdict::kCannotTell) return kUsage;
  return comparison->verdict == load::Verdict::kRegression ? kFailed : kOk;
}

}  // namespace

int Load(const LoadCommand& command) {
  if (!command.compare.empty()) return Compare(command);
  const Result<LoadOptions> options = ReadOptions(command);
  if (!options) return ReportError(options.error());
  if (const auto checked = load::CheckOptions(*options); !checked)
    return ReportError(checked.error());
  if (!command.json.empty() && !command.html.empty() && SameFile(command.json, command.html)) {
    PrintError("--json and --html must be different files, not both " + command.html);
    return kUsage;
  }
  if (const auto enough = CheckDescriptors(*options); !enough) return ReportError(enough.error());
  Result<OutputFile> json = OutputFile::Create(command.json);
  if (!json) return ReportError(json.error());
  Result<OutputFile> html = OutputFile::Create(command.html);
  if (!html) return ReportError(html.error());

  const bool terminal = isatty(STDERR_FILENO) == 1;
  Result<load::Report> report = Fail(ErrorKind::kUnavailable, "");
  {
    const Interruptible guard;
    report =
        load::RunLoad(*options, interrupted,
                      terminal ? ShowProgress : std::function<void(const load::LoadProgress&)>());
  }
  if (terminal) std::fputs("\r\x1b[K", stderr);
  if (!report) return ReportError(report.error());
  report->version = OCOKIT_VERSION;
  std::fputs(conform::ForTerminal(load::FormatText(*report)).c_str(), stdout);
  if (const auto ok = json->Write(load::FormatJson(*report)); !ok) return ReportError(ok.error());
  if (const auto ok = html->Write(load::FormatHtml(*report)); !ok) return ReportError(ok.error());
  const bool all_heard = !report->streams || report->streams->missing == 0;
  const bool good = report->books.differences.empty() && report->tally.accepted() != 0 && all_heard;
  return good ? kOk : kFailed;
}

}  // namespace ocokit::cli
