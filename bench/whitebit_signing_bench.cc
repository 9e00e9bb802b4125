// Signing for WhiteBIT: the body is there, payload and signature are wanted. Bounded by
// BareBase64HmacSha512.

#include <benchmark/benchmark.h>

#include <string>

#include "bench/measure.h"
#include "bench/orders.h"
#include "ocokit/client/whitebit_signer.h"

namespace ocokit::bench {
namespace {

using client::whitebit::Signer;

// Into two new strings.
void WhitebitSign(benchmark::State& state) {
  const Signer signer(kSecret);
  const std::string body = WhitebitBody();
  Measure(state, [&] { return signer.Sign(body); });
}
BENCHMARK(WhitebitSign);

// Into strings that have the room.
void WhitebitSignTo(benchmark::State& state) {
  const Signer signer(kSecret);
  const std::string body = WhitebitBody();
  client::whitebit::SignedPayload out = signer.Sign(body);
  Measure(state, [&] { signer.SignTo(body, out); });
}
BENCHMARK(WhitebitSignTo);

}  // namespace
}  // namespace ocokit::bench
