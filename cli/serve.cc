#include "cli/serve.h"

#include <sys/resource.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

#include "cli/exit_codes.h"
#include "cli/terminal.h"
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

// Each connection needs a file descriptor; the default limit of 1024 is soon reached.
void RaiseDescriptorLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &limit);
}

void PrintRequest(const mock::RequestRecord& r) {
  const std::int64_t ms = ToUnixMillis(r.at);
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char time[16];
  std::strftime(time, sizeof time, "%H:%M:%S", &utc);
  const bool accepted = r.accepted;
  std::string outcome = accepted ? "ok" : r.rule;
  if (r.code != 0) outcome += " (code " + std::to_string(r.code) + ")";
  if (!r.lenient.empty()) outcome += " [lenient " + r.lenient + "]";
  std::fprintf(stderr, "%s.%03d %-4s %-36s %3d %s %lld us\n", time, static_cast<int>(ms % 1000),
               r.method.c_str(), r.path.c_str(), r.status,
               Styled(stderr, accepted ? Style::kGood : Style::kBad, outcome).c_str(),
               static_cast<long long>(r.took.count() / 1000));
}

bool WriteReadyFile(const std::string& path, const std::string& line) {
  // Written beside and moved into place, so that who waits for the file never reads half of it.
  const std::string beside = path + ".part";
  std::FILE* file = std::fopen(beside.c_str(), "w");
  if (file == nullptr) return false;
  const bool written = std::fputs(line.c_str(), file) >= 0;
  return std::fclose(file) == 0 && written && std::rename(beside.c_str(), path.c_str()) == 0;
}

// Takes the accounts of the file; says what is wrong with it and returns the exit status.
int ReadConfigFile(const std::string& path, mock::ServerOptions& out) {
  std::ifstream file(path);
  std::error_code ignored;
  if (!file || std::filesystem::is_directory(path, ignored)) {
    PrintError("cannot read the config file " + path);
    return kEnvironment;
  }
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  Result<mock::Config> config = mock::ReadConfig(text);
  if (!config) {
    PrintError(path + ": " + config.error().message);
    return kUsage;
  }
  // Nobody could know them otherwise.
  for (const std::size_t index : config->made_up) {
    const mock::AccountOptions& account = config->accounts[index];
    std::fprintf(stderr, "accounts[%zu] %s: key %s, secret %s\n", index, account.name.c_str(),
                 account.key.c_str(), account.secret.c_str());
  }
  out.default_accounts = false;
  out.accounts = std::move(config->accounts);
  return kOk;
}

}  // namespace

int Serve(const ServeOptions& options) {
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
  // Blocked before any thread starts, so that this thread alone gets them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  RaiseDescriptorLimit();

  server_options.host = address->host;
  server_options.port = address->port;
  server_options.threads = options.threads;
  server_options.seed = options.seed;
  server_options.default_settings.strict_signing = options.strict_signing;
  server_options.default_settings.rate_limits = options.rate_limits;
  for (const std::string& dialect : options.dialects) {
    const mock::Dialect value =
        dialect.ends_with("=live") ? mock::Dialect::kLive : mock::Dialect::kDocs;
    (dialect.starts_with("bingx=") ? server_options.bingx_dialect
                                   : server_options.whitebit_dialect) = value;
  }
  if (!options.quiet) server_options.on_request = PrintRequest;
  const auto server = mock::Server::Start(server_options);
  if (!server) {
    PrintError(server.error().message);
    return server.error().kind == ErrorKind::kInvalidArgument ? kUsage : kEnvironment;
  }
  const std::string url = (*server)->url();
  const std::string ready =
      R"({"event":"ready","bingx_url":")" + url + R"(","whitebit_url":")" + url + "\"}\n";
  if (!options.ready_file.empty() && !WriteReadyFile(options.ready_file, ready)) {
    PrintError("cannot write the ready file " + options.ready_file);
    return kEnvironment;
  }
  std::fputs(ready.c_str(), stdout);
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  (*server)->Stop();
  return kOk;
}

}  // namespace ocokit::cli
