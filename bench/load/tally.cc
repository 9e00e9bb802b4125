#include "bench/load/tally.h"

#include <algorithm>

namespace ocokit::load {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr const char* kTimedOut = "timeout";

// Two rows of one second, each of bins in ascending order.
void MergeRow(SecondRow& into, const SecondRow& from) {
  into.sent += from.sent;
  into.answered += from.answered;
  into.errors += from.errors;
  into.max = std::max(into.max, from.max);
  std::map<int, std::uint64_t> bins(into.bins.begin(), into.bins.end());
  for (const auto& [bin, count] : from.bins) bins[bin] += count;
  into.bins.assign(bins.begin(), bins.end());
}

}  // namespace

std::string_view Name(Phase phase) {
  constexpr std::string_view kNames[kPhases] = {"queue", "lag",    "serialize", "sign", "write",
                                                "wait",  "server", "network",   "read", "parse"};
  return kNames[static_cast<std::size_t>(phase)];
}

std::string_view Name(Trouble trouble) {
  constexpr std::string_view kNames[] = {"refused", "transport", "reply"};
  return kNames[static_cast<std::size_t>(trouble)];
}

void Tally::Sent(const RequestTimes& times) {
  ++written_;
  if (!Measures(times.intended)) {
    ++warmup_;
    return;
  }
  ++sent_;
  ++Row(times.written).sent;
}

void Tally::Accepted(const RequestTimes& times) {
  if (!Measures(times.intended)) return;
  ++accepted_;
  const std::int64_t latency = times.done - times.intended;
  latency_.Record(latency);
  service_.Record(times.done - times.written);
  Record(Phase::kQueue, times.picked - times.intended);
  Record(Phase::kLag, times.picked - std::max(times.intended, times.free_since));
  Record(Phase::kSerialize, times.serialize);
  Record(Phase::kSign, times.sign);
  Record(Phase::kWrite, times.write);
  const std::int64_t wait = times.first_byte - times.written;
  Record(Phase::kWait, wait);
  // A server on the same machine may be at work, and even done, before the call that writes
  // returns.
  const std::int64_t away = times.write + wait;
  // What says that it worked longer than that is not to be believed.
  if (times.server >= 0 && times.server <= away) {
    Record(Phase::kServer, times.server);
    Record(Phase::kNetwork, away - times.server);
  }
  Record(Phase::kRead, times.done - times.first_byte);
  Record(Phase::kParse, times.parse);
  SecondRow& row = Row(times.done);
  ++row.answered;
  second_.Record(latency);
}

void Tally::Troubled(Trouble trouble, const std::string& label, const RequestTimes& times,
                     std::int64_t at) {
  if (trouble == Trouble::kTransport) ++losses_[label];
  if (!Measures(times.intended)) return;
  TroubleCount& count = troubles_[{trouble, label}];
  ++count.count;
  count.latency.Record(at - times.intended);
  ++Row(at).errors;
}

void Tally::TimedOut(const RequestTimes& times, std::int64_t at) {
  Troubled(Trouble::kTransport, kTimedOut, times, at);
  if (Measures(times.intended)) latency_.Record(at - times.intended);
}

void Tally::Unanswered(std::int64_t intended, std::int64_t now) {
  if (!Measures(intended)) return;
  ++unanswered_;
  latency_.Record(now - intended);
  ++Row(now).errors;
}

std::uint64_t Tally::timeouts() const {
  const auto it = troubles_.find({Trouble::kTransport, kTimedOut});
  return it == troubles_.end() ? 0 : it->second.count;
}

std::uint64_t Tally::Count(Trouble trouble) const {
  std::uint64_t sum = 0;
  for (const auto& [key, count] : troubles_) sum += key.first == trouble ? count.count : 0;
  return sum;
}

SecondRow& Tally::Row(std::int64_t at) {
  const auto index = static_cast<std::size_t>(std::max<std::int64_t>(0, at - start_) / kSecond);
  // Time does not go back: what belongs to an earlier second than the last row is at its border.
  if (index + 1 > seconds_.size()) {
    Finish();
    seconds_.resize(index + 1);
  }
  return seconds_.back();
}

void Tally::Finish() {
  if (seconds_.empty() || second_.count() == 0) return;
  SecondRow& row = seconds_.back();
  const LogLinearAxis axis;
  for (const auto& [upper, count] : second_.Bins()) row.bins.emplace_back(axis.index(upper), count);
  row.max = second_.max();
  second_ = LatencyHistogram();
}

void Tally::Merge(const Tally& other) {
  written_ += other.written_;
  warmup_ += other.warmup_;
  uncertain_ += other.uncertain_;
  sent_ += other.sent_;
  accepted_ += other.accepted_;
  unanswered_ += other.unanswered_;
  latency_.Merge(other.latency_);
  service_.Merge(other.service_);
  for (std::size_t i = 0; i < kPhases; ++i) phases_[i].Merge(other.phases_[i]);
  for (const auto& [key, count] : other.endings_) endings_[key] += count;
  for (const auto& [label, count] : other.losses_) losses_[label] += count;
  for (const auto& [key, count] : other.troubles_) {
    TroubleCount& mine = troubles_[key];
    mine.count += count.count;
    mine.latency.Merge(count.latency);
  }
  seconds_.resize(std::max(seconds_.size(), other.seconds_.size()));
  for (std::size_t i = 0; i < other.seconds_.size(); ++i) MergeRow(seconds_[i], other.seconds_[i]);
}

std::int64_t PercentileOf(const SecondRow& row, double percent) {
  std::uint64_t count = 0;
  for (const auto& [bin, held] : row.bins) count += held;
  const std::uint64_t rank = PercentileRank(percent, count);
  std::uint64_t seen = 0;
  for (const auto& [bin, held] : row.bins) {
    seen += held;
    if (seen >= rank) return std::min(LogLinearAxis::Upper(bin), row.max);
  }
  return row.max;
}

}  // namespace ocokit::load
