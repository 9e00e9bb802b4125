#pragma once

// Runs an operation in a benchmark's loop and counts what it allocates.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <type_traits>

namespace ocokit::bench {

// Calls of malloc and its kin by this thread so far, operator new and OpenSSL's included.
[[nodiscard]] std::uint64_t Allocations();

// Shows `count` allocations, made in all iterations, as allocs/op.
inline void ReportAllocations(benchmark::State& state, std::uint64_t count) {
  state.counters["allocs/op"] =
      benchmark::Counter(static_cast<double>(count), benchmark::Counter::kAvgIterations);
}

template <typename Operation>
void Measure(benchmark::State& state, Operation operation) {
  const std::uint64_t before = Allocations();
  for (auto _ : state) {
    if constexpr (std::is_void_v<decltype(operation())>) {
      operation();
      benchmark::ClobberMemory();
    } else {
      benchmark::DoNotOptimize(operation());
    }
  }
  ReportAllocations(state, Allocations() - before);
}

}  // namespace ocokit::bench
