#include "mock_exchange/metrics/counts.h"

#include <algorithm>

namespace ocokit::mock {
namespace {

constexpr std::string_view kOther = "other";

// Never zero.
std::uint64_t Pack(Counts::Ending ending) {
  return std::uint64_t{1} << 63 | static_cast<std::uint64_t>(ending.first) << 32 |
         static_cast<std::uint32_t>(ending.second);
}

Counts::Ending Unpack(std::uint64_t packed) {
  return {static_cast<int>(packed >> 32 & 0x7FFFFFFF), static_cast<std::int32_t>(packed)};
}

}  // namespace

Counts::Counts() {
  for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
    VenueCalls& calls = calls_[Index(venue)];
    const auto place_of = [&](const std::string& path) {
      const auto [it, added] = calls.by_path.try_emplace(path, calls.paths.size());
      if (added) calls.paths.push_back(path);
      return it->second;
    };
    for (const std::string& path : EndpointPaths(venue)) calls.by_row.push_back(place_of(path));
    place_of(std::string(kOther));
    calls.figures = std::vector<Figures>(calls.paths.size());
  }
}

void Counts::Count(Venue venue, std::optional<std::size_t> row, std::string_view path,
                   Ending ending, std::chrono::nanoseconds took) {
  VenueCalls& calls = calls_[Index(venue)];
  std::size_t place = calls.paths.size() - 1;
  if (row) {
    place = calls.by_row[*row];
  } else if (const auto it = calls.by_path.find(path); it != calls.by_path.end()) {
    place = it->second;
  }
  Figures& figures = calls.figures[place];
  const auto bound = std::ranges::lower_bound(kLatencyBounds, took.count());
  figures.buckets[static_cast<std::size_t>(bound - kLatencyBounds.begin())].fetch_add(
      1, std::memory_order_relaxed);
  figures.sum_ns.fetch_add(took.count(), std::memory_order_relaxed);
  figures.CountEnding(ending);
}

void Counts::Figures::CountEnding(Ending ending) {
  const std::uint64_t packed = Pack(ending);
  std::size_t at = packed % slots.size();
  for (std::size_t tried = 0; tried < slots.size(); ++tried, at = (at + 1) % slots.size()) {
    Slot& slot = slots[at];
    std::uint64_t owner = slot.ending.load(std::memory_order_relaxed);
    if (owner == 0 && slot.ending.compare_exchange_strong(owner, packed)) owner = packed;
    if (owner != packed) continue;
    slot.times.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  const std::lock_guard lock(mutex);
  ++endings[ending];
}

std::map<Counts::Ending, std::uint64_t> Counts::Figures::Endings() const {
  std::map<Ending, std::uint64_t> out;
  for (const Slot& slot : slots) {
    const std::uint64_t packed = slot.ending.load(std::memory_order_relaxed);
    if (packed == 0) continue;
    const std::uint64_t times = slot.times.load(std::memory_order_relaxed);
    if (times != 0) out[Unpack(packed)] = times;
  }
  const std::lock_guard lock(mutex);
  for (const auto& [ending, times] : endings) out[ending] += times;
  return out;
}

void Counts::CountFault(std::string_view fault) {
  const std::size_t blank = fault.find(' ');
  const std::string_view kind = blank == std::string_view::npos ? fault : fault.substr(blank + 1);
  const std::lock_guard lock(rare_mutex_);
  ++faults_[std::string(kind)];
}

void Counts::CountRefusal(int status) {
  const std::lock_guard lock(rare_mutex_);
  ++refusals_[status];
}

std::map<int, std::uint64_t> Counts::Refusals() const {
  const std::lock_guard lock(rare_mutex_);
  return refusals_;
}

std::vector<Counts::Call> Counts::Calls() const {
  std::vector<Call> out;
  for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
    const VenueCalls& calls = calls_[Index(venue)];
    for (std::size_t place = 0; place < calls.paths.size(); ++place) {
      const Figures& figures = calls.figures[place];
      Call call;
      call.endings = figures.Endings();
      if (call.endings.empty()) continue;
      call.venue = std::string(Name(venue));
      call.path = calls.paths[place];
      for (std::size_t i = 0; i < call.buckets.size(); ++i) {
        call.buckets[i] = figures.buckets[i].load(std::memory_order_relaxed);
      }
      call.sum = std::chrono::nanoseconds(figures.sum_ns.load(std::memory_order_relaxed));
      out.push_back(std::move(call));
    }
  }
  return out;
}

std::map<std::string, std::uint64_t> Counts::Faults() const {
  const std::lock_guard lock(rare_mutex_);
  return faults_;
}

}  // namespace ocokit::mock
