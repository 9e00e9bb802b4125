#pragma once

// StreamDelays: how late subscribers hear of what the server has committed. When that was is known
// from a request's reply, when it was heard from a subscriber; either may come first. Times are
// nanoseconds since 1970. An object belongs to one thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/load/histogram.h"

namespace ocokit::load {

// A pair that was placed, or cancelled.
struct Commit {
  std::string order;  // the venue's id of one of its orders
  bool ended = false;
  std::size_t account = 0;
  std::int64_t at = 0;
  bool measured = false;  // false: of the warm-up
};

// What came of all that subscribers were to hear.
struct StreamFigures {
  int subscribers = 0;
  std::uint64_t frames = 0;   // messages that were read, of whatever
  std::uint64_t missing = 0;  // of measured commits: a subscriber that has not heard of one
  std::uint64_t lost = 0;     // connections that ended
  LatencyHistogram delay;     // of measured commits, to each subscriber's first frame of it
};

class StreamDelays {
 public:
  // How many subscribers hear of each account.
  explicit StreamDelays(std::vector<int> listeners) : listeners_(std::move(listeners)) {}

  void Committed(const Commit& commit);
  // A subscriber's first frame of it.
  void Heard(const std::string& order, bool ended, std::int64_t at);
  // Gives up what was committed, or heard, before `at`.
  void Forget(std::int64_t at);
  // Whether all commits were heard by all.
  [[nodiscard]] bool settled() const { return due_ == 0; }

  [[nodiscard]] std::uint64_t missing() const { return missing_; }
  [[nodiscard]] const LatencyHistogram& delay() const { return delay_; }

 private:
  struct Entry {
    bool committed = false;
    bool measured = false;
    std::int64_t at = 0;              // of the commit, or the first frame
    int left = 0;                     // subscribers that have not heard of it
    std::vector<std::int64_t> early;  // frames that came before the reply was read
  };
  using Entries = std::unordered_map<std::string, Entry>;
  [[nodiscard]] static std::string KeyOf(const std::string& order, bool ended);
  void Hear(Entry& entry, std::int64_t at);

  std::vector<int> listeners_;
  Entries entries_;
  std::size_t due_ = 0;  // entries that are committed
  std::uint64_t missing_ = 0;
  LatencyHistogram delay_;
};

}  // namespace ocokit::load
