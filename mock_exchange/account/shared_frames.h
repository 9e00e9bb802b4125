#pragma once

// SharedFrames: messages of streams that are the same for all who hear of a topic: made once. The
// account locks.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "mock_exchange/wire/channel.h"

namespace ocokit::mock {

class SharedFrames {
 public:
  // The message of a topic's `version`, made by `make` unless it is still there.
  [[nodiscard]] std::shared_ptr<const Message> Get(const std::string& topic, std::uint64_t version,
                                                   const std::function<Message()>& make) {
    // What is asked for anew is made anew.
    if (topics_.size() == kMostTopics && !topics_.contains(topic)) topics_.clear();
    std::deque<Frame>& kept = topics_[topic];
    for (auto frame = kept.rbegin(); frame != kept.rend(); ++frame) {
      if (frame->first == version) return frame->second;
    }
    if (kept.size() == kKept) kept.pop_front();
    kept.emplace_back(version, std::make_shared<const Message>(make()));
    return kept.back().second;
  }
  void Clear() {
    topics_.clear();
    first_.clear();
  }

  // The snapshot that was kept first of a channel; `snapshot` itself when none was, which is kept
  // then, unless there are too many channels.
  [[nodiscard]] std::shared_ptr<const Message> KeepFirst(
      const std::string& channel, const std::shared_ptr<const Message>& snapshot) {
    const auto found = first_.find(channel);
    if (found != first_.end()) return found->second;
    if (first_.size() < kMostTopics) first_.emplace(channel, snapshot);
    return snapshot;
  }

 private:
  using Frame = std::pair<std::uint64_t, std::shared_ptr<const Message>>;
  // Of a topic, the latest: who is behind by more has his made anew.
  static constexpr std::size_t kKept = 16;
  // Clients name them: candles of any interval.
  static constexpr std::size_t kMostTopics = 1024;

  std::map<std::string, std::deque<Frame>> topics_;
  std::map<std::string, std::shared_ptr<const Message>> first_;  // by channel
};

}  // namespace ocokit::mock
