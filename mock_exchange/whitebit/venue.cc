#include "mock_exchange/whitebit/venue.h"

#include <algorithm>

#include "mock_exchange/streams/upgrade.h"
#include "mock_exchange/whitebit/authenticate.h"
#include "mock_exchange/whitebit/call.h"
#include "mock_exchange/whitebit/limits.h"
#include "mock_exchange/whitebit/market/answer.h"
#include "mock_exchange/whitebit/streams/frame_facts.h"
#include "mock_exchange/whitebit/streams/stream.h"

namespace ocokit::mock::whitebit {
namespace {

bool MayUse(const Route& route, const Account& account) {
  const bool kind =
      route.access == Access::kTrade ? account.rights.can_trade : account.rights.can_read;
  return kind && account.MayCall(route.path);
}

// Whether a JSON text is written as compact serializers do: without blanks outside strings, and
// without `\/` and `\u` inside them. The venue takes no other payload; the dialect `docs` does.
bool IsCompact(std::string_view json) {
  // Most have no blank and no escape anywhere, which takes no look at each character.
  const auto has = [&](char c) { return json.find(c) != std::string_view::npos; };
  if (!has(' ') && !has('\n') && !has('\r') && !has('\t') && !has('\\')) return true;
  bool inside = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (!inside && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) return false;
    if (c == '"') inside = !inside;
    if (c != '\\') continue;
    ++i;
    if (i < json.size() && (json[i] == '/' || json[i] == 'u')) return false;
  }
  return true;
}

// What of an accepted request goes beyond the documents' rule of signing.
void NoteLenience(const Request& request, const Settings& settings, Decision& decision) {
  // Not accepted unless the account's settings allow them.
  if (settings.uppercase_signature && decision.lenient.empty()) {
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'F'; };
    const auto signature = request.FindHeader("X-TXC-SIGNATURE");
    if (signature && std::ranges::any_of(*signature, is_upper)) {
      decision.lenient = "upper-case signature";
    }
  }
  if (decision.lenient.empty() && !IsCompact(request.body)) {
    decision.lenient = "payload is not compact JSON";
  }
}

// Answers a call whose asker is known.
Reply AnswerAuthenticated(const Route& route, const Request& request, const CallContext& call) {
  if (auto refused = CheckLimits(route, request, call.account, call.now)) return *refused;
  if (!MayUse(route, call.account)) {
    return Refuse(call, Stage::kAuthenticate, {ErrorId::kEndpointNotAllowed});
  }
  Reply reply = route.answer(call);
  if (reply.decision.accepted) NoteLenience(request, call.account.settings, reply.decision);
  return reply;
}

Reply AnswerRoute(const Route& route, const Request& request, Account* caller, Account& view,
                  TimePoint now) {
  if (route.access == Access::kPublic) {
    if (auto refused = CheckLimits(route, request, view, now)) return *refused;
    return route.answer_public({request, view, now});
  }
  const auto refuse = [&](const Refusal& refusal) {
    return WriteRefusal(refusal, Stage::kAuthenticate, view.settings);
  };
  // An absent key header is answered as an unknown key.
  if (caller == nullptr) return refuse({ErrorId::kUnknownKey});
  const auto body = Authenticate(route, request, *caller, now);
  if (!body) return refuse(body.error());
  const auto authenticated = std::chrono::steady_clock::now();
  Reply reply = AnswerAuthenticated(route, request, {*body, *caller, now});
  reply.authenticated = authenticated;
  return reply;
}

}  // namespace

bool WhitebitApi::Owns(std::string_view path) const {
  return path.starts_with("/api/") || HasStreams(path);
}

bool WhitebitApi::HasStreams(std::string_view path) const { return path == "/ws"; }

Reply WhitebitApi::Handle(const Request& request, Account* caller, Account& view) const {
  const TimePoint now = view.clock.Now();
  if (auto banned = FindBan(request, view, now)) return *banned;
  if (HasStreams(request.Path())) {
    if (auto refused = CheckStreamLimit(request, view, now)) return *refused;
    return streams::AnswerUpgrade(request);
  }
  const Route* route = FindRoute(request.method, request.Path());
  if (route == nullptr) return WriteNotFound(UnknownCall(Routes(), request.Path()));
  Reply reply = AnswerRoute(*route, request, caller, view, now);
  reply.row = RowOf(Routes(), *route);
  return reply;
}

std::string WhitebitApi::StreamKeyOf(const Request& /*request*/) const {
  return "";  // a client shows it in a message
}

std::shared_ptr<streams::Stream> WhitebitApi::OpenStream(const Request& request,
                                                         std::shared_ptr<Account> account,
                                                         streams::StreamHost& host) const {
  return std::make_shared<WhitebitStream>(host, std::move(account), request);
}

streams::FrameFacts WhitebitApi::FactsOf(std::string_view text) const {
  return whitebit::FactsOf(text);
}

Reply WhitebitApi::RateLimited(const Request& request, const Account& view) const {
  const Route* route = FindRoute(request.method, request.Path());
  return RefuseFor(route != nullptr ? route->limit.per : seconds(10), view.settings);
}

}  // namespace ocokit::mock::whitebit
