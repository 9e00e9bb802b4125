#include "conformance/server/streams.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "conformance/server/expectation.h"
#include "conformance/server/json_value.h"
#include "conformance/server/parameters.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform::server {
namespace {

using nlohmann::json;
using std::chrono::steady_clock;

constexpr int kSwitchingProtocols = 101;
// Messages that one expectation may pass over.
constexpr int kMostPassedOver = 10'000;
constexpr std::size_t kMostBytesPassedOver = std::size_t{16} << 20;

const json& MemberOrEmpty(const json& object, const char* name) {
  static const json kNone = json::object();
  const auto found = object.find(name);
  return found == object.end() ? kNone : *found;
}

std::string Describe(const Heard& heard) {
  if (heard.kind == Heard::Kind::kMessage) return heard.text;
  if (heard.kind == Heard::Kind::kPong) return "a pong";
  if (!heard.code) return "the end without a closing frame";
  return "the end with the code " + std::to_string(*heard.code);
}

std::string QueryOf(const json& values, const Maker& maker, const Saved& saved) {
  std::string out;
  for (const auto& [name, value] : values.items()) {
    out += (out.empty() ? "?" : "&") + name + '=' +
           PercentEncode(Write(name, ValueText(value, maker, saved)).text);
  }
  return out;
}

// A handshake's headers, with what the step changes about them.
Headers HandshakeHeaders(const json& open, const Maker& maker, const std::string& key) {
  Headers headers = {{"Host", maker.authority},
                     {"Upgrade", "websocket"},
                     {"Connection", "Upgrade"},
                     {"Sec-WebSocket-Version", "13"},
                     {"Sec-WebSocket-Key", key}};
  for (const auto& [name, value] : MemberOrEmpty(open, "headers").items()) {
    std::erase_if(headers, [&name = name](const auto& header) { return header.first == name; });
    if (value.is_string()) headers.emplace_back(name, value.get<std::string>());
  }
  return headers;
}

// What a message is held against first: whether it is one of those that the step looks for.
bool IsOf(const json& expected, const std::string& text, const Saved& saved) {
  if (!expected.contains("of")) return true;
  const auto value = ParseJson(text);
  return value && !Match(expected.at("of"), &*value, saved);
}

}  // namespace

bool SendsNoOrder(const json& step) {
  std::string all;
  for (const char* name : {"send", "text"}) {
    if (step.contains(name)) all += step.at(name).dump();
  }
  for (const json& frame : MemberOrEmpty(step, "frames")) {
    // Bytes that are not read here could be anything.
    if (frame.contains("hex") && frame.at("hex").get_ref<const std::string&>().size() > 64) {
      return false;
    }
    if (frame.contains("text")) all += frame.at("text").get<std::string>();
    if (frame.contains("json")) all += frame.at("json").dump();
  }
  return all.find("order_") == std::string::npos;
}

OpenStream::Until Streams::Deadline() const { return steady_clock::now() + target_.timeout; }

std::optional<Mismatch> Streams::Play(const json& step, const Maker& maker) {
  const auto name = step.at("stream").get<std::string>();
  if (step.contains("open")) {
    if (auto wrong = Open(step, maker)) return wrong;
  }
  const auto found = open_.find(name);
  if (found == open_.end()) {
    if (step.contains("open") && !step.contains("expect")) return {};
    throw std::invalid_argument("no stream " + name + " is open");
  }
  OpenStream& stream = *found->second;
  if (step.contains("send") || step.contains("text") || step.contains("frames")) {
    const auto new_key = [&stream] { return stream.NewKey(); };
    stream.Send(MakeStreamBytes(step, maker, saved_, new_key),
                step.value("wire", "usual") == "pieces", target_.timeout);
  }
  if (step.contains("expect")) {
    if (auto wrong = Expect(step, stream)) return wrong;
  }
  if (step.value("drop", false)) open_.erase(found);
  return {};
}

