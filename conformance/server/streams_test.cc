// Steps of streams against a server that says what it is told to.

#include "conformance/server/streams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <functional>
#include <nlohmann/json.hpp>

#include "base/testing/raw_server.h"
#include "conformance/net/web_socket.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform::server {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string Text(const std::string& text) { return FormatFrame({.payload = text}); }

// printf '{"ping":"1"}' | gzip -n
const std::string kGzip =
    ParseHex("1f8b0800000000000003ab562ac8cc4b57b2523254aa0500af00657a0c000000").value();

// What a server says when it has read a frame. `close`: then the connection ends.
struct Said {
  std::string bytes = {};
  bool close = false;
};
using Behaviour = std::function<Said(const Frame&)>;

class SocketServer {
 public:
  // `first` comes behind the handshake.
  SocketServer(Said first, Behaviour behaviour)
      : first_(std::move(first)),
        behaviour_(std::move(behaviour)),
        server_([this](int connection) { Serve(connection); }) {}

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_.port());
  }

 private:
  void Serve(int connection) {
    const std::string request = sockets::ReadRequest(connection);
    const std::string_view name = "Sec-WebSocket-Key: ";
    const std::size_t at = request.find(name);
    if (at == std::string::npos) {
      sockets::WriteAll(connection, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const std::size_t begin = at + name.size();
    const std::string key = request.substr(begin, request.find('\r', begin) - begin);
    sockets::WriteAll(connection,
                      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
                      "Upgrade\r\nSec-WebSocket-Accept: " +
                          AcceptFor(key) + "\r\n\r\n" + first_.bytes);
    FrameReader reader(1 << 20);
    std::array<char, 4096> buffer;
    bool closed = first_.close;
    while (!closed) {
      const ssize_t count = recv(connection, buffer.data(), buffer.size(), 0);
      if (count <= 0) return;
      reader.Put({buffer.data(), static_cast<std::size_t>(count)});
      while (const auto frame = reader.Next()) {
        const Said said = behaviour_(*frame);
        sockets::WriteAll(connection, said.bytes);
        closed = closed || said.close;
      }
    }
  }

  const Said first_;
  const Behaviour behaviour_;
  sockets::RawServer server_;  // last: its threads use the rest
};

// Answers pings of WhiteBIT, pings of the protocol, and closing frames.
Said Usual(const Frame& frame) {
  if (frame.opcode == kPingFrame) {
    return {FormatFrame({.opcode = kPongFrame, .payload = frame.payload})};
  }
  if (frame.opcode == kCloseFrame) {
    return {FormatFrame({.opcode = kCloseFrame, .payload = frame.payload}), true};
  }
  const json asked = json::parse(frame.payload, nullptr, false);
  if (!asked.is_object() || !asked.contains("id")) return {};
  return {Text(json{{"result", "pong"}, {"id", asked.at("id")}}.dump())};
}

class StreamsTest : public testing::Test {
 protected:
  // The first thing that is wrong about these steps, or nothing.
  std::optional<Mismatch> Play(const std::string& steps, Said first = {},
                               const Behaviour& behaviour = Usual) {
    SocketServer server(std::move(first), behaviour);
    target_.url = ParseUrl(server.url()).value();
    SharedAccount shared;
    const Account account(target_, shared);
    wire_.clear();
    Streams streams(target_, account, saved_, wire_);
    for (const json& step : json::parse(steps)) {
      if (auto wrong = streams.Play(step, Maker())) return wrong;
    }
    return std::nullopt;
  }
  std::string Why(const std::string& steps, Said first = {}, const Behaviour& behaviour = Usual) {
    const auto wrong = Play(steps, std::move(first), behaviour);
    return wrong ? wrong->where + ": " + wrong->wanted + ": " + wrong->got : "";
  }

  ServerTarget target_ = {.venue = Venue::kWhitebit,
                          .key = "test-key",
                          .secret = "test-secret",
                          .timeout = std::chrono::milliseconds(300)};
  Saved saved_;
  std::vector<WireEntry> wire_;
};

const std::string kOpen = R"({"stream":"s","open":{}},)";

std::string Steps(const std::string& step) { return "[" + kOpen + step + "]"; }

TEST_F(StreamsTest, AMessageIsHeldAgainstWhatIsWanted) {
  const Said first = {Text(R"({"a":1})")};
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"json":{"a":1},"as":"text"}})"), first), "");
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"json":{"a":2}}})"), first), "/a: 2: 1");
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"json":{},"as":"gzip"}})"), first),
            "the message: a binary frame: a text frame");
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"text":"x"}})"), first),
            R"(the message: "x": "{\"a\":1}")");
  EXPECT_THAT(Why(Steps(R"({"stream":"s","expect":{"json":{}}})"), {Text("hello")}),
              AllOf(HasSubstr("the message: JSON"), HasSubstr("hello")));
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"json":{}}})")),
            "the stream: a message: nothing came within 300 ms");
}

