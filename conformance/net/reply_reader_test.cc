// Replies from their bytes, without a socket: in one piece and cut at every position.

#include "conformance/net/reply_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace ocokit::conform {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using State = ReplyReader::State;

constexpr std::size_t kMost = 1024;
const std::string kStart = "HTTP/1.1 200 OK\r\n";
const std::string kChunked = kStart + "Transfer-Encoding: chunked\r\n\r\n";

// What becomes of bytes that come in pieces.
struct Outcome {
  State state = State::kMore;
  bool ended = false;  // by the end of the bytes
  HttpReply reply;
  std::string refusal;
  std::string rest;           // beyond the reply
  std::size_t most_kept = 0;  // after any piece, as long as more was to come
};

Outcome ReadPieces(const std::vector<std::string_view>& pieces, bool head = false) {
  ReplyReader reader(head, kMost);
  Outcome out;
  for (const std::string_view piece : pieces) {
    out.rest += piece;
    out.rest.erase(0, reader.Take(out.rest));
    if (reader.state() == State::kMore) {
      out.most_kept = std::max(out.most_kept, reader.raw().size() + out.rest.size());
    }
  }
  if (reader.state() == State::kMore) {
    reader.TakeEnd();
    out.ended = reader.state() == State::kDone;
  }
  out.state = reader.state();
  out.refusal = reader.refusal();
  if (out.state == State::kDone) out.reply = reader.Release();
  return out;
}

std::vector<std::string_view> EachByte(std::string_view bytes) {
  std::vector<std::string_view> out;
  for (const char& c : bytes) out.emplace_back(&c, 1);
  return out;
}

std::string Times(int count, const std::string& text) {
  std::string out;
  for (int i = 0; i < count; ++i) out += text;
  return out;
}

TEST(ReplyReader, TakesWhatItShould) {
  const std::string interim = "HTTP/1.1 100 Continue\r\n\r\n";
  const struct {
    const char* name;
    std::string bytes, body;
    int status = 200;
    bool head = false;
    std::string before = {};  // interim replies, which are passed over
  } rows[] = {
      {"length", kStart + "Content-Length: 2\r\n\r\nok", "ok"},
      {"length 0", kStart + "Content-Length: 0\r\n\r\n", ""},
      {"equal lengths", kStart + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok", "ok"},
      {"chunks", kChunked + "3\r\nabc\r\n2;a=b;c=\"d\"\r\nde\r\n0\r\n\r\n", "abcde"},
      {"a chunk's size with zeros", kChunked + "0003\r\nabc\r\n000\r\n\r\n", "abc"},
      {"no chunks", kChunked + "0\r\n\r\n", ""},
      {"no chunks, with an extension", kChunked + "0;a\r\n\r\n", ""},
      {"trailers", kChunked + "1\r\na\r\n0\r\nA: b\r\nC: d\r\n\r\n", "a"},
      {"trailers alone", kChunked + "0\r\nA: b\r\n\r\n", ""},
      {"a body like the last chunk", kChunked + "5\r\n0\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n"},
      {"a folded line", kStart + "A: b\r\n  c\r\nContent-Length: 1\r\n\r\na", "a"},
      {"no content", "HTTP/1.1 204 No Content\r\n\r\n", "", 204},
      {"no content, with a length", "HTTP/1.1 204 x\r\nContent-Length: 9\r\n\r\n", "", 204},
      {"not modified", "HTTP/1.1 304 x\r\nTransfer-Encoding: chunked\r\n\r\n", "", 304},
      {"to a HEAD", kStart + "Content-Length: 700\r\n\r\n", "", 200, true},
      {"to a HEAD, chunked", kChunked, "", 200, true},
      {"without a reason", "HTTP/1.0 404 \r\nContent-Length: 1\r\n\r\na", "a", 404},
      {"interim replies", kStart + "Content-Length: 1\r\n\r\na", "a", 200, false,
       interim + "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"},
  };
  for (const auto& row : rows) {
    const std::string bytes = row.before + row.bytes;
    const std::string with_next = bytes + "next";
    std::vector<std::vector<std::string_view>> ways = {{with_next}};
    for (std::size_t cut = 1; cut <= bytes.size(); ++cut) {
      const std::string_view view = with_next;
      ways.push_back({view.substr(0, cut), view.substr(cut)});
    }
    const Outcome whole = ReadPieces(ways.front(), row.head);
    for (const auto& pieces : ways) {
      SCOPED_TRACE(testing::Message()
                   << row.name << ", the first " << pieces.front().size() << " bytes");
      const Outcome got = ReadPieces(pieces, row.head);
      ASSERT_EQ(got.state, State::kDone) << got.refusal;
      EXPECT_FALSE(got.ended);
      EXPECT_EQ(got.reply.status, row.status);
      EXPECT_EQ(got.reply.body, row.body);
      EXPECT_EQ(got.reply.raw, row.bytes);
      EXPECT_EQ(got.reply.headers, whole.reply.headers);
      EXPECT_EQ(got.rest, "next");
    }
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_EQ(ReadPieces({std::string_view(bytes).substr(0, size)}, row.head).state, State::kMore)
          << row.name << ", the first " << size << " and the end";
    }
  }
}

