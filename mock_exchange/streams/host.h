#pragma once

// StreamHost: what a stream needs of the exchange it was opened at.

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "mock_exchange/account/account.h"
#include "mock_exchange/journal/frame_log.h"
#include "mock_exchange/streams/gate.h"

namespace ocokit::mock::streams {

class Stream;

// Any thread.
class StreamHost {
 public:
  virtual ~StreamHost() = default;
  // The venue's account that has given out a stream key which is still good; null: none. Takes the
  // mutex of its accounts, one after the other.
  [[nodiscard]] virtual std::shared_ptr<Account> FindByStreamKey(Venue venue,
                                                                 const std::string& key) const = 0;
  // How many of a venue's streams are open from an address.
  [[nodiscard]] virtual std::size_t CountFrom(Venue venue, const std::string& remote_ip) const = 0;
  // Where the account's messages are kept; null: it is nobody's.
  [[nodiscard]] virtual std::shared_ptr<FrameLog> LogOf(
      const std::shared_ptr<Account>& account) const = 0;
  // Of a new stream at the venue; null: its messages go out as they are said.
  [[nodiscard]] virtual std::unique_ptr<Gate> MakeGate(Venue venue) = 0;
  // A message went out so long after what it tells of had happened.
  virtual void CountDelay(Venue venue, std::chrono::nanoseconds delay) = 0;
  // Lists the stream among the open ones, until it leaves.
  virtual void Enter(Stream& stream) = 0;
  virtual void Leave(Stream& stream) = 0;
};

}  // namespace ocokit::mock::streams
