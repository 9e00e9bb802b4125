#pragma once

// Fixed windows and once-per-interval rules, kept per account. Not thread-safe; the account locks.

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/mock/settings.h"

namespace ocokit::mock {

// What is left of a window after a request was counted in it.
struct WindowState {
  bool allowed = true;
  int remaining = 0;
  milliseconds expires_in{0};  // to the end of the window, rounded up
};

// One limit and the window it counts in.
struct NamedLimit {
  std::string window;  // requests with the same name share a window
  RateLimit limit;
};

class Limiter {
 public:
  // Counts a request in every window of `limits`, or in none when one of them is full. Returns the
  // state of the full window, or else of the first one.
  WindowState Count(const std::vector<NamedLimit>& limits, TimePoint now);

 private:
  struct Window {
    TimePoint start;
    int used = 0;
  };
  [[nodiscard]] Window& At(const NamedLimit& limit, TimePoint now);

  std::unordered_map<std::string, Window> windows_;
};

// Remembers what was accepted within the last `interval`.
class RecentSet {
 public:
  explicit RecentSet(milliseconds interval) : interval_(interval) {}
  [[nodiscard]] bool Contains(const std::string& what, TimePoint now) const;
  void Add(const std::string& what, TimePoint now);

 private:
  [[nodiscard]] bool IsRecent(TimePoint at, TimePoint now) const {
    return now >= at && now < at + interval_;
  }

  milliseconds interval_;
  std::unordered_map<std::string, TimePoint> seen_;
  std::deque<std::pair<TimePoint, std::string>> order_;  // of seen_, oldest first
};

}  // namespace ocokit::mock
