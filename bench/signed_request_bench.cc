// From an order to what goes on the wire: serialized and signed. Bounded by the bare digests.

#include <benchmark/benchmark.h>

#include <string>
#include <utility>

#include "bench/measure.h"
#include "bench/orders.h"
#include "ocokit/client/bingx_signer.h"
#include "ocokit/client/whitebit_signer.h"

namespace ocokit::bench {
namespace {

namespace bingx = client::bingx;
namespace whitebit = client::whitebit;

void BingxRequest(benchmark::State& state, bingx::ParamFormat format) {
  const bingx::Signer signer(kSecret);
  const bingx::PlaceOcoRequest order = BingxOrder();
  std::int64_t now = kNow;
  Measure(state,
          [&] { return signer.WriteSigned(bingx::Write(order, {.timestamp_ms = ++now}), format); });
}
BENCHMARK_CAPTURE(BingxRequest, query, bingx::ParamFormat::kQuery);
BENCHMARK_CAPTURE(BingxRequest, json, bingx::ParamFormat::kJson);

void WhitebitRequest(benchmark::State& state) {
  const whitebit::Signer signer(kSecret);
  const whitebit::PlaceOcoRequest order = WhitebitOrder();
  std::int64_t nonce = kNow;
  Measure(state, [&] {
    std::string body = whitebit::Write(order, WhitebitStamp(++nonce));
    whitebit::SignedPayload headers = signer.Sign(body);
    return std::pair(std::move(body), std::move(headers));
  });
}
BENCHMARK(WhitebitRequest);

}  // namespace
}  // namespace ocokit::bench
