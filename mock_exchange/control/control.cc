#include "mock_exchange/control/control.h"

#include <algorithm>
#include <array>
#include <optional>

#include "mock_exchange/control/call.h"
#include "mock_exchange/control/hide.h"
#include "mock_exchange/control/metrics.h"
#include "mock_exchange/control/openapi.h"
#include "mock_exchange/wire/request.h"
#include "ocokit/base/address.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"
#include "ocokit/base/text.h"

namespace ocokit::mock {
namespace {

using control::Call;
using control::WriteProblem;

constexpr std::string_view kBase = "/control/v1";
constexpr std::string_view kFixed = "*";

struct Route {
  std::string_view method;
  std::string_view path;  // below kBase; {} stands for one segment
  Answer (*answer)(const Call&);
  std::string_view parameters;  // names of the query's, apart by blanks
  // Members of the reply that are shown as they are, apart by blanks, though one may be a secret:
  // accounts are told their own. kFixed: nothing in it comes from a caller.
  std::string_view as_it_is = {};
};

constexpr std::array kRoutes = {
    Route{"GET", "/health", control::GetHealth, "", kFixed},
    Route{"GET", "/openapi.json", control::GetOpenApi, "", kFixed},
    Route{"GET", "/journal", control::GetStrays, "after limit full tail"},
    Route{"POST", "/doctor", control::PostDoctor, ""},
    Route{"GET", "/accounts", control::ListAccounts, "", "key"},
    Route{"POST", "/accounts", control::AddAccount, "", "key secret"},
    Route{"GET", "/accounts/{}", control::GetAccount, "", "key"},
    Route{"DELETE", "/accounts/{}", control::DeleteAccount, ""},
    Route{"POST", "/accounts/{}/reset", control::ResetAccount, "", "key"},
    Route{"POST", "/accounts/{}/snapshot", control::PostSnapshot, ""},
    Route{"POST", "/accounts/{}/restore", control::PostRestore, ""},
    Route{"GET", "/accounts/{}/snapshots", control::ListSnapshots, ""},
    Route{"DELETE", "/accounts/{}/snapshots/{}", control::DeleteSnapshot, ""},
    Route{"PUT", "/accounts/{}/balances", control::PutBalances, ""},
    Route{"PUT", "/accounts/{}/positions", control::PutPositions, ""},
    Route{"GET", "/accounts/{}/settings", control::GetSettings, ""},
    Route{"PUT", "/accounts/{}/settings", control::PutSettings, ""},
    Route{"GET", "/accounts/{}/markets/{}/price", control::GetPrice, ""},
    Route{"PUT", "/accounts/{}/markets/{}/price", control::PutPrice, ""},
    Route{"POST", "/accounts/{}/markets/{}/replay", control::PostReplay, ""},
    Route{"GET", "/accounts/{}/markets/{}/book", control::GetBook, ""},
    Route{"PUT", "/accounts/{}/markets/{}/book", control::PutBook, ""},
    Route{"DELETE", "/accounts/{}/markets/{}/book", control::DeleteBook, ""},
    Route{"GET", "/accounts/{}/clock", control::GetClock, ""},
    Route{"POST", "/accounts/{}/clock", control::PostClock, ""},
    Route{"GET", "/accounts/{}/orders", control::GetOrders, "open"},
    Route{"GET", "/accounts/{}/events", control::GetEvents, "after limit"},
    Route{"GET", "/accounts/{}/events/stream", control::StreamEvents, "after"},
    Route{"GET", "/accounts/{}/streams", control::ListStreams, ""},
    Route{"DELETE", "/accounts/{}/streams/{}", control::DeleteStream, "code reset"},
    Route{"GET", "/accounts/{}/frames", control::GetFrames, "after limit stream full"},
    Route{"GET", "/accounts/{}/frames/stream", control::StreamFrames, "after stream full"},
    Route{"GET", "/accounts/{}/faults", control::ListFaults, ""},
    Route{"POST", "/accounts/{}/faults", control::AddFault, ""},
    Route{"DELETE", "/accounts/{}/faults", control::ClearFaults, ""},
    Route{"GET", "/accounts/{}/faults/{}", control::GetFault, ""},
    Route{"DELETE", "/accounts/{}/faults/{}", control::DeleteFault, ""},
    Route{"GET", "/accounts/{}/journal", control::GetJournal, "after limit full tail"},
    Route{"DELETE", "/accounts/{}/journal", control::ClearJournal, ""},
    Route{"GET", "/accounts/{}/journal/stream", control::StreamJournal, "after full"},
    Route{"GET", "/accounts/{}/journal.har", control::GetHar, "after full"},
};

std::vector<std::string_view> Split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    if (end != 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

// A path with an empty segment is like none of ours: a name that was left out must not make another
// call of it.
bool HasEmptySegment(std::string_view path) {
  return path.ends_with('/') || path.find("//") != std::string_view::npos;
}

// What stands where the pattern has {}; none when the path is another.
std::optional<std::vector<std::string>> Match(std::string_view pattern, std::string_view path) {
  const auto want = Split(pattern, '/');
  const auto have = Split(path, '/');
  if (want.size() != have.size()) return std::nullopt;
  std::vector<std::string> out;
  for (std::size_t i = 0; i < want.size(); ++i) {
    if (want[i] == "{}") {
      out.push_back(PercentDecode(have[i], /*plus_is_blank=*/false));
    } else if (want[i] != have[i]) {
      return std::nullopt;
    }
  }
  return out;
}

// Errors: a parameter that the call does not have, or that is given twice.
control::Or<std::map<std::string, std::string>> ReadQuery(const Route& route,
                                                          std::string_view query) {
  std::map<std::string, std::string> out;
  const auto known = Split(route.parameters, ' ');
  for (const std::string_view pair : Split(query, '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string name = PercentDecode(pair.substr(0, equals), true);
    const std::string value = PercentDecode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (std::ranges::find(known, name) == known.end()) {
      std::string message = "no parameter \"" + name + "\" here; there ";
      message += known.empty() ? "is none" : "are: " + std::string(route.parameters);
      return tl::unexpected<Answer>(WriteProblem(400, message, name));
    }
    if (!out.emplace(name, value).second) {
      return tl::unexpected<Answer>(WriteProblem(400, name + " is given twice", name));
    }
  }
  return out;
}

// Whether a Host header has an IP address, which no web page's name can be, or localhost.
bool IsLocalName(std::string_view host) {
  if (host.starts_with('[')) {
    const std::size_t end = std::min(host.find(']'), host.size());
    return IsAddress(host.substr(1, end - 1));
  }
  host = host.substr(0, host.find(':'));
  if (IsAddress(host)) return true;
  if (host.ends_with('.')) host.remove_suffix(1);
  return EqualIgnoringCase(host, "localhost");
}

}  // namespace

struct Control::Impl {
  // Who may not call, and why; none: this one may.
  [[nodiscard]] std::optional<Answer> Refuse(const Request& request) const {
    // A page that a person on this machine looks at could call, too; browsers say which page it is,
    // and which name they took for this server's.
    const std::string_view host = HostOf(request);
    const auto origin = request.FindHeader("Origin");
    if (origin && !origin->ends_with("://" + std::string(host))) {
      return WriteProblem(403, "a web page of another origin may not call the control API");
    }
    if (token.empty()) {
      if (IsLocalName(host) || host.empty()) return std::nullopt;
      return WriteProblem(403,
                          "without a control token the Host must be an IP address or localhost, "
                          "not \"" +
                              std::string(host) + "\"");
    }
    constexpr std::string_view kScheme = "Bearer ";
    const auto given = request.FindHeader("Authorization").value_or("");
    const bool bearer = EqualIgnoringCase(given.substr(0, kScheme.size()), kScheme);
    if (bearer && ConstantTimeEqual(given.substr(kScheme.size()), token)) return std::nullopt;
    Answer out =
        WriteProblem(401, given.empty() ? "the header Authorization: Bearer TOKEN is needed"
                                        : "this is not the control token");
    out.more_headers.push_back({"WWW-Authenticate", "Bearer realm=\"ocokit control\""});
    return out;
  }

  // `as_it_is`: that of the route that answered.
  [[nodiscard]] Answer Dispatch(const Request& request, std::string_view path,
                                std::string_view& as_it_is) const {
    std::string allowed;
    for (const Route& route : kRoutes) {
      auto arguments = Match(route.path, path);
      if (!arguments) continue;
      const bool head = request.method == "HEAD" && route.method == "GET";
      if (request.method != route.method && !head) {
        allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
        continue;
      }
      auto query = ReadQuery(route, request.Query());
      if (!query) return query.error();
      Answer out = route.answer(
          {request, exchange, control::Schemas(), std::move(*arguments), std::move(*query)});
      if (out.response->status < 400) as_it_is = route.as_it_is;
      return out;
    }
    if (allowed.empty()) {
      return WriteProblem(404, "the control API has no \"" + std::string(path) +
                                   "\"; GET /control/v1/openapi.json lists what it has");
    }
    Answer out = WriteProblem(405, std::string(path) + " takes " + allowed);
    out.more_headers.push_back({"Allow", allowed});
    return out;
  }

  [[nodiscard]] Answer Decide(const Request& request, std::string_view& as_it_is) const {
    const std::string_view path = request.Path();
    // Whether it is up may be asked without a token.
    if (path != "/control/v1/health") {
      if (auto refusal = Refuse(request)) return std::move(*refusal);
    }
    if (path == "/metrics") {
      if (request.method != "GET" && request.method != "HEAD") {
        Answer out = WriteProblem(405, "/metrics takes GET");
        out.more_headers.push_back({"Allow", "GET, HEAD"});
        return out;
      }
      return control::GetMetrics(exchange, connections());
    }
    const bool below = path.starts_with(kBase) && path.substr(kBase.size()).starts_with('/');
    if (!below || HasEmptySegment(path)) {
      return WriteProblem(404, "the control API has no \"" + std::string(path) +
                                   "\"; GET /control/v1/openapi.json lists what it has");
    }
    return Dispatch(request, path.substr(kBase.size()), as_it_is);
  }

  Exchange& exchange;
  std::string token;
  std::function<Connections()> connections;
};

Control::Control(Exchange& exchange, std::string token, std::function<Connections()> connections)
    : impl_(std::make_unique<Impl>(Impl{exchange, std::move(token), std::move(connections)})) {}

Control::~Control() = default;

bool Control::Owns(std::string_view path) {
  return path == "/metrics" || path.starts_with("/control/") || path == "/control";
}

Answer Control::AnswerTo(const Request& request) const {
  std::string_view as_it_is;
  Answer out = impl_->Decide(request, as_it_is);
  if (as_it_is != kFixed) control::HideSecrets(impl_->exchange.secrets(), as_it_is, out);
  if (out.response->status < 400) return out;
  // A refusal may quote what the call gave, such as the secret of an account that was not made.
  SecretFilter given;
  for (const std::string& secret : control::SecretsIn(request.body)) given.Add(secret);
  control::HideSecrets(given, "", out);
  return out;
}

}  // namespace ocokit::mock
