#include "mock_exchange/exchange/open_streams.h"

#include <algorithm>

namespace ocokit::mock {

std::uint64_t OpenStreams::Enter(streams::Stream& stream) {
  const std::lock_guard lock(mutex_);
  streams_.emplace(++last_, stream.weak_from_this());
  return last_;
}

void OpenStreams::Leave(streams::Stream& stream) {
  const std::uint64_t number = stream.State().number;
  const std::lock_guard lock(mutex_);
  streams_.erase(number);
}

std::vector<std::shared_ptr<streams::Stream>> OpenStreams::All() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<streams::Stream>> out;
  for (const auto& [number, weak] : streams_) {
    if (auto stream = weak.lock()) out.push_back(std::move(stream));
  }
  return out;
}

std::shared_ptr<streams::Stream> OpenStreams::Find(std::uint64_t number) const {
  const std::lock_guard lock(mutex_);
  const auto it = streams_.find(number);
  return it == streams_.end() ? nullptr : it->second.lock();
}

std::size_t OpenStreams::CountFrom(Venue venue, const std::string& remote_ip) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count_if(streams_, [&](const auto& numbered) {
    const auto stream = numbered.second.lock();
    return stream != nullptr && stream->remote_ip() == remote_ip &&
           stream->account()->options.venue == venue;
  }));
}

std::uint64_t OpenStreams::opened() const {
  const std::lock_guard lock(mutex_);
  return last_;
}

}  // namespace ocokit::mock
