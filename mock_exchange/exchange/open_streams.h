#pragma once

// OpenStreams: the streams that are open. Any thread.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "mock_exchange/streams/stream.h"

namespace ocokit::mock {

class OpenStreams {
 public:
  std::uint64_t Enter(streams::Stream& stream);
  void Leave(streams::Stream& stream);

  // In the order in which they were opened; of all accounts.
  [[nodiscard]] std::vector<std::shared_ptr<streams::Stream>> All() const;
  // Null when there is none.
  [[nodiscard]] std::shared_ptr<streams::Stream> Find(std::uint64_t number) const;
  // How many of a venue's come from an address.
  [[nodiscard]] std::size_t CountFrom(Venue venue, const std::string& remote_ip) const;
  // All that were opened so far.
  [[nodiscard]] std::uint64_t opened() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::uint64_t, std::weak_ptr<streams::Stream>> streams_;
  std::uint64_t last_ = 0;
};

}  // namespace ocokit::mock
