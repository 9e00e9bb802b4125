#pragma once

// Counts: how many requests there were, of what, how they ended and how long they took. Any thread
// may call it; counting a request takes no lock, but for a call
// that ends in more ways than there are slots.

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
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
  // `row`: of the venue's table of calls, which is EndpointPaths; none: it goes by the path.
  void Count(Venue venue, std::optional<std::size_t> row, std::string_view path, Ending ending,
             std::chrono::nanoseconds took);
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
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  // How often a call ended in one way. A slot belongs to the first ending that it counts.
  struct Slot {
    std::atomic<std::uint64_t> ending{0};  // Pack of it; zero: nobody's yet
    std::atomic<std::uint64_t> times{0};
  };
  struct Figures {
    std::array<std::atomic<std::uint64_t>, kLatencyBounds.size() + 1> buckets{};
    std::atomic<std::int64_t> sum_ns{0};
    std::array<Slot, 64> slots{};
    mutable std::mutex mutex;  // guards the rest: endings for which there was no slot
    std::map<Ending, std::uint64_t> endings;

    void CountEnding(Ending ending);
    [[nodiscard]] std::map<Ending, std::uint64_t> Endings() const;
  };
  // A venue's calls by their paths, and last what is none of them; of this only the figures change
  // after the constructor.
  struct VenueCalls {
    std::vector<std::string> paths;
    std::vector<Figures> figures;  // of the paths
    // Places of paths: by their text, and by the rows of the venue's table.
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> by_path;
    std::vector<std::size_t> by_row;
  };

  [[nodiscard]] static std::size_t Index(Venue venue) { return static_cast<std::size_t>(venue); }

  std::array<VenueCalls, 2> calls_;
  mutable std::mutex rare_mutex_;  // guards what follows but for the atomic
  std::map<std::string, std::uint64_t> faults_;
  std::map<int, std::uint64_t> refusals_;
  std::atomic<std::uint64_t> failures_{0};
};

}  // namespace ocokit::mock
