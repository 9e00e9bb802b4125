// How answers go out, seen from raw sockets, byte for byte.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include "mock_exchange/http/listener.h"
#include "mock_exchange/testing/hello.h"
#include "mock_exchange/testing/raw_socket.h"

namespace ocokit::mock::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::Hello;
using testing::kAsk;
using testing::kHello;
using ::testing::StartsWith;

// Text that a test gives out bit by bit.
class Script final : public TextSource {
 public:
  std::optional<std::string> Take() override {
    const std::lock_guard lock(mutex_);
    if (text_.empty() && ended_) return std::nullopt;
    return std::exchange(text_, {});
  }
  void WakeOnce(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    if (!text_.empty() || ended_) return wake();
    wake_ = std::move(wake);
    asked_.notify_all();
  }
  void Say(const std::string& text, bool end = false) {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      text_ += text;
      ended_ = end;
      wake = std::exchange(wake_, nullptr);
    }
    if (wake) wake();
  }
  // Until the connection waits for more.
  void AwaitListener() {
    std::unique_lock lock(mutex_);
    asked_.wait_for(lock, std::chrono::seconds(5), [&] { return wake_ != nullptr; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable asked_;
  std::string text_;
  bool ended_ = false;
  std::function<void()> wake_;
};

// Collects what on_sent says, each call once.
class SentLog {
 public:
  std::function<void(const Sent&)> Hook() {
    return [this](const Sent& sent) {
      const std::lock_guard lock(mutex_);
      all_.push_back(sent);
      came_.notify_all();
    };
  }
  // Those so far, once there are `count`.
  std::vector<Sent> Await(std::size_t count) {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, std::chrono::seconds(5), [&] { return all_.size() >= count; });
    return all_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<Sent> all_;
};

class DeliveryTest : public ::testing::Test {
 protected:
  // `/plain` is answered with Hello, all else with `answer`.
  void Start(std::function<Answer()> answer, const ListenOptions& options = {}) {
    auto started =
        Listener::Start(options, [this, answer = std::move(answer)](const Request& request) {
          if (request.target == "/plain") return Hello();
          Answer out = answer();
          if (!out.next) out.on_sent = log_.Hook();
          return out;
        });
    ASSERT_TRUE(started) << started.error().message;
    listener_ = std::move(*started);
  }
  void Deliver(const Delivery& delivery, const ListenOptions& options = {}) {
    Start(
        [delivery] {
          Answer answer = Hello();
          answer.delivery = delivery;
          return answer;
        },
        options);
  }
  [[nodiscard]] std::uint16_t port() const { return listener_->port(); }

  SentLog log_;
  std::unique_ptr<Listener> listener_;
};

using Kind = Delivery::Kind;

TEST_F(DeliveryTest, AResetIsSeenAsSuchWithNothingBefore) {
  Deliver({.kind = Kind::kReset});
  RawSocket socket(port());
  socket.Send(kAsk);
  EXPECT_EQ(socket.ReceiveAll(), "");
  EXPECT_EQ(socket.end(), End::kReset);
  const auto sent = log_.Await(1);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent.front().bytes, 0U);
  EXPECT_FALSE(sent.front().failed);
}

TEST_F(DeliveryTest, AHalfCloseEndsOneSideOnly) {
  Deliver({.kind = Kind::kHalfClose});
  RawSocket socket(port());
  socket.Send(kAsk);
  EXPECT_EQ(socket.ReceiveAll(), "");
  EXPECT_EQ(socket.end(), End::kFin);
  // What is sent now is read and dropped: a closed socket would have answered it with a reset.
  const std::string chunk(65536, 'x');
  for (int i = 0; i < 64; ++i) ASSERT_TRUE(socket.Send(chunk)) << i;
  EXPECT_EQ(socket.ReceiveAll(), "");
  EXPECT_EQ(socket.end(), End::kFin);
  EXPECT_EQ(log_.Await(1).size(), 1U);
  EXPECT_EQ(listener_->connections(), 1U);
}

TEST_F(DeliveryTest, AHalfClosedConnectionDoesNotHoldUpStop) {
  Deliver({.kind = Kind::kHalfClose});
  RawSocket socket(port());
  socket.Send(kAsk);
  EXPECT_TRUE(socket.Closed());
  listener_->Stop();
  EXPECT_EQ(listener_->connections(), 0U);
}

TEST_F(DeliveryTest, AnEarlyCloseGivesTheFirstBytes) {
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{1}, std::size_t{40},
                                  kHello.size() - 1, kHello.size(), kHello.size() + 7}) {
    Deliver({.kind = Kind::kCloseEarly, .bytes = bytes});
    RawSocket socket(port());
    socket.Send(kAsk);
    EXPECT_EQ(socket.ReceiveAll(), kHello.substr(0, bytes)) << bytes;
    EXPECT_EQ(socket.end(), End::kFin) << bytes;
  }
}

