#pragma once

// StreamKeys: what a client shows when it opens a stream that is its account's own: BingX's
// listenKey, WhiteBIT's websocket_token. The account locks.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "ocokit/base/clock.h"

namespace ocokit::mock {

class StreamKeys {
 public:
  // Keeps a key that is good before `until`, and forgets those that are no longer.
  void Add(const std::string& key, TimePoint until, TimePoint now) {
    std::erase_if(keys_, [&](const auto& kept) { return kept.second <= now; });
    keys_[key] = until;
  }
  // False: there is no such key, or no longer.
  [[nodiscard]] bool Extend(const std::string& key, TimePoint until, TimePoint now) {
    const auto it = keys_.find(key);
    if (it == keys_.end() || it->second <= now) return false;
    it->second = until;
    return true;
  }
  [[nodiscard]] bool Remove(const std::string& key, TimePoint now) {
    const auto it = keys_.find(key);
    const bool good = it != keys_.end() && it->second > now;
    if (it != keys_.end()) keys_.erase(it);
    if (good) ++removed_;
    return good;
  }
  // Counts those that were removed while they were good.
  [[nodiscard]] std::uint64_t removed() const { return removed_; }
  // When it is no longer good; none: there is no such key.
  [[nodiscard]] std::optional<TimePoint> Until(const std::string& key) const {
    const auto it = keys_.find(key);
    if (it == keys_.end()) return std::nullopt;
    return it->second;
  }
  // Counts the keys that were made, from 1: no two are alike.
  [[nodiscard]] std::uint64_t NextNumber() { return ++made_; }

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive("keys", keys_);
    archive("made", made_);
  }

 private:
  std::map<std::string, TimePoint> keys_;
  std::uint64_t made_ = 0;
  std::uint64_t removed_ = 0;
};

}  // namespace ocokit::mock
