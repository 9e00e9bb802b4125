// From an order to what goes on the wire: serialized and signed, into new strings, or into memory
// that the request before has left, for who sends many. Bounded by the bare digests.

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

void BingxRequestTo(benchmark::State& state, bingx::ParamFormat format) {
  const bingx::Signer signer(kSecret);
  const bingx::PlaceOcoRequest order = BingxOrder();
  bingx::Params params = bingx::Write(order, {.timestamp_ms = kNow});
  std::string out = signer.WriteSigned(params, format);
  std::int64_t now = kNow;
  Measure(state, [&] {
    params.Clear();
    bingx::Write(order, {.timestamp_ms = ++now}, params);
    out.clear();
    signer.AppendSigned(params, format, out);
  });
}
BENCHMARK_CAPTURE(BingxRequestTo, query, bingx::ParamFormat::kQuery);
BENCHMARK_CAPTURE(BingxRequestTo, json, bingx::ParamFormat::kJson);

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

void WhitebitRequestTo(benchmark::State& state) {
  const whitebit::Signer signer(kSecret);
  const whitebit::PlaceOcoRequest order = WhitebitOrder();
  std::string body = whitebit::Write(order, WhitebitStamp());
  whitebit::SignedPayload headers = signer.Sign(body);
  std::int64_t nonce = kNow;
  Measure(state, [&] {
    whitebit::Write(order, WhitebitStamp(++nonce), body);
    signer.SignTo(body, headers);
  });
}
BENCHMARK(WhitebitRequestTo);

}  // namespace
}  // namespace ocokit::bench
