#include "bench/report.h"

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdio>
#include <map>
#include <string>

namespace ocokit::bench {
namespace {

// `what` is measured against `bare`, the limit it cannot beat; times in one run, so that the noise
// of the machine falls on both.
struct Target {
  const char* text;
  const char* what;
  const char* bare;
  double most;
};

constexpr Target kTargets[] = {
    {"BingX: sign / bare digest", "BingxSign", "BareHmacSha256", 1.25},
    {"BingX: request as a query / bare digest", "BingxRequest/query", "BareHmacSha256", 2.0},
    {"BingX: request as JSON / bare digest", "BingxRequest/json", "BareHmacSha256", 2.0},
    {"WhiteBIT: sign / bare digest with base64", "WhitebitSign", "BareBase64HmacSha512", 1.25},
    {"WhiteBIT: request / bare digest with base64", "WhitebitRequest", "BareBase64HmacSha512", 1.5},
};

// Keeps the least time of each benchmark: what the machine's other work did not disturb.
class Collector : public benchmark::ConsoleReporter {
 public:
  Collector() : ConsoleReporter(isatty(STDOUT_FILENO) == 1 ? OO_ColorTabular : OO_Tabular) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.error_occurred || run.run_type != Run::RT_Iteration) continue;
      const double time = run.GetAdjustedCPUTime();
      const auto [it, added] = times.try_emplace(run.run_name.function_name + Suffix(run), time);
      if (!added && time < it->second) it->second = time;
    }
  }

  std::map<std::string, double> times;

 private:
  static std::string Suffix(const Run& run) {
    return run.run_name.args.empty() ? "" : "/" + run.run_name.args;
  }
};

}  // namespace

int RunAndReport(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  Collector collector;
  benchmark::RunSpecifiedBenchmarks(&collector);
  std::printf("\n%-46s %8s %8s\n", "target", "at most", "here");
  for (const Target& target : kTargets) {
    const auto what = collector.times.find(target.what);
    const auto bare = collector.times.find(target.bare);
    if (what == collector.times.end() || bare == collector.times.end()) continue;
    const double ratio = what->second / bare->second;
    std::printf("%-46s %7.2fx %7.2fx  %s\n", target.text, target.most, ratio,
                ratio <= target.most ? "met" : "missed");
  }
  return 0;
}

}  // namespace ocokit::bench

int main(int argc, char** argv) { return ocokit::bench::RunAndReport(argc, argv); }
