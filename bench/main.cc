// The benchmarks of all subjects in one program, so that each is measured beside what bounds it.

#include <benchmark/benchmark.h>

#include <cstdio>

#include "bench/measure.h"

int main(int argc, char** argv) {
  if (!ocokit::bench::CountOpenSsl()) {
    std::fprintf(stderr, "the allocations of OpenSSL are not counted\n");
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
