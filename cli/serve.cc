#include "cli/serve.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/allocator.h"
#include "cli/descriptor_limit.h"
#include "cli/exit_codes.h"
#include "cli/output_file.h"
#include "cli/read_file.h"
#include "cli/request_line.h"
#include "cli/terminal.h"
#include "conformance/text/printable.h"
#include "ocokit/base/header_text.h"
#include "ocokit/mock/config.h"
#include "ocokit/mock/server.h"

namespace ocokit::cli {
namespace {

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

// HOST:PORT, with an IPv6 host in brackets.
std::optional<Address> ReadAddress(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  Address out{.host = text.substr(0, colon)};
  const std::string_view port = std::string_view(text).substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  if (error != std::errc() || end != port.data() + port.size()) return std::nullopt;
  if (out.host.front() == '[' && out.host.back() == ']') {
    out.host = out.host.substr(1, out.host.size() - 2);
  }
  if (out.host == "localhost") out.host = "127.0.0.1";
  return out;
}

// Written beside and moved into place, so that who waits for the file never reads half of it.
bool WriteReadyFile(const std::string& path, const std::string& line) {
  Result<OutputFile> file = OutputFile::Create(path);
  return file && file->Write(line);
}

// Reads a whole file; says what is wrong and returns the exit status.
int TakeFile(const char* what, const std::string& path, std::string& out) {
  Result<std::string> text = ReadFile(path, what);
  if (!text) {
    PrintError(text.error().message);
    return kEnvironment;
  }
  out = std::move(*text);
  return kOk;
}

// Takes the TLS listener's address and files.
int ReadTls(const ServeOptions& options, mock::ServerOptions& out) {
  if (options.tls_listen.empty()) return kOk;
  const std::optional<Address> address = ReadAddress(options.tls_listen);
  if (!address) {
    PrintError("--tls-listen takes HOST:PORT, like 127.0.0.1:8788, not \"" + options.tls_listen +
               "\"");
    return kUsage;
  }
  mock::TlsOptions& tls = out.tls.emplace();
  tls.host = address->host;
  tls.port = address->port;
  if (options.tls_cert.empty()) return kOk;
  if (const int status = TakeFile("--tls-cert", options.tls_cert, tls.certificate); status != kOk) {
    return status;
  }
  return TakeFile("--tls-key", options.tls_key, tls.key);
}

// A file in the folder for such files that is gone when this is.
class TemporaryFile {
 public:
  TemporaryFile() = default;
  ~TemporaryFile() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove(path_, ignored);
  }

