#pragma once

// Channel: both ways of a connection that carries messages. Between the exchange, which has
// something to say as time goes on, and the listener, which knows the socket. TextSource
// (answer.h) is the one-way form.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ocokit::mock {

// One message as its bytes are on the wire; shared by all whom it goes to.
struct Message {
  std::string bytes;
  bool binary = false;
  std::string text = {};  // what they say, where they are compressed

  [[nodiscard]] const std::string& Text() const { return text.empty() ? bytes : text; }
};

// How a connection is ended by this side.
struct ChannelEnd {
  enum class Kind {
    kCut,    // closed without a closing frame, which a client sees as code 1006
    kReset,  // RST
    kClose,  // a closing frame with `code`, and the peer's awaited
  };
  Kind kind = Kind::kCut;
  std::uint16_t code = 1000;
};

// How a connection has ended.
struct ChannelEnded {
  bool by_peer = false;
  std::uint16_t code =
      1006;  // of the closing frame; 1005: it had none; 1006: no closing frame came
};

// What a channel has to say now.
struct ChannelTurn {
  std::vector<std::shared_ptr<const Message>> messages;  // in this order
  std::optional<ChannelEnd> end;                         // after them
  // Ask again after so long, also when nobody wakes the connection; none: not by itself.
  std::optional<std::chrono::microseconds> next;
};

// All but what it hands to `wake` is called from the connection's thread.
class Channel {
 public:
  virtual ~Channel() = default;
  // Called once, before anything else. `wake` may be called from any thread and at any time, also
  // when the connection is gone: Take is called soon then.
  virtual void OnOpen(std::function<void()> wake) = 0;
  // A whole message of the peer's. Take is called after it.
  virtual void OnMessage(std::string_view bytes, bool binary) = 0;
  // A ping or a pong of the protocol's, which the listener has answered.
  virtual void OnControl() = 0;
  // What is to go out by now.
  [[nodiscard]] virtual ChannelTurn Take() = 0;
  // So many of the messages have been handed to the system.
  virtual void OnWritten(std::size_t messages) = 0;
  // The connection is over; nothing is called after this.
  virtual void OnEnded(const ChannelEnded& how) = 0;
  // More than so many bytes that wait to be written, and the connection is cut.
  [[nodiscard]] virtual std::size_t max_waiting_bytes() const = 0;
};

}  // namespace ocokit::mock