// Beast's parser ends a program with assertions when the line before them comes alone, with no
// chunk before it: a server that sends byte by byte, or the head and that line at once, did so.
TEST(ReplyReader, TakesTrailersByteByByte) {
  const std::pair<std::string, const char*> rows[] = {
      {"0\r\n\r\n", ""},
      {"0\r\nA: b\r\n\r\n", ""},
      {"00\r\n\r\n", ""},
      {"0;a\r\n\r\n", ""},
      {"1\r\na\r\n0\r\n\r\n", "a"},
      {"1\r\na\r\n0\r\nA: b\r\n\r\n", "a"},
      {"01\r\na\r\n0\r\n\r\n", "a"},
  };
  for (const auto& [chunks, body] : rows) {
    const std::string bytes = kChunked + chunks;
    const std::vector<std::string_view> pieces = EachByte(bytes);
    // With each count of bytes in the first piece, and with a piece that is empty.
    for (std::size_t first = 0; first < bytes.size(); ++first) {
      SCOPED_TRACE(chunks + ", " + std::to_string(first) + " bytes first");
      std::vector<std::string_view> cut = {std::string_view(bytes).substr(0, first)};
      for (std::size_t i = first; i < pieces.size(); ++i) {
        cut.push_back(pieces[i]);
        cut.emplace_back();
      }
      const Outcome got = ReadPieces(cut);
      ASSERT_EQ(got.state, State::kDone) << got.refusal;
      EXPECT_FALSE(got.ended);
      EXPECT_EQ(got.reply.body, body);
      EXPECT_EQ(got.reply.raw, bytes);
      EXPECT_EQ(got.rest, "");
    }
  }
}

TEST(ReplyReader, WithoutALengthTheEndOfTheBytesEndsIt) {
  const std::string head = kStart + "A: b\r\n\r\n";
  const std::string bytes = head + "all of it";
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    SCOPED_TRACE(cut);
    const std::string_view view = bytes;
    const Outcome got = ReadPieces({view.substr(0, cut), view.substr(cut)});
    ASSERT_EQ(got.state, State::kDone) << got.refusal;
    EXPECT_TRUE(got.ended);
    EXPECT_EQ(got.reply.body, "all of it");
    EXPECT_EQ(got.reply.raw, bytes);
    EXPECT_THAT(got.reply.headers, ElementsAre(Pair("A", "b")));
    const Outcome less = ReadPieces({view.substr(0, cut)});
    EXPECT_EQ(less.state, cut < head.size() ? State::kMore : State::kDone);
  }
}

TEST(ReplyReader, RefusesWhatItShould) {
  const struct {
    const char* name;
    std::string bytes;
    const char* why;
  } rows[] = {
      {"no HTTP", "hello, this is no HTTP\r\n\r\n", "no HTTP/1.x reply"},
      {"HTTP/2", "HTTP/2.0 200 OK\r\n\r\n", "no HTTP/1.x reply"},
      {"a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", "no HTTP/1.x reply"},
      {"a header without a colon", kStart + "A\r\n\r\n", "no HTTP/1.x reply"},
      {"two lengths", kStart + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "no HTTP/1.x"},
      {"a length beside chunks",
       kStart + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "no HTTP/1.x reply"},
      {"a bad chunk", kChunked + "zz\r\n", "no HTTP/1.x reply"},
      {"a bad chunk after another", kChunked + "1\r\na\r\nzz\r\n", "no HTTP/1.x reply"},
      {"a chunk longer than its size", kChunked + "1\r\nab\r\n0\r\n\r\n", "no HTTP/1.x reply"},
      {"a length beyond the bound", kStart + "Content-Length: 1025\r\n\r\n",
       "a body of more than 1024 bytes"},
      {"a chunk beyond the bound", kChunked + "401\r\n", "a body of more than 1024 bytes"},
      {"a chunk beyond any number", kChunked + "10000000000000000\r\n", "no HTTP/1.x reply"},
  };
  for (const auto& row : rows) {
    EXPECT_THAT(ReadPieces({row.bytes}).refusal, HasSubstr(row.why)) << row.name;
    for (std::size_t cut = 1; cut < row.bytes.size(); ++cut) {
      const std::string_view view = row.bytes;
      const Outcome got = ReadPieces({view.substr(0, cut), view.substr(cut)});
      EXPECT_EQ(got.state, State::kRefused) << row.name << " cut at " << cut;
      EXPECT_THAT(got.refusal, HasSubstr(row.why)) << row.name << " cut at " << cut;
    }
  }
}

