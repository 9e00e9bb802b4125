// The listener over real sockets, byte by byte.

#include "mock_exchange/http/listener.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "mock_exchange/testing/raw_socket.h"

namespace ocokit::mock::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Answers with what it saw.
Answer Echo(const Request& request) {
  return {.response =
              Share({.headers = {{"Content-Type", "text/plain"}},
                     .body = request.method + " " + request.target + " [" + request.body + "]"})};
}

class ListenerTest : public ::testing::Test {
 protected:
  void Start(const ListenOptions& options = {}, Handler handler = Echo) {
    auto started = Listener::Start(options, std::move(handler));
    ASSERT_TRUE(started) << started.error().message;
    listener_ = std::move(*started);
  }
  // The answer to `bytes` on a fresh connection.
  std::string Ask(std::string_view bytes, int answers = 1) {
    RawSocket socket(listener_->port());
    EXPECT_TRUE(socket.connected());
    socket.Send(bytes);
    return socket.Receive(answers);
  }

  std::unique_ptr<Listener> listener_;
};

TEST_F(ListenerTest, AnswersARequest) {
  Start();
  EXPECT_EQ(Ask("GET /a?b=c%20d HTTP/1.1\r\nHost: x\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 17\r\n"
            "Connection: keep-alive\r\n\r\nGET /a?b=c%20d []");
}

TEST_F(ListenerTest, ARepliesDateIsTheClocks) {
  const ManualClock clock(FromUnixMillis(784111777999));
  ListenOptions options;
  options.clock = &clock;
  Start(options);
  const char* const date = "\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
  EXPECT_THAT(Ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), HasSubstr(date));
  EXPECT_THAT(Ask("GET / HTTP/1.1\r\n\r\n"), HasSubstr(date));
}