TEST_F(DeliveryTest, ADripComesInPiecesAndTheConnectionGoesOn) {
  Deliver({.kind = Kind::kSlowDrip, .bytes = 30, .interval = milliseconds(30)});
  RawSocket socket(port());
  socket.Send(std::string(kAsk) + "GET /plain HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  std::vector<std::string> pieces;
  const std::string all = socket.ReceiveAll(&pieces);
  EXPECT_THAT(all, StartsWith(kHello));
  EXPECT_THAT(all, EndsWith("Connection: close\r\n\r\nhello"));
  // The last piece is shorter, and may come together with the next answer.
  std::size_t read = 0;
  const auto last = std::ranges::find_if(
      pieces, [&](const std::string& piece) { return (read += piece.size()) >= kHello.size(); });
  pieces.erase(last + 1, pieces.end());
  EXPECT_TRUE(InPieces(pieces, 30)) << ::testing::PrintToString(pieces);
  EXPECT_EQ(log_.Await(1).front().bytes, kHello.size());
}

TEST_F(DeliveryTest, AWrongLengthIsStatedAndTheConnectionEnds) {
  for (const std::uint64_t length : {0U, 3U, 9U}) {
    Deliver({.content_length = length});
    RawSocket socket(port());
    socket.Send(kAsk);
    EXPECT_EQ(socket.ReceiveAll(),
              "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " +
                  std::to_string(length) + "\r\nConnection: keep-alive\r\n\r\nhello");
    EXPECT_EQ(socket.end(), End::kFin);
  }
}

TEST_F(DeliveryTest, CopiesComeOneAfterTheOther) {
  Deliver({.copies = 3});
  RawSocket socket(port());
  socket.Send(kAsk);
  const std::string hello(kHello);
  EXPECT_EQ(socket.Receive(3), hello + hello + hello);
  socket.Send("GET /plain HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(socket.Receive(1), hello);
}

TEST_F(DeliveryTest, ADelayedAnswerKeepsItsPlace) {
  std::atomic<int> steps{0};
  Start([&] {
    Answer first;
    first.response = Share({.body = "not this one"});
    first.delay = milliseconds(20);
    first.next = [&] {
      ++steps;
      Answer second;
      second.delay = milliseconds(10);
      second.next = [&] {
        ++steps;
        return Hello();
      };
      return second;
    };
    return first;
  });
  RawSocket socket(port());
  const auto start = std::chrono::steady_clock::now();
  socket.Send(std::string(kAsk) + "GET /plain HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string all = socket.ReceiveAll();
  EXPECT_THAT(all, StartsWith(kHello));
  EXPECT_THAT(all, EndsWith("Connection: close\r\n\r\nhello"));
  EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds(30));
  EXPECT_EQ(steps, 2);
}

TEST_F(DeliveryTest, AThrowingNextIsAnswered) {
  Start([] {
    Answer answer;
    answer.next = []() -> Answer { throw std::runtime_error("no such thing"); };
    return answer;
  });
  RawSocket socket(port());
  socket.Send(kAsk);
  EXPECT_THAT(socket.Receive(1), HasSubstr("no such thing"));
}

TEST_F(DeliveryTest, StopCutsADelay) {
  std::atomic<bool> asked{false};
  ListenOptions options;
  options.stop_timeout = milliseconds(50);
  Start(
      [&] {
        asked = true;
        Answer answer = Hello();
        answer.delay = std::chrono::minutes(10);
        return answer;
      },
      options);
  RawSocket socket(port());
  socket.Send(kAsk);
  ASSERT_TRUE(Await([&] { return asked.load(); }));
  listener_->Stop();
  EXPECT_EQ(socket.ReceiveAll(), "");
  const auto sent = log_.Await(1);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_TRUE(sent.front().failed);
}

TEST_F(DeliveryTest, ADelayedAnswerToAPeerThatIsGoneIsStillMade) {
  std::atomic<bool> ran{false};
  std::atomic<bool> asked{false};
  Start([&] {
    asked = true;
    Answer answer;
    answer.delay = milliseconds(20);
    answer.next = [&] {
      ran = true;
      Answer late = Hello();
      late.on_sent = log_.Hook();
      return late;
    };
    return answer;
  });
  RawSocket socket(port());
  socket.Send(kAsk);
  ASSERT_TRUE(Await([&] { return asked.load(); }));
  socket.Close();
  EXPECT_EQ(log_.Await(1).size(), 1U);
  EXPECT_TRUE(ran);
}

TEST_F(DeliveryTest, OnSentTellsTheBytes) {
  Deliver({});
  RawSocket socket(port());
  socket.Send(kAsk);
  EXPECT_EQ(socket.Receive(1), kHello);
  const auto sent = log_.Await(1);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent.front().bytes, kHello.size());
  EXPECT_FALSE(sent.front().failed);
  EXPECT_GT(sent.front().took.count(), 0);
}

TEST_F(DeliveryTest, OnSentTellsThatThePeerIsGone) {
  Start([] { return Answer{.response = Share({.body = std::string(50'000'000, 'x')})}; });
  {
    RawSocket socket(port());
    socket.Send(kAsk);
    EXPECT_EQ(socket.ReceiveBytes(1).substr(0, 1), "H");
  }
  const auto sent = log_.Await(1);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_TRUE(sent.front().failed);
  EXPECT_LT(sent.front().bytes, 50'000'000U);
}

class TextTest : public DeliveryTest {
 protected:
  void StartText() {
    Start([this] {
      Answer answer;
      answer.response =
          Share({.headers = {{"Content-Type", "text/event-stream"}}, .body = "first\n"});
      answer.more = script_;
      return answer;
    });
  }
  static constexpr std::string_view kHead =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\nfirst\n";
  std::shared_ptr<Script> script_ = std::make_shared<Script>();
};

TEST_F(TextTest, ComesAsItIsSaidAndEnds) {
  StartText();
  RawSocket socket(port());
  socket.Send(kAsk);
  EXPECT_EQ(socket.ReceiveBytes(kHead.size()), kHead);
  for (const std::string text : {"one\n", "two\n", "three\n"}) {
    script_->AwaitListener();
    script_->Say(text);
    EXPECT_EQ(socket.ReceiveBytes(text.size()), text);
  }
  EXPECT_TRUE(log_.Await(0).empty());
  script_->Say("end\n", /*end=*/true);
  EXPECT_EQ(socket.ReceiveAll(), "end\n");
  EXPECT_EQ(socket.end(), End::kFin);
  EXPECT_EQ(log_.Await(1).front().bytes, kHead.size() + 4 + 4 + 6 + 4);
}

TEST_F(TextTest, ManySpeakersLoseNothing) {
  StartText();
  RawSocket socket(port());
  socket.Send(kAsk);
  std::vector<std::thread> speakers;
  speakers.reserve(4);
  for (int i = 0; i < 4; ++i) {
    speakers.emplace_back([&] {
      for (int n = 0; n < 500; ++n) script_->Say("0123456789");
    });
  }
  for (std::thread& speaker : speakers) speaker.join();
  script_->Say("", /*end=*/true);
  EXPECT_EQ(socket.ReceiveAll().size(), kHead.size() + std::size_t{4} * 500 * 10);
}

TEST_F(TextTest, ThePeerThatLeavesIsNoticed) {
  StartText();
  {
    RawSocket socket(port());
    socket.Send(kAsk);
    EXPECT_EQ(socket.ReceiveBytes(kHead.size()), kHead);
    script_->AwaitListener();
  }
  const auto sent = log_.Await(1);
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_TRUE(sent.front().failed);
  // The source may call after the connection, and even after the listener is gone.
  listener_.reset();
  script_->Say("late");
}

TEST_F(TextTest, StopEndsItAtOnce) {
  StartText();
  RawSocket socket(port());
  socket.Send(kAsk);
  EXPECT_EQ(socket.ReceiveBytes(kHead.size()), kHead);
  listener_->Stop();
  EXPECT_EQ(socket.ReceiveAll(), "");
  EXPECT_EQ(log_.Await(1).size(), 1U);
}

TEST_F(TextTest, AHeadRequestGetsNoText) {
  StartText();
  RawSocket socket(port());
  socket.Send("HEAD /ask HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(socket.ReceiveAll(),
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
}

TEST(Listener, TellsHowLongARequestTookToArrive) {
  std::atomic<std::int64_t> took{0};
  const auto listener = Listener::Start({}, [&](const Request& request) {
                          took = request.read_time.count();
                          return Hello();
                        }).value();
  RawSocket socket(listener->port());
  const auto start = std::chrono::steady_clock::now();
  socket.Send(kAsk.substr(0, 10));
  ASSERT_TRUE(Await([&] { return listener->accepted() == 1; }));
  socket.Send(kAsk.substr(10));
  EXPECT_EQ(socket.Receive(1), kHello);
  EXPECT_GT(took, 0);
  EXPECT_LT(took, std::chrono::nanoseconds(std::chrono::steady_clock::now() - start).count());
}

TEST(Listener, CountsItsConnections) {
  const auto listener = Listener::Start({}, [](const Request&) { return Hello(); }).value();
  for (int i = 1; i <= 3; ++i) {
    RawSocket socket(listener->port());
    socket.Send(kAsk);
    EXPECT_EQ(socket.Receive(1), kHello);
    EXPECT_GE(listener->connections(), 1U);
    EXPECT_EQ(listener->accepted(), static_cast<std::uint64_t>(i));
  }
  listener->Stop();
  EXPECT_EQ(listener->connections(), 0U);
}

}  // namespace
}  // namespace ocokit::mock::http
