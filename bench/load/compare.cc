#include "bench/load/compare.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "bench/load/report.h"

namespace ocokit::load {
namespace {

using nlohmann::json;

constexpr double kSignificant = 0.05;
// What must have been asked for in both, or the latencies are of different things.
constexpr const char* kSame[] = {"venue",  "rate",     "connections", "mix",
                                 "faults", "arrivals", "accounts",    "threads"};
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
                     report.contains("latency_ns") && report.contains("seconds") &&
                     report["seconds"].is_array();
  if (!whole) {
    return Fail(ErrorKind::kInvalidArgument,
                std::string("the ") + which + " file is no report of `ocokit load --json`");
  }
  if (!report["latency_ns"].is_object()) {
    return Fail(ErrorKind::kInvalidArgument,
                std::string("the ") + which + " report has no accepted request");
  }
  return report;
}

double Number(const json& object, const char* name) {
  const auto it = object.find(name);
  return it != object.end() && it->is_number() ? it->get<double>() : 0;
}

// The median of each whole second of the measurement.
std::vector<double> Medians(const json& report) {
  const double whole = std::floor(Number(report, "measured_ns") / 1e9);
  std::vector<double> out;
  for (const json& row : report["seconds"]) {
    if (!row.is_object() || Number(row, "second") >= whole) continue;
    const double median = Number(row, "p50");
    if (median > 0) out.push_back(median);
  }
  return out;
}

}  // namespace

RankTest MannWhitney(const std::vector<double>& first, const std::vector<double>& second) {
  RankTest out;
  if (first.empty() || second.empty()) return out;
  std::vector<Ranked> all;
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

Result<Comparison> CompareReports(std::string_view first_text, std::string_view second_text,
                                  double tolerance) {
  const Result<json> first = ReadReport(first_text, "first");
  if (!first) return tl::unexpected<Error>(first.error());
  const Result<json> second = ReadReport(second_text, "second");
  if (!second) return tl::unexpected<Error>(second.error());
  for (const char* name : kSame) {
    const json one = first->at("asked").value(name, json());
    const json other = second->at("asked").value(name, json());
    if (one == other) continue;
    return Fail(ErrorKind::kInvalidArgument, std::string("the reports differ in ") + name + ": " +
                                                 one.dump() + " and " + other.dump());
  }
  Comparison out;
  for (const auto& [member, name] : kPercentiles) {
    out.ratios.push_back(
        {name, Number(first->at("latency_ns"), member), Number(second->at("latency_ns"), member)});
  }
  const std::vector<double> one = Medians(*first);
  const std::vector<double> other = Medians(*second);
  out.first_seconds = one.size();
  out.second_seconds = other.size();
  out.test = MannWhitney(one, other);
  const Ratio& median = out.ratios.front();
  out.regression = median.second > median.first * (1 + tolerance) && out.test.p < kSignificant;
  return out;
}

std::string FormatText(const Comparison& c, double tolerance) {
  std::string out;
  char line[256];
  for (const Ratio& ratio : c.ratios) {
    std::snprintf(line, sizeof line, "  %-7s %10s -> %10s   x %.3f\n", ratio.name.c_str(),
                  FormatTime(static_cast<std::int64_t>(ratio.first)).c_str(),
                  FormatTime(static_cast<std::int64_t>(ratio.second)).c_str(),
                  ratio.first > 0 ? ratio.second / ratio.first : 0);
    out += line;
  }
  std::snprintf(line, sizeof line,
                "  medians of %zu and %zu seconds: Mann-Whitney U %.1f, two-sided p %.4g\n",
                c.first_seconds, c.second_seconds, c.test.u, c.test.p);
  out += line;
  std::snprintf(line, sizeof line, "%s: the median may grow by %.4g %%, with p below %.2g\n",
                c.regression ? "regression" : "no regression", tolerance * 100, kSignificant);
  return out + line;
}

}  // namespace ocokit::load
