// A connection to what does not answer: each call returns in time. What a venue says is tested end
// to end.

#include "client/streams/connection.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace ocokit::client::streams {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Takes connections, as the system does for it, and says nothing but what it is told to.
class MuteServer {
 public:
  MuteServer() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(fd_, reinterpret_cast<sockaddr*>(&address), size);
    listen(fd_, 8);
    getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  MuteServer(const MuteServer&) = delete;
  MuteServer& operator=(const MuteServer&) = delete;
  ~MuteServer() { close(fd_); }

  [[nodiscard]] StreamUrl Url(bool tls) const {
    return {tls, "127.0.0.1", std::to_string(port_), "/"};
  }
  // Answers the first connection with this, and ends it.
  void Answer(const std::string& text) const {
    const int peer = accept(fd_, nullptr, nullptr);
    std::string request(4096, '\0');
    (void)recv(peer, request.data(), request.size(), 0);
    (void)send(peer, text.data(), text.size(), MSG_NOSIGNAL);
    close(peer);
  }

 private:
  int fd_ = socket(AF_INET, SOCK_STREAM, 0);
  int port_ = 0;
};

TEST(ConnectionTest, AVenueThatDoesNotAnswerIsGivenUpInTime) {
  const MuteServer server;
  for (const bool tls : {false, true}) {
    Connection connection({});
    const auto start = Steady::now();
    // Time enough to read the machine's certificate authorities and to connect.
    const auto opened = connection.Open(server.Url(tls), "?listenKey=secret", start + seconds(1));
    ASSERT_FALSE(opened);
    EXPECT_LT(Steady::now() - start, seconds(10));
    EXPECT_TRUE(opened.error().message.starts_with(tls ? "no TLS with 127.0.0.1:"
                                                       : "no WebSocket with 127.0.0.1:"))
        << opened.error().message;
    EXPECT_EQ(opened.error().message.find("secret"), std::string::npos);
  }
}

TEST(ConnectionTest, AnInterruptEndsTheWait) {
  const MuteServer server;
  Connection connection({});
  std::jthread interrupt([&] {
    std::this_thread::sleep_for(milliseconds(20));
    connection.Interrupt();
  });
  const auto start = Steady::now();
  EXPECT_FALSE(connection.Open(server.Url(false), "", start + seconds(60)));
  EXPECT_LT(Steady::now() - start, seconds(30));
}

TEST(ConnectionTest, ARefusalIsNamedByItsStatus) {
  const MuteServer server;
  std::jthread answer(
      [&] { server.Answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"); });
  Connection connection({});
  const auto opened = connection.Open(server.Url(false), "", Steady::now() + seconds(10));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message, "the venue answered HTTP 401");
}

TEST(ConnectionTest, WhatIsNoHttpIsRefused) {
  const MuteServer server;
  std::jthread answer([&] { server.Answer("220 smtp.example.com ready\r\n"); });
  Connection connection({});
  const auto opened = connection.Open(server.Url(false), "", Steady::now() + seconds(10));
  ASSERT_FALSE(opened);
  EXPECT_TRUE(opened.error().message.starts_with("no WebSocket with")) << opened.error().message;
}

TEST(ConnectionTest, AFileOfAuthoritiesThatIsNotThereIsNamed) {
  const MuteServer server;
  Connection connection({.ca_file = "/nowhere.pem"});
  const auto opened = connection.Open(server.Url(true), "", Steady::now() + seconds(1));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message, "cannot read the file of authorities");
}

}  // namespace
}  // namespace ocokit::client::streams
