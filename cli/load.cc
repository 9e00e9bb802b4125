#include "cli/load.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "bench/load/compare.h"
#include "bench/load/load.h"
#include "cli/connection.h"
#include "cli/exit_codes.h"
#include "cli/read_file.h"
#include "cli/terminal.h"

namespace ocokit::cli {
namespace {

using load::LoadOptions;

int Report(const Error& error) {
  PrintError(error.message);
  return error.kind == ErrorKind::kUnavailable ? kEnvironment : kUsage;
}

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
  return {};
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

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// Before the load, so that a path that cannot be written is told at once.
Result<File> Create(const std::string& path) {
  File file(path.empty() ? nullptr : std::fopen(path.c_str(), "wb"), std::fclose);
  if (!path.empty() && file == nullptr) {
    return Fail(ErrorKind::kUnavailable, "cannot write the file " + path);
  }
  return file;
}

bool Write(const File& file, const std::string& text) {
  return file == nullptr || (std::fwrite(text.data(), 1, text.size(), file.get()) == text.size() &&
                             std::fflush(file.get()) == 0);
}

int Compare(const LoadCommand& command) {
  const Result<std::string> first = ReadFile(command.compare[0], "report");
  if (!first) return Report(first.error());
  const Result<std::string> second = ReadFile(command.compare[1], "report");
  if (!second) return Report(second.error());
  const Result<load::Comparison> comparison =
      load::CompareReports(*first, *second, command.tolerance);
  if (!comparison) return Report(comparison.error());
  std::fputs(load::FormatText(*comparison, command.tolerance).c_str(), stdout);
  return comparison->regression ? kFailed : kOk;
}

}  // namespace

int Load(const LoadCommand& command) {
  if (!command.compare.empty()) return Compare(command);
  const Result<LoadOptions> options = ReadOptions(command);
  if (!options) return Report(options.error());
  const Result<File> json = Create(command.json);
  if (!json) return Report(json.error());
  const Result<File> html = Create(command.html);
  if (!html) return Report(html.error());

  const bool terminal = isatty(STDERR_FILENO) == 1;
  Result<load::Report> report = Fail(ErrorKind::kUnavailable, "");
  {
    const Interruptible guard;
    report =
        load::RunLoad(*options, interrupted,
                      terminal ? ShowProgress : std::function<void(const load::LoadProgress&)>());
  }
  if (terminal) std::fputs("\r\x1b[K", stderr);
  if (!report) return Report(report.error());
  report->version = OCOKIT_VERSION;
  std::fputs(load::FormatText(*report).c_str(), stdout);
  if (!Write(*json, load::FormatJson(*report)) || !Write(*html, load::FormatHtml(*report))) {
    PrintError("the report cannot be written");
    return kEnvironment;
  }
  return report->books.differences.empty() ? kOk : kFailed;
}

}  // namespace ocokit::cli
