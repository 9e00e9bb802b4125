#pragma once

// WsClient: a WebSocket client for tests that look at the frames themselves, right or wrong ones.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_exchange/testing/raw_socket.h"

namespace ocokit::mock {

// RFC 6455, section 5.2.
enum class Opcode : unsigned char {
  kContinuation = 0,
  kText = 1,
  kBinary = 2,
  kClose = 8,
  kPing = 9,
  kPong = 10,
};

struct WsFrame {
  bool fin = true;
  unsigned char opcode = 1;
  std::string payload;

  friend bool operator==(const WsFrame&, const WsFrame&) = default;
};

// The bytes of a client's frame. `bits`: the three reserved ones, of which none has a meaning here.
[[nodiscard]] inline std::string MakeFrame(Opcode opcode, std::string_view payload, bool fin = true,
                                           bool masked = true, unsigned char bits = 0) {
  const auto byte = [](std::size_t value) { return static_cast<char>(value & 0xff); };
  std::string out;
  out += byte((fin ? 0x80U : 0U) | (bits << 4U) | static_cast<unsigned char>(opcode));
  const std::size_t mask = masked ? 0x80 : 0;
  if (payload.size() < 126) {
    out += byte(mask | payload.size());
  } else if (payload.size() < 65536) {
    out += byte(mask | 126);
    out += byte(payload.size() >> 8U);
    out += byte(payload.size());
  } else {
    out += byte(mask | 127);
    for (int shift = 56; shift >= 0; shift -= 8)
      out += byte(payload.size() >> static_cast<unsigned>(shift));
  }
  if (!masked) return out.append(payload);
  constexpr std::string_view kMask = "\x37\xfa\x21\x3d";
  out += kMask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    out += static_cast<char>(payload[i] ^ kMask[i % kMask.size()]);
  }
  return out;
}

// The payload of a closing frame.
[[nodiscard]] inline std::string CloseWith(unsigned code, std::string_view reason = "") {
  std::string out = {static_cast<char>(code >> 8U), static_cast<char>(code & 0xffU)};
  return out.append(reason);
}

class WsClient {
 public:
  // Asks for a WebSocket at `target`; answer() is what came. The key is RFC 6455's own example.
  explicit WsClient(std::uint16_t port, const std::string& target = "/",
                    std::string_view behind = "")
      : socket_(port) {
    socket_.Send(
        "GET " + target +
        " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n" +
        std::string(behind));
    while (unread_.find("\r\n\r\n") == std::string::npos && More()) continue;
    const std::size_t end = unread_.find("\r\n\r\n");
    if (end == std::string::npos) return;
    answer_ = unread_.substr(0, end + 4);
    unread_.erase(0, end + 4);
  }

  [[nodiscard]] const std::string& answer() const { return answer_; }
  [[nodiscard]] RawSocket& socket() { return socket_; }
  bool Send(std::string_view bytes) const { return socket_.Send(bytes); }
  bool Say(std::string_view text) const { return Send(MakeFrame(Opcode::kText, text)); }

  // The next frame; none: the connection has ended, or nothing came in time.
  std::optional<WsFrame> Next() {
    while (true) {
      if (auto frame = Take()) return frame;
      if (!More()) return std::nullopt;
    }
  }
  // The payload of the next frame; empty: none.
  std::string Hear() {
    const auto frame = Next();
    return frame ? frame->payload : "";
  }

 private:
  bool More() {
    const std::string more = socket_.ReceiveBytes(1);
    unread_ += more;
    return !more.empty();
  }
  std::optional<WsFrame> Take() {
    if (unread_.size() < 2) return std::nullopt;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(unread_[i]); };
    std::size_t size = at(1) & 0x7fU;
    std::size_t head = 2;
    if (size >= 126) {
      const std::size_t digits = size == 126 ? 2 : 8;
      if (unread_.size() < 2 + digits) return std::nullopt;
      size = 0;
      for (std::size_t i = 0; i < digits; ++i) size = size << 8U | at(2 + i);
      head += digits;
    }
    if (unread_.size() < head + size) return std::nullopt;
    WsFrame out{(at(0) & 0x80U) != 0, static_cast<unsigned char>(at(0) & 0x7fU),
                unread_.substr(head, size)};
    unread_.erase(0, head + size);
    return out;
  }

  RawSocket socket_;
  std::string answer_;
  std::string unread_;
};

}  // namespace ocokit::mock
