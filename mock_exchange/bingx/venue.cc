#include "mock_exchange/bingx/venue.h"

#include "mock_exchange/bingx/authenticate.h"
#include "mock_exchange/bingx/call.h"
#include "mock_exchange/bingx/limits.h"
#include "mock_exchange/bingx/signature.h"
#include "mock_exchange/bingx/streams/frame_facts.h"
#include "mock_exchange/bingx/streams/key.h"
#include "mock_exchange/bingx/streams/stream.h"
#include "mock_exchange/streams/upgrade.h"

namespace ocokit::mock::bingx {
namespace {

// Answers a call whose asker is known, or need not be, within its limits.
Reply AnswerWithinLimits(const Route& route, const Request& request, const CallContext& call) {
  const LimitCheck limits = CheckLimits(route, request, call.account, call.now);
  Reply reply = limits.refusal ? call.Refuse(*limits.refusal, Stage::kLimit) : route.answer(call);
  if (limits.window) AddLimitHeaders(*limits.window, reply.response);
  if (!limits.refusal && !reply.decision.accepted && route.access != Access::kPublic) {
    NoteError(route, reply.decision.code, call.account, call.now);
  }
  return reply;
}

Reply AnswerRoute(const Route& route, const Request& request, Account* caller, Account& view,
                  TimePoint now) {
  const auto refuse = [&](const Refusal& refusal, Stage stage) {
    return WriteRefusal(refusal, stage, now, WordingFor(view));
  };
  if (route.access == Access::kPublic) {
    return AnswerWithinLimits(route, request, {ReadParameters(request), view, now});
  }
  const auto key = request.FindHeader(kKeyHeader);
  if (!key || key->empty()) {
    if (route.access != Access::kStreamKey) {
      return refuse({ErrorId::kNullKey}, Stage::kAuthenticate);
    }
    return AnswerWithinLimits(route, request,
                              {ReadParameters(request), caller != nullptr ? *caller : view, now});
  }
  // No document tells a disabled key from an unknown one.
  if (caller == nullptr || !caller->rights.enabled) {
    return refuse({ErrorId::kIncorrectKey}, Stage::kAuthenticate);
  }
  const Parameters parameters = ReadParameters(request);
  if (parameters.body == BodyKind::kMalformedJson) {
    return refuse({ErrorId::kInvalidArguments}, Stage::kRead);
  }
  const Authentication who = Authenticate(route, request, parameters, *caller, now);
  if (who.refusal) return refuse(*who.refusal, Stage::kAuthenticate);
  const auto authenticated = std::chrono::steady_clock::now();
  Reply reply = AnswerWithinLimits(route, request, {parameters, *caller, now});
  reply.authenticated = authenticated;
  if (who.signature_rule != kDocumentedRule) {
    reply.decision.lenient = "signature: " + std::string(who.signature_rule);
  }
  return reply;
}

}  // namespace

bool BingxApi::Owns(std::string_view path) const {
  return path.starts_with("/openApi/") || HasStreams(path);
}

bool BingxApi::HasStreams(std::string_view path) const {
  return path == "/market" || path == "/ws";
}

Reply BingxApi::Handle(const Request& request, Account* caller, Account& view) const {
  const TimePoint now = view.clock.Now();
  if (std::optional<Reply> ban = FindBan(request, view, now)) return std::move(*ban);
  if (HasStreams(request.Path())) {
    const bool bad_key = caller == nullptr && !StreamKeyOf(request).empty();
    if (bad_key && view.settings.refuse_bad_listen_key) return RefuseListenKey();
    return streams::AnswerUpgrade(request);
  }
  const Route* route = FindRoute(request.method, request.Path());
  if (route == nullptr) {
    Reply reply = WriteRefusal({ErrorId::kUnknownPath}, Stage::kRoute, now, WordingFor(view));
    reply.decision.rule = UnknownCall(Routes(), request.Path());
    return reply;
  }
  Reply reply = AnswerRoute(*route, request, caller, view, now);
  reply.row = RowOf(Routes(), *route);
  return reply;
}

std::string BingxApi::StreamKeyOf(const Request& request) const {
  if (!HasStreams(request.Path()) && request.Path() != kListenKeyPath) return "";
  const Parameters parameters = ReadParameters(request);
  const Parameter* key = parameters.Find("listenKey");
  return key != nullptr ? key->value : "";
}

std::shared_ptr<streams::Stream> BingxApi::OpenStream(const Request& request,
                                                      std::shared_ptr<Account> account,
                                                      streams::StreamHost& host) const {
  return std::make_shared<BingxStream>(host, std::move(account), request.remote_ip,
                                       StreamKeyOf(request));
}

streams::FrameFacts BingxApi::FactsOf(std::string_view text) const { return bingx::FactsOf(text); }

Reply BingxApi::RateLimited(const Request& request, const Account& view) const {
  Reply reply =
      WriteRefusal({ErrorId::kRateLimited}, Stage::kLimit, view.clock.Now(), WordingFor(view));
  const Route* route = FindRoute(request.method, request.Path());
  if (route != nullptr && view.settings.rate_limits) {
    AddLimitHeaders({.allowed = false, .remaining = 0, .expires_in = route->limit.per},
                    reply.response);
  }
  return reply;
}

}  // namespace ocokit::mock::bingx
