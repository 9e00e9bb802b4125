// Arbitrary bytes as a server's, cut as the first two bytes say and read as the third says: what
// comes out does not depend on the cuts, nothing is kept beyond the bound, and a reply is whole.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "conformance/net/reply_reader.h"
#include "ocokit/base/check.h"

namespace {

using ocokit::conform::HttpReply;
using ocokit::conform::ReplyReader;
using State = ReplyReader::State;

constexpr std::size_t kMost = 1024;

struct How {
  bool head = false;
  bool in_pieces = false;  // given piece by piece
};

struct Outcome {
  State state = State::kMore;
  bool ended = false;  // by the end of the bytes
  HttpReply reply;
  std::string pieces;
  std::size_t taken = 0;
};

Outcome Read(std::string_view bytes, How how, std::size_t first, std::size_t step) {
  Outcome out;
  ReplyReader::OnPiece on_piece;
  if (how.in_pieces) {
    on_piece = [&out](int status, std::string_view piece) {
      OCOKIT_CHECK(status / 100 != 1 && !piece.empty(), "a piece of nothing");
      out.pieces += piece;
      return true;
    };
  }
  ReplyReader reader(how.head, kMost, on_piece);
  std::size_t end = std::min(first, bytes.size());
  while (true) {
    out.taken += reader.Take(bytes.substr(out.taken, end - out.taken));
    if (reader.state() != State::kMore) break;
    OCOKIT_CHECK(reader.raw().size() + (end - out.taken) <= kMost, "more is kept than the bound");
    if (end == bytes.size()) break;
    end = std::min(end + step, bytes.size());
  }
  if (reader.state() == State::kMore) {
    reader.TakeEnd();
    out.ended = reader.state() == State::kDone;
  }
  out.state = reader.state();
  OCOKIT_CHECK((out.state == State::kRefused) != reader.refusal().empty(), "refused without a why");
  if (out.state == State::kDone) out.reply = reader.Release();
  return out;
}

void CheckSame(const Outcome& a, const Outcome& b) {
  OCOKIT_CHECK(a.taken == b.taken, "a cut moves the end of the reply");
  OCOKIT_CHECK(a.ended == b.ended, "a cut changes what ends the reply");
  OCOKIT_CHECK(a.reply.status == b.reply.status && a.reply.headers == b.reply.headers &&
                   a.reply.body == b.reply.body && a.pieces == b.pieces,
               "a cut changes the reply");
}

void CheckWhole(const Outcome& got, How how) {
  const HttpReply& reply = got.reply;
  OCOKIT_CHECK(reply.status / 100 != 1 || reply.status == 101, "an interim reply is given");
  if (how.in_pieces) {
    OCOKIT_CHECK(reply.body.empty(), "a body beside its pieces");
    return;
  }
  OCOKIT_CHECK(reply.raw.size() <= kMost && reply.body.size() <= reply.raw.size(),
               "a reply beyond the bound");
  if (how.head || reply.status == 204 || reply.status == 304 || reply.status == 101) {
    OCOKIT_CHECK(reply.body.empty() && !got.ended, "a body where none can be");
  } else if (!got.ended && reply.FindHeader("Transfer-Encoding") == nullptr) {
    const std::string* length = reply.FindHeader("Content-Length");
    OCOKIT_CHECK(length != nullptr, "a reply that nothing has ended");
    OCOKIT_CHECK(reply.raw.ends_with("\r\n\r\n" + reply.body), "a body that is not whole");
  }
  // Its raw bytes are all of it.
  const Outcome again = Read(reply.raw, how, reply.raw.size(), 1);
  OCOKIT_CHECK(again.state == State::kDone && again.taken == reply.raw.size() &&
                   again.reply.body == reply.body && again.reply.headers == reply.headers,
               "the raw bytes are another reply");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 3, size - 3);
  const How how{.head = (data[2] & 1) != 0, .in_pieces = (data[2] & 2) != 0};
  const Outcome whole = Read(bytes, how, bytes.size(), 1);
  const Outcome cut = Read(bytes, how, data[0], std::size_t{1} + data[1]);
  if (whole.state == State::kDone) CheckWhole(whole, how);
  if (cut.state == State::kDone) CheckWhole(cut, how);
  if (whole.state == State::kDone && cut.state == State::kDone) {
    CheckSame(whole, cut);
    OCOKIT_CHECK(how.in_pieces || whole.reply.raw == cut.reply.raw, "a cut changes the raw bytes");
  } else if (how.in_pieces) {
    // What the bound counts beside pieces is as large as they come; no piece is another one.
    OCOKIT_CHECK(whole.pieces.starts_with(cut.pieces) || cut.pieces.starts_with(whole.pieces),
                 "a cut changes a piece");
  } else {
    // There is none, seen early or late.
    OCOKIT_CHECK(whole.state != State::kDone && cut.state != State::kDone,
                 "a cut makes a difference");
  }
  return 0;
}
