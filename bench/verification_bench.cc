// The simulator's check of a signed placement, over the bytes that came. Bounded by the bare
// digests: of WhiteBIT's payload, which is base64 when it comes, BareHmacSha512.

#include <benchmark/benchmark.h>

#include <string>

#include "bench/measure.h"
#include "bench/orders.h"
#include "mock_exchange/bingx/signature.h"
#include "mock_exchange/whitebit/signature.h"
#include "ocokit/base/digest.h"

namespace ocokit::bench {
namespace {

// With finding the parameters in the body.
void BingxVerify(benchmark::State& state) {
  const HmacSha256 key(kSecret);
  const mock::Request request = SignedCreate(mock::Venue::kBingx, 0);
  const auto verify = [&] {
    return mock::bingx::VerifySignature(mock::bingx::ReadParameters(request), key, false).verdict;
  };
  if (verify() != mock::bingx::SignatureVerdict::kMatch) return state.SkipWithError("no match");
  Measure(state, verify);
}
BENCHMARK(BingxVerify);

// The payload's text against the signature alone.
void WhitebitVerifySignature(benchmark::State& state) {
  const HmacSha512 key(kSecret);
  const mock::Request request = SignedCreate(mock::Venue::kWhitebit, 0);
  const std::string_view payload = *request.FindHeader("X-TXC-PAYLOAD");
  const std::string_view signature = *request.FindHeader("X-TXC-SIGNATURE");
  const auto verify = [&] { return mock::whitebit::VerifySignature(payload, signature, key); };
  if (!verify()) return state.SkipWithError("no match");
  Measure(state, verify);
}
BENCHMARK(WhitebitVerifySignature);

// The payload against the body, and the body as JSON, which the rest of the request is read from.
void WhitebitVerifyPayload(benchmark::State& state) {
  const mock::Request request = SignedCreate(mock::Venue::kWhitebit, 0);
  const std::string_view payload = *request.FindHeader("X-TXC-PAYLOAD");
  const auto verify = [&] {
    return mock::whitebit::VerifyPayload(payload, request.body, mock::PayloadCheck::kJson);
  };
  if (!verify()) return state.SkipWithError("no match");
  Measure(state, verify);
}
BENCHMARK(WhitebitVerifyPayload);

}  // namespace
}  // namespace ocokit::bench
