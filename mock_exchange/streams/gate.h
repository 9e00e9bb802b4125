#pragma once

// Gate: what faults make of a stream's messages on their way out.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/account/account.h"
#include "mock_exchange/wire/channel.h"

namespace ocokit::mock::streams {

// What a venue says of one of its messages.
struct FrameFacts {
  std::string channel = {};  // as the venue names it; "reply" to a request, "ping" of its heartbeat
  bool snapshot = false;     // it shows a state as a whole, not a change of it
  std::string_view sequence = {};  // the member that numbers it; empty: none
};

// Of one stream. The account's mutex is held.
class Gate {
 public:
  virtual ~Gate() = default;
  struct Passed {
    std::vector<std::shared_ptr<const Message>> messages = {};  // to go out now
    std::optional<ChannelEnd> end = {};                         // after them
    // How long it is until one that is held back goes out; none: none is.
    std::optional<std::chrono::microseconds> next = {};
  };
  // Takes what the stream has said.
  [[nodiscard]] virtual Passed Pass(Account& account,
                                    std::vector<std::shared_ptr<const Message>> said) = 0;
};

}  // namespace ocokit::mock::streams