std::optional<Mismatch> Streams::Open(const json& step, const Maker& maker) {
  const auto name = step.at("stream").get<std::string>();
  const json& open = step.at("open");
  const std::string usual = target_.venue == Venue::kBingx ? "/market" : "/ws";
  const Url& url = target_.stream_url ? *target_.stream_url : target_.url;
  const std::string path = url.path + account_.stream_prefix() + open.value("path", usual);
  const std::string target = path + QueryOf(MemberOrEmpty(open, "query"), maker, saved_);
  const std::string seed = maker.keys.key + "/" + name + "/" + std::to_string(++opened_);
  const std::string key = FormatBase64(Hash(HashKind::kMd5, seed));
  Maker here = maker;
  here.authority = url.Authority();
  const std::string request =
      FormatRequest(open.value("method", "GET"), target, HandshakeHeaders(open, here, key), "");
  WireEntry entry{"stream " + name + ": handshake", request, "", "", {}};
  auto connection = Connection::Open(url, target_.timeout, target_.ca_file);
  if (!connection) return Mismatch{"the handshake", "a reply", connection.error().message};
  (void)connection->Write(request, target_.timeout);  // a refusal may have come before
  const auto reply = connection->Read(target_.timeout);
  entry.got = reply ? reply->raw : reply.error().raw;
  if (!reply) entry.note = reply.error().message;
  wire_.push_back(std::move(entry));
  if (!reply) return Mismatch{"the handshake", "a whole HTTP reply", reply.error().message};
  const json& wanted = open.contains("reply") ? open.at("reply") : json{{"http", 101}};
  if (auto wrong = Check(wanted, target_.venue, *reply, saved_)) return wrong;
  if (reply->status != kSwitchingProtocols) return {};
  if (std::string wrong = WrongInHandshake(*reply, key); !wrong.empty()) {
    return Mismatch{"the handshake", "as RFC 6455 has it", std::move(wrong)};
  }
  open_[name] =
      std::make_unique<OpenStream>(name, WebSocket(std::move(*connection)), target_.venue,
                                   open.value("heartbeat", "kit") == "kit", opened_, wire_);
  return {};
}

std::optional<Mismatch> Streams::Expect(const json& step, OpenStream& stream) {
  const json& expected = step.at("expect");
  if (expected.contains("pong")) return ExpectPong(expected.at("pong"), stream);
  if (expected.contains("closed")) return ExpectEnd(expected, stream);
  if (expected.value("nothing", false)) return ExpectNothing(expected, stream);
  return ExpectMessages(step, stream);
}

std::optional<Mismatch> Streams::ExpectMessages(const json& step, OpenStream& stream) {
  const json& expected = step.at("expect");
  if (expected.contains("messages")) {
    for (const json& wanted : expected.at("messages")) {
      if (auto wrong = ExpectMessage(expected, wanted, stream, nullptr)) return wrong;
    }
    return {};
  }
  JsonValue message;
  const json& wanted = expected.contains("json") ? expected.at("json") : json();
  if (auto wrong = ExpectMessage(expected, wanted, stream, &message)) return wrong;
  for (const auto& [name, pointer] : MemberOrEmpty(step, "save").items()) {
    const auto where = pointer.get<std::string>();
    const JsonValue* value = message.At(where);
    if (value == nullptr) return Mismatch{where, "a value", "nothing"};
    saved_[name] = *value;
  }
  return {};
}

Result<Heard, Mismatch> Streams::Seek(OpenStream& stream, const Looked& looked_for) {
  const auto until = Deadline();
  std::deque<Heard> others;
  std::size_t bytes = 0;
  Result<Heard, Mismatch> found = tl::unexpected(
      Mismatch{"the stream", "what is looked for", "more messages than the kit keeps"});
  for (int i = 0; i < kMostPassedOver && bytes <= kMostBytesPassedOver; ++i) {
    auto heard = stream.Next(until);
    const bool ends = !heard || heard->kind == Heard::Kind::kEnd || looked_for(*heard);
    if (ends) {
      found = std::move(heard);
      break;
    }
    bytes += heard->text.size();
    others.push_back(std::move(*heard));
  }
  // They wait for a step that looks for them.
  stream.PutBack(std::move(others));
  return found;
}

