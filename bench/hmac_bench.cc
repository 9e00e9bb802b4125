// The bare digest of both venues, from key state computed once: what bounds all signing. Beside it
// the ways in which OpenSSL is usually called.

#include <benchmark/benchmark.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>

#include <string>

#include "bench/measure.h"
#include "bench/orders.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"

namespace ocokit::bench {
namespace {

std::string Payload() { return FormatBase64(WhitebitBody()); }

void BareHmacSha256(benchmark::State& state) {
  const HmacSha256 hmac(kSecret);
  const std::string text = BingxText();
  Measure(state, [&] { return hmac.Sign(text); });
  state.counters["bytes"] = static_cast<double>(text.size());
}
BENCHMARK(BareHmacSha256);

void BareHmacSha512(benchmark::State& state) {
  const HmacSha512 hmac(kSecret);
  const std::string text = Payload();
  Measure(state, [&] { return hmac.Sign(text); });
  state.counters["bytes"] = static_cast<double>(text.size());
}
BENCHMARK(BareHmacSha512);

// What cannot be left out of signing a WhiteBIT body.
void BareBase64HmacSha512(benchmark::State& state) {
  const HmacSha512 hmac(kSecret);
  const std::string body = WhitebitBody();
  std::string payload(Base64Size(body.size()), '\0');
  Measure(state, [&] {
    FormatBase64To(body, payload.data());
    return hmac.Sign(payload);
  });
  state.counters["bytes"] = static_cast<double>(body.size());
}
BENCHMARK(BareBase64HmacSha512);

void OneShotHmac(benchmark::State& state, const EVP_MD* digest, const std::string& text) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  Measure(state, [&] {
    return HMAC(digest, kSecret.data(), static_cast<int>(kSecret.size()),
                reinterpret_cast<const unsigned char*>(text.data()), text.size(), out, &size);
  });
}
BENCHMARK_CAPTURE(OneShotHmac, sha256, EVP_sha256(), BingxText());
BENCHMARK_CAPTURE(OneShotHmac, sha512, EVP_sha512(), Payload());

// Keys `context`; false when it cannot be.
bool SetKey(EVP_MAC_CTX* context, const char* digest) {
  OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char*>(digest), 0),
      OSSL_PARAM_construct_end()};
  return EVP_MAC_init(context, reinterpret_cast<const unsigned char*>(kSecret.data()),
                      kSecret.size(), params) == 1;
}

bool Finish(EVP_MAC_CTX* context, const std::string& text) {
  unsigned char out[EVP_MAX_MD_SIZE];
  std::size_t size = 0;
  const bool good = EVP_MAC_update(context, reinterpret_cast<const unsigned char*>(text.data()),
                                   text.size()) == 1 &&
                    EVP_MAC_final(context, out, &size, sizeof out) == 1;
  benchmark::DoNotOptimize(out);
  return good;
}

void EvpMacFetchedEachTime(benchmark::State& state, const char* digest, const std::string& text) {
  bool good = true;
  Measure(state, [&] {
    EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    EVP_MAC_CTX* const context = EVP_MAC_CTX_new(mac);
    good = SetKey(context, digest) && Finish(context, text) && good;
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
  });
  if (!good) state.SkipWithError("EVP_MAC failed");
}
BENCHMARK_CAPTURE(EvpMacFetchedEachTime, sha256, "SHA256", BingxText());
BENCHMARK_CAPTURE(EvpMacFetchedEachTime, sha512, "SHA512", Payload());

// Keyed once, too: initialized again without a key it goes back to that of the last time.
void EvpMacFetchedOnce(benchmark::State& state, const char* digest, const std::string& text) {
  EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  EVP_MAC_CTX* const context = EVP_MAC_CTX_new(mac);
  bool good = SetKey(context, digest);
  Measure(state, [&] {
    good = EVP_MAC_init(context, nullptr, 0, nullptr) == 1 && Finish(context, text) && good;
  });
  if (!good) state.SkipWithError("EVP_MAC failed");
  EVP_MAC_CTX_free(context);
  EVP_MAC_free(mac);
}
BENCHMARK_CAPTURE(EvpMacFetchedOnce, sha256, "SHA256", BingxText());
BENCHMARK_CAPTURE(EvpMacFetchedOnce, sha512, "SHA512", Payload());

}  // namespace
}  // namespace ocokit::bench
