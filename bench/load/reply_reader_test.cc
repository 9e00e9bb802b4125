#include "bench/load/reply_reader.h"

#include <gtest/gtest.h>

#include <cstring>

namespace ocokit::load {
namespace {

using State = ReplyReader::State;

constexpr std::string_view kReply =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nServer-Timing: decide;dur=0.5\r\n"
    "Content-Length: 11\r\n\r\n{\"code\":0}\n";

State Put(ReplyReader& reader, std::string_view bytes) {
  State state = State::kMore;
  while (!bytes.empty()) {
    const std::span<char> space = reader.Space();
    const std::size_t size = std::min(space.size(), bytes.size());
    std::memcpy(space.data(), bytes.data(), size);
    bytes.remove_prefix(size);
    state = reader.Commit(size);
    if (state != State::kMore) break;
  }
  return state;
}

TEST(ReplyReaderTest, ReadsAReplyCutAnywhere) {
  for (std::size_t cut = 0; cut <= kReply.size(); ++cut) {
    ReplyReader reader;
    const State first = Put(reader, kReply.substr(0, cut));
    ASSERT_EQ(first, cut == kReply.size() ? State::kWhole : State::kMore) << cut;
    if (first == State::kMore) {
      ASSERT_EQ(Put(reader, kReply.substr(cut)), State::kWhole) << cut;
    }
    const client::HttpResponse response = reader.Take();
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "{\"code\":0}\n");
    EXPECT_EQ(response.Header("server-timing"), "decide;dur=0.5");
    EXPECT_TRUE(reader.keeps_alive());
    EXPECT_FALSE(reader.has_surplus());
  }
}

TEST(ReplyReaderTest, ReadsOneAfterTheOther) {
  ReplyReader reader;
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(Put(reader, kReply), State::kWhole);
    EXPECT_EQ(reader.Take().body.size(), 11u);
  }
}

TEST(ReplyReaderTest, PassesInterimRepliesOver) {
  const std::string interim =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
  const std::string whole = interim + std::string(kReply);
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    ReplyReader reader;
    const State first = Put(reader, whole.substr(0, cut));
    ASSERT_EQ(first, cut == whole.size() ? State::kWhole : State::kMore) << cut;
    if (first == State::kMore) {
      ASSERT_EQ(Put(reader, whole.substr(cut)), State::kWhole) << cut;
    }
    EXPECT_EQ(reader.Take().status, 200) << cut;
    EXPECT_FALSE(reader.has_surplus()) << cut;
  }
  ReplyReader reader;
  EXPECT_EQ(Put(reader, interim), State::kMore);
  EXPECT_EQ(reader.End(), State::kMore);
  reader.Reset();
  // The last reply in HTTP on its connection.
  EXPECT_EQ(Put(reader, "HTTP/1.1 101 Switching Protocols\r\n\r\n"), State::kWhole);
  EXPECT_EQ(reader.Take().status, 101);
}

// Beast's parser ends a program with assertions when the line before them comes alone, with no
// chunk before it: a server that sends byte by byte, or the head and that line at once, did so.
TEST(ReplyReaderTest, ReadsTrailersByteByByte) {
  const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string& whole :
       {head + "0\r\n\r\n", head + "0\r\nA: b\r\n\r\n", head + "1\r\na\r\n0\r\nA: b\r\n\r\n"}) {
    for (std::size_t first = 0; first < whole.size(); ++first) {
      ReplyReader reader;
      ASSERT_EQ(Put(reader, whole.substr(0, first)), State::kMore) << first;
      for (std::size_t at = first; at < whole.size(); ++at) {
        const State want = at + 1 == whole.size() ? State::kWhole : State::kMore;
        ASSERT_EQ(Put(reader, whole.substr(at, 1)), want) << first << ", " << at;
      }
      EXPECT_EQ(reader.Take().status, 200);
      EXPECT_FALSE(reader.has_surplus());
    }
  }
}

TEST(ReplyReaderTest, SeesWhatNobodyAskedFor) {
  ReplyReader reader;
  ASSERT_EQ(Put(reader, std::string(kReply) + std::string(kReply)), State::kWhole);
  EXPECT_EQ(reader.Take().status, 200);
  EXPECT_TRUE(reader.has_surplus());
  reader.Reset();
  EXPECT_FALSE(reader.has_surplus());
  EXPECT_EQ(Put(reader, kReply), State::kWhole);
}

