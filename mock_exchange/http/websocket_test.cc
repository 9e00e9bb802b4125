// WebSocket over real sockets, frame by frame: the rules of RFC 6455 that a server has to keep.

#include "mock_exchange/http/websocket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "mock_exchange/http/listener.h"
#include "mock_exchange/testing/parrot.h"
#include "mock_exchange/testing/ws_client.h"

namespace ocokit::mock::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Parrot;
using ::testing::StartsWith;

class WebSocketTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ListenOptions options;
    options.max_body_bytes = 70'000;
    options.threads = 1;
    auto started = Listener::Start(options, [this](Request&& request) -> Answer {
      const std::string key(request.FindHeader("Sec-WebSocket-Key").value_or(""));
      return {.channel = parrot_, .websocket_key = key};
    });
    ASSERT_TRUE(started) << started.error().message;
    listener_ = std::move(*started);
  }
  [[nodiscard]] std::uint16_t port() const { return listener_->port(); }

  // What a client hears that sends these bytes: text or closing code by frame, then how the
  // connection ends.
  std::vector<std::string> HearAfter(const std::string& bytes) {
    WsClient client(port());
    client.Send(bytes);
    std::vector<std::string> out;
    while (const auto frame = client.Next()) {
      if (frame->opcode != static_cast<unsigned char>(Opcode::kClose)) {
        out.push_back(frame->payload);
        continue;
      }
      const auto byte = [&](std::size_t i) {
        return static_cast<unsigned char>(frame->payload[i]);
      };
      out.push_back(frame->payload.size() < 2
                        ? "closed"
                        : "closed " + std::to_string(byte(0) << 8U | byte(1)));
    }
    EXPECT_EQ(client.socket().end(), End::kFin);
    return out;
  }

  std::shared_ptr<Parrot> parrot_ = std::make_shared<Parrot>();
  std::unique_ptr<Listener> listener_;
};

std::string Text(std::string_view text, bool fin = true) {
  return MakeFrame(Opcode::kText, text, fin);
}
std::string More(std::string_view text, bool fin = true) {
  return MakeFrame(Opcode::kContinuation, text, fin);
}
std::string Close(unsigned code) { return MakeFrame(Opcode::kClose, CloseWith(code)); }

