// The listener over real sockets, byte by byte.

#include "mock_exchange/http/listener.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace ocokit::mock::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A client socket whose reads end after five seconds at the latest.
class Socket {
 public:
  explicit Socket(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval limit{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Socket() { ::close(fd_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  void Send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  // Reads until `count` answers have come, each with a Content-Length, or the peer closes.
  std::string Receive(int count) {
    std::string out;
    while (Answers(out) < count) {
      char buffer[4096];
      const ssize_t n = ::recv(fd_, buffer, sizeof buffer, 0);
      if (n <= 0) break;
      out.append(buffer, static_cast<std::size_t>(n));
    }
    return out;
  }
  // Whether the peer ends the connection, with nothing more before.
  bool Closed() const {
    char byte = 0;
    return ::recv(fd_, &byte, 1, 0) == 0;
  }

 private:
  static int Answers(std::string_view text) {
    int count = 0;
    while (true) {
      const std::size_t head = text.find("\r\n\r\n");
      if (head == std::string_view::npos) return count;
      const std::size_t length = text.find("Content-Length: ");
      std::size_t size = 0;
      if (length < head) size = std::stoul(std::string(text.substr(length + 16, 10)));
      if (text.size() < head + 4 + size) return count;
      if (!text.starts_with("HTTP/1.1 100")) ++count;
      text.remove_prefix(head + 4 + size);
    }
  }

  int fd_;
  bool connected_ = false;
};

// Answers with what it saw.
Answer Echo(const Request& request) {
  Answer answer;
  Response& response = answer.response;
  response.headers.push_back({"Content-Type", "text/plain"});
  response.body = request.method + " " + request.target + " [" + request.body + "]";
  return answer;
}

class ListenerTest : public ::testing::Test {
 protected:
  void Start(ListenOptions options = {}, Handler handler = Echo) {
    auto started = Listener::Start(options, std::move(handler));
    ASSERT_TRUE(started) << started.error().message;
    listener_ = std::move(*started);
  }
  // The answer to `bytes` on a fresh connection.
  std::string Ask(std::string_view bytes, int answers = 1) {
    Socket socket(listener_->port());
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

TEST_F(ListenerTest, KeepsTheConnection) {
  Start();
  Socket socket(listener_->port());
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
  Socket socket(listener_->port());
  for (const char c : std::string("POST /s HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nxyz")) {
    socket.Send(std::string(1, c));
  }
  EXPECT_THAT(socket.Receive(1), EndsWith("POST /s [xyz]"));
}

TEST_F(ListenerTest, IgnoresEmptyLinesBeforeARequest) {
  Start();
  Socket socket(listener_->port());
  socket.Send(
      "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na\r\nGET /2 HTTP/1.1\r\nHost: "
      "x\r\n\r\n");
  EXPECT_THAT(socket.Receive(2), EndsWith("GET /2 []"));
  socket.Send("\r\n");
  socket.Send("\nGET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(socket.Receive(1), EndsWith("GET /3 []"));
}

TEST_F(ListenerTest, AHandlerThatThrowsIsAnswered) {
  Start({}, [](const Request& request) -> Answer {
    if (request.target == "/throw") throw std::runtime_error("no such thing");
    return Echo(request);
  });
  Socket socket(listener_->port());
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
  for (int i = 0; i < 4; ++i) threads.emplace_back([this] { listener_->Stop(); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(Socket(listener_->port()).connected());
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
  Socket socket(listener_->port());
  socket.Send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(socket.Receive(1), HasSubstr("Connection: close"));
  EXPECT_TRUE(socket.Closed());
  EXPECT_THAT(Ask("GET / HTTP/1.0\r\n\r\n"), HasSubstr("Connection: close"));
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
      {"GET / HTTP/3.7\r\n\r\n", "HTTP/1.1 400 ", "not an HTTP/1.1 request"},
      {head + "Content-Length: x\r\n\r\n", "HTTP/1.1 400 ", "not an HTTP/1.1 request"},
      {head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 400 ",
       "not an HTTP/1.1 request"},
      {head + "X-Long: " + std::string(600, 'a') + "\r\n\r\n", "HTTP/1.1 431 ",
       "longer than 512 bytes"},
      {head + "Content-Length: 101\r\n\r\n" + std::string(101, 'a'), "HTTP/1.1 413 ",
       "longer than 100 bytes"}};
  for (const Case& c : cases) {
    Socket socket(listener_->port());
    socket.Send(c.bytes);
    const std::string got = socket.Receive(1);
    EXPECT_THAT(got, StartsWith(c.status)) << c.bytes.substr(0, 80);
    EXPECT_THAT(got, HasSubstr(c.text)) << c.bytes.substr(0, 80);
    EXPECT_TRUE(socket.Closed());
  }
  EXPECT_THAT(Ask(head + "Content-Length: 100\r\n\r\n" + std::string(100, 'a')),
              StartsWith("HTTP/1.1 200"));
}

TEST_F(ListenerTest, ARequestThatStallsGets408) {
  ListenOptions options;
  options.request_timeout = std::chrono::milliseconds(100);
  Start(options);
  for (const char* part :
       {"GET / HT", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"}) {
    Socket socket(listener_->port());
    socket.Send(part);
    EXPECT_THAT(socket.Receive(1), StartsWith("HTTP/1.1 408 "));
    EXPECT_TRUE(socket.Closed());
  }
}

TEST_F(ListenerTest, AnIdleConnectionIsClosedSilently) {
  ListenOptions options;
  options.idle_timeout = std::chrono::milliseconds(100);
  Start(options);
  Socket socket(listener_->port());
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
  Socket idle(listener_->port());
  Socket busy(listener_->port());
  busy.Send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n");
  while (!entered) std::this_thread::yield();
  std::thread stop([&] { listener_->Stop(); });
  release = true;
  EXPECT_THAT(busy.Receive(1), EndsWith("GET /late []"));
  stop.join();
  EXPECT_TRUE(idle.Closed());
  EXPECT_FALSE(Socket(listener_->port()).connected());
}

TEST_F(ListenerTest, StopWithoutAnyConnectionReturns) {
  Start();
  listener_->Stop();
  listener_->Stop();
}

TEST_F(ListenerTest, ServesManyConnectionsAtOnce) {
  Start();
  std::vector<std::unique_ptr<Socket>> sockets;
  for (int i = 0; i < 300; ++i) {
    sockets.push_back(std::make_unique<Socket>(listener_->port()));
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
  std::vector<std::unique_ptr<Socket>> sockets;
  for (int i = 0; i < connections; ++i) {
    sockets.push_back(std::make_unique<Socket>(port));
    if (!sockets.back()->connected()) ::_exit(100);
  }
  int unanswered = 0;
  for (const int i : {0, connections / 2, connections - 1}) {
    Socket& socket = *sockets[static_cast<std::size_t>(i)];
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