TEST(ReplyReaderTest, AReplyMayEndWithItsConnection) {
  ReplyReader reader;
  EXPECT_EQ(Put(reader, "HTTP/1.1 200 OK\r\n\r\n{}"), State::kMore);
  ASSERT_EQ(reader.End(), State::kWhole);
  EXPECT_EQ(reader.Take().body, "{}");
  EXPECT_FALSE(reader.keeps_alive());
  reader.Reset();
  EXPECT_EQ(reader.End(), State::kMore);
  EXPECT_EQ(Put(reader, kReply.substr(0, kReply.size() - 1)), State::kMore);
  EXPECT_EQ(reader.End(), State::kMore);
}

TEST(ReplyReaderTest, WhatIsNoReplyIsMalformed) {
  for (const char* bytes : {"SMTP ready\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
                            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"}) {
    ReplyReader reader;
    EXPECT_EQ(Put(reader, bytes), State::kMalformed) << bytes;
  }
}

TEST(ReplyReaderTest, ALongBodyIsReadWhole) {
  ReplyReader reader;
  const std::string body(100000, 'x');
  ASSERT_EQ(Put(reader, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body), State::kWhole);
  EXPECT_EQ(reader.Take().body, body);
}

// The parser's own limits leave out the framing of chunks, trailers and interim replies: a server
// that sends those without end filled the memory.
TEST(ReplyReaderTest, NothingOfAReplyIsEndless) {
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string x(50'000, 'x');
  const std::string header = "X-A: " + std::string(100, 'x') + "\r\n";
  const std::pair<std::string, std::string> rows[] = {
      {"HTTP/1.1 200 ", x},
      {"HTTP/1.1 200 OK\r\n", header},
      {"", "HTTP/1.1 103 Early Hints\r\n" + header + "\r\n"},
      {chunked + "2;", x},
      {chunked, "1;" + x + "\r\n \r\n"},
      {chunked, "1\r\n \r\n"},
      {chunked + "2\r\n{}\r\n0\r\n", header},
      {"HTTP/1.1 200 OK\r\n\r\n", x},
  };
  for (const auto& [begin, more] : rows) {
    SCOPED_TRACE(begin);
    std::string piece = more;
    while (piece.size() < 50'000) piece += more;
    ReplyReader reader;
    State state = begin.empty() ? State::kMore : Put(reader, begin);
    std::size_t came = begin.size();
    for (; state == State::kMore && came < std::size_t{6} << 20; came += piece.size()) {
      state = Put(reader, piece);
    }
    EXPECT_EQ(state, State::kMalformed);
    EXPECT_LT(came, std::size_t{5} << 20);
  }
}

TEST(ReplyReaderTest, EachReplyHasItsOwnBound) {
  ReplyReader reader;
  const std::string body(1 << 20, 'x');
  for (int i = 0; i < 8; ++i) {
    ASSERT_EQ(Put(reader, "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n" + body),
              State::kWhole);
    EXPECT_EQ(reader.Take().body.size(), body.size());
  }
}

TEST(ServerTimingTest, IsTheSumOfWhatTheSimulatorDid) {
  struct Case {
    const char* text;
    std::int64_t want;
  };
  for (const Case& c : {Case{"authenticate;dur=0.012, decide;dur=0.0345, delay;dur=20", 20046500},
                        Case{"decide;dur=0.000001", 1}, Case{"decide;dur=0", 0},
                        Case{"cache;dur=5, decide;dur=1,delay;dur=2", 3000000}, Case{"", -1},
                        Case{"cache;dur=5", -1}, Case{"decide", -1}, Case{"decide;dur=x", -1},
                        Case{"decide;dur=-1", -1}, Case{"decide;dur=nan", -1}}) {
    EXPECT_EQ(ReadServerTiming(c.text), c.want) << c.text;
  }
}

TEST(ServerTimingTest, SaysWhenItWasDecided) {
  struct Case {
    const char* text;
    std::int64_t want;
  };
  for (const Case& c :
       {Case{"delay;dur=0.000000, commit;desc=1764589459123456789", 1764589459123456789},
        Case{"commit;desc=5, delay;dur=1", 5}, Case{"delay;dur=1", -1}, Case{"", -1},
        Case{"commit;desc=", -1}, Case{"commit;desc=x", -1}, Case{"commit;desc=5x", -1},
        Case{"commit;desc=-5", -1}, Case{"commit;desc=99999999999999999999", -1}}) {
    EXPECT_EQ(ReadCommitTime(c.text), c.want) << c.text;
  }
}

}  // namespace
}  // namespace ocokit::load
