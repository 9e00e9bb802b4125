#include "mock_exchange/bingx/streams/key.h"

#include <string>

#include "mock_exchange/json/response.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::bingx {
namespace {

constexpr int kNoContent = 204;
constexpr int kUnauthorized = 401;
constexpr int kNotFound = 404;

// Without a body, as the venue was seen to answer.
Reply Status(int status) { return Accept({.status = status}); }

Reply Refuse(int status, Stage stage) {
  Reply reply;
  reply.response = {.status = status};
  reply.decision = {.stage = stage, .code = status, .rule = "listen_key"};
  return reply;
}

const Parameter* KeyOf(const CallContext& call) { return call.parameters.Find("listenKey"); }

}  // namespace

Reply CreateListenKey(const CallContext& call) {
  Account& account = call.account;
  const std::string number = std::to_string(account.stream_keys.NextNumber());
  // Accounts may have one secret.
  const std::string key =
      FormatHex(account.sha256.Sign("listenKey:" + account.options.key + ":" + number));
  account.stream_keys.Add(key, call.now + account.settings.listen_key_life, call.now);
  JsonWriter json;
  json.BeginObject().Key("listenKey").String(key);
  return Accept(JsonResponse(json.EndObject()));
}

Reply ExtendListenKey(const CallContext& call) {
  const Parameter* key = KeyOf(call);
  if (key == nullptr) return Status(kNoContent);
  const TimePoint until = call.now + call.account.settings.listen_key_life;
  const bool good = call.account.stream_keys.Extend(key->value, until, call.now);
  return good ? Status(200) : Refuse(kNotFound, Stage::kEngine);
}

Reply RemoveListenKey(const CallContext& call) {
  const Parameter* key = KeyOf(call);
  if (key == nullptr) return Status(kNoContent);
  const bool good = call.account.stream_keys.Remove(key->value, call.now);
  return good ? Status(200) : Refuse(kNotFound, Stage::kEngine);
}

Reply RefuseListenKey() { return Refuse(kUnauthorized, Stage::kAuthenticate); }

}  // namespace ocokit::mock::bingx
