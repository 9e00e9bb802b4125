// Requests from their bytes, without a socket: what is taken, what is refused and with which
// status, in one piece and cut at every position, and that nothing is kept beyond the limits.

#include "mock_exchange/http/request_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace ocokit::mock::http {
namespace {

using ::testing::HasSubstr;
using State = RequestReader::State;

constexpr ReadLimits kLimits{.header_bytes = 1024, .body_bytes = 2048};

// What becomes of bytes that come in pieces, and how much of them is ever left unread.
struct Outcome {
  State state = State::kMore;
  Request request;
  bool keep_alive = false;
  bool continue_due = false;
  int status = 0;
  std::string text;
  std::string rest;           // beyond the request
  std::size_t most_kept = 0;  // unread after any piece
};

Outcome ReadPieces(const std::vector<std::string_view>& pieces, ReadLimits limits = kLimits) {
  RequestReader reader(limits);
  Outcome out;
  for (const std::string_view piece : pieces) {
    out.rest += piece;
    if (reader.state() != State::kMore) continue;
    out.rest.erase(0, reader.Take(out.rest));
    out.continue_due |= reader.TakeContinue();
    if (reader.state() == State::kMore) out.most_kept = std::max(out.most_kept, out.rest.size());
  }
  out.state = reader.state();
  if (out.state == State::kDone) {
    out.keep_alive = reader.keep_alive();
    out.request = reader.Release();
  }
  if (out.state == State::kRefused) {
    out.status = reader.refusal().status;
    out.text = reader.refusal().text;
  }
  return out;
}

Outcome ReadAll(std::string_view bytes, ReadLimits limits = kLimits) {
  return ReadPieces({bytes}, limits);
}

// Lines joined as HTTP has them, with the empty one at the end.
std::string Head(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\r\n";
  return out + "\r\n";
}

std::string Chunked(const std::string& coding) {
  return Head({"POST /p HTTP/1.1", "Host: x", "Transfer-Encoding: " + coding});
}

TEST(RequestReader, TakesWhatItShould) {
  const struct {
    const char* name;
    std::string bytes, body;
    bool keep_alive;
  } cases[] = {
      {"no body", Head({"GET / HTTP/1.1", "Host: x"}), "", true},
      {"length", Head({"POST / HTTP/1.1", "Host: x", "Content-Length: 3"}) + "abc", "abc", true},
      {"equal lengths",
       Head({"POST / HTTP/1.1", "Host: x", "Content-Length: 3", "Content-Length: 3"}) + "abc",
       "abc", true},
      {"length 0", Head({"POST / HTTP/1.1", "Host: x", "Content-Length: 0"}), "", true},
      {"chunks", Chunked("chunked") + "3\r\nabc\r\n2;a=b;c=\"d\"\r\nde\r\n0\r\n\r\n", "abcde",
       true},
      {"the coding's case", Chunked("Chunked") + "1\r\na\r\n0\r\n\r\n", "a", true},
      {"a chunk's size with zeros", Chunked("chunked") + "0003\r\nabc\r\n000\r\n\r\n", "abc", true},
      {"trailers", Chunked("chunked") + "1\r\na\r\n0\r\nX-T: 1\r\n\r\n", "a", true},
      {"close", Head({"GET / HTTP/1.1", "Host: x", "Connection: close"}), "", false},
      {"1.0 without a host", Head({"GET / HTTP/1.0"}), "", false},
      {"1.0 that stays", Head({"GET / HTTP/1.0", "Connection: keep-alive"}), "", true},
      {"1.0 with a host", Head({"GET / HTTP/1.0", "Host: x:80"}), "", false},
      {"an absolute target", Head({"GET http://a.example:1/p HTTP/1.1", "Host: x"}), "", true},
      {"everything", Head({"OPTIONS * HTTP/1.1", "Host: x"}), "", true},
      {"an IPv6 host", Head({"GET / HTTP/1.1", "Host: [::1]:8787"}), "", true},
      {"a name in the host's other forms", Head({"GET / HTTP/1.1", "hOsT:a-b_c.d%20e"}), "", true},
      {"a folded line", Head({"GET / HTTP/1.1", "Host: x", "A: b", "  c"}), "", true},
  };
  for (const auto& c : cases) {
    const Outcome got = ReadAll(c.bytes + "next");
    EXPECT_EQ(got.state, State::kDone) << c.name << ": " << got.text;
    EXPECT_EQ(got.request.body, c.body) << c.name;
    EXPECT_EQ(got.keep_alive, c.keep_alive) << c.name;
    EXPECT_EQ(got.rest, "next") << c.name;
    for (std::size_t cut = 1; cut < c.bytes.size(); ++cut) {
      const std::string_view bytes = c.bytes;
      const Outcome cut_got = ReadPieces({bytes.substr(0, cut), bytes.substr(cut)});
      ASSERT_EQ(cut_got.state, State::kDone) << c.name << " cut at " << cut << ": " << cut_got.text;
      EXPECT_EQ(cut_got.request.body, c.body) << c.name << " cut at " << cut;
      EXPECT_EQ(cut_got.request.headers, got.request.headers) << c.name << " cut at " << cut;
    }
    for (std::size_t size = 0; size < c.bytes.size(); ++size) {
      EXPECT_EQ(ReadAll(std::string_view(c.bytes).substr(0, size)).state, State::kMore)
          << c.name << ", the first " << size;
    }
  }
}

TEST(RequestReader, RefusesWhatItShould) {
  const std::string get = "GET / HTTP/1.1";
  const struct {
    const char* name;
    std::string bytes;
    int status;
    const char* text;
  } cases[] = {
      // Framing: RFC 9112, sections 6.1 and 6.3.
      {"identity", Chunked("identity"), 400, "must end with chunked"},
      {"an unknown coding", Chunked("xchunked"), 400, "must end with chunked"},
      {"quoted", Chunked("\"chunked\""), 400, "must end with chunked"},
      {"chunked is not last", Chunked("chunked, gzip"), 400, "must end with chunked"},
      {"gzip alone", Chunked("gzip"), 400, "must end with chunked"},
      {"no coding", Chunked(""), 400, "must end with chunked"},
      {"an empty coding", Chunked(", chunked"), 400, "empty coding"},
      {"chunked twice", Chunked("chunked, chunked"), 400, "must end with chunked"},
      {"chunked with a parameter", Chunked("chunked;a=b"), 400, "must end with chunked"},
      {"a coding before chunked", Chunked("gzip, chunked"), 501, "gzip is not known here"},
      {"two fields",
       Head(
           {"POST / HTTP/1.1", "Host: x", "Transfer-Encoding: gzip", "Transfer-Encoding: chunked"}),
       501, "gzip is not known here"},
      {"two fields, chunked first",
       Head(
           {"POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip"}),
       400, "Transfer-Encoding"},
      {"length after chunked",
       Head({"POST / HTTP/1.1", "Host: x", "Transfer-Encoding: chunked", "Content-Length: 3"}), 400,
       "Content-Length"},
      {"length before chunked",
       Head({"POST / HTTP/1.1", "Host: x", "Content-Length: 3", "Transfer-Encoding: chunked"}), 400,
       "Content-Length"},
      {"length beside identity",
       Head({"POST / HTTP/1.1", "Host: x", "Transfer-Encoding: identity", "Content-Length: 3"}),
       400, "side by side"},
      {"1.0 in chunks", Head({"POST / HTTP/1.0", "Transfer-Encoding: chunked"}), 400, "HTTP/1.0"},
      {"two lengths",
       Head({"POST / HTTP/1.1", "Host: x", "Content-Length: 3", "Content-Length: 4"}), 400,
       "Content-Length"},
      {"a list of lengths", Head({get, "Host: x", "Content-Length: 3, 4"}), 400, "Content-Length"},
      {"a signed length", Head({get, "Host: x", "Content-Length: +3"}), 400, "Content-Length"},
      {"a negative length", Head({get, "Host: x", "Content-Length: -1"}), 400, "Content-Length"},
      {"a length in hexadecimal", Head({get, "Host: x", "Content-Length: 0x3"}), 400,
       "Content-Length"},
      {"an empty length", Head({get, "Host: x", "Content-Length:"}), 400, "Content-Length"},
      {"a length beyond 64 bits", Head({get, "Host: x", "Content-Length: 18446744073709551616"}),
       400, "Content-Length"},
      {"a chunk's size of no number", Chunked("chunked") + "x\r\n", 400, "not an HTTP/1.1 request"},
      {"a chunk's size beyond 64 bits", Chunked("chunked") + "10000000000000000\r\n", 400,
       "not an HTTP/1.1 request"},
      {"a chunk that is longer than it says", Chunked("chunked") + "1\r\nabc\r\n0\r\n\r\n", 400,
       "not an HTTP/1.1 request"},
      {"a chunk extension of no token", Chunked("chunked") + "1 x\r\na\r\n0\r\n\r\n", 400,
       "not an HTTP/1.1 request"},
      // Host: RFC 9112, section 3.2.
      {"no host", Head({get}), 400, "no Host header"},
      {"two hosts", Head({get, "Host: x", "Host: x"}), 400, "more than one Host"},
      {"an empty host", Head({get, "Host:"}), 400, "must be HOST"},
      {"a host that is none", Head({get, "Host: a b/c@d"}), 400, "must be HOST"},
      {"a user in the host", Head({get, "Host: user@example.com"}), 400, "must be HOST"},
      {"a path in the host", Head({get, "Host: example.com/a"}), 400, "must be HOST"},
      {"two names", Head({get, "Host: a, b"}), 400, "must be HOST"},
      {"a port of letters", Head({get, "Host: a:b"}), 400, "must be HOST"},
      {"a port beyond 65535", Head({get, "Host: a:65536"}), 400, "must be HOST"},
      {"half a bracket", Head({get, "Host: [::1"}), 400, "must be HOST"},
      {"no address in brackets", Head({get, "Host: [a]"}), 400, "must be HOST"},
      {"a bad escape", Head({get, "Host: a%2"}), 400, "must be HOST"},
      {"two hosts in 1.0", Head({"GET / HTTP/1.0", "Host: x", "Host: x"}), 400, "more than one"},
      {"a target with a user", Head({"GET http://127.0.0.1@x/ HTTP/1.1", "Host: x"}), 400,
       "without user"},
      {"a target without a host", Head({"GET http:///p HTTP/1.1", "Host: x"}), 400, "no host"},
      {"a target that is no path", Head({"GET p HTTP/1.1", "Host: x"}), 400, "begins with /"},
      {"a target for OPTIONS alone", Head({"GET * HTTP/1.1", "Host: x"}), 400, "begins with /"},
      {"a tunnel", Head({"CONNECT a.example:443 HTTP/1.1", "Host: x"}), 400, "begins with /"},
      // Versions: RFC 9110, section 15.6.6.
      {"HTTP/2.0", Head({"GET / HTTP/2.0", "Host: x"}), 505, "HTTP/1.1 is spoken"},
      {"HTTP/2's preface", Head({"PRI * HTTP/2.0", "", "SM"}), 505, "HTTP/1.1 is spoken"},
      {"HTTP/2 as curl shows it", Head({"GET / HTTP/2", "Host: x"}), 505, "HTTP/1.1 is spoken"},
      {"HTTP/3.0", Head({"GET / HTTP/3.0", "Host: x"}), 505, "HTTP/1.1 is spoken"},
      {"HTTP/1.2", Head({"GET / HTTP/1.2", "Host: x"}), 400, "not an HTTP/1.1 request"},
      {"HTTP/0.9", Head({"GET /"}), 400, "not an HTTP/1.1 request"},
      {"no version", Head({"GET / HTTP/x", "Host: x"}), 400, "not an HTTP/1.1 request"},
      {"lower case", Head({"GET / http/1.1", "Host: x"}), 400, "not an HTTP/1.1 request"},
      // Grammar: RFC 9112, sections 2.2 and 5.1, RFC 9110, section 5.5.
      {"a blank before the colon", Head({get, "Host : x"}), 400, "not an HTTP/1.1 request"},
      {"a field before the first name", Head({get, " Host: x"}), 400, "not an HTTP/1.1 request"},
      {"a field without a colon", Head({get, "Host x"}), 400, "not an HTTP/1.1 request"},
      {"a zero byte in a value", Head({get, "Host: x", std::string("A: b\0c", 6)}), 400,
       "not an HTTP/1.1 request"},
      {"a carriage return in a value", Head({get, "Host: x", "A: b\rc"}), 400,
       "not an HTTP/1.1 request"},
      {"a line feed alone", "GET / HTTP/1.1\nHost: x\n\n", 400, "not an HTTP/1.1 request"},
      {"a blank in the target", Head({"GET /a b HTTP/1.1", "Host: x"}), 400,
       "not an HTTP/1.1 request"},
      {"a length among the trailers",
       Chunked("chunked") + "1\r\na\r\n0\r\nContent-Length: 1\r\n\r\n", 400, "are no trailers"},
      {"a coding among the trailers",
       Chunked("chunked") + "1\r\na\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
       "are no trailers"},
      {"a method of no token", Head({"G@T / HTTP/1.1", "Host: x"}), 400, "not an HTTP/1.1 request"},
  };
  for (const auto& c : cases) {
    const Outcome got = ReadAll(c.bytes);
    EXPECT_EQ(got.status, c.status) << c.name << ": " << got.text;
    EXPECT_THAT(got.text, HasSubstr(c.text)) << c.name;
    for (std::size_t cut = 1; cut < c.bytes.size(); ++cut) {
      const std::string_view bytes = c.bytes;
      const Outcome cut_got = ReadPieces({bytes.substr(0, cut), bytes.substr(cut)});
      EXPECT_EQ(cut_got.status, c.status) << c.name << " cut at " << cut << ": " << cut_got.text;
    }
  }
}

// Sends `piece` again and again after `start`, until it is refused.
Outcome Flood(const std::string& start, const std::string& piece, std::size_t most = 1'000'000) {
  std::vector<std::string_view> pieces = {start};
  for (std::size_t sent = 0; sent < most; sent += piece.size()) pieces.push_back(piece);
  return ReadPieces(pieces);
}

// A megabyte of each kept a megabyte, and ended only with the connection's time.
TEST(RequestReader, KeepsNoMoreThanItsLimitsWhateverTheFraming) {
  const std::string line = "X-Header: " + std::string(100, 'v') + "\r\n";
  const std::string head = "GET / HTTP/1.1\r\nHost: x\r\n";
  const struct {
    const char* name;
    std::string start, piece;
    int status;
    const char* text;
  } cases[] = {
      {"a request line without an end", "GET /", std::string(100, 'a'), 414, "request line"},
      {"a method without an end", "G", std::string(100, 'A'), 414, "request line"},
      {"a header without an end", head + "A: ", std::string(100, 'v'), 431, "the header is longer"},
      {"headers without an end", head, line, 431, "the header is longer"},
      {"folded lines without an end", head + "A: b\r\n", " c\r\n", 431, "the header is longer"},
      {"a chunk extension without an end", Chunked("chunked") + "1;", std::string(100, 'e'), 413,
       "chunk extensions are longer"},
      {"a chunk's size without an end", Chunked("chunked"), std::string(100, '0'), 413,
       "chunk extensions are longer"},
      {"chunk extensions without an end", Chunked("chunked"),
       "1;" + std::string(100, 'e') + "\r\na\r\n", 413, "chunk extensions are longer"},
      {"trailers without an end", Chunked("chunked") + "0\r\n", line, 431, "trailers are longer"},
      {"a trailer without an end", Chunked("chunked") + "0\r\nA: ", std::string(100, 'v'), 431,
       "trailers are longer"},
      {"chunks without an end", Chunked("chunked"), "10\r\n0123456789abcdef\r\n", 413,
       "the body is longer"},
  };
  for (const auto& c : cases) {
    const Outcome got = Flood(c.start, c.piece);
    EXPECT_EQ(got.status, c.status) << c.name << ": " << got.text;
    EXPECT_THAT(got.text, HasSubstr(c.text)) << c.name;
    EXPECT_LT(got.most_kept, 2 * kLimits.header_bytes) << c.name;
  }
  EXPECT_EQ(ReadAll(Head({"POST / HTTP/1.1", "Host: x", "Content-Length: 2049"})).status, 413);
  EXPECT_EQ(ReadAll(Chunked("chunked") + "801\r\n").status, 413);
}

// Beast's parser ends a program with assertions when the line before them comes alone.
TEST(RequestReader, TakesTrailersByteByByte) {
  const std::string bytes = Chunked("chunked") + "1\r\na\r\n0\r\nA: b\r\n\r\n";
  std::vector<std::string_view> pieces;
  for (const char& c : bytes) pieces.emplace_back(&c, 1);
  EXPECT_EQ(ReadPieces(pieces).request.body, "a");
}

// Whether they come in one piece or in many.
TEST(RequestReader, TrailersAreBoundedHoweverTheyCome) {
  const std::string start = Chunked("chunked") + "1\r\na\r\n0\r\n";
  const std::string most = "A: " + std::string(kLimits.header_bytes - 7, 'v') + "\r\n\r\n";
  for (const bool too_long : {false, true}) {
    const std::string trailers = too_long ? "B" + most : most;
    std::vector<std::string_view> pieces = {start};
    for (const char& c : trailers) pieces.emplace_back(&c, 1);
    for (const Outcome& got : {ReadAll(start + trailers), ReadPieces(pieces)}) {
      EXPECT_EQ(got.status, too_long ? 431 : 0);
      EXPECT_EQ(got.state, too_long ? State::kRefused : State::kDone);
    }
  }
}

TEST(RequestReader, TakesWhatIsAsLargeAsItsLimits) {
  std::string head = "GET / HTTP/1.1\r\nHost: x\r\nA: ";
  head += std::string(kLimits.header_bytes - head.size() - 4, 'v') + "\r\n\r\n";
  EXPECT_EQ(ReadAll(head).state, State::kDone);
  head.insert(head.size() - 4, "v");
  EXPECT_EQ(ReadAll(head).status, 431);
  const std::string body(kLimits.body_bytes, 'b');
  EXPECT_EQ(
      ReadAll(Head({"POST / HTTP/1.1", "Host: x", "Content-Length: 2048"}) + body).request.body,
      body);
  EXPECT_EQ(ReadAll(Chunked("chunked") + "800\r\n" + body + "\r\n0\r\n\r\n").request.body, body);
}

// A key or a second Host must not come in after the head has been looked at.
TEST(RequestReader, TrailersAreNoHeaders) {
  const Outcome got =
      ReadAll(Chunked("chunked") +
              "1\r\na\r\n0\r\nX-BX-APIKEY: key\r\nHost: y\r\nConnection: close\r\n\r\n");
  ASSERT_EQ(got.state, State::kDone);
  EXPECT_FALSE(got.request.FindHeader("X-BX-APIKEY"));
  EXPECT_EQ(got.request.headers.size(), 2U);
  EXPECT_TRUE(got.keep_alive);
}

// RFC 9112, section 5.2.
TEST(RequestReader, AFoldedLineIsOneValue) {
  const Outcome got = ReadAll(Head({"GET / HTTP/1.1", "Host: x", "A: b", "  c", "\td"}));
  ASSERT_EQ(got.state, State::kDone);
  EXPECT_EQ(got.request.FindHeader("A"), "b c d");
}

TEST(RequestReader, SaysOnceThatTheBodyIsWaitedFor) {
  const std::string asks = "Expect: 100-continue";
  EXPECT_TRUE(
      ReadAll(Head({"POST / HTTP/1.1", "Host: x", asks, "Content-Length: 1"})).continue_due);
  // Nothing is waited for.
  EXPECT_FALSE(ReadAll(Head({"GET / HTTP/1.1", "Host: x", asks})).continue_due);
  EXPECT_FALSE(
      ReadAll(Head({"POST / HTTP/1.1", "Host: x", asks, "Content-Length: 0"})).continue_due);
  // RFC 9110, section 10.1.1.
  EXPECT_FALSE(ReadAll(Head({"POST / HTTP/1.0", asks, "Content-Length: 1"})).continue_due);
  EXPECT_FALSE(
      ReadAll(Head({"POST / HTTP/1.1", "Host: x", asks, "Content-Length: 4096"})).continue_due);
  EXPECT_FALSE(ReadAll(Head({"POST / HTTP/1.1", asks, "Content-Length: 1"})).continue_due);
}

}  // namespace
}  // namespace ocokit::mock::http
