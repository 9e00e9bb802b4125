// The benchmarks of all subjects in one program, so that each is measured beside what bounds it.

#include <benchmark/benchmark.h>

BENCHMARK_MAIN();
