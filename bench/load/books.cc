#include "bench/load/books.h"

#include <charconv>
#include <optional>
#include <set>

#include "bench/load/calls.h"
#include "bench/load/fault_kinds.h"

namespace ocokit::load {
namespace {

constexpr std::string_view kRequests = "ocokit_requests_total{";
constexpr std::string_view kFaults = "ocokit_faults_applied_total{";

// The value of a label; the paths and names here hold nothing that is escaped.
std::string_view Label(std::string_view line, std::string_view name) {
  const std::string start = std::string(name) + "=\"";
  const std::size_t at = line.find(start);
  if (at == std::string_view::npos) return {};
  line.remove_prefix(at + start.size());
  return line.substr(0, line.find('"'));
}

template <typename T>
bool ReadNumber(std::string_view text, T& out) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

bool ReadLine(std::string_view line, ServerCounts& out) {
  // Prometheus' numbers are floating; counters of ours print as 1e+06 when they are large.
  double value = 0;
  const std::size_t blank = line.rfind(' ');
  if (blank == std::string_view::npos || !ReadNumber(line.substr(blank + 1), value)) return false;
  const auto count = static_cast<std::uint64_t>(value);
  if (line.starts_with(kFaults)) {
    out.faults[std::string(Label(line, "fault"))] += count;
    return true;
  }
  int status = 0;
  int code = 0;
  if (!ReadNumber(Label(line, "status"), status) || !ReadNumber(Label(line, "code"), code)) {
    return false;
  }
  out.requests[{std::string(Label(line, "venue")), std::string(Label(line, "call")), status,
                code}] += count;
  return true;
}

// What came between two readings.
template <typename Map>
Map Since(const Map& before, const Map& after) {
  Map out;
  for (const auto& [key, count] : after) {
    const auto it = before.find(key);
    const std::uint64_t earlier = it == before.end() ? 0 : it->second;
    if (count != earlier) out[key] = count - earlier;
  }
  return out;
}

std::uint64_t Of(const std::map<std::string, std::uint64_t>& counts, const std::string& key) {
  const auto it = counts.find(key);
  return it == counts.end() ? 0 : it->second;
}

std::string Text(std::uint64_t number) { return std::to_string(number); }

class Audit {
 public:
  Audit(const LoadOptions& options, const Tally& tally, Books& books)
      : options_(options), tally_(tally), books_(books) {}

  void Total(const std::string& whose, std::uint64_t theirs) {
    const std::uint64_t most = tally_.written();
    const std::uint64_t least = most - std::min(most, tally_.uncertain());
    if (theirs >= least && theirs <= most) return;
    books_.differences.push_back(
        whose + " has " + Text(theirs) + " requests, the load wrote " + Text(most) +
        (least == most ? "" : ", " + Text(least) + " of them for certain"));
  }

  // Each reply that came was counted by the server with the same status and code. Where a fault has
  // put something else in its place, it has no code, but the server knows the one it was to have.
  void Endings(const ServerCounts& server) {
    std::map<std::pair<Call, int>, std::uint64_t> by_status;
    for (const auto& [ending, count] : tally_.endings()) {
      const auto& [call, status, code] = ending;
      by_status[{call, status}] += count;
      if (code != 0) HoldAgainst(server, call, status, code, count);
    }
    for (const auto& [ending, count] : by_status) {
      HoldAgainst(server, ending.first, ending.second, std::nullopt, count);
    }
  }

  // Each fault that hit was seen, unless another on the same request hid it.
  void Faults() {
    std::uint64_t all = 0;
    std::uint64_t closing = 0;
    std::map<Sight, std::uint64_t> applied;
    for (const FaultShare& share : options_.faults) {
      const FaultKind& kind = *FindFaultKind(share.type);
      if (kind.sight == Sight::kSlow) continue;
      const std::uint64_t count = Of(books_.faults, share.type);
      all += count;
      applied[kind.sight] += count;
      if (kind.sight == Sight::kClosed) closing += count;
    }
    // A reset goes before whatever changes the reply.
    Seen("reset connections", Of(tally_.losses(), "reset"), applied[Sight::kReset], closing);
    Seen("connections closed early", Of(tally_.losses(), "closed"), applied[Sight::kClosed],
         all - applied[Sight::kClosed]);
    std::uint64_t statuses = 0;
    for (const auto& [ending, count] : tally_.endings()) {
      if (std::get<1>(ending) / 100 == 5) statuses += count;
    }
    Seen("replies with HTTP 5xx", statuses, applied[Sight::kStatus], all - applied[Sight::kStatus]);
  }

 private:
  // No code: whatever it is.
  void HoldAgainst(const ServerCounts& server, Call call, int status, std::optional<int> code,
                   std::uint64_t ours) {
    const std::string path(Path(options_.venue, call));
    std::uint64_t theirs = 0;
    for (const auto& [key, count] : server.requests) {
      const auto& [venue, its_path, its_status, its_code] = key;
      const bool fits = venue == Name(options_.venue) && its_path == path && its_status == status &&
                        its_code == code.value_or(its_code);
      if (fits) theirs += count;
    }
    if (theirs >= ours) return;
    books_.differences.push_back("/metrics has " + Text(theirs) + " replies to " + path +
                                 " with HTTP " + std::to_string(status) +
                                 (code ? " and code " + std::to_string(*code) : "") +
                                 ", the load got " + Text(ours));
  }

  void Seen(const std::string& what, std::uint64_t seen, std::uint64_t applied,
            std::uint64_t may_hide) {
    // A request that was given up may have been hit, too.
    const std::uint64_t hidden = may_hide + tally_.uncertain();
    if (seen <= applied && seen + hidden >= applied) return;
    books_.differences.push_back("the load saw " + Text(seen) + " " + what +
                                 ", the server's faults made " + Text(applied));
  }

  const LoadOptions& options_;
  const Tally& tally_;
  Books& books_;
};

}  // namespace

Result<ServerCounts> ReadMetrics(std::string_view text) {
  ServerCounts out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.starts_with(kRequests) && !line.starts_with(kFaults)) continue;
    if (!ReadLine(line, out)) {
      return Fail(ErrorKind::kUnavailable,
                  "/metrics has a line that cannot be read: " + std::string(line));
    }
  }
  return out;
}

Books CompareBooks(const LoadOptions& options, const Tally& tally, std::uint64_t journal,
                   const ServerCounts& before, const ServerCounts& after) {
  Books books;
  books.kept = true;
  books.journal = journal;
  ServerCounts server{Since(before.requests, after.requests), Since(before.faults, after.faults)};
  std::set<std::string> paths;
  for (std::size_t i = 0; i < kCalls; ++i) {
    paths.insert(std::string(Path(options.venue, static_cast<Call>(i))));
  }
  for (const auto& [key, count] : server.requests) {
    const bool ours = std::get<0>(key) == Name(options.venue) && paths.contains(std::get<1>(key));
    if (ours) books.counted += count;
  }
  books.faults = server.faults;
  Audit audit(options, tally, books);
  audit.Total("the journal", journal);
  audit.Total("/metrics", books.counted);
  audit.Endings(server);
  audit.Faults();
  return books;
}

}  // namespace ocokit::load
