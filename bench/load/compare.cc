#include "bench/load/compare.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>

#include "bench/load/report.h"

namespace ocokit::load {
namespace {

using nlohmann::json;

constexpr double kSignificant = 0.05;
// By how much the share of failed or unanswered requests may grow.
constexpr double kMostGrowth = 0.01;
// Three seconds against three can be chance whatever they are.
constexpr std::size_t kLeastSeconds = 4;
constexpr double kMostWhole = 24 * 3600;
// What must have been asked for in both, or the latencies are of different things.
constexpr const char* kSame[] = {"venue",    "rate",     "connections", "mix",    "faults",
                                 "arrivals", "accounts", "threads",     "streams"};
constexpr std::pair<const char*, const char*> kPercentiles[] = {
    {"p50", "p50"},     {"p90", "p90"},       {"p99", "p99"},
    {"p99_9", "p99.9"}, {"p99_99", "p99.99"}, {"max", "max"}};

struct Ranked {
  double value;
  bool of_first;
};

Result<json> ReadReport(std::string_view text, const char* which) {
  json report = json::parse(text, nullptr, false);
  const bool whole = report.is_object() && report.contains("schema") && report["schema"] == 1 &&
                     report.contains("asked") && report["asked"].is_object() &&
                     report.contains("counts") && report["counts"].is_object() &&
                     report.contains("latency_ns") && report.contains("seconds") &&
                     report["seconds"].is_array();
  if (!whole) {
    return Fail(ErrorKind::kInvalidArgument,
                std::string("the ") + which + " file is no report of `ocokit load --json`");
  }
  return report;
}

double Number(const json& object, const char* name) {
  if (!object.is_object()) return 0;
  const auto it = object.find(name);
  return it != object.end() && it->is_number() ? it->get<double>() : 0;
}

// The median of each whole second of the measurement.
struct Medians {
  std::vector<double> all;  // infinite where nothing was accepted
  std::size_t answered = 0;
  std::size_t silent = 0;
};

// Reports from before there were streams have none.
json Asked(const json& report, const std::string& name) {
  return report.at("asked").value(name, name == "streams" ? json(0) : json());
}

Medians ReadMedians(const json& report) {
  const double whole = std::clamp(std::floor(Number(report, "measured_ns") / 1e9), 0.0, kMostWhole);
  Medians out;
  for (const json& row : report["seconds"]) {
    if (!row.is_object() || Number(row, "second") >= whole) continue;
    const double median = Number(row, "p50");
    if (median > 0) out.all.push_back(median);
  }
  out.answered = out.all.size();
  // A second in which nothing at all happened may have no row.
  const auto seconds = static_cast<std::size_t>(whole);
  if (out.answered < seconds) out.silent = seconds - out.answered;
  out.all.resize(out.answered + out.silent, std::numeric_limits<double>::infinity());
  return out;
}

struct Ends {
  double intended = 0;
  double accepted = 0;
  double refused = 0;
  double failed = 0;
  double unanswered = 0;
};

Ends ReadEnds(const json& report) {
  const json& counts = report["counts"];
  return {.intended = Number(counts, "intended"),
          .accepted = Number(counts, "accepted"),
          .refused = Number(counts, "refused"),
          .failed = Number(counts, "transport") + Number(counts, "reply"),
          .unanswered = Number(counts, "unanswered")};
}

void RepeatWarnings(const json& report, const std::string& which, Comparison& out) {
  const auto warnings = report.find("warnings");
  if (warnings != report.end() && warnings->is_array()) {
    for (const json& warning : *warnings) {
      if (warning.is_string()) {
        out.warnings.push_back("the " + which + " report: " + warning.get<std::string>());
      }
    }
  }
  const auto books = report.find("books");
  if (books == report.end() || !books->is_object()) return;
  const auto agree = books->find("agree");
  if (agree != books->end() && *agree == false) {
    out.warnings.push_back("the " + which + " report: the server's books differ from the load's");
  }
}

template <typename... Args>
std::string Line(const char* format, Args... args) {
  char text[256];
  std::snprintf(text, sizeof text, format, args...);
  return text;
}

// More that failed, or had no answer, is worse however fast the rest was.
void CompareEnds(const Ends& one, const Ends& other, Comparison& out) {
  const auto share = [&](const char* name, double Ends::*what) {
    out.shares.push_back({name, one.intended > 0 ? one.*what / one.intended : 0,
                          other.intended > 0 ? other.*what / other.intended : 0});
    const Share& both = out.shares.back();
    const double p = ShareTest(one.*what, one.intended, other.*what, other.intended);
    return both.second - both.first > kMostGrowth && p < kSignificant;
  };
  const auto grew = [&](const char* how) {
    const Share& both = out.shares.back();
    return Line("%s from %.3g %% of the requests to %.3g %%", how, both.first * 100,
                both.second * 100);
  };
  (void)share("accepted", &Ends::accepted);
  if (share("refused", &Ends::refused)) {
    out.warnings.push_back(grew("refusals grew") + ": the latencies are of other requests");
  }
  if (share("failed", &Ends::failed)) out.reasons.push_back(grew("failures grew"));
  if (share("unanswered", &Ends::unanswered)) {
    out.reasons.push_back(grew("what was unanswered grew"));
  }
}

}  // namespace

RankTest MannWhitney(const std::vector<double>& first, const std::vector<double>& second) {
  RankTest out;
  if (first.empty() || second.empty()) return out;
  std::vector<Ranked> all;
  all.reserve(first.size() + second.size());
  for (const double value : first) all.push_back({value, true});
  for (const double value : second) all.push_back({value, false});
  std::ranges::sort(all, {}, &Ranked::value);
  const auto n1 = static_cast<double>(first.size());
  const auto n2 = static_cast<double>(second.size());
  const double n = n1 + n2;
  double ranks = 0;
  double ties = 0;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i;
    while (end < all.size() && all[end].value == all[i].value) ++end;
    // Equal values share the mean of their ranks, which begin with 1.
    const double rank = static_cast<double>(i + end + 1) / 2;
    const auto equal = static_cast<double>(end - i);
    ties += equal * equal * equal - equal;
    for (; i < end; ++i) ranks += all[i].of_first ? rank : 0;
  }
  out.u = ranks - n1 * (n1 + 1) / 2;
  const double mean = n1 * n2 / 2;
  const double variance = n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1)));
  if (variance <= 0) return out;
  const double z = std::max(0.0, std::abs(out.u - mean) - 0.5) / std::sqrt(variance);
  out.p = std::erfc(z / std::sqrt(2.0));
  return out;
}

