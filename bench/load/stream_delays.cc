#include "bench/load/stream_delays.h"

#include <algorithm>

namespace ocokit::load {

std::string StreamDelays::KeyOf(const std::string& order, bool ended) {
  return order + (ended ? "-" : "+");
}

void StreamDelays::Hear(Entry& entry, std::int64_t at) {
  --entry.left;
  // Both clocks are one; what was read within its granularity is not negative.
  if (entry.measured) delay_.Record(std::max<std::int64_t>(0, at - entry.at));
}

void StreamDelays::Committed(const Commit& commit) {
  const int listeners = listeners_.at(commit.account);
  std::string key = KeyOf(commit.order, commit.ended);
  if (listeners == 0) return;
  Entry& entry = entries_[key];
  if (entry.committed) return;
  entry.committed = true;
  entry.measured = commit.measured;
  entry.at = commit.at;
  entry.left = listeners;
  ++due_;
  for (const std::int64_t at : entry.early) Hear(entry, at);
  entry.early.clear();
  if (entry.left <= 0) {
    entries_.erase(key);
    --due_;
  }
}

void StreamDelays::Heard(const std::string& order, bool ended, std::int64_t at) {
  std::string key = KeyOf(order, ended);
  Entry& entry = entries_[key];
  if (!entry.committed) {
    if (entry.early.empty()) entry.at = at;
    entry.early.push_back(at);
    return;
  }
  Hear(entry, at);
  if (entry.left > 0) return;
  entries_.erase(key);
  --due_;
}

void StreamDelays::Forget(std::int64_t at) {
  std::erase_if(entries_, [&](const Entries::value_type& item) {
    const Entry& entry = item.second;
    if (entry.at >= at) return false;
    if (entry.committed) {
      --due_;
      if (entry.measured) missing_ += static_cast<std::uint64_t>(entry.left);
    }
    return true;
  });
}

}  // namespace ocokit::load
