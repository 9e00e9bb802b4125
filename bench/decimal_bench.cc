// Exact decimals, beside what is faster and wrong: double, and integers of one fixed scale.

#include <benchmark/benchmark.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/measure.h"
#include "ocokit/base/decimal.h"

namespace ocokit::bench {
namespace {

const std::string kText = "40000.125";

Decimal Price() { return Decimal::Parse(kText).value(); }
Decimal Amount() { return Decimal::Parse("0.001").value(); }

void DecimalParse(benchmark::State& state) {
  Measure(state, [] { return Decimal::Parse(kText); });
}
BENCHMARK(DecimalParse);

void DoubleStrtod(benchmark::State& state) {
  Measure(state, [] { return std::strtod(kText.c_str(), nullptr); });
}
BENCHMARK(DoubleStrtod);

void Int64FromChars(benchmark::State& state) {
  const std::string digits = "40000125";
  Measure(state, [&] {
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  });
}
BENCHMARK(Int64FromChars);

void DecimalFormat(benchmark::State& state) {
  const Decimal price = Price();
  Measure(state, [&] { return price.Format(); });
}
BENCHMARK(DecimalFormat);

void DecimalAppendTo(benchmark::State& state) {
  const Decimal price = Price();
  std::string out;
  Measure(state, [&] {
    out.clear();
    price.AppendTo(out);
    return out.size();
  });
}
BENCHMARK(DecimalAppendTo);

void DoubleSnprintf(benchmark::State& state) {
  double price = 40000.125;
  char out[32];
  Measure(state, [&] {
    benchmark::DoNotOptimize(price);
    return std::snprintf(out, sizeof out, "%.15g", price);
  });
}
BENCHMARK(DoubleSnprintf);

void Int64ToChars(benchmark::State& state) {
  std::int64_t price = 40000125;
  char out[32];
  Measure(state, [&] {
    benchmark::DoNotOptimize(price);
    return std::to_chars(out, out + sizeof out, price).ptr;
  });
}
BENCHMARK(Int64ToChars);

template <typename Number, typename Operation>
void Binary(benchmark::State& state, Number a, Number b, Operation operation) {
  Measure(state, [&] {
    benchmark::DoNotOptimize(a);
    benchmark::DoNotOptimize(b);
    return operation(a, b);
  });
}

constexpr auto kAdd = [](const auto& a, const auto& b) { return a + b; };
constexpr auto kMultiply = [](const auto& a, const auto& b) { return a * b; };

BENCHMARK_CAPTURE(Binary, decimal_add, Price(), Amount(), kAdd);
BENCHMARK_CAPTURE(Binary, double_add, 40000.125, 0.001, kAdd);
BENCHMARK_CAPTURE(Binary, int64_add, std::int64_t{40000125}, std::int64_t{1}, kAdd);
BENCHMARK_CAPTURE(Binary, decimal_multiply, Price(), Amount(), kMultiply);
BENCHMARK_CAPTURE(Binary, double_multiply, 40000.125, 0.001, kMultiply);
BENCHMARK_CAPTURE(Binary, int64_multiply, std::int64_t{40000125}, std::int64_t{7}, kMultiply);

}  // namespace
}  // namespace ocokit::bench
