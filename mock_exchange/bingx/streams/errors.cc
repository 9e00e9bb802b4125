#include "mock_exchange/bingx/streams/errors.h"

#include "mock_exchange/json/writer.h"
#include "mock_exchange/streams/gzip.h"

namespace ocokit::mock::bingx {
namespace {

constexpr int kGatewayBadTopic = 100400;

Message WriteNotice(int code, std::string_view id, std::string_view text, TimePoint now) {
  JsonWriter json;
  json.BeginObject().Key("code").Integer(code).Key("id").String(id);
  json.Key("msg").String(text).Key("timestamp").Integer(ToUnixMillis(now)).EndObject();
  return streams::Compressed(json.Take());
}

Message WriteNoticeOfNone(int code, std::string_view text, TimePoint now) {
  JsonWriter json;
  json.BeginObject().Key("code").Integer(code).Key("msg").String(text);
  json.Key("timestamp").Integer(ToUnixMillis(now)).EndObject();
  return streams::Compressed(json.Take());
}

}  // namespace

Message WriteAck(std::string_view id, TimePoint now) { return WriteNotice(0, id, "SUCCESS", now); }

Message WriteBalancesAck(std::string_view id) {
  JsonWriter json;
  json.BeginObject().Key("id").String(id).Key("code").Integer(0).Key("msg").String("");
  json.Key("dataType").String("").Key("data").Null().EndObject();
  return streams::Compressed(json.Take());
}

Message WriteBadTopic(std::string_view id, std::string_view topic, int code, TimePoint now) {
  if (code != kGatewayBadTopic) return WriteNotice(code, id, "dataType not support", now);
  const std::string_view kind = topic.substr(topic.find('@') + 1);
  return WriteNoticeOfNone(code, "code:100400:" + std::string(kind) + " dataType is not supported",
                           now);
}

Message WriteUnauthorized(std::string_view id, TimePoint now) {
  return WriteNotice(100401, id, "AUTHENTICATION_FAIL", now);
}

Message WriteTooManyTopics(std::string_view id, TimePoint now) {
  return WriteNotice(80403, id, "your topic num over max " + std::to_string(kMaxTopics), now);
}

Message WriteBadRequest(TimePoint now) { return WriteNoticeOfNone(kGatewayBadTopic, "", now); }

}  // namespace ocokit::mock::bingx
