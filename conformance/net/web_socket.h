#pragma once

// The client's side of a WebSocket (RFC 6455) whose owner writes what it likes, byte by byte, and
// whose reader holds the server to the rules. An object belongs to one thread.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "conformance/net/connection.h"
#include "conformance/net/frame.h"

namespace ocokit::conform {

// What `Sec-WebSocket-Accept` must be for that `Sec-WebSocket-Key`.
[[nodiscard]] std::string AcceptFor(std::string_view key);

// What is wrong with a reply of status 101 to a handshake with that key; empty when nothing is.
[[nodiscard]] std::string WrongInHandshake(const HttpReply& reply, std::string_view key);

// A message of the server's, a control frame among them.
struct SocketMessage {
  unsigned opcode = kTextFrame;  // text, binary, close, ping or pong
  std::string payload;
};

// Messages from frames, and what a server may not send.
class MessageReader {
 public:
  // Most bytes of a message.
  static constexpr std::size_t kMost = std::size_t{4} << 20;

  void Put(std::string_view bytes) { frames_.Put(bytes); }
  // The next one. None: more must come, or there is a refusal.
  [[nodiscard]] std::optional<SocketMessage> Next();
  // What the server has done that RFC 6455 forbids; empty as long as it keeps it.
  [[nodiscard]] const std::string& refusal() const { return refusal_; }
  // What has come of a frame or message that is not whole.
  [[nodiscard]] bool IsBetweenMessages() const { return !begun_ && frames_.unread().empty(); }

 private:
  [[nodiscard]] std::string WrongIn(const Frame& frame) const;

  FrameReader frames_{kMost};
  std::optional<SocketMessage> begun_;  // by frames without FIN
  std::string refusal_;
};

class WebSocket {
 public:
  // Over a connection on which a handshake has been answered with 101.
  explicit WebSocket(Connection connection) : connection_(std::move(connection)) {}

  // Errors: as Connection::Write.
  [[nodiscard]] Result<void> Write(std::string_view bytes, std::chrono::milliseconds timeout) {
    return connection_.Write(bytes, timeout);
  }
  // The next message. kClosed: the connection was closed between two messages; kMalformed: what the
  // server may not send, also a close in the middle of a message.
  [[nodiscard]] tl::expected<SocketMessage, ReadFailure> Read(std::chrono::milliseconds timeout);

 private:
  Connection connection_;
  MessageReader reader_;
};

}  // namespace ocokit::conform
