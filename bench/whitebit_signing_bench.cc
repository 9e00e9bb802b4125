// Signing for WhiteBIT: the body is there, payload and signature are wanted. Bounded by
// BareBase64HmacSha512.

#include <benchmark/benchmark.h>

#include <array>

#include "bench/measure.h"
#include "bench/orders.h"
#include "ocokit/base/encoding.h"
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

// Into room that the caller has.
void WhitebitSignTo(benchmark::State& state) {
  const Signer signer(kSecret);
  const std::string body = WhitebitBody();
  std::string payload(Base64Size(body.size()), '\0');
  std::array<char, Signer::kSignatureSize> signature;
  Measure(state, [&] {
    FormatBase64To(body, payload.data());
    signer.SignPayloadTo(payload, signature);
  });
}
BENCHMARK(WhitebitSignTo);

}  // namespace
}  // namespace ocokit::bench
