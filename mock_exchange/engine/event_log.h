#pragma once

// EventLog: the latest events of an account, in the order in which they happened. Not thread-safe;
// the account locks.

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/engine/event.h"

namespace ocokit::mock::engine {

class EventLog {
 public:
  // What is kept of them at most.
  static constexpr std::size_t kMaxBytes = std::size_t{4} << 20;

  // Gives the event its number and its command's. The reference holds until the next one.
  const Event& Append(const Event& event);
  // The next event is the first of another command.
  void EndCommand() { command_ = 0; }

  // The latest; 0: nothing has happened yet.
  [[nodiscard]] EventSeq last() const { return last_; }
  // The oldest that is kept; one more than the latest when none is.
  [[nodiscard]] EventSeq first() const;
  // Null: it is kept no more, or has not happened.
  [[nodiscard]] const Event* Find(EventSeq seq) const;
  // Forgets events from before `time`, the oldest first, whole pages alone.
  void ForgetBefore(TimePoint time);

  // The number by which events name an asset.
  [[nodiscard]] std::uint32_t Number(std::string_view asset);
  [[nodiscard]] const std::vector<std::string>& assets() const { return assets_; }

  // What they take in memory, about.
  [[nodiscard]] std::size_t bytes() const {
    if (pages_.empty()) return 0;
    return ((pages_.size() - 1) * kPageSize + pages_.back().capacity()) * sizeof(Event);
  }

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive("first_page", first_page_);
    archive("last", last_);
    archive("assets", assets_);
    archive.Long("pages", pages_);
  }

 private:
  static constexpr std::size_t kPageSize = 128;
  // Page n holds the events from n * kPageSize + 1 on. The first grows as it fills, so that an
  // account where little happens takes little.
  using Page = std::vector<Event>;

  void AddPage();

  std::deque<Page> pages_;
  std::uint64_t first_page_ = 0;  // its number
  EventSeq last_ = 0;
  EventSeq command_ = 0;  // that runs; 0: none has an event yet
  std::vector<std::string> assets_;
};

}  // namespace ocokit::mock::engine
