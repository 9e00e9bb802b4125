#pragma once

// Answer: a response and how it is to go out. Between the exchange, which decides, and the
// listener, which knows the socket.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/mock/message.h"

namespace ocokit::mock {

// How the bytes of a response go out on the connection.
struct Delivery {
  enum class Kind {
    kWhole,
    kReset,       // nothing of it; RST
    kHalfClose,   // nothing of it; FIN, and goes on reading until the peer closes
    kCloseEarly,  // its first `bytes`, then closes both ways
    kSlowDrip,    // in pieces of `bytes`, one every `interval`
  };
  Kind kind = Kind::kWhole;
  std::size_t bytes = 0;
  milliseconds interval{0};
  std::optional<std::uint64_t> content_length = {};  // stated instead of the true one
  std::size_t padding = 0;                           // blanks after the body
  int copies = 1;                                    // how often the whole response goes out
};

// What became of a response on its connection.
struct Sent {
  std::chrono::nanoseconds took{0};  // from the answer to the last byte handed to the system
  std::size_t bytes = 0;
  bool failed = false;  // the peer was gone, or the server stopped
};

// Text that comes as time goes on, for a response without an end of its own. Any thread.
class TextSource {
 public:
  virtual ~TextSource() = default;
  // What has come since the last call; empty: nothing yet; none: it has ended.
  virtual std::optional<std::string> Take() = 0;
  // Has `wake` called once, from any thread, when Take has something; at once if it has now.
  virtual void WakeOnce(std::function<void()> wake) = 0;
  // Ask again after so long, also when nobody wakes; none: not by itself.
  [[nodiscard]] virtual std::optional<std::chrono::microseconds> Next() { return std::nullopt; }
};

class Channel;

[[nodiscard]] inline std::shared_ptr<const Response> Share(Response response) {
  return std::make_shared<const Response>(std::move(response));
}

struct Answer {
  // The journal holds it, too. Null: an empty one with 200.
  std::shared_ptr<const Response> response = {};
  std::vector<Header> more_headers = {};  // follow those of the response
  Delivery delivery = {};
  // The answer goes out when this is over.
  std::chrono::microseconds delay{0};
  // Called after `delay` for the answer to give; the other members then do not count.
  std::function<Answer()> next = {};
  // Follows the response's own body, as it comes; the connection ends with it.
  std::shared_ptr<TextSource> more = {};
  // The connection carries messages from now on (WebSocket): of a request that has asked for it.
  // The response then does not count.
  std::shared_ptr<Channel> channel = {};
  std::string websocket_key = {};  // of that request
  // Called once, from the connection's thread, when the answer is out or cannot go out. What it
  // throws is reported as a failure of the connection, which goes on.
  std::function<void(const Sent&)> on_sent = {};
};

}  // namespace ocokit::mock