  // Errors: there is no such folder, or it cannot be written; no other is taken.
  Result<void> Write(const std::string& text) {
    std::error_code error;
    std::filesystem::path folder = std::filesystem::temp_directory_path(error);
    if (!error) folder = std::filesystem::absolute(folder, error);
    if (error) {
      return Fail(ErrorKind::kUnavailable,
                  "there is no folder for the certificate that was made up: TMPDIR must name one, "
                  "or --tls-cert and --tls-key files");
    }
    std::string path = (folder / "ocokit-certificate-XXXXXX").string();
    const int descriptor = mkstemp(path.data());
    if (descriptor >= 0) path_ = path;
    std::FILE* file = descriptor < 0 ? nullptr : fdopen(descriptor, "w");
    const bool written = file != nullptr && std::fputs(text.c_str(), file) >= 0;
    const bool closed = file != nullptr && std::fclose(file) == 0;
    if (written && closed) return {};
    return Fail(ErrorKind::kUnavailable,
                "cannot write the certificate that was made up to " + path);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// The ready line.
std::string DescribeReady(const mock::Server& server, const ServeOptions& options,
                          const std::string& certificate) {
  nlohmann::ordered_json line = {{"event", "ready"},
                                 {"bingx_url", server.url()},
                                 {"whitebit_url", server.url()},
                                 {"control_url", server.control_url()},
                                 {"bingx_ws_url", server.bingx_ws_url()},
                                 {"whitebit_ws_url", server.whitebit_ws_url()}};
  if (!server.tls_url().empty()) {
    line["tls_url"] = server.tls_url();
    line["tls_certificate"] = options.tls_cert.empty() ? certificate : options.tls_cert;
  }
  return line.dump() + "\n";
}

// Takes the accounts of the file; says what is wrong with it and returns the exit status.
int ReadConfigFile(const std::string& path, mock::ServerOptions& out) {
  std::string text;
  if (const int status = TakeFile("config file", path, text); status != kOk) return status;
  Result<mock::Config> config = mock::ReadConfig(text);
  if (!config) {
    PrintError(path + ": " + config.error().message);
    return kUsage;
  }
  // Nobody could know them otherwise.
  for (const std::size_t index : config->made_up) {
    const mock::AccountOptions& account = config->accounts[index];
    std::fprintf(stderr, "accounts[%zu] %s: key %s, secret %s\n", index,
                 conform::ForTerminal(account.name).c_str(), account.key.c_str(),
                 account.secret.c_str());
  }
  out.default_accounts = false;
  out.accounts = std::move(config->accounts);
  return kOk;
}

// What the system is asked to send when the parent ends.
const int kParentEnded = SIGRTMIN;

// Until a signal asks for the end or, unless it is 0, `parent` is the parent no more. Meanwhile it
// does something each `every`, unless that is 0.
void WaitForEnd(const sigset_t& signals, pid_t parent, std::chrono::seconds every,
                const std::function<void()>& something) {
  if (parent != 0) prctl(PR_SET_PDEATHSIG, kParentEnded);
  using Steady = std::chrono::steady_clock;
  Steady::time_point next = Steady::now() + every;
  // The parent may have ended before. And the signal comes at the end of the thread, not of the
  // process, that has started this one; it comes again at the end of the next thread.
  while (parent == 0 || getppid() == parent) {
    int received = -1;
    if (every.count() == 0) {
      if (sigwait(&signals, &received) != 0) received = -1;
    } else {
      const auto left = std::max<Steady::duration>(next - Steady::now(), Steady::duration(0));
      const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
      const timespec wait{seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
      received = sigtimedwait(&signals, nullptr, &wait);
      if (received < 0 && errno == EAGAIN) {
        something();
        next = Steady::now() + every;
      }
    }
    if (received > 0 && received != kParentEnded) return;
  }
}

}  // namespace

int Serve(const ServeOptions& options) {
  const pid_t parent = getppid();
  mock::ServerOptions server_options;
  if (!options.config.empty()) {
    if (const int status = ReadConfigFile(options.config, server_options); status != kOk) {
      return status;
    }
  }
  const std::optional<Address> address = ReadAddress(options.listen);
  if (!address) {
    PrintError("--listen takes HOST:PORT, like 127.0.0.1:8787, not \"" + options.listen + "\"");
    return kUsage;
  }
  // Who reads a standard stream may go away.
  (void)std::signal(SIGPIPE, SIG_IGN);
  // A file that may not grow is an error of its own.
  (void)std::signal(SIGXFSZ, SIG_IGN);
  // Blocked before any thread starts, so that this thread alone gets them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  sigaddset(&signals, kParentEnded);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  RaiseDescriptorLimit();
  ReturnFreeMemory();

  server_options.host = address->host;
  server_options.port = address->port;
  server_options.threads = options.threads;
  server_options.state_file = options.state;
  server_options.memory = options.memory;
  server_options.seed = options.seed;
  server_options.default_settings.strict_signing = options.strict_signing;
  server_options.default_settings.rate_limits = options.rate_limits;
  for (const std::string& dialect : options.dialects) {
    const mock::Dialect value =
        dialect.ends_with("=live") ? mock::Dialect::kLive : mock::Dialect::kDocs;
    (dialect.starts_with("bingx=") ? server_options.bingx_dialect
                                   : server_options.whitebit_dialect) = value;
  }
  if (!options.quiet) {
    server_options.on_request = LinePrinter();
    server_options.diagnose = true;
  }
  server_options.control_token = options.control_token;
  if (const char* token = std::getenv("OCOKIT_CONTROL_TOKEN");
      options.control_token.empty() && token != nullptr) {
    server_options.control_token = token;
  }
  if (!server_options.control_token.empty()) {
    const char* what = options.control_token.empty() ? "OCOKIT_CONTROL_TOKEN" : "--control-token";
    if (auto ok = CheckHeaderWord(server_options.control_token, what); !ok) {
      PrintError(ok.error().message);
      return kUsage;
    }
  }
  if (const int status = ReadTls(options, server_options); status != kOk) return status;
  const auto server = mock::Server::Start(server_options);
  if (!server) {
    PrintError(server.error().message);
    return server.error().kind == ErrorKind::kUnavailable ? kEnvironment : kUsage;
  }
  if (!options.state.empty()) {
    const std::string file = conform::ForTerminal(options.state);
    if (const std::size_t count = (*server)->restored_accounts(); count != 0) {
      std::fprintf(stderr,
                   "%zu account%s from %s; what the command line or --config says of %s does not "
                   "count\n",
                   count, count == 1 ? " goes on as it was," : "s go on as they were,",
                   file.c_str(), count == 1 ? "it" : "them");
    } else {
      std::fprintf(stderr, "%s is not there: all accounts begin anew\n", file.c_str());
    }
    // What cannot be kept is to be known before it is needed.
    if (const auto kept = (*server)->SaveState(); !kept) return ReportError(kept.error());
  }
  TemporaryFile certificate;
  if (server_options.tls && options.tls_cert.empty()) {
    if (const auto written = certificate.Write((*server)->tls_certificate()); !written) {
      return ReportError(written.error());
    }
  }
  const std::string ready = DescribeReady(**server, options, certificate.path());
  if (!options.ready_file.empty() && !WriteReadyFile(options.ready_file, ready)) {
    PrintError("cannot write the ready file " + options.ready_file);
    return kEnvironment;
  }
  if (std::fputs(ready.c_str(), stdout) < 0 || std::fflush(stdout) != 0) {
    PrintError("standard output cannot be written, so the ready line is missing there: " + ready);
  }
  const auto save = [&] {
    const Result<void> saved = options.state.empty() ? Result<void>() : (*server)->SaveState();
    if (!saved) PrintError("the state was not kept: " + saved.error().message);
    return saved.has_value();
  };
  WaitForEnd(signals, options.exit_with_parent ? parent : 0,
             std::chrono::seconds(options.state.empty() ? 0 : options.state_every),
             [&] { (void)save(); });
  (*server)->Stop();
  return save() ? kOk : kEnvironment;
}

}  // namespace ocokit::cli
