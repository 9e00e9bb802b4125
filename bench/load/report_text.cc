#include <cstdio>

#include "bench/load/report.h"

namespace ocokit::load {
namespace {

constexpr double kPercents[] = {50, 90, 99, 99.9, 99.99};
// From here on the generator's own lateness is no small part of what a client would see.
constexpr std::int64_t kMostLag = 1'000'000;
constexpr std::int64_t kMostQueue = 1'000'000;
constexpr double kMostBusy = 0.9;
constexpr double kMostWaiting = 0.2;
constexpr double kMostBad = 0.01;

template <typename... Args>
std::string Format(const char* format, Args... args) {
  const int size = std::snprintf(nullptr, 0, format, args...);
  if (size <= 0) return "";
  std::string text(static_cast<std::size_t>(size) + 1, '\0');
  std::snprintf(text.data(), text.size(), format, args...);
  text.pop_back();
  return text;
}

std::string Row(const std::string& name, const LatencyHistogram& histogram) {
  std::string out = Format("  %-16s", name.c_str());
  if (histogram.count() == 0) return out + "         -\n";
  for (const double percent : kPercents) {
    out += Format(" %10s", FormatTime(histogram.Percentile(percent)).c_str());
  }
  return out + Format(" %10s\n", FormatTime(histogram.max()).c_str());
}

std::string Heading(const Report& r) {
  const LoadOptions& o = r.options;
  std::string out = Format("%s at %s: %.9g requests a second, %s, for %s, after %s of warm-up\n",
                           std::string(Name(o.venue)).c_str(), o.url.c_str(), o.rate,
                           o.poisson ? "as a Poisson process" : "evenly",
                           FormatDuration(o.duration).c_str(), FormatDuration(o.warmup).c_str());
  out += Format("  %d connection%s, %d account%s, %d thread%s, %s", o.connections,
                o.connections == 1 ? "" : "s", o.key.empty() ? o.accounts : 1,
                o.key.empty() && o.accounts != 1 ? "s" : "", o.threads, o.threads == 1 ? "" : "s",
                FormatMix(o.mix).c_str());
  if (o.streams != 0) out += Format(", %d stream%s", o.streams, o.streams == 1 ? "" : "s");
  if (!o.faults.empty()) out += ", faults " + FormatFaults(o.faults);
  out += "\n  " + r.machine.cpu + Format(", %u cores, ", r.machine.cores) + r.machine.kernel +
         ", " + r.machine.compiler + "\n\n";
  return out;
}

std::string CountLines(const Report& r) {
  const Tally& t = r.tally;
  const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
  std::string out = Format(
      "  intended %llu, sent %llu, accepted %llu, refused %llu, failed %llu, unanswered %llu\n",
      number(r.intended), number(t.sent()), number(t.accepted()),
      number(t.Count(Trouble::kRefused)),
      number(t.Count(Trouble::kTransport) + t.Count(Trouble::kReply)), number(t.unanswered()));
  out += Format("  measured %.1f s, warmup_requests %llu, reconnects %llu\n", r.measured,
                number(t.warmup()), number(r.reconnects));
  if (r.streams) {
    out += Format("  streams %d, frames %llu, lost connections %llu, missing frames %llu\n",
                  r.streams->subscribers, number(r.streams->frames), number(r.streams->lost),
                  number(r.streams->missing));
  }
  for (const auto& [key, trouble] : t.troubles()) {
    out += Format("    %-10s %-28s %8llu   p50 %s, max %s\n", std::string(Name(key.first)).c_str(),
                  key.second.c_str(), number(trouble.count),
                  FormatTime(trouble.latency.Percentile(50)).c_str(),
                  FormatTime(trouble.latency.max()).c_str());
  }
  return out + "\n";
}

std::string BooksLine(const Books& books) {
  if (!books.kept) return "";
  if (books.differences.empty()) {
    std::string out = Format("books: agree (journal %llu, /metrics %llu",
                             static_cast<unsigned long long>(books.journal),
                             static_cast<unsigned long long>(books.counted));
    for (const auto& [fault, count] : books.faults) {
      out += Format(", %s %llu", fault.c_str(), static_cast<unsigned long long>(count));
    }
    return out + ")\n";
  }
  std::string out = "books: differ\n";
  for (const std::string& difference : books.differences) out += "  " + difference + "\n";
  return out;
}

}  // namespace

std::string FormatTime(std::int64_t ns) {
  const auto value = static_cast<double>(ns);
  // What would be rounded to four digits is of the next unit.
  if (ns < 1'000) return Format("%d ns", static_cast<int>(ns));
  if (ns < 999'500) return Format("%.3g us", value / 1e3);
  if (ns < 999'500'000) return Format("%.3g ms", value / 1e6);
  return Format("%.4g s", value / 1e9);
}

std::vector<std::string> Warnings(const Report& r) {
  std::vector<std::string> out;
  const std::int64_t lag = r.tally.phase(Phase::kLag).Percentile(99);
  double busy = 0;
  double waiting = 0;
  for (const ThreadCost& thread : r.threads) {
    busy = std::max(busy, thread.busy);
    waiting = std::max(waiting, thread.waiting);
  }
  if (busy > kMostBusy) {
    out.push_back(Format("the generator was the bottleneck: a thread of it ran %.0f %% of the time",
                         busy * 100));
  }
  if (lag > kMostLag) {
    out.push_back("the generator was late by itself: 1 % of the requests left " + FormatTime(lag) +
                  " or more after their time although a connection was free");
  }
  const std::int64_t queue = r.tally.phase(Phase::kQueue).Percentile(50);
  if (queue > kMostQueue && lag <= kMostLag) {
    out.push_back("half of the requests waited for a free connection, for " + FormatTime(queue) +
                  " or more: the server cannot keep up with this rate, or there are too few "
                  "connections");
  }
  if (waiting > kMostWaiting) {
    out.push_back(
        Format("the generator waited for a processor %.0f %% of the time: the machine is "
               "too busy for this rate",
               waiting * 100));
  }
  const Tally& t = r.tally;
  const std::uint64_t bad =
      t.Count(Trouble::kTransport) + t.Count(Trouble::kReply) + t.unanswered();
  if (t.accepted() == 0) {
    out.push_back("no request was accepted");
  }
  if (static_cast<double>(bad) > kMostBad * static_cast<double>(r.intended)) {
    out.push_back(Format("%.3g %% of the requests failed or were unanswered",
                         100 * static_cast<double>(bad) / static_cast<double>(r.intended)));
  }
  if (r.streams && r.streams->lost != 0) {
    out.push_back(Format("%llu streams ended before the load",
                         static_cast<unsigned long long>(r.streams->lost)));
  }
  if (r.streams && r.streams->missing != 0) {
    out.push_back(Format("%llu times a subscriber did not hear of what was placed or cancelled",
                         static_cast<unsigned long long>(r.streams->missing)));
  }
  if (t.unanswered() + t.timeouts() != 0) {
    out.push_back(
        "requests that timed out or were unanswered are in the latency with the age they had when "
        "they were given up: the true figures are larger");
  }
  return out;
}

std::string FormatText(const Report& r) {
  std::string out = Heading(r) + CountLines(r);
  out += Format("  %-16s %10s %10s %10s %10s %10s %10s\n", "", "p50", "p90", "p99", "p99.9",
                "p99.99", "max");
  out += Row("latency", r.tally.latency());
  out += Row("service", r.tally.service());
  for (std::size_t i = 0; i < kPhases; ++i) {
    const Phase phase = static_cast<Phase>(i);
    out += Row("  " + std::string(Name(phase)), r.tally.phase(phase));
  }
  if (r.streams) out += Row("stream", r.streams->delay);
  out +=
      "\n  latency: from when a request was meant to leave; service: from when it was written;\n"
      "  server: the simulator's own time; network: write and wait without that time\n";
  if (r.streams) {
    out += "  stream: from when the simulator had decided until a subscriber read of it\n";
  }
  for (const ThreadCost& thread : r.threads) {
    out += Format("  generator thread: busy %.0f %% of the time", thread.busy * 100);
    if (thread.waiting >= 0)
      out += Format(", waiting for a processor %.1f %%", thread.waiting * 100);
    out += "\n";
  }
  for (const std::string& warning : Warnings(r)) out += "warning: " + warning + "\n";
  return out + BooksLine(r.books);
}

}  // namespace ocokit::load
