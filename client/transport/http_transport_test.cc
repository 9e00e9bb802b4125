#include "ocokit/client/http_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <mutex>
#include <thread>

#include "base/testing/raw_server.h"

namespace ocokit::client {
namespace {

using sockets::JsonReply;
using sockets::RawServer;
using sockets::ReadRequest;
using sockets::ResetOnClose;
using sockets::WriteAll;

class HttpTransportTest : public ::testing::Test {
 protected:
  void Serve(RawServer::Handler handler) {
    server_ = std::make_unique<RawServer>(std::move(handler));
    options_.base_url = "http://127.0.0.1:" + std::to_string(server_->port());
  }

  tl::expected<HttpResponse, TransportError> Send(const HttpRequest& request) {
    if (!transport_) transport_ = MakeHttpTransport(options_).value();
    return transport_->Send(request);
  }

  static HttpRequest Get(std::string target) {
    HttpRequest request;
    request.target = std::move(target);
    return request;
  }

  static HttpRequest Post(std::string body) {
    HttpRequest request{.method = HttpMethod::kPost, .target = "/place"};
    request.content_type = "application/json";
    request.headers.emplace_back("X-Key", "k");
    request.body = std::move(body);
    return request;
  }

  void ExpectFailure(TransportFailure failure, bool may_have_been_sent) {
    const auto reply = Send(Post("{}"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().failure, failure) << reply.error().message;
    EXPECT_EQ(reply.error().may_have_been_sent, may_have_been_sent);
    EXPECT_FALSE(reply.error().message.empty());
  }

  HttpTransportOptions options_;
  std::unique_ptr<RawServer> server_;
  std::unique_ptr<Transport> transport_;
};

TEST_F(HttpTransportTest, SendsTargetAndBodyByteForByte) {
  std::promise<std::string> seen;
  Serve([&](int fd) {
    seen.set_value(ReadRequest(fd));
    WriteAll(fd, JsonReply("{\"a\":1}"));
  });
  HttpRequest request = Post("{\"x\":\"a+b /\\u00e9\"}");
  request.target = "/openApi/x?a=1%20%2B&b=a+b~c&data=%5B1%5D";
  const auto reply = Send(request);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->body, "{\"a\":1}");
  EXPECT_EQ(reply->Header("content-type"), "application/json");
  const std::string raw = seen.get_future().get();
  EXPECT_TRUE(raw.starts_with("POST /openApi/x?a=1%20%2B&b=a+b~c&data=%5B1%5D HTTP/1.1\r\n"))
      << raw;
  EXPECT_TRUE(raw.ends_with("\r\n\r\n{\"x\":\"a+b /\\u00e9\"}")) << raw;
  EXPECT_NE(raw.find("\r\nX-Key: k\r\n"), std::string::npos);
  EXPECT_NE(raw.find("\r\nContent-Type: application/json\r\n"), std::string::npos);
}

TEST_F(HttpTransportTest, SendsAnEmptyPostWithItsLength) {
  std::promise<std::string> seen;
  Serve([&](int fd) {
    seen.set_value(ReadRequest(fd));
    WriteAll(fd, JsonReply("{}"));
  });
  HttpRequest request{.method = HttpMethod::kPost, .target = "/p?a=1"};
  ASSERT_TRUE(Send(request));
  const std::string raw = seen.get_future().get();
  EXPECT_NE(raw.find("\r\nContent-Length: 0\r\n"), std::string::npos) << raw;
  EXPECT_TRUE(raw.ends_with("\r\n\r\n"));
}

TEST_F(HttpTransportTest, ReusesAConnection) {
  Serve([](int fd) {
    while (!ReadRequest(fd).empty()) WriteAll(fd, JsonReply("{}"));
  });
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(Send(Get("/")));
  EXPECT_EQ(server_->connections(), 1);
  transport_.reset();
}

TEST_F(HttpTransportTest, ThreadsUseConnectionsOfTheirOwn) {
  Serve([](int fd) {
    for (std::string raw = ReadRequest(fd); !raw.empty(); raw = ReadRequest(fd)) {
      const std::size_t body = raw.find("\r\n\r\n") + 4;
      WriteAll(fd, JsonReply(raw.substr(body)));
    }
  });
  ASSERT_TRUE(Send(Post("{}")));
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([this, t] {
      for (int i = 0; i < 25; ++i) {
        const std::string body = std::to_string(t * 1000 + i);
        const auto reply = transport_->Send(Post(body));
        ASSERT_TRUE(reply) << reply.error().message;
        EXPECT_EQ(reply->body, body);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(server_->connections(), 8);
  transport_.reset();
}

// A server may close a kept connection at any time. The next request must go out on a new one, and
// once only.
TEST_F(HttpTransportTest, LeavesAConnectionThatTheServerClosed) {
  std::atomic<int> requests{0};
  std::promise<void> closed;
  Serve([&](int fd) {
    if (ReadRequest(fd).empty()) return;
    // Counted before the reply, after which the test looks.
    const bool is_first = ++requests == 1;
    WriteAll(fd, JsonReply("{}"));
    shutdown(fd, SHUT_RDWR);
    if (is_first) closed.set_value();
  });
  ASSERT_TRUE(Send(Post("{}")));
  closed.get_future().wait();
  ASSERT_TRUE(Send(Post("{}")));
  EXPECT_EQ(requests, 2);
  EXPECT_EQ(server_->connections(), 2);
}

TEST_F(HttpTransportTest, ConnectionRefusedWasNeverSent) {
  Serve([](int) {});
  server_.reset();
  ExpectFailure(TransportFailure::kConnect, false);
}

// Each would begin another header, or another request.
TEST_F(HttpTransportTest, AHeadWithALineBreakIsRefusedAndNotSent) {
  Serve([](int fd) {
    ReadRequest(fd);
    WriteAll(fd, JsonReply("{}"));
  });
  HttpRequest value = Get("/");
  value.headers = {{"X-BX-APIKEY", "key\r\nX-Other: 1"}};
  HttpRequest name = Get("/");
  name.headers = {{"X-Other: 1\r\nX-BX-APIKEY", "key"}};
  HttpRequest type = Post("{}");
  type.content_type = "text/plain\nX-Other: 1";
  const std::pair<HttpRequest, const char*> cases[] = {
      {value, "X-BX-APIKEY must be without line breaks"},
      {name, "a header's name must be"},
      {type, "Content-Type must be without line breaks"},
      {Get("/ HTTP/1.1\r\nX-Other: 1"), "the target must be"},
      {Get("/a b"), "the target must be without blanks"},
  };
  for (const auto& [request, message] : cases) {
    const auto reply = Send(request);
    ASSERT_FALSE(reply) << message;
    EXPECT_EQ(reply.error().failure, TransportFailure::kInvalid);
    EXPECT_FALSE(reply.error().may_have_been_sent);
    EXPECT_THAT(reply.error().message, ::testing::StartsWith(message));
  }
  EXPECT_EQ(server_->connections(), 0);
}

TEST_F(HttpTransportTest, AFailureToConnectNamesTheHostAndThePortAlone) {
  Serve([](int) {});
  server_.reset();
  const auto reply = Send(Get("/openApi/spot/v1/oco/order?timestamp=1&signature=secret"));
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().message, "no connection to " + options_.base_url);
}

TEST_F(HttpTransportTest, UnknownHostWasNeverSent) {
  options_.base_url = "http://ocokit.invalid";
  ExpectFailure(TransportFailure::kConnect, false);
}

TEST_F(HttpTransportTest, ResetBeforeTheReplyMayHaveBeenSent) {
  Serve([](int fd) {
    ReadRequest(fd);
    ResetOnClose(fd);
  });
  ExpectFailure(TransportFailure::kReceive, true);
}

TEST_F(HttpTransportTest, ClosedBeforeTheReplyMayHaveBeenSent) {
  Serve([](int fd) { ReadRequest(fd); });
  ExpectFailure(TransportFailure::kReceive, true);
}

// Cut at every position of the reply, it is never taken for a whole one.
TEST_F(HttpTransportTest, TruncatedReplyMayHaveBeenSent) {
  const std::string whole = JsonReply("{\"code\":0}");
  std::atomic<std::size_t> cut{0};
  Serve([&](int fd) {
    ReadRequest(fd);
    WriteAll(fd, whole.substr(0, cut));
  });
  for (std::size_t i = 0; i < whole.size(); ++i) {
    cut = i;
    const auto reply = Send(Post("{}"));
    // Without its last header line a reply has no length, and ends where the connection does; the
    // reader of the body sees that it is no JSON.
    if (reply) {
      EXPECT_NE(reply->body, "{\"code\":0}") << i;
      continue;
    }
    EXPECT_TRUE(reply.error().may_have_been_sent) << i;
  }
}

TEST_F(HttpTransportTest, OversizeReplyIsRefused) {
  options_.max_response_bytes = 1000;
  Serve([](int fd) {
    ReadRequest(fd);
    WriteAll(fd, JsonReply(std::string(1001, 'x')));
    ReadRequest(fd);
  });
  ExpectFailure(TransportFailure::kTooLarge, true);
}

TEST_F(HttpTransportTest, LargestAllowedReplyIsTaken) {
  const std::string whole = JsonReply(std::string(1000, 'x'));
  options_.max_response_bytes = whole.size();
  Serve([whole](int fd) {
    while (!ReadRequest(fd).empty()) WriteAll(fd, whole);
  });
  // Each has the whole bound, also on a kept connection.
  for (int i = 0; i < 3; ++i) {
    const auto reply = Send(Get("/"));
    ASSERT_TRUE(reply) << reply.error().message;
    EXPECT_EQ(reply->body.size(), 1000u);
  }
  EXPECT_EQ(server_->connections(), 1);
  --options_.max_response_bytes;
  transport_.reset();
  ExpectFailure(TransportFailure::kTooLarge, true);
}

TEST_F(HttpTransportTest, LargestAllowedReplyWithoutALengthIsTaken) {
  const std::string whole = "HTTP/1.1 200 OK\r\n\r\n" + std::string(1000, 'x');
  options_.max_response_bytes = whole.size();
  Serve([whole](int fd) {
    ReadRequest(fd);
    WriteAll(fd, whole);
  });
  const auto reply = Send(Get("/"));
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->body.size(), 1000u);
  --options_.max_response_bytes;
  transport_.reset();
  ExpectFailure(TransportFailure::kTooLarge, true);
}

// Only the body was counted: a server could fill the memory with whatever else a reply has.
TEST_F(HttpTransportTest, NothingOfAReplyIsEndless) {
  struct Row {
    const char* name;
    std::string begin;
    std::string more;
  };
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string long_text(5000, 'x');
  const Row rows[] = {
      {"status line", "HTTP/1.1 200 ", long_text},
      {"headers", "HTTP/1.1 200 OK\r\n", "X-A: " + std::string(500, 'x') + "\r\n"},
      {"one header", "HTTP/1.1 200 OK\r\nX-A: ", long_text},
      {"interim replies", "", "HTTP/1.1 100 Continue\r\n\r\n"},
      {"chunk extension", chunked + "2;", long_text},
      {"chunk extensions", chunked, "1;" + std::string(500, 'x') + "\r\n \r\n"},
      {"small chunks", chunked, "1\r\n \r\n"},
      {"body", "HTTP/1.1 200 OK\r\n\r\n", long_text},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    transport_.reset();
    std::atomic<std::size_t> sent{0};
    Serve([&](int fd) {
      ReadRequest(fd);
      bool taken = WriteAll(fd, row.begin);
      while (taken && sent < std::size_t{256} << 20) {
        taken = WriteAll(fd, row.more);
        sent += row.more.size();
      }
    });
    options_.max_response_bytes = 100'000;
    ExpectFailure(TransportFailure::kTooLarge, true);
    server_.reset();
    // What the system holds for both sides comes on top.
    EXPECT_LT(sent, std::size_t{32} << 20);
  }
}

TEST_F(HttpTransportTest, SilenceEndsAtTheReadTimeout) {
  options_.read_timeout = milliseconds(50);
  Serve([](int fd) {
    ReadRequest(fd);
    ReadRequest(fd);
  });
  ExpectFailure(TransportFailure::kReceive, true);
}

// Every byte comes before the read timeout, so only the total timeout can end it.
void Drip(int fd, std::string_view text) {
  for (char c : text) {
    if (!WriteAll(fd, std::string_view(&c, 1))) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

TEST_F(HttpTransportTest, SlowDripOfTheBodyEndsAtTheTotalTimeout) {
  options_.total_timeout = milliseconds(150);
  Serve([](int fd) {
    ReadRequest(fd);
    WriteAll(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    Drip(fd, std::string(1000, 'x'));
  });
  const auto start = std::chrono::steady_clock::now();
  ExpectFailure(TransportFailure::kTimeout, true);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST_F(HttpTransportTest, SlowDripOfTheHeadersEndsAtTheTotalTimeout) {
  options_.total_timeout = milliseconds(150);
  Serve([](int fd) {
    ReadRequest(fd);
    Drip(fd, "HTTP/1.1 200 OK\r\nX: " + std::string(1000, 'x'));
  });
  ExpectFailure(TransportFailure::kTimeout, true);
}

TEST_F(HttpTransportTest, RefusesOptionsThatCannotBeUsed) {
  struct Case {
    const char* field;
    void (*spoil)(HttpTransportOptions&);
  };
  const Case cases[] = {
      {"base_url", [](HttpTransportOptions& o) { o.base_url = "venue.test"; }},
      {"base_url", [](HttpTransportOptions& o) { o.base_url = "http://venue.test/api"; }},
      {"connect_timeout", [](HttpTransportOptions& o) { o.connect_timeout = milliseconds(0); }},
      {"read_timeout", [](HttpTransportOptions& o) { o.read_timeout = milliseconds(-1); }},
      {"write_timeout", [](HttpTransportOptions& o) { o.write_timeout = milliseconds(0); }},
      {"total_timeout", [](HttpTransportOptions& o) { o.total_timeout = milliseconds(0); }},
      {"max_idle_time", [](HttpTransportOptions& o) { o.max_idle_time = milliseconds(0); }},
      {"ca_file", [](HttpTransportOptions& o) { o.ca_file = "/no/such/file.pem"; }},
  };
  for (const Case& c : cases) {
    HttpTransportOptions options{.base_url = "https://venue.test"};
    c.spoil(options);
    const auto made = MakeHttpTransport(options);
    ASSERT_FALSE(made) << c.field;
    EXPECT_EQ(made.error().kind, ErrorKind::kBadRequest);
    ASSERT_EQ(made.error().fields.size(), 1u);
    EXPECT_EQ(made.error().fields[0].field, c.field);
  }
}

}  // namespace
}  // namespace ocokit::client
