#pragma once

// Fixed windows and once-per-interval rules, kept per account. Not thread-safe; the account locks.

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
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
  // Counts a request in every window of `limits`, or in none when one of them is full: then no
  // window starts either. Returns the state of the full window, or else of the first one.
  WindowState Count(const std::vector<NamedLimit>& limits, TimePoint now);

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive("windows", windows_);
  }

 private:
  struct Window {
    TimePoint start;
    int used = 0;
  };
  friend auto Row(Window& w) { return std::tie(w.start, w.used); }
  // The window that a request at `now` falls into: the running one, or a new one.
  [[nodiscard]] Window At(const NamedLimit& named, TimePoint now) const;

  std::unordered_map<std::string, Window> windows_;
};

// What is refused for a time, by name.
class Blocks {
 public:
  void Start(const std::string& name, TimePoint now, TimePoint until) {
    blocks_[name] = {now, until};
  }
  // The end of the block; none when there is none at `now`. A clock set back before the block's
  // start finds none.
  [[nodiscard]] std::optional<TimePoint> Until(const std::string& name, TimePoint now) const;

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive("blocks", blocks_);
  }

 private:
  struct Block {
    TimePoint start;
    TimePoint until;
  };
  friend auto Row(Block& b) { return std::tie(b.start, b.until); }
  std::unordered_map<std::string, Block> blocks_;
};

// What became of a call that was held against its windows and its block.
struct Admission {
  WindowState window;                      // in a block: nothing left, until its end
  std::optional<TimePoint> blocked_until;  // set in a block, begun by this call or before
};

// Counts the call `name` in its windows, unless it is blocked. With `block` above zero, what goes
// over a limit blocks the call for so long, at least to the end of the full window.
[[nodiscard]] Admission Admit(const std::string& name, const std::vector<NamedLimit>& limits,
                              milliseconds block, Limiter& limiter, Blocks& blocks, TimePoint now);

// Too many errors of one code: the code, and when the first of them no longer counts.
struct Flood {
  int code = 0;
  TimePoint until;
};

// Counts errors by name and code. With `count` of one code within `within` there is a flood.
class ErrorFlood {
 public:
  ErrorFlood(std::size_t count, milliseconds within) : count_(count), within_(within) {}
  void Add(const std::string& name, int code, TimePoint now);
  [[nodiscard]] std::optional<Flood> Check(const std::string& name, TimePoint now) const;

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive("errors", errors_);
  }

 private:
  std::size_t count_;
  milliseconds within_;
  // The latest `count` times of each code.
  std::unordered_map<std::string, std::map<int, std::deque<TimePoint>>> errors_;
};

// Addresses that go on after a limit has refused them.
class Bans {
 public:
  // Counts a request that a limit refused. The one that makes the rule's number in a row starts a
  // ban, and the count begins anew.
  void Count(const std::string& address, const BanRule& rule, TimePoint now);
  // A request of the address was within its limits: the count begins anew. A ban stays.
  void Forgive(const std::string& address) { refused_.erase(address); }
  [[nodiscard]] bool IsBanned(const std::string& address, TimePoint now) const {
    return bans_.Until(address, now).has_value();
  }

  // Bans the address whatever the rule is; `status` is what it is answered, 0: as the venue does.
  void Start(const std::string& address, TimePoint now, TimePoint until, int status) {
    started_.Start(address, now, until);
    status_[address] = status;
  }
  // The status of a ban that was so started; none at `now` when there is none.
  [[nodiscard]] std::optional<int> Started(const std::string& address, TimePoint now) const {
    if (!started_.Until(address, now)) return std::nullopt;
    return status_.at(address);
  }

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive("refused", refused_);
    archive("bans", bans_);
    archive("started", started_);
    archive("status", status_);
  }

 private:
  std::unordered_map<std::string, int> refused_;
  Blocks bans_;
  Blocks started_;
  std::unordered_map<std::string, int> status_;
};

// Remembers what was accepted within the last `interval`.
class RecentSet {
 public:
  explicit RecentSet(milliseconds interval) : interval_(interval) {}
  [[nodiscard]] bool Contains(const std::string& what, TimePoint now) const;
  void Add(const std::string& what, TimePoint now);

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive("seen", seen_);
    archive("order", order_);
  }

 private:
  [[nodiscard]] bool IsRecent(TimePoint at, TimePoint now) const {
    return now >= at && now < at + interval_;
  }

  milliseconds interval_;
  std::unordered_map<std::string, TimePoint> seen_;
  std::deque<std::pair<TimePoint, std::string>> order_;  // of seen_, oldest first
};

}  // namespace ocokit::mock
