#include "conformance/net/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/testing/scripted_server.h"

namespace ocokit::conform {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

constexpr milliseconds kEnough{5000};
// For what never comes.
constexpr milliseconds kShort{50};

const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\n\r\nok";

tl::expected<HttpReply, ReadFailure> Ask(const std::string& url, milliseconds timeout = kEnough,
                                         bool head = false) {
  Result<Connection> connection = Connection::Open(*ParseUrl(url), kEnough);
  if (!connection) {
    return tl::unexpected(ReadFailure{NoReply::kRefused, connection.error().message, ""});
  }
  const std::string request = FormatRequest(head ? "HEAD" : "GET", "/", {{"Host", "x"}}, "");
  EXPECT_TRUE(connection->Write(request, kEnough));
  return connection->Read(timeout, head);
}

TEST(ConnectionTest, SendsTheBytesItIsGiven) {
  ScriptedServer server({{.bytes = kOk}});
  Result<Connection> connection = Connection::Open(*ParseUrl(server.url()), kEnough);
  ASSERT_TRUE(connection) << connection.error().message;
  const std::string request = "PO\x01ST  /a b HTTP/9.9\r\nhost:x\r\n\r\n";
  ASSERT_TRUE(connection->Write(request, kEnough));
  ASSERT_TRUE(connection->Read(kEnough));
  EXPECT_THAT(server.requests(), ElementsAre(request));
}

TEST(ConnectionTest, ReadsRepliesOneAfterTheOther) {
  ScriptedServer server(
      {{.bytes = kOk + "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"}});
  Result<Connection> connection = Connection::Open(*ParseUrl(server.url()), kEnough);
  ASSERT_TRUE(connection);
  ASSERT_TRUE(connection->Write(FormatRequest("GET", "/", {}, ""), kEnough));
  const auto first = connection->Read(kEnough);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->status, 200);
  EXPECT_EQ(first->body, "ok");
  EXPECT_EQ(first->raw, kOk);
  EXPECT_THAT(first->headers, ElementsAre(Pair("Content-Length", "2"), Pair("X-A", "b")));
  ASSERT_NE(first->FindHeader("x-a"), nullptr);
  EXPECT_EQ(first->FindHeader("x-b"), nullptr);
  const auto second = connection->Read(kEnough);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->status, 404);
  EXPECT_EQ(second->body, "abcde");
}

TEST(ConnectionTest, PassesOverInterimReplies) {
  ScriptedServer server({{.bytes = "HTTP/1.1 100 Continue\r\n\r\n" + kOk}});
  const auto reply = Ask(server.url());
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->raw, kOk);
}

TEST(ConnectionTest, AReplyWithoutALengthEndsWithTheConnection) {
  ScriptedServer server({{.bytes = "HTTP/1.1 200 OK\r\n\r\nall of it", .close = true}});
  const auto reply = Ask(server.url());
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->body, "all of it");
}

