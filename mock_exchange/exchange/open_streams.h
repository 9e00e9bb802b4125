#pragma once

// OpenStreams: the streams that are open. Any thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "mock_exchange/streams/stream.h"

namespace ocokit::mock {

// As the control API names it: "stream-7".
[[nodiscard]] std::string StreamId(std::uint64_t number);

class OpenStreams {
 public:
  // For a stream that is to be opened, from 1.
  [[nodiscard]] std::uint64_t NextNumber();
  void Enter(streams::Stream& stream);
  void Leave(streams::Stream& stream);

  // In the order in which they were opened; of all accounts.
  [[nodiscard]] std::vector<std::shared_ptr<streams::Stream>> All() const;
  // Null when there is none.
  [[nodiscard]] std::shared_ptr<streams::Stream> Find(std::uint64_t number) const;
  // Of one venue.
  struct Totals {
    std::uint64_t open = 0;
    std::uint64_t opened = 0;    // so far
    std::uint64_t received = 0;  // messages, so far
    std::uint64_t sent = 0;
  };
  [[nodiscard]] std::array<Totals, 2> totals() const;  // by Venue
  // How many of a venue's come from an address.
  [[nodiscard]] std::size_t CountFrom(Venue venue, const std::string& remote_ip) const;

 private:
  mutable std::mutex mutex_;
  std::array<Totals, 2> ended_;  // by Venue, of streams that have ended
  std::map<std::uint64_t, std::weak_ptr<streams::Stream>> streams_;
  std::map<std::pair<Venue, std::string>, std::size_t> by_address_;
  std::uint64_t last_ = 0;
};

}  // namespace ocokit::mock
