#pragma once

// Frames of WebSockets (RFC 6455, section 5) as bytes: written also as no good client writes them,
// and read with all that a case may judge. Knows no socket.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ocokit::conform {

// The opcodes that RFC 6455 defines; a frame may have any of 0 to 15.
enum Opcode : unsigned {
  kContinuation = 0,
  kTextFrame = 1,
  kBinaryFrame = 2,
  kCloseFrame = 8,
  kPingFrame = 9,
  kPongFrame = 10
};

using MaskingKey = std::array<std::uint8_t, 4>;

struct Frame {
  bool fin = true;
  unsigned reserved = 0;  // the bits RSV1 to RSV3 as a number: 4, 2, 1
  unsigned opcode = kTextFrame;
  std::optional<MaskingKey> key = {};
  std::string payload = {};  // unmasked
  // To write: the length that the frame claims, where that is not its payload's.
  std::optional<std::uint64_t> claimed = {};
  // What was read: whether its length stood in more bytes than it needs.
  bool long_length = false;

  [[nodiscard]] bool IsControl() const { return opcode >= 8; }
};

[[nodiscard]] std::string FormatFrame(const Frame& frame);

// The code of a close frame's payload; none without one.
[[nodiscard]] std::optional<int> CloseCode(std::string_view payload);

// One frame after the other from bytes that come in pieces of any size. Keeps no more than a frame
// may have.
class FrameReader {
 public:
  // `most`: of a frame's payload. Larger ones are refused by the length that they claim.
  explicit FrameReader(std::size_t most) : most_(most) {}

  void Put(std::string_view bytes) { unread_ += bytes; }
  // The next whole frame. None: more must come, or there is a refusal.
  [[nodiscard]] std::optional<Frame> Next();
  // Why no frame comes any more; empty as long as there is no reason.
  [[nodiscard]] const std::string& refusal() const { return refusal_; }
  // What has come and is no whole frame yet.
  [[nodiscard]] const std::string& unread() const { return unread_; }

 private:
  const std::size_t most_;
  std::string unread_;
  std::string refusal_;
};

}  // namespace ocokit::conform