TEST(ConnectionTest, AHeadHasNoBody) {
  ScriptedServer server({{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 700\r\n\r\n"}});
  const auto reply = Ask(server.url(), kEnough, true);
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->body, "");
}

TEST(ConnectionTest, SaysWhyThereIsNoReply) {
  struct Row {
    const char* name;
    ScriptedReply reply;
    NoReply why;
    const char* raw;
  };
  const std::string huge = "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n";
  const Row rows[] = {
      {"nothing comes", {.silent = true}, NoReply::kTimeout, ""},
      {"half of it comes",
       {.bytes = "HTTP/1.1 200 OK\r\nCont"},
       NoReply::kTimeout,
       "HTTP/1.1 200 OK\r\nCont"},
      {"closed at once", {.bytes = "", .close = true}, NoReply::kClosed, ""},
      {"closed within",
       {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", .close = true},
       NoReply::kClosed,
       "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"},
      {"reset", {.bytes = "", .reset = true}, NoReply::kClosed, ""},
      {"no HTTP", {.bytes = "hello\r\n\r\n"}, NoReply::kMalformed, "hello\r\n\r\n"},
      {"a bad chunk",
       {.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"},
       NoReply::kMalformed,
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"},
      {"too large", {.bytes = huge}, NoReply::kMalformed, huge.c_str()},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    ScriptedServer server({row.reply});
    const auto reply = Ask(server.url(), row.why == NoReply::kTimeout ? kShort : kEnough);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().why, row.why);
    EXPECT_EQ(reply.error().raw, row.raw);
    EXPECT_NE(reply.error().message, "");
  }
}

// The parser's own limits leave out the framing of chunks, trailers and interim replies: a server
// that sends those without end filled the memory.
TEST(ConnectionTest, EveryByteOfAReplyCounts) {
  const auto times = [](int count, const std::string& text) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
  };
  const std::string header = "X-A: " + std::string(100, 'x') + "\r\n";
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::pair<const char*, std::string> rows[] = {
      {"status line", "HTTP/1.1 200 " + std::string(200'000, 'x')},
      {"headers", "HTTP/1.1 200 OK\r\n" + times(2000, header)},
      {"interim replies", times(8000, "HTTP/1.1 100 Continue\r\n\r\n")},
      {"interim replies with headers",
       times(2000, "HTTP/1.1 103 Early Hints\r\n" + header + "\r\n")},
      {"chunk extension", chunked + "2;" + std::string(200'000, 'x')},
      {"chunk extensions", chunked + times(2000, "1;" + std::string(100, 'x') + "\r\n \r\n")},
      {"trailers", chunked + "2\r\n{}\r\n0\r\n" + times(2000, header)},
      {"small chunks", chunked + times(30'000, "1\r\n \r\n")},
      {"body", "HTTP/1.1 200 OK\r\n\r\n" + std::string(200'000, 'x')},
  };
  for (const auto& [name, bytes] : rows) {
    SCOPED_TRACE(name);
    ScriptedServer server({{.bytes = bytes}});
    Result<Connection> connection = Connection::Open(*ParseUrl(server.url()), kEnough);
    ASSERT_TRUE(connection) << connection.error().message;
    ASSERT_TRUE(connection->Write(FormatRequest("GET", "/", {}, ""), kEnough));
    const auto reply = connection->Read(kEnough, false, 50'000);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().why, NoReply::kMalformed) << reply.error().message;
    EXPECT_LT(reply.error().raw.size(), 100'000u);
  }
}

TEST(ConnectionTest, TheLargestReplyIsTaken) {
  const std::string interim = "HTTP/1.1 100 Continue\r\n\r\n";
  for (const std::size_t less : {0, 1}) {
    ScriptedServer server({{.bytes = interim + kOk + kOk}});
    Result<Connection> connection = Connection::Open(*ParseUrl(server.url()), kEnough);
    ASSERT_TRUE(connection) << connection.error().message;
    ASSERT_TRUE(connection->Write(FormatRequest("GET", "/", {}, ""), kEnough));
    const auto reply = connection->Read(kEnough, false, interim.size() + kOk.size() - less);
    ASSERT_EQ(reply.has_value(), less == 0);
    if (reply) {
      EXPECT_TRUE(connection->Read(kEnough, false, kOk.size())) << "the next has its own bound";
    } else {
      EXPECT_THAT(reply.error().message, HasSubstr("all its bytes counted"));
    }
  }
}

TEST(ConnectionTest, FollowsAReplyPieceByPiece) {
  const std::string chunks = "2\r\nab\r\n2\r\ncd\r\n2\r\nef\r\n";
  ScriptedServer server(
      {{.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks}});
  Result<Connection> connection = Connection::Open(*ParseUrl(server.url()), kEnough);
  ASSERT_TRUE(connection) << connection.error().message;
  ASSERT_TRUE(connection->Write(FormatRequest("GET", "/", {}, ""), kEnough));
  std::string got;
  const auto reply = connection->Follow(kEnough, [&](int status, std::string_view piece) {
    EXPECT_EQ(status, 200);
    got += piece;
    return got.size() < 6;
  });
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(got, "abcdef");
}

// A piece would otherwise make room for any amount of framing.
TEST(ConnectionTest, FramingBetweenPiecesCounts) {
  std::string bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  while (bytes.size() < 2 * kMostOfAReply) {
    bytes += "1;" + std::string(4000, 'x') + "\r\n \r\n";
  }
  ScriptedServer server({{.bytes = bytes}});
  Result<Connection> connection = Connection::Open(*ParseUrl(server.url()), kEnough);
  ASSERT_TRUE(connection) << connection.error().message;
  ASSERT_TRUE(connection->Write(FormatRequest("GET", "/", {}, ""), kEnough));
  const auto reply =
      connection->Follow(std::chrono::minutes(1), [](int, std::string_view) { return true; });
  ASSERT_FALSE(reply);
  EXPECT_THAT(reply.error().message, HasSubstr("all its bytes counted"));
}

TEST(ConnectionTest, SaysThatNobodyListens) {
  std::string url;
  {
    const ScriptedServer server({{.bytes = kOk}});
    url = server.url();
  }
  const Result<Connection> connection = Connection::Open(*ParseUrl(url), kEnough);
  ASSERT_FALSE(connection);
  EXPECT_THAT(connection.error().message, HasSubstr("no connection to " + url));
}

TEST(ConnectionTest, SaysThatThereIsNoTls) {
  ScriptedServer server({{.bytes = "HTTP/1.1 400 Bad Request\r\n\r\n", .close = true}});
  std::string url = server.url();
  url.replace(0, 4, "https");
  // The server waits for the end of a request in a handshake.
  const Result<Connection> connection = Connection::Open(*ParseUrl(url), kShort);
  ASSERT_FALSE(connection);
  EXPECT_THAT(connection.error().message, HasSubstr("TLS"));
}

}  // namespace
}  // namespace ocokit::conform
