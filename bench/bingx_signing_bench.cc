// Signing for BingX: the text is there, the signature is wanted. Bounded by BareHmacSha256.

#include <benchmark/benchmark.h>

#include "bench/measure.h"
#include "bench/orders.h"
#include "ocokit/client/bingx_signer.h"

namespace ocokit::bench {
namespace {

void BingxSign(benchmark::State& state) {
  const client::bingx::Signer signer(kSecret);
  const std::string text = BingxText();
  Measure(state, [&] { return signer.Sign(text); });
}
BENCHMARK(BingxSign);

}  // namespace
}  // namespace ocokit::bench
