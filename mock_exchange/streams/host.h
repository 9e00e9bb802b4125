#pragma once

// StreamHost: what a stream needs of the exchange it was opened at.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "mock_exchange/account/account.h"

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
  // Lists the stream among the open ones; returns its number, from 1.
  virtual std::uint64_t Enter(Stream& stream) = 0;
  virtual void Leave(Stream& stream) = 0;
};

}  // namespace ocokit::mock::streams