std::optional<Mismatch> Streams::ExpectMessage(const json& expected, const json& wanted,
                                               OpenStream& stream, JsonValue* kept) {
  const auto message = Seek(stream, [&](const Heard& heard) {
    return heard.kind == Heard::Kind::kMessage && IsOf(expected, heard.text, saved_);
  });
  if (!message) return message.error();
  if (message->kind == Heard::Kind::kEnd) {
    return Mismatch{"the stream", "a message", Describe(*message)};
  }
  if (expected.contains("as") && (expected.at("as") == "gzip") != message->binary) {
    const char* const kinds[] = {"a text frame", "a binary frame"};
    return Mismatch{"the message", kinds[expected.at("as") == "gzip"], kinds[message->binary]};
  }
  if (expected.contains("text")) {
    const JsonValue text = StringValue(message->text);
    if (auto wrong = Match(expected.at("text"), &text, saved_, "the message")) return wrong;
  }
  if (wanted.is_null() && !expected.contains("json")) return {};
  auto value = ParseJson(message->text);
  if (!value) {
    return Mismatch{"the message", "JSON", value.error().message + ": " + message->text};
  }
  if (auto wrong = Match(wanted, &*value, saved_)) return wrong;
  if (kept != nullptr) *kept = std::move(*value);
  return {};
}

std::optional<Mismatch> Streams::ExpectPong(const json& wanted, OpenStream& stream) {
  const auto pong =
      Seek(stream, [](const Heard& heard) { return heard.kind == Heard::Kind::kPong; });
  if (!pong) return pong.error();
  if (pong->kind == Heard::Kind::kEnd) return Mismatch{"the stream", "a pong", Describe(*pong)};
  const JsonValue payload = StringValue(pong->text);
  return Match(wanted, &payload, saved_, "the pong");
}

std::optional<Mismatch> Streams::ExpectEnd(const json& expected, OpenStream& stream) {
  const bool alone = expected.value("nothing", false);
  const auto end = Seek(
      stream, [alone](const Heard& heard) { return alone && heard.kind == Heard::Kind::kMessage; });
  if (!end) return end.error();
  if (end->kind != Heard::Kind::kEnd) {
    return Mismatch{"the stream", "its end, and nothing before", Describe(*end)};
  }
  JsonValue code;
  code.kind = JsonValue::Kind::kNumber;
  if (end->code) code.text = std::to_string(*end->code);
  return Match(expected.at("closed"), end->code ? &code : nullptr, saved_,
               "the closing frame's code");
}

// What a server has said before it answers has come before the answer: nothing is waited for.
std::optional<Mismatch> Streams::ExpectNothing(const json& expected, OpenStream& stream) {
  const int number = stream.NextMarker();
  const bool is_bingx = target_.venue == Venue::kBingx;
  // A request that every server answers and that changes nothing: a topic that there is not, and a
  // ping.
  const std::string marker = (is_bingx ? "ocokit-marker-" : "90000000") + std::to_string(number);
  const json request =
      is_bingx ? json{{"id", marker}, {"reqType", "sub"}, {"dataType", marker}}
               : json{{"id", std::stoll(marker)}, {"method", "ping"}, {"params", json::array()}};
  stream.Send(BytesOfText(request.dump(), [&stream] { return stream.NewKey(); }), false,
              target_.timeout);
  const auto is_answer = [&](const Heard& heard) {
    return heard.kind == Heard::Kind::kMessage && heard.text.find(marker) != std::string::npos;
  };
  const auto heard = Seek(stream, [&](const Heard& each) {
    return is_answer(each) ||
           (each.kind == Heard::Kind::kMessage && IsOf(expected, each.text, saved_));
  });
  if (!heard) return heard.error();
  if (is_answer(*heard)) return {};
  return Mismatch{"the stream", "no further message", Describe(*heard)};
}

}  // namespace ocokit::conform::server
