#include "mock_exchange/bingx/venue.h"

#include "mock_exchange/bingx/authenticate.h"
#include "mock_exchange/bingx/limits.h"
#include "mock_exchange/bingx/market_data.h"
#include "mock_exchange/bingx/oco.h"
#include "mock_exchange/bingx/signature.h"

namespace ocokit::mock::bingx {
namespace {

Reply Answer(const Route& route, const CallContext& call) {
  switch (route.call) {
    case Call::kServerTime:
      return GetServerTime(call);
    case Call::kCreate:
      return CreateOco(call);
    case Call::kCancel:
      return CancelOco(call);
    case Call::kOrderList:
      return GetOcoList(call);
    case Call::kOpenOrderList:
      return GetOpenOcoLists(call);
    case Call::kHistoryOrderList:
      return GetOcoHistory(call);
  }
  return call.Refuse({ErrorId::kUnknownPath}, Stage::kRoute);
}

}  // namespace

bool BingxApi::Owns(std::string_view path) const { return path.starts_with("/openApi/"); }

Reply BingxApi::Handle(const Request& request, Account* caller, Account& view) const {
  const TimePoint now = view.clock.Now();
  const Wording wording = WordingFor(view);
  const auto refuse = [&](ErrorId id, Stage stage) {
    return WriteRefusal({id}, stage, now, wording);
  };
  const Route* route = FindRoute(request.method, request.Path());
  if (route == nullptr) return refuse(ErrorId::kUnknownPath, Stage::kRoute);
  if (route->access == Access::kPublic) return Answer(*route, {ReadParameters(request), view, now});
  const auto key = request.FindHeader(key_header());
  if (!key || key->empty()) return refuse(ErrorId::kNullKey, Stage::kAuthenticate);
  // No document tells a disabled key from an unknown one.
  if (caller == nullptr || !caller->options.enabled) {
    return refuse(ErrorId::kIncorrectKey, Stage::kAuthenticate);
  }
  const Parameters parameters = ReadParameters(request);
  if (parameters.body == BodyKind::kMalformedJson) {
    return refuse(ErrorId::kInvalidArguments, Stage::kRead);
  }
  const Authentication who = Authenticate(*route, request, parameters, *caller, now);
  if (who.refusal) {
    return WriteRefusal(*who.refusal, Stage::kAuthenticate, now, wording);
  }
  const std::optional<WindowState> window = CountRequest(*route, request, *caller, now);
  Reply reply = window && !window->allowed ? refuse(ErrorId::kRateLimited, Stage::kLimit)
                                           : Answer(*route, {parameters, *caller, now});
  if (window) AddLimitHeaders(*window, reply.response);
  if (who.signature_rule != kDocumentedRule) {
    reply.decision.lenient = "signature: " + std::string(who.signature_rule);
  }
  return reply;
}

}  // namespace ocokit::mock::bingx
