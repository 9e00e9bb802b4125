#include "client/streams/bingx_protocol.h"

#include "client/json/json_writer.h"
#include "client/streams/bingx_orders.h"
#include "client/streams/gunzip.h"
#include "ocokit/base/text.h"

namespace ocokit::client::streams {
namespace {

// A key lives for 60 minutes from its last extension (BingX API, "Listen Key").
constexpr std::chrono::minutes kExtendEvery{30};
constexpr std::chrono::minutes kExtendAgain{1};
constexpr const char* kOrdersId = "1";
constexpr const char* kAccountId = "2";

std::string TextOf(const JsonValue& object, const char* name) {
  const JsonValue* value = object.Find(name);
  return value == nullptr ? std::string() : value->text;
}

// The answer repeats what was asked with.
std::string Pong(const JsonValue& ping) {
  std::string pong = R"({"pong":)";
  AppendJsonString(pong, TextOf(ping, "ping"));
  if (ping.Find("time") != nullptr) {
    pong += R"(,"time":)";
    AppendJsonString(pong, TextOf(ping, "time"));
  }
  return pong + "}";
}

}  // namespace

Result<std::string> BingxProtocol::Prepare() {
  // A key that the venue still has is good for the next connection, too.
  if (!listen_key_.empty() && !client_.ExtendListenKey(listen_key_)) listen_key_.clear();
  if (listen_key_.empty()) {
    Result<std::string> made = client_.MakeListenKey();
    if (!made) return made;
    listen_key_ = std::move(*made);
  }
  extend_at_ = clock_->Now() + kExtendEvery;
  return "?listenKey=" + listen_key_;
}

Error BingxProtocol::WithoutKey(Error error) const {
  if (!listen_key_.empty()) error.message = Replaced(error.message, listen_key_, "***");
  return error;
}

std::vector<std::string> BingxProtocol::Greet() {
  granted_orders_ = false;
  granted_account_ = false;
  reported_ = false;
  return {R"({"id":"1","reqType":"sub","dataType":"spot.executionReport"})",
          R"({"id":"2","reqType":"sub","dataType":"ACCOUNT_UPDATE"})"};
}

Heard BingxProtocol::OnTick(bool /*ping*/) {
  if (clock_->Now() < extend_at_) return {};
  extend_at_ = clock_->Now() + kExtendEvery;
  const Result<void> extended = client_.ExtendListenKey(listen_key_);
  if (extended) return {};
  Heard heard{.problem = WithoutKey(extended.error())};
  if (extended.error().kind == ErrorKind::kNotFound) {
    listen_key_.clear();
    heard.end = "the listenKey is not known any more";
  }
  extend_at_ = clock_->Now() + kExtendAgain;
  return heard;
}

Heard BingxProtocol::OnMessage(const Message& message) {
  // The venue's frames are binary; a simulator or proxy may send them as text.
  if (!message.binary) return OnText(message.bytes);
  const auto text = Gunzip(message.bytes, max_message_bytes_);
  return text ? OnText(*text) : Heard{.is_doubtful = true};
}

Heard BingxProtocol::OnText(const std::string& text) {
  if (text == "Ping" || text == "ping") return {.answers = {"Pong"}};
  const std::optional<JsonValue> frame = ParseJson(text);
  if (!frame || !frame->Is(JsonValue::Type::kObject)) return {.is_doubtful = true};
  if (frame->Find("ping") != nullptr) return {.answers = {Pong(*frame)}};
  const std::string event = TextOf(*frame, "e");
  if (event == "listenKeyExpired") {
    listen_key_.clear();
    return {.end = "the listenKey has expired"};
  }
  if (event == "ACCOUNT_UPDATE") return OnBalances(*frame);
  const JsonValue* data = frame->Find("data");
  if (TextOf(*frame, "dataType") == "spot.executionReport" && data != nullptr) {
    return OnReport(*data);
  }
  if (frame->Find("code") != nullptr) return OnReply(*frame);
  return {};
}

Heard BingxProtocol::OnReply(const JsonValue& reply) {
  const std::string id = TextOf(reply, "id");
  const std::string code = TextOf(reply, "code");
  if (code == "0") {
    if (id == kOrdersId) granted_orders_ = true;
    if (id == kAccountId) granted_account_ = true;
    return {};
  }
  Error error{
      .kind = code == "100401" || code == "100413" ? ErrorKind::kAuth : ErrorKind::kBadRequest,
      .message = "BingX refused a subscription: " + TextOf(reply, "msg"),
      .retry_safe = true};
  if (const JsonValue* number = reply.Find("code")) error.code = ReadInteger(*number);
  error = WithoutKey(std::move(error));
  listen_key_.clear();
  return {.problem = std::move(error), .end = "a subscription was refused with code " + code};
}

Heard BingxProtocol::OnReport(const JsonValue& data) {
  reported_ = true;
  std::optional<Sighting> seen = ReadReport(data);
  if (!seen) return {.is_doubtful = true};
  return {.sightings = {std::move(*seen)}};
}

// The orders that have moved money are told before it: if none was, their frames are lost, or the
// venue has not said that a stop order triggered.
Heard BingxProtocol::OnBalances(const JsonValue& frame) {
  const JsonValue* account = frame.Find("a");
  const bool by_order = account != nullptr && TextOf(*account, "m") == "ORDER";
  const bool doubtful = by_order && !reported_;
  if (by_order) reported_ = false;
  return {.is_doubtful = doubtful};
}

Result<Reading> BingxProtocol::Read(const std::vector<Wanted>& wanted,
                                    std::optional<TimePoint> since, TimePoint* now) {
  return ReadBingxOrders(client_, wanted, since, now);
}

}  // namespace ocokit::client::streams
