#include "cli/conform.h"

#include <unistd.h>

#include <chrono>
#include <climits>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/conform_run.h"
#include "cli/control_token.h"
#include "cli/exit_codes.h"
#include "cli/read_file.h"
#include "conformance/client/client_judge.h"
#include "conformance/client/simulator.h"
#include "conformance/engine/select.h"
#include "conformance/report/report.h"
#include "conformance/server/drift.h"
#include "conformance/server/server_judge.h"
#include "conformance/text/printable.h"
#include "ocokit/base/header_text.h"

namespace ocokit::cli {

using conform::Case;
using conform::ControlAddress;
using conform::Judge;
using conform::Report;
using conform::Selection;
using std::chrono::milliseconds;

namespace {

constexpr const char* kTokenOption = "--control-token-file";

std::optional<conform::Venue> VenueOf(const std::string& name) {
  if (name.empty()) return std::nullopt;
  return name == "bingx" ? conform::Venue::kBingx : conform::Venue::kWhitebit;
}

// In a command that repeats a case: which.
std::string ThisCase(const ConformOptions& options) {
  std::string out = " --seed " + std::to_string(options.seed);
  if (options.timeout_ms > 0) out += " --timeout " + std::to_string(options.timeout_ms);
  return out + " --run {case}";
}

// A word for a shell: in quotes where it needs them.
std::string Quote(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,@%+";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

Result<std::string> ReadSecret(const ConformServerOptions& options, const conform::Url& url) {
  if (!options.secret.empty()) return options.secret;
  if (!options.secret_file.empty()) return ReadFirstLine(options.secret_file, "--secret-file");
  const char* secret = std::getenv("OCOKIT_SECRET");
  if (secret != nullptr && *secret != '\0') return std::string(secret);
  if (url.IsLoopback()) return std::string("test-secret");
  return Fail(ErrorKind::kInvalidArgument,
              "--secret-file or OCOKIT_SECRET is required, with the secret");
}

ControlAddress AddressBelow(conform::Url url, std::string token) {
  url.path += "/control/v1";
  return {std::move(url), std::move(token)};
}

// What of the options a repetition needs. Reports are shown around: the key of a venue is not in
// them, and no secret is.
std::string RepeatOptions(const ConformServerOptions& server, const conform::Url& url) {
  std::string out;
  if (server.key != "test-key") out += " --key " + (url.IsLoopback() ? Quote(server.key) : "KEY");
  if (!server.secret.empty()) out += " --secret SECRET";
  if (server.may_order) out += " --may-order";
  const std::pair<const char*, const std::string*> rest[] = {
      {" --secret-file ", &server.secret_file},
      {" --stream-url ", &server.stream_url},
      {" --control ", &server.control},
      {" --control-token-file ", &server.token_file},
      {" --ca-file ", &server.ca_file}};
  for (const auto& [name, value] : rest) {
    if (!value->empty()) out += name + Quote(*value);
  }
  return out;
}

std::string OwnPath() {
  char path[PATH_MAX];
  const ssize_t size = readlink("/proc/self/exe", path, sizeof path);
  return size <= 0 ? "ocokit" : std::string(path, static_cast<std::size_t>(size));
}

// Whether the server has a control API where ocokit's own has it.
bool HasControl(const ControlAddress& address) {
  conform::ControlApi api(address, milliseconds(2000));
  const Result<nlohmann::json> health = api.Get("/health");
  return health && health->is_object() && health->value("status", "") == "ok";
}

Result<std::optional<ControlAddress>> FindControl(const ConformServerOptions& options,
                                                  const conform::Url& url) {
  if (options.live || options.control == "none") return std::nullopt;
  Result<std::string> token = ReadControlToken(options.token_file, kTokenOption);
  if (!token) return tl::unexpected(token.error());
  if (!options.control.empty()) {
    const Result<conform::Url> control = conform::ParseUrl(options.control);
    if (!control) return tl::unexpected(control.error());
    return ControlAddress{*control, std::move(*token)};
  }
  if (!url.IsLoopback() || url.tls) return std::nullopt;
  ControlAddress address = AddressBelow(url, std::move(*token));
  if (!HasControl(address)) return std::nullopt;
  return address;
}

// A WebSocket begins as HTTP.
Result<conform::Url> ParseStreamUrl(std::string text) {
  for (const auto& [scheme, http] : {std::pair("ws://", "http://"), {"wss://", "https://"}}) {
    if (text.starts_with(scheme)) text.replace(0, std::string_view(scheme).size(), http);
  }
  return conform::ParseUrl(text);
}

}  // namespace

int ConformServer(const ConformOptions& options, const ConformServerOptions& server) {
  Selection selection{.subject = conform::Subject::kServer, .venue = VenueOf(server.venue)};
  // Against a venue it is found out which dialect it speaks.
  if (!server.live) selection.dialect = options.dialect;
  selection.harmless = server.live;
  const Result<std::vector<Case>> cases = Choose(options, selection);
  if (!cases) return TellError(cases.error());
  if (options.list) return List(*cases), kOk;
  if (server.url.empty()) return Usage("--url is required: the base URL of the server");
  const Result<conform::Url> url = conform::ParseUrl(server.url);
  if (!url) return TellError(url.error());
  Result<std::string> secret = ReadSecret(server, *url);
  if (!secret) return TellError(secret.error());
  for (const Result<void>& checked :
       {CheckHeaderWord(server.key, "--key"), CheckHeaderValue(*secret, "the secret")}) {
    if (!checked) return TellError(checked.error());
  }
  auto control = FindControl(server, *url);
  if (!control) return TellError(control.error());
  conform::ServerTarget target{.venue = *selection.venue,
                               .url = *url,
                               .key = server.key,
                               .secret = std::move(*secret),
                               .dialect = server.live ? "" : options.dialect,
                               .control = std::move(*control),
                               .ca_file = server.ca_file,
                               .seed = options.seed,
                               .may_order = server.may_order || url->IsLoopback(),
                               .live = server.live};
  if (!server.stream_url.empty()) {
    const Result<conform::Url> stream_url = ParseStreamUrl(server.stream_url);
    if (!stream_url) return TellError(stream_url.error());
    target.stream_url = *stream_url;
  }
  if (options.timeout_ms > 0) target.timeout = milliseconds(options.timeout_ms);
  Report report;
  report.subject = server.url;
  report.target = server.url;
  report.dialect = target.dialect;
  report.repeat = "ocokit conform server --venue " + server.venue + " --url " + Quote(server.url);
  report.repeat += RepeatOptions(server, *url);
  report.repeat += server.live ? " --live" : " --dialect " + options.dialect;
  report.repeat += ThisCase(options);
  const std::unique_ptr<Judge> judge = conform::JudgeOfServer(std::move(target));
  const int status = Run(options, *cases, *judge, report);
  if (server.live && !report.judged.empty()) {
    std::cout << '\n'
              << conform::ForTerminal(FormatDrift(conform::ReadDrift(report.judged))) << std::flush;
  }
  return status;
}

int ConformClient(const ConformOptions& options, const ConformClientOptions& client) {
  const Result<std::vector<Case>> cases = Choose(options, {.subject = conform::Subject::kClient,
                                                           .venue = VenueOf(client.venue),
                                                           .dialect = options.dialect});
  if (!cases) return TellError(cases.error());
  if (options.list) return List(*cases), kOk;
  if (client.command.empty()) {
    return Usage("no adapter: its command goes after --, as in `-- python3 my_adapter.py`");
  }
  std::optional<conform::Simulator> simulator;
  conform::ClientTarget target;
  target.command = client.command;
  target.dialect = options.dialect;
  if (client.url.empty()) {
    Result<conform::Simulator> started = conform::Simulator::Start(OwnPath());
    if (!started) return TellError(started.error());
    simulator.emplace(std::move(*started));
    target.control = simulator->control();
    target.base_url = simulator->base_url();
  } else {
    const Result<conform::Url> url = conform::ParseUrl(client.url);
    if (!url) return TellError(url.error());
    Result<std::string> token = ReadControlToken(client.token_file, kTokenOption);
    if (!token) return TellError(token.error());
    target.control = AddressBelow(*url, std::move(*token));
    target.base_url = conform::FormatUrl(*url);
  }
  target.seed = options.seed;
  if (options.timeout_ms > 0) target.timeout = milliseconds(options.timeout_ms);
  Report report;
  report.kind = conform::Subject::kClient;
  for (const std::string& word : client.command) {
    report.target += (report.target.empty() ? "" : " ") + Quote(word);
  }
  report.subject = report.target;
  report.dialect = options.dialect;
  const std::unique_ptr<Judge> judge = conform::JudgeOfClient(std::move(target));
  report.repeat = "ocokit conform client";
  if (!client.url.empty()) report.repeat += " --url " + Quote(client.url);
  if (!client.token_file.empty()) {
    report.repeat += " --control-token-file " + Quote(client.token_file);
  }
  report.repeat += " --dialect " + options.dialect + ThisCase(options) + " -- " + report.target;
  return Run(options, *cases, *judge, report);
}

int ConformObserve(const ConformOptions& options, const ConformObserveOptions& observe) {
  Selection selection{.subject = conform::Subject::kClient, .observed = true};
  // An account's id begins with its venue.
  for (const char* venue : {"bingx", "whitebit"}) {
    if (observe.account.starts_with(venue)) selection.venue = VenueOf(venue);
  }
  const Result<std::vector<Case>> cases = Choose(options, selection);
  if (!cases) return TellError(cases.error());
  if (options.list) return List(*cases), kOk;
  if (observe.account.empty()) {
    return Usage(
        "--account is required: its id, like whitebit-1; `ocokit ctl accounts` lists them");
  }
  const Result<conform::Url> url = conform::ParseUrl(observe.url);
  if (!url) return TellError(url.error());
  Result<std::string> token = ReadControlToken(observe.token_file, kTokenOption);
  if (!token) return TellError(token.error());
  Report report;
  report.kind = conform::Subject::kClient;
  report.subject = observe.account;
  report.target = observe.url + " " + observe.account;
  report.repeat =
      "ocokit conform observe --url " + Quote(observe.url) + " --account " + Quote(observe.account);
  if (!observe.token_file.empty()) {
    report.repeat += " --control-token-file " + Quote(observe.token_file);
  }
  report.repeat += ThisCase(options);
  const std::unique_ptr<Judge> judge =
      conform::JudgeOfJournal({AddressBelow(*url, std::move(*token)), observe.account});
  return Run(options, *cases, *judge, report);
}

int ConformReport(const ConformReportOptions& options) {
  std::vector<Report> reports;
  for (const std::string& path : options.files) {
    const Result<std::string> text = ReadFile(path);
    if (!text) return TellError(text.error());
    Result<Report> report = conform::ReadJson(*text);
    if (!report) return Usage(path + ": " + report.error().message);
    reports.push_back(std::move(*report));
  }
  if (const Result<void> written = WriteFile(options.html, conform::FormatHtml(reports));
      !written) {
    return TellError(written.error());
  }
  return kOk;
}

}  // namespace ocokit::cli
