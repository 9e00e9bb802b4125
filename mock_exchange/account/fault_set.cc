#include "mock_exchange/account/fault_set.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "mock_exchange/account/fault_kinds.h"
#include "mock_exchange/market/random.h"

namespace ocokit::mock {
namespace {

using std::chrono::microseconds;

constexpr std::size_t kMostFaults = 1000;
// 99 of 100 values of a standard normal distribution are below it.
constexpr double kNormal99 = 2.3263478740408408;

// From a standard normal distribution (Box and Muller).
double NextNormal(std::uint64_t& chance) {
  const double radius = std::sqrt(-2 * std::log(1 - NextShare(chance)));
  return radius * std::cos(2 * std::numbers::pi * NextShare(chance));
}

microseconds Draw(const Delay& delay, std::uint64_t& chance) {
  const microseconds low = delay.low;
  const microseconds high = delay.high;
  switch (delay.kind) {
    case Delay::Kind::kFixed:
      return low;
    case Delay::Kind::kUniform:
      return low + microseconds(static_cast<std::int64_t>(
                       NextShare(chance) * static_cast<double>((high - low).count() + 1)));
    case Delay::Kind::kLognormal: {
      const auto median = static_cast<double>(low.count());
      const double spread = std::log(static_cast<double>(high.count()) / median) / kNormal99;
      const double drawn = median * std::exp(spread * NextNormal(chance));
      const double longest = static_cast<double>(microseconds(kLongestDelay).count());
      return microseconds(static_cast<std::int64_t>(std::min(drawn, longest)));
    }
  }
  return low;
}

bool Matches(const FaultMatch& match, const Request& request) {
  return (match.path.empty() || match.path == request.Path()) &&
         (match.method.empty() || match.method == request.method);
}

}  // namespace

Result<std::string> FaultSet::Add(Fault fault) {
  if (auto ok = CheckFault(fault); !ok) return tl::unexpected<Error>(ok.error());
  if (faults_.size() >= kMostFaults) {
    return Fail(ErrorKind::kOutOfRange, "an account has at most 1000 faults");
  }
  if (!fault.at) fault.at = KindOf(fault.action).natural;
  Entry& entry = faults_.emplace_back();
  entry.id = "fault-" + std::to_string(++number_);
  entry.fault = std::make_shared<const Fault>(std::move(fault));
  // Two faults of one account do not draw the same numbers.
  entry.chance = seed_ ^ (0x632BE59BD9B4E019U * number_);
  return entry.id;
}

std::vector<FaultView> FaultSet::List() const {
  std::vector<FaultView> out;
  out.reserve(faults_.size());
  for (const Entry& entry : faults_) {
    out.push_back({entry.id, *entry.fault, entry.matched, entry.applied});
  }
  return out;
}

bool FaultSet::Remove(std::string_view id) {
  return std::erase_if(faults_, [&](const Entry& entry) { return entry.id == id; }) != 0;
}

bool FaultSet::Entry::Hits() {
  // Drawn for each request, so that what hits does not hang on the other conditions.
  const bool drawn = fault->probability >= 1 || NextShare(chance) < fault->probability;
  if (fault->match.nth && *fault->match.nth != matched) return false;
  return drawn && (!fault->times || applied < *fault->times);
}

FaultHit FaultSet::Entry::Hit() {
  ++applied;
  FaultHit hit{id, fault};
  if (const auto* delay = std::get_if<Delay>(&fault->action)) hit.delay = Draw(*delay, chance);
  return hit;
}

bool FaultSet::HasFrameFaults() const {
  return std::ranges::any_of(
      faults_, [](const Entry& entry) { return entry.fault->at == FaultPoint::kFrame; });
}

std::vector<FaultHit> FaultSet::MatchFrame(std::string_view channel) {
  std::vector<FaultHit> hits;
  for (Entry& entry : faults_) {
    const Fault& fault = *entry.fault;
    if (fault.at != FaultPoint::kFrame) continue;
    if (!fault.match.channel.empty() && fault.match.channel != channel) continue;
    ++entry.matched;
    if (entry.Hits()) hits.push_back(entry.Hit());
  }
  return hits;
}

std::vector<FaultHit> FaultSet::Match(const Request& request) {
  std::vector<FaultHit> hits;
  bool answered = false;
  for (const FaultPoint point :
       {FaultPoint::kBeforeCommit, FaultPoint::kAfterCommit, FaultPoint::kReply}) {
    for (Entry& entry : faults_) {
      if (entry.fault->at != point || !Matches(entry.fault->match, request)) continue;
      // What is not carried out has no after; nor does it count for `nth`.
      if (point == FaultPoint::kAfterCommit && answered) continue;
      ++entry.matched;
      if (!entry.Hits()) continue;
      hits.push_back(entry.Hit());
      answered |= point == FaultPoint::kBeforeCommit && KindOf(entry.fault->action).answers;
    }
  }
  return hits;
}

}  // namespace ocokit::mock
