#include "conformance/server/open_stream.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "conformance/engine/quotes.h"
#include "conformance/net/gunzip.h"
#include "conformance/server/json_value.h"
#include "conformance/text/printable.h"

namespace ocokit::conform::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Of what one gzip member holds.
constexpr std::size_t kMostOfAMessage = MessageReader::kMost;
constexpr int kNoCode = 1005;
constexpr milliseconds kFirstByteAlone{50};

milliseconds Left(steady_clock::time_point until) {
  const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now());
  return std::max(left, milliseconds(0));
}

}  // namespace

OpenStream::OpenStream(std::string name, WebSocket socket, Venue venue, bool answers_heartbeats,
                       std::uint64_t seed, std::vector<WireEntry>& wire)
    : name_(std::move(name)),
      socket_(std::move(socket)),
      venue_(venue),
      answers_heartbeats_(answers_heartbeats),
      keys_(static_cast<std::mt19937::result_type>(seed)),
      wire_(wire) {}

MaskingKey OpenStream::NewKey() {
  const auto number = static_cast<std::uint32_t>(keys_());
  MaskingKey key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  return key;
}

void OpenStream::Note(const std::string& sent, const std::string& got, std::string note) {
  using std::chrono::microseconds;
  const auto took = std::chrono::duration_cast<microseconds>(steady_clock::now() - begun_);
  const std::size_t most = noted_ < Quotes::kMostOfACase ? Quotes::kMostOfAPlace : Quotes::kLittle;
  WireEntry entry{"stream " + name_, Shortened(sent, most), Shortened(got, most), "", took};
  entry.note = std::move(note);
  noted_ += entry.sent.size() + entry.got.size();
  wire_.push_back(std::move(entry));
}

void OpenStream::Send(const StreamBytes& bytes, bool in_pieces, milliseconds timeout) {
  begun_ = steady_clock::now();
  closing_ = closing_ || bytes.closes;
  const std::string_view all = bytes.bytes;
  const std::size_t piece = in_pieces ? 1 : all.size();
  std::string note;
  for (std::size_t at = 0; at < all.size() && note.empty(); at += piece) {
    const auto written = socket_.Write(all.substr(at, piece), timeout);
    if (!written) note = written.error().message;
    // So that it comes by itself, also where the server is slow to look.
    if (in_pieces && at == 0) std::this_thread::sleep_for(kFirstByteAlone);
  }
  Note(bytes.shown, "", std::move(note));
}

void OpenStream::PutBack(std::deque<Heard> heard) {
  waiting_.insert(waiting_.begin(), std::make_move_iterator(heard.begin()),
                  std::make_move_iterator(heard.end()));
}

Result<Heard, Mismatch> OpenStream::Next(Until until) {
  if (!waiting_.empty()) {
    Heard first = std::move(waiting_.front());
    waiting_.pop_front();
    return first;
  }
  while (!end_) {
    begun_ = steady_clock::now();
    auto message = socket_.Read(Left(until));
    if (!message && message.error().why == NoReply::kClosed) {
      end_ = Heard{.kind = Heard::Kind::kEnd, .why = message.error().message};
      Note("", "", end_->why + " without a closing frame");
      break;
    }
    const bool late = !message && message.error().why == NoReply::kTimeout;
    if (late) return tl::unexpected(Mismatch{"the stream", "a message", message.error().message});
    if (!message) {
      Note("", "", message.error().message);
      const char* const wanted = "what RFC 6455 lets a server send";
      return tl::unexpected(Mismatch{"the stream", wanted, message.error().message});
    }
    auto heard = Take(*message, until);
    if (!heard) return tl::unexpected(heard.error());
    if (*heard) return std::move(**heard);
  }
  return *end_;
}

Result<std::optional<Heard>, Mismatch> OpenStream::Take(const SocketMessage& message, Until until) {
  if (message.opcode == kCloseFrame) {
    auto end = FinishClosing(message, until);
    if (!end) return tl::unexpected(end.error());
    return std::optional<Heard>(std::move(*end));
  }
  Heard heard{.text = message.payload, .binary = message.opcode == kBinaryFrame};
  if (message.opcode == kPingFrame || message.opcode == kPongFrame) {
    Note("", ShowFrame(message.opcode, message.payload));
    heard.kind = Heard::Kind::kPong;
    if (message.opcode == kPongFrame) return std::optional<Heard>(std::move(heard));
    const Frame pong{.opcode = kPongFrame, .key = NewKey(), .payload = message.payload};
    Send({FormatFrame(pong), ShowFrame(kPongFrame, message.payload), false}, false, Left(until));
    return std::nullopt;
  }
  if (heard.binary && venue_ == Venue::kBingx) {
    auto text = Gunzip(message.payload, kMostOfAMessage);
    if (!text) {
      Note("", ShowFrame(message.opcode, message.payload));
      return tl::unexpected(Mismatch{"a binary message", "one gzip member", text.error().message});
    }
    heard.text = std::move(*text);
  }
  Note("", heard.text);
  if (answers_heartbeats_ && AnswerHeartbeat(heard.text, until)) return std::nullopt;
  return std::optional<Heard>(std::move(heard));
}

bool OpenStream::AnswerHeartbeat(const std::string& text, Until until) {
  std::string answer = "Pong";
  if (text != "Ping") {
    if (text.find("\"ping\"") == std::string::npos) return false;
    const auto json = ParseJson(text);
    const JsonValue* ping = json ? json->Find("ping") : nullptr;
    if (ping == nullptr) return false;
    const JsonValue* time = json->Find("time");
    answer = "{\"pong\":" + FormatJson(*ping);
    answer += time == nullptr ? "}" : ",\"time\":" + FormatJson(*time) + "}";
  }
  Send(BytesOfText(answer, [this] { return NewKey(); }), false, Left(until));
  return true;
}

// The answer to a closing frame is one with its code; then the server closes the connection first
// (RFC 6455, 7.1.1).
Result<Heard, Mismatch> OpenStream::FinishClosing(const SocketMessage& closing, Until until) {
  Note("", ShowFrame(kCloseFrame, closing.payload));
  if (!closing_) {
    const std::string code = closing.payload.substr(0, 2);
    const Frame answer{.opcode = kCloseFrame, .key = NewKey(), .payload = code};
    Send({FormatFrame(answer), ShowFrame(kCloseFrame, code), true}, false, Left(until));
  }
  const auto behind = socket_.Read(Left(until));
  if (behind || behind.error().why != NoReply::kClosed) {
    const std::string got =
        behind ? ShowFrame(behind->opcode, behind->payload) : behind.error().message;
    return tl::unexpected(Mismatch{"behind the closing frame", "the end of the connection", got});
  }
  end_ = Heard{.kind = Heard::Kind::kEnd, .code = CloseCode(closing.payload).value_or(kNoCode)};
  return *end_;
}

}  // namespace ocokit::conform::server
