#include "conformance/net/web_socket.h"

#include <utility>

#include "conformance/text/text.h"
#include "conformance/text/utf8.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMostOfAControlFrame = 125;

// Codes that may stand in a close frame (RFC 6455, 7.4).
bool MayBeSent(int code) {
  if (code >= 3000 && code <= 4999) return true;
  return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
}

bool HasWord(const HttpReply& reply, std::string_view header, std::string_view word) {
  const std::string* value = reply.FindHeader(header);
  return value != nullptr && LowerCase(*value).find(word) != std::string::npos;
}

std::string WrongInClose(std::string_view payload) {
  if (payload.size() == 1) return "a close frame with half a code";
  const std::optional<int> code = CloseCode(payload);
  if (!code) return "";
  if (!MayBeSent(*code)) return "a close frame with the code " + std::to_string(*code);
  return IsUtf8(payload.substr(2)) ? "" : "a close frame whose reason is no UTF-8";
}

}  // namespace

std::string AcceptFor(std::string_view key) {
  const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  return FormatBase64(Hash(HashKind::kSha1, text));
}

std::string WrongInHandshake(const HttpReply& reply, std::string_view key) {
  if (!HasWord(reply, "Upgrade", "websocket")) return "it has no `Upgrade: websocket`";
  if (!HasWord(reply, "Connection", "upgrade")) return "it has no `Connection: Upgrade`";
  const std::string* accept = reply.FindHeader("Sec-WebSocket-Accept");
  const std::string wanted = AcceptFor(key);
  if (accept == nullptr) return "it has no Sec-WebSocket-Accept";
  if (*accept != wanted) return "Sec-WebSocket-Accept is " + *accept + ", not " + wanted;
  return "";
}

std::string MessageReader::WrongIn(const Frame& frame) const {
  const bool known =
      frame.opcode <= kBinaryFrame || (frame.opcode >= kCloseFrame && frame.opcode <= kPongFrame);
  if (!known) return "a frame of the opcode " + std::to_string(frame.opcode);
  if (frame.reserved != 0) return "a frame with a reserved bit";
  if (frame.key) return "a masked frame";
  if (frame.long_length) return "a frame whose length stands in more bytes than it needs";
  if (frame.IsControl()) {
    if (!frame.fin) return "a control frame that is only a part";
    if (frame.payload.size() > kMostOfAControlFrame)
      return "a control frame of more than 125 bytes";
    return frame.opcode == kCloseFrame ? WrongInClose(frame.payload) : "";
  }
  if (frame.opcode == kContinuation && !begun_) return "a continuation of nothing";
  if (frame.opcode != kContinuation && begun_) return "a new message within another";
  if (begun_ && begun_->payload.size() + frame.payload.size() > kMost) return "an endless message";
  return "";
}

std::optional<SocketMessage> MessageReader::Next() {
  while (refusal_.empty()) {
    std::optional<Frame> frame = frames_.Next();
    if (!frame) {
      refusal_ = frames_.refusal();
      return std::nullopt;
    }
    refusal_ = WrongIn(*frame);
    if (!refusal_.empty()) return std::nullopt;
    if (frame->IsControl()) return SocketMessage{frame->opcode, std::move(frame->payload)};
    if (!begun_) begun_ = SocketMessage{frame->opcode, ""};
    begun_->payload += frame->payload;
    if (!frame->fin) continue;
    if (begun_->opcode == kTextFrame && !IsUtf8(begun_->payload)) {
      refusal_ = "text that is no UTF-8";
      return std::nullopt;
    }
    return std::exchange(begun_, std::nullopt);
  }
  return std::nullopt;
}

tl::expected<SocketMessage, ReadFailure> WebSocket::Read(milliseconds timeout) {
  const auto until = steady_clock::now() + timeout;
  const auto fail = [](NoReply why, std::string message) {
    return tl::unexpected<ReadFailure>(ReadFailure{why, std::move(message), ""});
  };
  while (true) {
    if (auto message = reader_.Next()) return std::move(*message);
    if (!reader_.refusal().empty()) {
      return fail(NoReply::kMalformed, "the server sent " + reader_.refusal());
    }
    const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now());
    auto bytes = connection_.ReadSome(std::max(left, milliseconds(0)));
    if (bytes) {
      reader_.Put(*bytes);
    } else if (bytes.error().why == NoReply::kTimeout) {
      return fail(NoReply::kTimeout,
                  "nothing came within " + std::to_string(timeout.count()) + " ms");
    } else if (reader_.IsBetweenMessages()) {
      return tl::unexpected(bytes.error());
    } else {
      return fail(NoReply::kMalformed, "the connection was closed in the middle of a message");
    }
  }
}

}  // namespace ocokit::conform
