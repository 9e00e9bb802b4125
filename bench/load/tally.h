#pragma once

// Tally: what came of the requests of one thread, and of all of them once merged. Times are
// nanoseconds of the machine's steady clock. An object belongs to one thread.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "bench/load/histogram.h"
#include "bench/load/options.h"

namespace ocokit::load {

// One request's way. Queue, serialize, sign, write, wait and read add up to its latency but for the
// time between two readings of the clock.
enum class Phase {
  kQueue,      // meant to leave, until a connection took it
  kLag,        // of that, while a connection was free: the generator's own fault
  kSerialize,  // its text
  kSign,       // its signature
  kWrite,      // the call that hands it to the system
  kWait,       // until the first byte of the reply was read
  kServer,     // of that, what the simulator says it took itself
  kNetwork,    // of that, the rest
  kRead,       // until the last byte
  kParse,      // the reply's values; after the latency has ended
};
inline constexpr std::size_t kPhases = 10;
[[nodiscard]] std::string_view Name(Phase phase);

struct RequestTimes {
  std::int64_t intended = 0;
  std::int64_t picked = 0;
  std::int64_t free_since = 0;  // when its connection had nothing to do any more
  std::int64_t written = 0;
  std::int64_t first_byte = 0;
  std::int64_t done = 0;
  std::int64_t serialize = 0;  // these are lengths
  std::int64_t sign = 0;
  std::int64_t write = 0;
  std::int64_t parse = 0;
  std::int64_t server = -1;  // -1: it did not say
};

// Which way a request did not succeed.
enum class Trouble {
  kRefused,    // the venue's own refusal
  kTransport,  // no whole reply
  kReply,      // a reply that is not what the documents say
};
[[nodiscard]] std::string_view Name(Trouble trouble);

struct TroubleCount {
  std::uint64_t count = 0;
  LatencyHistogram latency;  // from the intended time to the reply, or to when it was given up
};

// One second of the measurement, by when something happened in it.
struct SecondRow {
  std::uint64_t sent = 0;
  std::uint64_t answered = 0;  // accepted
  std::uint64_t errors = 0;
  std::int64_t max = 0;
  std::vector<std::pair<int, std::uint64_t>> bins;  // of LogLinearAxis: latencies of the accepted
};

class Tally {
 public:
  // `start`: when the measurement begins, after the warm-up.
  explicit Tally(std::int64_t start) : start_(start) {}

  // The whole request was handed to the system.
  void Sent(const RequestTimes& times);
  // A reply with this status and code was read; every one of them, of the warm-up, too.
  void Ended(Call call, int status, int code) { ++endings_[{call, status, code}]; }
  void Accepted(const RequestTimes& times);
  // `at`: when that was known.
  void Troubled(Trouble trouble, const std::string& label, const RequestTimes& times,
                std::int64_t at);
  // No whole reply came in the time that one may take: a trouble whose age is in the latency, too.
  void TimedOut(const RequestTimes& times, std::int64_t at);
  // It has waited until `now` for its reply, or for a connection.
  void Unanswered(std::int64_t intended, std::int64_t now);
  void Merge(const Tally& other);

  [[nodiscard]] bool Measures(std::int64_t intended) const { return intended >= start_; }

  // Of all requests, warm-up included.
  [[nodiscard]] std::uint64_t written() const { return written_; }
  [[nodiscard]] std::uint64_t warmup() const { return warmup_; }
  // A whole request that the server may have seen or not: neither a reply nor the end of its
  // connection came.
  [[nodiscard]] std::uint64_t uncertain() const { return uncertain_; }
  void CountUncertain() { ++uncertain_; }
  using Endings = std::map<std::tuple<Call, int, int>, std::uint64_t>;
  [[nodiscard]] const Endings& endings() const { return endings_; }
  // The whole run's transport failures by label, warm-up included.
  [[nodiscard]] const std::map<std::string, std::uint64_t>& losses() const { return losses_; }

  // Of the measured requests alone.
  [[nodiscard]] std::uint64_t sent() const { return sent_; }
  [[nodiscard]] std::uint64_t accepted() const { return accepted_; }
  [[nodiscard]] std::uint64_t unanswered() const { return unanswered_; }
  [[nodiscard]] std::uint64_t Count(Trouble trouble) const;
  [[nodiscard]] std::uint64_t timeouts() const;  // that Count has in kTransport
  // From the intended time: accepted requests, and with their age those that timed out or were
  // unanswered. What was answered otherwise, or ended by the server, has told its own time.
  [[nodiscard]] const LatencyHistogram& latency() const { return latency_; }
  // From the write: accepted requests.
  [[nodiscard]] const LatencyHistogram& service() const { return service_; }
  // Accepted requests.
  [[nodiscard]] const LatencyHistogram& phase(Phase phase) const {
    return phases_[static_cast<std::size_t>(phase)];
  }
  using Troubles = std::map<std::pair<Trouble, std::string>, TroubleCount>;
  [[nodiscard]] const Troubles& troubles() const { return troubles_; }
  [[nodiscard]] const std::vector<SecondRow>& seconds() const { return seconds_; }

  // Closes the second that is under way. Call it before Merge and seconds().
  void Finish();

 private:
  SecondRow& Row(std::int64_t at);
  void Record(Phase phase, std::int64_t ns) { phases_[static_cast<std::size_t>(phase)].Record(ns); }

  std::int64_t start_;
  std::uint64_t written_ = 0;
  std::uint64_t warmup_ = 0;
  std::uint64_t uncertain_ = 0;
  std::uint64_t sent_ = 0;
  std::uint64_t accepted_ = 0;
  std::uint64_t unanswered_ = 0;
  LatencyHistogram latency_;
  LatencyHistogram service_;
  std::array<LatencyHistogram, kPhases> phases_;
  Endings endings_;
  std::map<std::string, std::uint64_t> losses_;
  Troubles troubles_;
  std::vector<SecondRow> seconds_;
  LatencyHistogram second_;  // of the last row
};

// The percentile of bins of LogLinearAxis; nothing held: 0.
[[nodiscard]] std::int64_t PercentileOf(const SecondRow& row, double percent);

}  // namespace ocokit::load
