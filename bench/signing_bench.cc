// Signing and serializing of both venues, next to the bare digest that bounds them and to the ways
// it is usually done.

#include <benchmark/benchmark.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <nlohmann/json.hpp>
#include <string>

#include "client/bingx/write.h"
#include "client/whitebit/write.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"
#include "ocokit/client/bingx_signer.h"
#include "ocokit/client/whitebit_signer.h"

namespace ocokit {
namespace {

namespace bingx = client::bingx;
namespace whitebit = client::whitebit;

constexpr std::string_view kSecret = "test-secret";
constexpr std::int64_t kNow = 1'700'000'000'000;

Decimal Small() { return Decimal::Parse("0.001").value(); }

// The documents' example order of each venue.
bingx::PlaceOcoRequest BingxOrder() {
  return {.symbol = "BTC-USDT",
          .side = bingx::Side::kBuy,
          .quantity = Small(),
          .limit_price = Decimal(48000),
          .order_price = Decimal(88000),
          .trigger_price = Decimal(87000),
          .list_client_order_id = "12345610030"};
}

whitebit::PlaceOcoRequest WhitebitOrder() {
  return {.market = "BTC_USDT",
          .side = whitebit::Side::kBuy,
          .amount = Small(),
          .price = Decimal(40000),
          .activation_price = Decimal(41000),
          .stop_limit_price = Decimal(42000),
          .client_order_id = "order1987111",
          .reduce_only = false};
}

std::string BingxText() {
  return std::string(bingx::Write(BingxOrder(), {.timestamp_ms = kNow}).string_to_sign());
}

whitebit::Stamp Stamp() { return {.path = "/api/v4/order/collateral/oco", .nonce = kNow}; }

void BareHmacSha256(benchmark::State& state) {
  const HmacSha256 hmac(kSecret);
  const std::string text = BingxText();
  for (auto _ : state) benchmark::DoNotOptimize(hmac.Sign(text));
  state.counters["bytes"] = static_cast<double>(text.size());
}
BENCHMARK(BareHmacSha256);

void OneShotHmacSha256(benchmark::State& state) {
  const std::string text = BingxText();
  for (auto _ : state) {
    unsigned char digest[32];
    unsigned int size = 0;
    HMAC(EVP_sha256(), kSecret.data(), static_cast<int>(kSecret.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &size);
    benchmark::DoNotOptimize(digest);
  }
}
BENCHMARK(OneShotHmacSha256);

void BingxSign(benchmark::State& state) {
  const bingx::Signer signer(kSecret);
  const std::string text = BingxText();
  for (auto _ : state) benchmark::DoNotOptimize(signer.Sign(text));
}
BENCHMARK(BingxSign);

void BingxRequest(benchmark::State& state, bingx::ParamFormat format) {
  const bingx::Signer signer(kSecret);
  const bingx::PlaceOcoRequest order = BingxOrder();
  std::int64_t now = kNow;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        signer.WriteSigned(bingx::Write(order, {.timestamp_ms = ++now}), format));
  }
}
BENCHMARK_CAPTURE(BingxRequest, query, bingx::ParamFormat::kQuery);
BENCHMARK_CAPTURE(BingxRequest, json, bingx::ParamFormat::kJson);

void BareBase64HmacSha512(benchmark::State& state) {
  const HmacSha512 hmac(kSecret);
  const std::string body = whitebit::Write(WhitebitOrder(), Stamp());
  std::string payload(Base64Size(body.size()), '\0');
  for (auto _ : state) {
    FormatBase64To(body, payload.data());
    benchmark::DoNotOptimize(hmac.Sign(payload));
  }
  state.counters["bytes"] = static_cast<double>(body.size());
}
BENCHMARK(BareBase64HmacSha512);

void OneShotHmacSha512(benchmark::State& state) {
  const std::string payload = FormatBase64(whitebit::Write(WhitebitOrder(), Stamp()));
  for (auto _ : state) {
    unsigned char digest[64];
    unsigned int size = 0;
    HMAC(EVP_sha512(), kSecret.data(), static_cast<int>(kSecret.size()),
         reinterpret_cast<const unsigned char*>(payload.data()), payload.size(), digest, &size);
    benchmark::DoNotOptimize(digest);
  }
}
BENCHMARK(OneShotHmacSha512);

void WhitebitSign(benchmark::State& state) {
  const whitebit::Signer signer(kSecret);
  const std::string body = whitebit::Write(WhitebitOrder(), Stamp());
  for (auto _ : state) benchmark::DoNotOptimize(signer.Sign(body));
}
BENCHMARK(WhitebitSign);

void WhitebitRequest(benchmark::State& state) {
  const whitebit::Signer signer(kSecret);
  const whitebit::PlaceOcoRequest order = WhitebitOrder();
  whitebit::Stamp stamp = Stamp();
  for (auto _ : state) {
    ++stamp.nonce;
    const std::string body = whitebit::Write(order, stamp);
    benchmark::DoNotOptimize(signer.Sign(body));
  }
}
BENCHMARK(WhitebitRequest);

void NlohmannBuildAndDump(benchmark::State& state) {
  std::int64_t nonce = kNow;
  for (auto _ : state) {
    const nlohmann::ordered_json body = {{"request", "/api/v4/order/collateral/oco"},
                                         {"nonce", ++nonce},
                                         {"market", "BTC_USDT"},
                                         {"side", "buy"},
                                         {"amount", "0.001"},
                                         {"price", "40000"},
                                         {"activation_price", "41000"},
                                         {"stop_limit_price", "42000"},
                                         {"clientOrderId", "order1987111"},
                                         {"reduceOnly", false}};
    benchmark::DoNotOptimize(body.dump());
  }
}
BENCHMARK(NlohmannBuildAndDump);

}  // namespace
}  // namespace ocokit