TEST_F(StreamsTest, WhatIsNotLookedForWaits) {
  const Said first = {Text(R"({"a":1})") + Text(R"({"b":2})") + Text(R"({"a":3})")};
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"of":{"b":2},"json":{"b":2}}},)"
                      R"({"stream":"s","expect":{"messages":[{"a":1},{"a":3}]}})"),
                first),
            "");
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"messages":[{"a":3},{"a":1}]}})"), first),
            "/a: 3: 1");
}

// A server that goes on and on is not kept in memory.
TEST_F(StreamsTest, MuchThatIsNotLookedForEndsTheSearch) {
  target_.timeout = std::chrono::milliseconds(20'000);
  std::string much;
  for (int i = 0; i < 17; ++i) much += Text(std::string(std::size_t{1} << 20, 'a'));
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"of":{"b":2},"json":{"b":2}}})"), {much}),
            "the stream: what is looked for: more messages than the kit keeps");
  std::size_t noted = 0;
  for (const WireEntry& entry : wire_) noted += entry.got.size();
  EXPECT_LT(noted, std::size_t{2} << 20);
}

TEST_F(StreamsTest, ValuesAreKept) {
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"json":{}},"save":{"n":"/a/0"}},)"
                      R"({"stream":"s","send":{"id":{"$saved":"n"}},"expect":{"json":{"id":7}}})"),
                {Text(R"({"a":[7]})")}),
            "");
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"json":{}},"save":{"n":"/b"}})"),
                {Text(R"({"a":[7]})")}),
            "/b: a value: nothing");
}

TEST_F(StreamsTest, NothingMeansNothingBeforeALaterAnswer) {
  const std::string nothing = R"({"stream":"s","expect":{"nothing":true}})";
  EXPECT_EQ(Why(Steps(nothing)), "");
  EXPECT_EQ(Why(Steps(nothing), {Text(R"({"a":1})")}),
            R"(the stream: no further message: {"a":1})");
  const std::string of = R"({"stream":"s","expect":{"of":{"b":2},"nothing":true}},)";
  EXPECT_EQ(Why(Steps(of + R"({"stream":"s","expect":{"json":{"a":1}}})"), {Text(R"({"a":1})")}),
            "");
  EXPECT_THAT(Why(Steps(nothing), {}, [](const Frame&) { return Said{}; }),
              HasSubstr("nothing came within 300 ms"));
  EXPECT_THAT(Why(Steps(nothing), {},
                  [](const Frame&) {
                    return Said{"", true};
                  }),
              HasSubstr("the end without a closing frame"));
}

TEST_F(StreamsTest, PongsBearTheirPayload) {
  const std::string ping =
      R"({"stream":"s","frames":[{"opcode":"ping","text":"x"}],"expect":{"pong":"x"}})";
  EXPECT_EQ(Why(Steps(ping + R"(,{"stream":"s","expect":{"json":{"a":1}}})"), {Text(R"({"a":1})")}),
            "");
  const auto empty = [](const Frame&) { return Said{FormatFrame({.opcode = kPongFrame})}; };
  EXPECT_EQ(Why(Steps(ping), {}, empty), R"(the pong: "x": "")");
}

TEST_F(StreamsTest, AStreamEndsWithACodeOrWithout) {
  const auto closed = [](const std::string& code) {
    return Steps(R"({"stream":"s","expect":{"closed":)" + code + "}}");
  };
  const std::string going = FormatFrame({.opcode = kCloseFrame, .payload = "\x03\xe9"});
  // Once the kit has answered.
  const auto gone = [](const Frame& frame) { return Said{"", frame.opcode == kCloseFrame}; };
  EXPECT_EQ(Why(closed("1001"), {going}, gone), "");
  EXPECT_EQ(Why(closed("1000"), {going}, gone), "the closing frame's code: 1000: 1001");
  EXPECT_EQ(Why(closed(R"({"$absent":true})"), {"", true}), "");
  EXPECT_EQ(Why(closed("1005"), {FormatFrame({.opcode = kCloseFrame})}, gone), "");
  EXPECT_THAT(Why(closed("1001"), {"", true}), HasSubstr("1001: nothing"));
  EXPECT_THAT(Why(closed("1001")), HasSubstr("nothing came within"));
  EXPECT_EQ(Why(closed("1001"), {Text("{}") + going}, gone), "");
  EXPECT_EQ(
      Why(Steps(R"({"stream":"s","expect":{"closed":1001,"nothing":true}})"), {Text("{}") + going}),
      "the stream: its end, and nothing before: {}");
}

