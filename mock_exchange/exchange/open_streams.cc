#include "mock_exchange/exchange/open_streams.h"

namespace ocokit::mock {

std::string StreamId(std::uint64_t number) { return "stream-" + std::to_string(number); }

std::uint64_t OpenStreams::NextNumber() {
  const std::lock_guard lock(mutex_);
  return ++last_;
}

void OpenStreams::Enter(streams::Stream& stream) {
  const std::pair address{stream.account()->options.venue, stream.remote_ip()};
  const std::lock_guard lock(mutex_);
  streams_.emplace(stream.number(), stream.weak_from_this());
  ++by_address_[address];
}

void OpenStreams::Leave(streams::Stream& stream) {
  const streams::StreamState state = stream.State();
  const Venue venue = stream.account()->options.venue;
  const std::lock_guard lock(mutex_);
  streams_.erase(stream.number());
  const auto address = by_address_.find({venue, stream.remote_ip()});
  if (--address->second == 0) by_address_.erase(address);
  Totals& ended = ended_[static_cast<std::size_t>(venue)];
  ++ended.opened;
  ended.received += state.received;
  ended.sent += state.sent;
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

std::array<OpenStreams::Totals, 2> OpenStreams::totals() const {
  std::array<Totals, 2> out;
  {
    const std::lock_guard lock(mutex_);
    out = ended_;
  }
  for (const auto& stream : All()) {
    const streams::StreamState state = stream->State();
    Totals& venue = out[static_cast<std::size_t>(stream->account()->options.venue)];
    ++venue.open;
    ++venue.opened;
    venue.received += state.received;
    venue.sent += state.sent;
  }
  return out;
}

std::size_t OpenStreams::CountFrom(Venue venue, const std::string& remote_ip) const {
  const std::lock_guard lock(mutex_);
  const auto it = by_address_.find({venue, remote_ip});
  return it == by_address_.end() ? 0 : it->second;
}

}  // namespace ocokit::mock
