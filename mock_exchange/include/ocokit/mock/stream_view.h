#pragma once

// Streams: the WebSockets that clients of an account have open, and what went through them. Plain
// values.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ocokit/base/clock.h"

namespace ocokit::mock {

struct StreamView {
  std::string id = {};                   // "stream-7"; counts the server's streams
  std::string remote_ip = {};            // of the client
  TimePoint opened = {};                 // by the account's clock
  bool authorized = false;               // it is told of the account's own orders and money
  std::vector<std::string> topics = {};  // subscribed to, as the venue names them
  std::uint64_t received = 0;            // messages that came from the client
  std::uint64_t sent = 0;                // messages handed to the system
  std::uint64_t behind = 0;              // messages that wait to be
};

// How a stream is ended.
struct StreamEnd {
  bool reset = false;                      // RST
  std::optional<std::uint16_t> code = {};  // of a closing frame, 1000 to 4999; none: the connection
                                           // is closed without one
};

// One message of a stream, or its end.
struct FrameView {
  enum class Kind { kOpened, kReceived, kSent, kClosed };
  std::uint64_t seq = 0;  // counts up from 1 in each account
  TimePoint at = {};      // by the account's clock
  std::string stream = {};
  Kind kind = Kind::kSent;
  bool binary = false;
  std::string text = {};   // what it says; of a compressed one, what was compressed
  std::uint16_t code = 0;  // kClosed: of the closing frame; 1006: there was none
  bool by_client = false;  // kClosed: it has ended it
};

struct FrameQuery {
  std::uint64_t after = 0;  // only frames with a larger seq
  std::size_t limit = 100;
  std::string stream = {};  // only of this one; empty: of all
};

}  // namespace ocokit::mock