TEST_F(StreamsTest, BehindAClosingFrameTheConnectionEnds) {
  const auto stays = [](const Frame& frame) { return Said{Usual(frame).bytes, false}; };
  EXPECT_THAT(Why(Steps(R"({"stream":"s","frames":[{"opcode":"close","code":1000}],)"
                        R"("expect":{"closed":1000}})"),
                  {}, stays),
              HasSubstr("behind the closing frame: the end of the connection"));
}

TEST_F(StreamsTest, WhatAServerMayNotSendFails) {
  const std::string any = R"({"stream":"s","expect":{"json":{}}})";
  EXPECT_THAT(Why(Steps(any), {FormatFrame({.key = MaskingKey{1, 2, 3, 4}, .payload = "{}"})}),
              HasSubstr("the server sent a masked frame"));
  EXPECT_THAT(Why(Steps(any), {FormatFrame({.reserved = 4, .payload = "{}"})}),
              HasSubstr("a reserved bit"));
}

TEST_F(StreamsTest, OfBingxGzipIsUnpackedAndHeartbeatsAreAnswered) {
  target_.venue = Venue::kBingx;
  const Said ping = {FormatFrame({.opcode = kBinaryFrame, .payload = kGzip})};
  const auto echo = [](const Frame& frame) {
    return Said{Text(R"({"got":)" + frame.payload + "}")};
  };
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"json":{"got":{"pong":"1"}}}})"), ping, echo), "");
  const std::string by_case = R"([{"stream":"s","open":{"heartbeat":"case"}},)";
  EXPECT_EQ(Why(by_case + R"({"stream":"s","expect":{"json":{"ping":"1"},"as":"gzip"}}])", ping),
            "");
  const auto quoted = [](const Frame& frame) { return Said{Text("\"" + frame.payload + "\"")}; };
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"json":"Pong"}})"), {Text("Ping")}, quoted), "");
  EXPECT_EQ(Why(Steps(R"({"stream":"s","expect":{"json":{}}})"),
                {FormatFrame({.opcode = kBinaryFrame, .payload = "{}"})}),
            "a binary message: one gzip member: no gzip");
}

TEST_F(StreamsTest, AHandshakeMayBeRefused) {
  const std::string keyless = R"("headers":{"Sec-WebSocket-Key":null})";
  EXPECT_EQ(Why(R"([{"stream":"s","open":{)" + keyless + R"(,"reply":{"http":400}}}])"), "");
  EXPECT_EQ(Why(R"([{"stream":"s","open":{)" + keyless + "}}]"), "HTTP status: 101: 400");
  EXPECT_EQ(Why(R"([{"stream":"s","open":{"reply":{"http":400}}}])"), "HTTP status: 400: 101");
}

TEST_F(StreamsTest, StreamsHaveNamesAndMayBeDropped) {
  EXPECT_EQ(
      Why(R"([{"stream":"a","open":{}},{"stream":"b","open":{}},)"
          R"({"stream":"a","drop":true},{"stream":"b","send":{"id":1},"expect":{"json":{"id":1}}}])"),
      "");
  EXPECT_THROW((void)Play(R"([{"stream":"a","open":{}},{"stream":"a","drop":true},)"
                          R"({"stream":"a","send":{"id":1}}])"),
               std::invalid_argument);
}

TEST_F(StreamsTest, EverythingIsOnTheWire) {
  EXPECT_EQ(Why(Steps(R"({"stream":"s","send":{"id":1},"expect":{"json":{"id":1}}})")), "");
  std::vector<std::string> wire;
  for (const WireEntry& entry : wire_) {
    wire.push_back(entry.step + "|" + entry.sent.substr(0, 14) + "|" + entry.got.substr(0, 12));
  }
  EXPECT_THAT(wire, ElementsAre("stream s: handshake|GET /ws HTTP/1|HTTP/1.1 101",
                                R"(stream s|text: {"id":1}|)", R"(stream s||{"id":1,"res)"));
}

}  // namespace
}  // namespace ocokit::conform::server
