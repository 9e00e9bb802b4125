// What a server may send on a WebSocket, and what not.

#include "conformance/net/web_socket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "conformance/testing/scripted_server.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr milliseconds kInTime{5000};
constexpr milliseconds kNotLong{50};
// RFC 6455, 1.3.
const std::string kSampleKey = "dGhlIHNhbXBsZSBub25jZQ==";
const std::string kSampleAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
const std::string kSwitching =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: " +
    kSampleAccept + "\r\n\r\n";

std::string Bytes(std::string_view hex) { return ParseHex(hex).value(); }

TEST(WebSocketTest, AcceptsTheKeyOfTheRfc) { EXPECT_EQ(AcceptFor(kSampleKey), kSampleAccept); }

TEST(WebSocketTest, JudgesAHandshake) {
  HttpReply reply;
  reply.status = 101;
  reply.headers = {{"upgrade", "WebSocket"}, {"connection", "keep-alive, Upgrade"}};
  EXPECT_EQ(WrongInHandshake(reply, kSampleKey), "it has no Sec-WebSocket-Accept");
  reply.headers.emplace_back("Sec-WebSocket-Accept", "x");
  EXPECT_THAT(WrongInHandshake(reply, kSampleKey), HasSubstr(kSampleAccept));
  reply.headers.back().second = kSampleAccept;
  EXPECT_EQ(WrongInHandshake(reply, kSampleKey), "");
  reply.headers.erase(reply.headers.begin());
  EXPECT_EQ(WrongInHandshake(reply, kSampleKey), "it has no `Upgrade: websocket`");
  reply.headers.front() = {"Upgrade", "websocket"};
  EXPECT_EQ(WrongInHandshake(reply, kSampleKey), "it has no `Connection: Upgrade`");
}

TEST(MessageReaderTest, PutsPartsTogetherAroundControlFrames) {
  MessageReader reader;
  reader.Put(Bytes("010348656c") + Bytes("890170") + Bytes("00") + Bytes("00"));
  const auto ping = reader.Next();
  ASSERT_TRUE(ping);
  EXPECT_EQ(ping->opcode, kPingFrame);
  EXPECT_FALSE(reader.Next());
  EXPECT_FALSE(reader.IsBetweenMessages());
  reader.Put(Bytes("80026c6f"));
  const auto text = reader.Next();
  ASSERT_TRUE(text);
  EXPECT_EQ(text->opcode, kTextFrame);
  EXPECT_EQ(text->payload, "Hello");
  EXPECT_TRUE(reader.IsBetweenMessages());
  EXPECT_THAT(reader.refusal(), IsEmpty());
}

// A character may be cut by a frame's end (RFC 6455, 5.6).
TEST(MessageReaderTest, ReadsACharacterInTwoFrames) {
  MessageReader reader;
  reader.Put(Bytes("0101c3") + Bytes("8001a4"));
  EXPECT_EQ(reader.Next()->payload, "\xc3\xa4");
}

struct Wrong {
  const char* hex;
  const char* why;
};

TEST(MessageReaderTest, RefusesWhatAServerMayNotSend) {
  const std::vector<Wrong> wrong = {
      {"8300", "a frame of the opcode 3"},
      {"8b00", "a frame of the opcode 11"},
      {"c10161", "a frame with a reserved bit"},
      {"818137fa213d56", "a masked frame"},
      {"817e000161", "a frame whose length stands in more bytes than it needs"},
      {"0900", "a control frame that is only a part"},
      {"800161", "a continuation of nothing"},
      {"010161810162", "a new message within another"},
      {"8102c328", "text that is no UTF-8"},
      {"880103", "a close frame with half a code"},
      {"880203ed", "a close frame with the code 1005"},
      {"880203e7", "a close frame with the code 999"},
      {"880403e8c328", "a close frame whose reason is no UTF-8"},
  };
  for (const auto& [hex, why] : wrong) {
    MessageReader reader;
    reader.Put(Bytes(hex));
    EXPECT_FALSE(reader.Next()) << why;
    EXPECT_EQ(reader.refusal(), why);
  }
  MessageReader reader;
  reader.Put(Bytes("897e007e") + std::string(126, 'a'));
  EXPECT_FALSE(reader.Next());
  EXPECT_EQ(reader.refusal(), "a control frame of more than 125 bytes");
}

TEST(MessageReaderTest, BoundsAMessageOfManyParts) {
  MessageReader reader;
  const std::string part(MessageReader::kMost / 2, 'a');
  reader.Put(FormatFrame({.fin = false, .payload = part}));
  reader.Put(FormatFrame({.fin = false, .opcode = kContinuation, .payload = part}));
  EXPECT_FALSE(reader.Next());
  EXPECT_THAT(reader.refusal(), IsEmpty());
  reader.Put(FormatFrame({.opcode = kContinuation, .payload = "a"}));
  EXPECT_FALSE(reader.Next());
  EXPECT_EQ(reader.refusal(), "an endless message");
}

// What becomes of `behind`, which comes with the answer to the handshake.
tl::expected<SocketMessage, ReadFailure> ReadBehind(const std::string& behind, bool close,
                                                    milliseconds timeout) {
  ScriptedServer server({{.bytes = kSwitching + behind, .close = close}});
  auto connection = Connection::Open(ParseUrl(server.url()).value(), kInTime);
  EXPECT_TRUE(connection);
  EXPECT_TRUE(connection->Write(FormatRequest("GET", "/ws", {{"Host", "x"}}, ""), kInTime));
  const auto reply = connection->Read(kInTime);
  EXPECT_TRUE(reply);
  EXPECT_EQ(reply->status, 101);
  EXPECT_EQ(WrongInHandshake(*reply, kSampleKey), "");
  return WebSocket(std::move(*connection)).Read(timeout);
}

TEST(WebSocketTest, ReadsWhatComesWithTheHandshake) {
  const auto message = ReadBehind(Bytes("810548656c6c6f"), false, kInTime);
  ASSERT_TRUE(message) << message.error().message;
  EXPECT_EQ(message->payload, "Hello");
}

TEST(WebSocketTest, SaysWhyNothingComes) {
  EXPECT_EQ(ReadBehind("", true, kInTime).error().why, NoReply::kClosed);
  EXPECT_EQ(ReadBehind("", false, kNotLong).error().why, NoReply::kTimeout);
  const auto cut = ReadBehind(Bytes("810548"), true, kInTime);
  EXPECT_EQ(cut.error().why, NoReply::kMalformed);
  EXPECT_EQ(cut.error().message, "the connection was closed in the middle of a message");
  const auto masked = ReadBehind(Bytes("818137fa213d56"), false, kInTime);
  EXPECT_EQ(masked.error().why, NoReply::kMalformed);
  EXPECT_EQ(masked.error().message, "the server sent a masked frame");
}

}  // namespace
}  // namespace ocokit::conform