// Section 4.2.2 and its example.
TEST_F(WebSocketTest, ShakesHands) {
  WsClient client(port());
  EXPECT_THAT(client.answer(), StartsWith("HTTP/1.1 101 Switching Protocols\r\n"));
  EXPECT_THAT(client.answer(),
              HasSubstr("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
}

// Section 9.1: an extension that was not agreed on is not used.
TEST_F(WebSocketTest, AgreesOnNoExtension) {
  RawSocket socket(port());
  socket.Send(
      "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
  const std::string answer = socket.ReceiveBytes(100);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 101 "));
  EXPECT_THAT(answer, Not(HasSubstr("Extensions")));
}

TEST_F(WebSocketTest, CarriesMessagesOfEachLength) {
  WsClient client(port());
  for (const std::size_t size : {0U, 1U, 125U, 126U, 127U, 65535U, 65536U, 70000U}) {
    client.Send(MakeFrame(Opcode::kBinary, std::string(size, 'x')));
    EXPECT_EQ(client.Next(), (WsFrame{true, 2, std::string(size, 'x')})) << size;
  }
}

TEST_F(WebSocketTest, TakesWhatComesWithTheRequest) {
  WsClient client(port(), "/", Text("early"));
  EXPECT_EQ(client.Hear(), "early");
}

// Section 5.4.
TEST_F(WebSocketTest, PutsFragmentsTogether) {
  EXPECT_THAT(HearAfter(Text("a", false) + More("b", false) + More("") + Close(1000)),
              ElementsAre("ab", "closed 1000"));
  EXPECT_THAT(HearAfter(Text("", false) + More("", false) + More("x") + Close(1000)),
              ElementsAre("x", "closed 1000"));
}

TEST_F(WebSocketTest, TakesControlFramesBetweenFragments) {
  EXPECT_THAT(
      HearAfter(Text("a", false) + MakeFrame(Opcode::kPing, "now") + More("b") + Close(1000)),
      ElementsAre("now", "ab", "closed 1000"));
  EXPECT_EQ(parrot_->controls(), 1);
}

TEST_F(WebSocketTest, RefusesFragmentsOutOfPlace) {
  EXPECT_THAT(HearAfter(More("b")), ElementsAre("closed 1002"));
  EXPECT_THAT(HearAfter(Text("a", false) + Text("b")), ElementsAre("closed 1002"));
  EXPECT_EQ(parrot_->AwaitEnd().code, 1002);
}

// Section 5.5.
TEST_F(WebSocketTest, AnswersPings) {
  WsClient client(port());
  client.Send(MakeFrame(Opcode::kPing, "hello"));
  EXPECT_EQ(client.Next(), (WsFrame{true, 10, "hello"}));
  client.Send(MakeFrame(Opcode::kPing, std::string(125, 'x')));
  EXPECT_EQ(client.Next(), (WsFrame{true, 10, std::string(125, 'x')}));
  // One that nobody asked for is not answered.
  client.Send(MakeFrame(Opcode::kPong, "unasked") + Text("next"));
  EXPECT_EQ(client.Hear(), "next");
  EXPECT_EQ(parrot_->controls(), 3);
}

TEST_F(WebSocketTest, RefusesControlFramesThatAreLongOrInParts) {
  EXPECT_THAT(HearAfter(MakeFrame(Opcode::kPing, std::string(126, 'x'))),
              ElementsAre("closed 1002"));
  EXPECT_THAT(HearAfter(MakeFrame(Opcode::kPing, "x", /*fin=*/false)), ElementsAre("closed 1002"));
}

// Section 5.1: a client's frames are masked. Section 5.2: reserved bits and opcodes are not used.
TEST_F(WebSocketTest, RefusesFramesThatAreNone) {
  EXPECT_THAT(HearAfter(MakeFrame(Opcode::kText, "x", true, /*masked=*/false)),
              ElementsAre("closed 1002"));
  for (const unsigned char bits : {1, 2, 4}) {
    EXPECT_THAT(HearAfter(MakeFrame(Opcode::kText, "x", true, true, bits)),
                ElementsAre("closed 1002"));
  }
  for (const unsigned char opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
    EXPECT_THAT(HearAfter(MakeFrame(static_cast<Opcode>(opcode), "x")), ElementsAre("closed 1002"))
        << int{opcode};
  }
}

// Section 8.1.
TEST_F(WebSocketTest, RefusesTextThatIsNotUtf8) {
  const std::string good = "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5 \xf4\x8f\xbf\xbf";
  EXPECT_THAT(HearAfter(Text(good) + Close(1000)), ElementsAre(good, "closed 1000"));
  // A character may be cut by the end of a fragment.
  EXPECT_THAT(HearAfter(Text("\xce", false) + More("\xba") + Close(1000)),
              ElementsAre("\xce\xba", "closed 1000"));
  for (const char* bad : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xce"}) {
    EXPECT_THAT(HearAfter(Text(bad)), ElementsAre("closed 1007")) << bad;
  }
  EXPECT_EQ(parrot_->AwaitEnd().code, 1007);
  EXPECT_THAT(HearAfter(MakeFrame(Opcode::kBinary, "\xff") + Close(1000)),
              ElementsAre("\xff", "closed 1000"));
}

TEST_F(WebSocketTest, RefusesAMessageThatIsTooLong) {
  EXPECT_THAT(HearAfter(Text(std::string(70'001, 'x'))), ElementsAre("closed 1009"));
  EXPECT_EQ(parrot_->AwaitEnd().code, 1009);
}

TEST_F(WebSocketTest, RefusesAMessageThatIsTooLongInParts) {
  std::string bytes = Text(std::string(60'000, 'x'), false);
  bytes += More(std::string(60'000, 'x'));
  EXPECT_THAT(HearAfter(bytes), ElementsAre("closed 1009"));
}

// Sections 5.5.1 and 7.4.
TEST_F(WebSocketTest, AnswersAClosingFrameWithItsCode) {
  for (const unsigned code : {1000U, 1001U, 1002U, 1003U, 1007U, 1011U, 3000U, 4999U}) {
    EXPECT_THAT(HearAfter(Close(code)), ElementsAre("closed " + std::to_string(code)));
  }
  EXPECT_TRUE(parrot_->AwaitEnd().by_peer);
  EXPECT_THAT(HearAfter(MakeFrame(Opcode::kClose, "")), ElementsAre("closed 1000"));
}

TEST_F(WebSocketTest, RefusesClosingFramesThatAreNone) {
  for (const unsigned code : {0U, 999U, 1004U, 1005U, 1006U, 1016U, 2000U, 2999U}) {
    EXPECT_THAT(HearAfter(Close(code)), ElementsAre("closed 1002")) << code;
  }
  EXPECT_THAT(HearAfter(MakeFrame(Opcode::kClose, "x")), ElementsAre("closed 1002"));
  EXPECT_THAT(HearAfter(MakeFrame(Opcode::kClose, CloseWith(1000, "\xff"))),
              ElementsAre("closed 1002"));
}

TEST_F(WebSocketTest, HearsNothingBehindAClosingFrame) {
  EXPECT_THAT(HearAfter(Close(1000) + Text("late")), ElementsAre("closed 1000"));
}

TEST_F(WebSocketTest, TellsThatThePeerIsGone) {
  { WsClient client(port()); }
  const ChannelEnded how = parrot_->AwaitEnd();
  EXPECT_TRUE(how.by_peer);
  EXPECT_EQ(how.code, 1006);
}

TEST_F(WebSocketTest, SaysWhatTheChannelHasToSay) {
  WsClient client(port());
  ASSERT_TRUE(Await([&] { return parrot_->takes() > 0; }));
  parrot_->Say("one");
  EXPECT_EQ(client.Next(), (WsFrame{true, 1, "one"}));
  parrot_->Say("two");
  EXPECT_EQ(client.Hear(), "two");
  EXPECT_TRUE(Await([&] { return parrot_->written() == 2; }));
}

TEST_F(WebSocketTest, AsksAgainWhenItIsTime) {
  parrot_->AskAgainAfter(std::chrono::milliseconds(1));
  WsClient client(port());
  EXPECT_TRUE(Await([&] { return parrot_->takes() > 3; }));
}

TEST_F(WebSocketTest, EndsAsTheChannelWants) {
  using Kind = ChannelEnd::Kind;
  const auto end_with = [&](const ChannelEnd& how) {
    parrot_ = std::make_shared<Parrot>();
    WsClient client(port());
    EXPECT_TRUE(Await([&] { return parrot_->takes() > 0; }));
    parrot_->Say("last", how);
    std::string heard = client.Hear();
    while (const auto frame = client.Next()) {
      heard += " " + std::to_string(frame->opcode) + frame->payload;
      client.Send(MakeFrame(Opcode::kClose, frame->payload));
    }
    return std::pair(heard, client.socket().end());
  };
  EXPECT_EQ(end_with({Kind::kCut}), std::pair(std::string("last"), End::kFin));
  EXPECT_EQ(end_with({Kind::kClose, 1012}), std::pair("last 8" + CloseWith(1012), End::kFin));
  EXPECT_EQ(parrot_->AwaitEnd().code, 1012);
  EXPECT_FALSE(parrot_->AwaitEnd().by_peer);
  // What is on its way is thrown away.
  EXPECT_EQ(end_with({Kind::kReset}).second, End::kReset);
}

TEST_F(WebSocketTest, CutsOffWhoDoesNotRead) {
  WsClient client(port());
  ASSERT_TRUE(Await([&] { return parrot_->takes() > 0; }));
  // Until the system's own buffers are full.
  for (int i = 0; i < 2000; ++i) parrot_->Say(std::string(50'000, 'x'));
  EXPECT_EQ(parrot_->AwaitEnd().code, 1006);
  EXPECT_FALSE(parrot_->AwaitEnd().by_peer);
}

TEST_F(WebSocketTest, GoesAwayWhenTheListenerStops) {
  WsClient client(port());
  ASSERT_TRUE(Await([&] { return parrot_->takes() > 0; }));
  std::thread stop([&] { listener_->Stop(); });
  EXPECT_EQ(client.Next(), (WsFrame{true, 8, CloseWith(1001)}));
  client.Send(Close(1001));
  stop.join();
  EXPECT_EQ(parrot_->AwaitEnd().code, 1001);
  // A woken channel whose connection is gone: nothing comes of it.
  parrot_->Say("nobody hears this");
}

TEST_F(WebSocketTest, WaitsForNobodyWhenTheListenerStops) {
  WsClient client(port());
  ASSERT_TRUE(Await([&] { return parrot_->takes() > 0; }));
  listener_->Stop();
  EXPECT_EQ(listener_->connections(), 0U);
}

}  // namespace
}  // namespace ocokit::mock::http
