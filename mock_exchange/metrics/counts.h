#pragma once

// Counts: how many requests there were, of what, how they ended and how long they took. Any thread
// may call it; counting takes no lock that another call waits for long.

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ocokit/mock/account.h"

namespace ocokit::mock {

// Upper bounds of the latency buckets, in nanoseconds; what is above the last has one of its own.
inline constexpr std::array<std::int64_t, 12> kLatencyBounds = {
    5'000,   10'000,    20'000,    50'000,     100'000,     200'000,
    500'000, 1'000'000, 5'000'000, 20'000'000, 100'000'000, 1'000'000'000};

class Counts {
 public:
  // How a call ended: HTTP status, and the venue's code, zero where it has none.
  using Ending = std::pair<int, int>;

  // One call's figures, as they are read.
  struct Call {
    std::string venue;
    std::string path;  // "other": no path of the venue
    std::map<Ending, std::uint64_t> endings;
    std::array<std::uint64_t, kLatencyBounds.size() + 1> buckets{};
    std::chrono::nanoseconds sum{0};
  };

  Counts();
  void Count(Venue venue, std::string_view path, Ending ending, std::chrono::nanoseconds took);
  // `fault`: as "fault-1 reset".
  void CountFault(std::string_view fault);

  // A request that ended by an exception.
  void CountFailure() noexcept { failures_.fetch_add(1, std::memory_order_relaxed); }
  // A request that the listener refused by itself.
  void CountRefusal(int status);

  // Those that were called at least once.
  [[nodiscard]] std::vector<Call> Calls() const;
  // By what the fault does: "reset".
  [[nodiscard]] std::map<std::string, std::uint64_t> Faults() const;
  [[nodiscard]] std::uint64_t Failures() const { return failures_; }
  // By HTTP status.
  [[nodiscard]] std::map<int, std::uint64_t> Refusals() const;

 private:
  struct Figures {
    std::array<std::atomic<std::uint64_t>, kLatencyBounds.size() + 1> buckets{};
    std::atomic<std::int64_t> sum_ns{0};
    mutable std::mutex mutex;  // guards endings
    std::map<Ending, std::uint64_t> endings;
  };
  // By path; filled by the constructor and not changed after.
  using ByPath = std::unordered_map<std::string_view, Figures>;

  [[nodiscard]] static std::size_t Index(Venue venue) { return static_cast<std::size_t>(venue); }

  std::array<std::vector<std::string>, 2> paths_;
  std::array<ByPath, 2> calls_;
  mutable std::mutex rare_mutex_;  // guards what follows but for the atomic
  std::map<std::string, std::uint64_t> faults_;
  std::map<int, std::uint64_t> refusals_;
  std::atomic<std::uint64_t> failures_{0};
};

}  // namespace ocokit::mock