TEST_F(ListenerTest, KeepsTheConnection) {
  Start();
  RawSocket socket(listener_->port());
  for (int i = 0; i < 3; ++i) {
    socket.Send("POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
    EXPECT_THAT(socket.Receive(1), EndsWith("POST /p [hi]"));
  }
}

TEST_F(ListenerTest, AnswersPipelinedRequestsInOrder) {
  Start();
  const std::string got =
      Ask("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: "
          "1\r\n\r\nbGET /3 HTTP/1.1\r\nHost: x\r\n\r\n",
          3);
  EXPECT_LT(got.find("GET /1 []"), got.find("POST /2 [b]"));
  EXPECT_LT(got.find("POST /2 [b]"), got.find("GET /3 []"));
  EXPECT_THAT(got, EndsWith("GET /3 []"));
}

TEST_F(ListenerTest, PutsChunkedBodiesTogether) {
  Start();
  EXPECT_THAT(Ask("POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "3\r\nabc\r\n4;ext=1\r\ndefg\r\n0\r\n\r\n"),
              EndsWith("POST /c [abcdefg]"));
}

TEST_F(ListenerTest, TakesARequestInSingleBytes) {
  Start();
  RawSocket socket(listener_->port());
  for (const char c : std::string("POST /s HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nxyz")) {
    socket.Send(std::string(1, c));
  }
  EXPECT_THAT(socket.Receive(1), EndsWith("POST /s [xyz]"));
}

TEST_F(ListenerTest, IgnoresEmptyLinesBeforeARequest) {
  Start();
  RawSocket socket(listener_->port());
  socket.Send(
      "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na\r\nGET /2 HTTP/1.1\r\nHost: "
      "x\r\n\r\n");
  EXPECT_THAT(socket.Receive(2), EndsWith("GET /2 []"));
  socket.Send("\r\n");
  socket.Send("\nGET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(socket.Receive(1), EndsWith("GET /3 []"));
}

TEST_F(ListenerTest, EmptyLinesWithoutAnEndAreRefused) {
  Start();
  RawSocket socket(listener_->port());
  for (int i = 0; i < 1000 && socket.Send("\r\n"); ++i) continue;
  EXPECT_THAT(socket.ReceiveAll(), HasSubstr("empty lines and no request"));
}

TEST_F(ListenerTest, AHandlerThatThrowsIsAnswered) {
  Start({}, [](const Request& request) -> Answer {
    if (request.target == "/throw") throw std::runtime_error("no such thing");
    return Echo(request);
  });
  RawSocket socket(listener_->port());
  socket.Send("GET /throw HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string got = socket.Receive(1);
  EXPECT_THAT(got, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(got, HasSubstr("no such thing"));
  socket.Send("GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(socket.Receive(1), EndsWith("GET /next []"));
}

TEST_F(ListenerTest, StopsFromSeveralThreads) {
  Start();
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) threads.emplace_back([this] { listener_->Stop(); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(RawSocket(listener_->port()).connected());
}

TEST_F(ListenerTest, IgnoresAnUpgradeOffer) {
  Start();
  EXPECT_THAT(Ask("GET /u HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: "
                  "h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"),
              StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(ListenerTest, SaysContinueWhenAsked) {
  Start();
  const std::string got =
      Ask("POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nz");
  EXPECT_THAT(got, StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"));
  EXPECT_THAT(got, EndsWith("POST /e [z]"));
}

TEST_F(ListenerTest, ClosesWhenAsked) {
  Start();
  RawSocket socket(listener_->port());
  socket.Send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(socket.Receive(1), HasSubstr("Connection: close"));
  EXPECT_TRUE(socket.Closed());
  EXPECT_THAT(Ask("GET / HTTP/1.0\r\n\r\n"), HasSubstr("Connection: close"));
}

TEST_F(ListenerTest, NothingIsAnsweredAfterTheLastRequest) {
  Start();
  RawSocket socket(listener_->port());
  socket.Send(
      "GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      "GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(socket.ReceiveAll(), EndsWith("GET /last []"));
  EXPECT_EQ(socket.end(), End::kFin);
}

TEST_F(ListenerTest, HalfARequestIsNotAnswered) {
  std::atomic<int> asked{0};
  Start({}, [&](const Request& request) {
    ++asked;
    return Echo(request);
  });
  for (const char* half : {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nab",
                           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "2\r\nab\r\n0\r\n",
                           "GET / HTTP/1.1\r\nHost: x\r\n"}) {
    RawSocket socket(listener_->port());
    socket.Send(half);
    ::shutdown(socket.fd(), SHUT_WR);
    EXPECT_EQ(socket.ReceiveAll(), "");
  }
  EXPECT_EQ(asked, 0);
}

TEST_F(ListenerTest, AReplyWithoutABodyHasNoLength) {
  Start({}, [](const Request& request) {
    return Answer{.response =
                      Share({.status = std::stoi(request.target.substr(1)), .body = "left out"})};
  });
  for (const std::string status : {"204", "304"}) {
    const std::string got = Ask("GET /" + status + " HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(got, StartsWith("HTTP/1.1 " + status + " "));
    EXPECT_THAT(got, EndsWith("Connection: keep-alive\r\n\r\n"));
    EXPECT_EQ(got.find("Content-Length"), std::string::npos);
  }
}

TEST_F(ListenerTest, AHeadRequestGetsNoBody) {
  Start();
  EXPECT_THAT(Ask("HEAD /h HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
              EndsWith("\r\n\r\n"));
}

TEST_F(ListenerTest, NamesWhatIsWrongWithARequest) {
  ListenOptions options;
  options.max_header_bytes = 512;
  options.max_body_bytes = 100;
  Start(options);
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\n";
  struct Case {
    std::string bytes;
    const char* status;
    const char* text;
  };
  const Case cases[] = {
      {"nonsense\r\n\r\n", "HTTP/1.1 400 ", "not an HTTP/1.1 request"},
      {"GET / HTTP/3.7\r\n\r\n", "HTTP/1.1 505 ", "HTTP/1.1 is spoken here"},
      {"GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ", "no Host header"},
      {head + "Transfer-Encoding: identity\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n",
       "HTTP/1.1 400 ", "must end with chunked"},
      {head + "Content-Length: x\r\n\r\n", "HTTP/1.1 400 ", "Content-Length must be"},
      {head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 400 ",
       "not an HTTP/1.1 request"},
      {head + "X-Long: " + std::string(600, 'a') + "\r\n\r\n", "HTTP/1.1 431 ",
       "longer than 512 bytes"},
      {head + "Content-Length: 101\r\n\r\n" + std::string(101, 'a'), "HTTP/1.1 413 ",
       "longer than 100 bytes"}};
  for (const Case& c : cases) {
    RawSocket socket(listener_->port());
    socket.Send(c.bytes);
    const std::string got = socket.Receive(1);
    EXPECT_THAT(got, StartsWith(c.status)) << c.bytes.substr(0, 80);
    EXPECT_THAT(got, HasSubstr(c.text)) << c.bytes.substr(0, 80);
    EXPECT_TRUE(socket.Closed());
  }
  EXPECT_THAT(Ask(head + "Content-Length: 100\r\n\r\n" + std::string(100, 'a')),
              StartsWith("HTTP/1.1 200"));
}

// Each of them was kept whole, as long as the connection's time.
TEST_F(ListenerTest, EndsAConnectionWhoseFramingDoesNotEnd) {
  Start();
  const std::string chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::pair<std::string, const char*> cases[] = {
      {chunked + "1;a=", "HTTP/1.1 413 "},
      {chunked + "0\r\nA: ", "HTTP/1.1 431 "},
      {"GET / HTTP/1.1\r\nHost: x\r\nA: ", "HTTP/1.1 431 "}};
  const std::string piece(65536, 'x');
  for (const auto& [start, status] : cases) {
    RawSocket socket(listener_->port());
    socket.Send(start);
    // For a moment what still comes is read and thrown away.
    for (int i = 0; i < 100'000 && socket.Send(piece); ++i) continue;
    EXPECT_FALSE(socket.Send(piece)) << start;
    EXPECT_TRUE(Await([this] { return listener_->connections() == 0; })) << start;
  }
  for (const auto& [start, status] : cases) {
    EXPECT_THAT(Ask(start + std::string(20'000, 'x')), StartsWith(status));
  }
}

TEST_F(ListenerTest, ARequestThatStallsGets408) {
  ListenOptions options;
  options.request_timeout = std::chrono::milliseconds(100);
  Start(options);
  for (const char* part :
       {"GET / HT", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"}) {
    RawSocket socket(listener_->port());
    socket.Send(part);
    EXPECT_THAT(socket.Receive(1), StartsWith("HTTP/1.1 408 "));
    EXPECT_TRUE(socket.Closed());
  }
}

TEST_F(ListenerTest, AnIdleConnectionIsClosedSilently) {
  ListenOptions options;
  options.idle_timeout = std::chrono::milliseconds(100);
  Start(options);
  RawSocket socket(listener_->port());
  socket.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(socket.Receive(1), StartsWith("HTTP/1.1 200"));
  EXPECT_TRUE(socket.Closed());
}

TEST_F(ListenerTest, StopAnswersWhatIsUnderWay) {
  std::atomic<bool> entered{false};
  std::atomic<bool> release{false};
  Start({}, [&](const Request& request) {
    entered = true;
    while (!release) std::this_thread::yield();
    return Echo(request);
  });
  RawSocket idle(listener_->port());
  RawSocket busy(listener_->port());
  busy.Send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n");
  while (!entered) std::this_thread::yield();
  std::thread stop([&] { listener_->Stop(); });
  release = true;
  EXPECT_THAT(busy.Receive(1), EndsWith("GET /late []"));
  stop.join();
  EXPECT_TRUE(idle.Closed());
  EXPECT_FALSE(RawSocket(listener_->port()).connected());
}

TEST_F(ListenerTest, StopWithoutAnyConnectionReturns) {
  Start();
  listener_->Stop();
  listener_->Stop();
}

TEST_F(ListenerTest, ServesManyConnectionsAtOnce) {
  Start();
  std::vector<std::unique_ptr<RawSocket>> sockets;
  for (int i = 0; i < 300; ++i) {
    sockets.push_back(std::make_unique<RawSocket>(listener_->port()));
    ASSERT_TRUE(sockets.back()->connected());
  }
  for (const auto& socket : sockets) socket->Send("GET /m HTTP/1.1\r\nHost: x\r\n\r\n");
  for (const auto& socket : sockets) EXPECT_THAT(socket->Receive(1), EndsWith("GET /m []"));
}

// Opens the connections in a process of their own, so that neither end runs out of descriptors;
// the exit status is the number of requests that were not answered, or 100 when a connection fails.
[[noreturn]] void ConnectAndAsk(int port_pipe, int connections) {
  std::uint16_t port = 0;
  if (::read(port_pipe, &port, sizeof port) != sizeof port) ::_exit(100);
  std::vector<std::unique_ptr<RawSocket>> sockets;
  for (int i = 0; i < connections; ++i) {
    sockets.push_back(std::make_unique<RawSocket>(port));
    if (!sockets.back()->connected()) ::_exit(100);
  }
  int unanswered = 0;
  for (const int i : {0, connections / 2, connections - 1}) {
    RawSocket& socket = *sockets[static_cast<std::size_t>(i)];
    socket.Send("GET /idle HTTP/1.1\r\nHost: x\r\n\r\n");
    if (!std::string_view(socket.Receive(1)).ends_with("GET /idle []")) ++unanswered;
  }
  ::_exit(unanswered);
}

TEST_F(ListenerTest, HoldsTenThousandIdleConnections) {
  constexpr int kConnections = 10'000;
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  if (limit.rlim_max < kConnections + 200) {
    GTEST_SKIP() << "may open " << limit.rlim_max << " files only";
  }
  limit.rlim_cur = limit.rlim_max;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  int port_pipe[2];
  ASSERT_EQ(::pipe(port_pipe), 0);
  // Before the listener has threads.
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) ConnectAndAsk(port_pipe[0], kConnections);
  Start();
  const std::uint16_t port = listener_->port();
  ASSERT_EQ(::write(port_pipe[1], &port, sizeof port), static_cast<ssize_t>(sizeof port));
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ::close(port_pipe[0]);
  ::close(port_pipe[1]);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Listener, RefusesAHostThatIsNotAnAddress) {
  ListenOptions options;
  options.host = "not an address";
  const auto started = Listener::Start(options, Echo);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind, ErrorKind::kInvalidArgument);
}

TEST(Listener, SaysWhichPortIsTaken) {
  const auto first = Listener::Start({}, Echo).value();
  ListenOptions options;
  options.port = first->port();
  const auto second = Listener::Start(options, Echo);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(second.error().message, HasSubstr(std::to_string(first->port())));
}

}  // namespace
}  // namespace ocokit::mock::http