double ShareTest(double first, double first_all, double second, double second_all) {
  if (first_all <= 0 || second_all <= 0) return 1;
  const double common = (first + second) / (first_all + second_all);
  const double variance = common * (1 - common) * (1 / first_all + 1 / second_all);
  if (!(variance > 0)) return 1;
  const double z = std::abs(second / second_all - first / first_all) / std::sqrt(variance);
  return std::erfc(z / std::sqrt(2.0));
}

Result<Comparison> CompareReports(std::string_view first_text, std::string_view second_text,
                                  double tolerance) {
  const Result<json> first = ReadReport(first_text, "first");
  if (!first) return tl::unexpected<Error>(first.error());
  const Result<json> second = ReadReport(second_text, "second");
  if (!second) return tl::unexpected<Error>(second.error());
  for (const char* name : kSame) {
    const json one = Asked(*first, name);
    const json other = Asked(*second, name);
    if (one == other) continue;
    return Fail(ErrorKind::kInvalidArgument, std::string("the reports differ in ") + name + ": " +
                                                 one.dump() + " and " + other.dump());
  }
  Comparison out;
  for (const auto& [member, name] : kPercentiles) {
    out.ratios.push_back(
        {name, Number(first->at("latency_ns"), member), Number(second->at("latency_ns"), member)});
  }
  RepeatWarnings(*first, "first", out);
  RepeatWarnings(*second, "second", out);
  CompareEnds(ReadEnds(*first), ReadEnds(*second), out);
  const Medians one = ReadMedians(*first);
  const Medians other = ReadMedians(*second);
  out.first_seconds = one.answered;
  out.second_seconds = other.answered;
  out.first_silent = one.silent;
  out.second_silent = other.silent;
  out.test = MannWhitney(one.all, other.all);
  const bool enough = std::min(one.answered, other.answered) >= kLeastSeconds;
  const Ratio& median = out.ratios.front();
  // The test is two-sided: it must be the second that is slower.
  const double pairs = static_cast<double>(one.all.size()) * static_cast<double>(other.all.size());
  const bool slower = out.test.u < pairs / 2 && out.test.p < kSignificant;
  if (enough && slower && median.second > median.first * (1 + tolerance)) {
    out.reasons.push_back(Line("the median grew by %.3g %%, p %.2g",
                               (median.second / median.first - 1) * 100, out.test.p));
  }
  if (!out.reasons.empty()) {
    out.verdict = Verdict::kRegression;
  } else if (enough) {
    out.verdict = Verdict::kNoRegression;
  } else {
    out.reasons.push_back(
        Line("%zu and %zu seconds have accepted replies, and each side needs %zu at least",
             one.answered, other.answered, kLeastSeconds));
  }
  return out;
}

std::string FormatText(const Comparison& c, double tolerance) {
  std::string out;
  for (const Ratio& ratio : c.ratios) {
    const bool known = ratio.first > 0 && ratio.second > 0;
    const auto time = [](double ns) {
      return ns > 0 ? FormatTime(static_cast<std::int64_t>(ns)) : std::string("-");
    };
    out += Line("  %-10s %10s -> %10s", ratio.name.c_str(), time(ratio.first).c_str(),
                time(ratio.second).c_str());
    out += known ? Line("   x %.3f\n", ratio.second / ratio.first) : "\n";
  }
  for (const Share& share : c.shares) {
    out += Line("  %-10s %8.3f %% -> %8.3f %%\n", share.name.c_str(), share.first * 100,
                share.second * 100);
  }
  out += Line("  medians of %zu and %zu seconds: Mann-Whitney U %.1f, two-sided p %.4g\n",
              c.first_seconds + c.first_silent, c.second_seconds + c.second_silent, c.test.u,
              c.test.p);
  if (c.first_silent + c.second_silent != 0) {
    out += Line("  of these %zu and %zu have no accepted reply, and rank as the slowest\n",
                c.first_silent, c.second_silent);
  }
  for (const std::string& warning : c.warnings) out += "warning: " + warning + "\n";
  if (c.verdict == Verdict::kNoRegression) {
    return out + Line(
                     "no regression: beyond chance, p below %.2g, the median may grow by %.4g %%, "
                     "failed and unanswered requests by %.2g %% of all\n",
                     kSignificant, tolerance * 100, kMostGrowth * 100);
  }
  out += c.verdict == Verdict::kRegression ? "regression: " : "cannot tell: ";
  for (std::size_t i = 0; i < c.reasons.size(); ++i) {
    out += (i == 0 ? "" : "; ") + c.reasons[i];
  }
  return out + "\n";
}

}  // namespace ocokit::load