TEST(ReplyReader, KeepsNoMoreThanItsBoundWhateverTheFraming) {
  const std::string header = "X-A: " + std::string(40, 'x') + "\r\n";
  const std::pair<const char*, std::string> rows[] = {
      {"status line", "HTTP/1.1 200 " + std::string(2000, 'x')},
      {"headers", kStart + Times(40, header)},
      {"interim replies", Times(80, "HTTP/1.1 100 Continue\r\n\r\n")},
      {"chunk extension", kChunked + "2;" + std::string(2000, 'x')},
      {"chunk extensions", kChunked + Times(40, "1;" + std::string(50, 'x') + "\r\n \r\n")},
      {"trailers", kChunked + "2\r\n{}\r\n0\r\n" + Times(40, header)},
      {"small chunks", kChunked + Times(300, "1\r\n \r\n")},
      {"body", kStart + "\r\n" + std::string(2000, 'x')},
  };
  for (const auto& [name, bytes] : rows) {
    EXPECT_THAT(ReadPieces({bytes}).refusal, HasSubstr("the reply has ")) << name;
    const Outcome got = ReadPieces(EachByte(bytes));
    EXPECT_THAT(got.refusal, HasSubstr("more than 1024 bytes, all its bytes counted")) << name;
    // An interim reply is forgotten once it is whole.
    EXPECT_EQ(got.most_kept, name == std::string_view("interim replies") ? 24U : kMost) << name;
  }
}

TEST(ReplyReader, TakesWhatIsAsLargeAsItsBound) {
  const std::string interim = "HTTP/1.1 100 Continue\r\n\r\n";
  for (const std::size_t more : {0, 1}) {
    std::string bytes = interim + kStart + "Content-Length: 900\r\nA: ";
    bytes += std::string(kMost - 900 - 4 - bytes.size() + more, 'a') + "\r\n\r\n";
    bytes += std::string(900, 'b');
    for (const auto& pieces : {std::vector<std::string_view>{bytes}, EachByte(bytes)}) {
      const Outcome got = ReadPieces(pieces);
      EXPECT_EQ(got.state, more == 0 ? State::kDone : State::kRefused) << got.refusal;
    }
  }
}

// A follower sees what has come, however little it is, and not the framing.
TEST(ReplyReader, GivesEachPieceAsItComes) {
  const std::string bytes = kChunked + "1\r\na\r\n3\r\n0b0\r\n0\r\n\r\n";
  std::string got;
  std::vector<std::size_t> at;  // how many bytes had come at each piece
  std::size_t come = 0;
  ReplyReader reader(false, kMost, [&](int status, std::string_view piece) {
    EXPECT_EQ(status, 200);
    got += piece;
    at.push_back(come - kChunked.size());
    return true;
  });
  std::string unread;
  for (const char c : bytes) {
    unread += c;
    ++come;
    unread.erase(0, reader.Take(unread));
  }
  EXPECT_EQ(reader.state(), State::kDone);
  EXPECT_EQ(got, "a0b0");
  EXPECT_THAT(at, ElementsAre(4, 10, 11, 12));
  EXPECT_EQ(reader.Release().body, "");
}

// Room for what a header claims would be asked for before a byte of it came.
TEST(ReplyReader, ALengthThatIsClaimedTakesNoMemory) {
  std::string got;
  ReplyReader reader(false, kMost, [&](int, std::string_view piece) {
    got += piece;
    return true;
  });
  const std::string head = kStart + "Content-Length: 9999999999999999\r\n\r\n";
  EXPECT_EQ(reader.Take(head + "abc"), head.size() + 3);
  EXPECT_EQ(reader.state(), State::kMore);
  EXPECT_EQ(got, "abc");
}

TEST(ReplyReader, IsDoneWhenNothingMoreIsWanted) {
  std::string got;
  ReplyReader reader(false, kMost, [&](int, std::string_view piece) {
    got += piece;
    return false;
  });
  const std::string bytes = kChunked + "1\r\na\r\n";
  EXPECT_EQ(reader.Take(bytes), bytes.size() - 2);
  EXPECT_EQ(reader.state(), State::kDone);
  EXPECT_EQ(reader.Take("\r\n1\r\nb\r\n"), 0U);
  EXPECT_EQ(got, "a");
}

}  // namespace
}  // namespace ocokit::conform
