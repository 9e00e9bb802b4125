#include "mock_exchange/metrics/counts.h"

#include <algorithm>

namespace ocokit::mock {
namespace {

constexpr std::string_view kOther = "other";

}  // namespace

Counts::Counts() {
  for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
    std::vector<std::string>& paths = paths_[Index(venue)];
    paths = EndpointPaths(venue);
    paths.emplace_back(kOther);
    for (const std::string& path : paths) calls_[Index(venue)].try_emplace(path);
  }
}

void Counts::Count(Venue venue, std::string_view path, Ending ending,
                   std::chrono::nanoseconds took) {
  ByPath& calls = calls_[Index(venue)];
  auto it = calls.find(path);
  if (it == calls.end()) it = calls.find(kOther);
  Figures& figures = it->second;
  const auto bound = std::ranges::lower_bound(kLatencyBounds, took.count());
  figures.buckets[static_cast<std::size_t>(bound - kLatencyBounds.begin())].fetch_add(
      1, std::memory_order_relaxed);
  figures.sum_ns.fetch_add(took.count(), std::memory_order_relaxed);
  const std::lock_guard lock(figures.mutex);
  ++figures.endings[ending];
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
    for (const std::string& path : paths_[Index(venue)]) {
      const Figures& figures = calls_[Index(venue)].at(path);
      Call call;
      {
        const std::lock_guard lock(figures.mutex);
        if (figures.endings.empty()) continue;
        call.endings = figures.endings;
      }
      call.venue = std::string(Name(venue));
      call.path = path;
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
