// Serializing a placement, without signing it, beside the ways it is usually done.

#include <benchmark/benchmark.h>

#include <cctype>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "bench/measure.h"
#include "bench/orders.h"

namespace ocokit::bench {
namespace {

namespace bingx = client::bingx;
namespace whitebit = client::whitebit;

void BingxSerialize(benchmark::State& state) {
  const bingx::PlaceOcoRequest order = BingxOrder();
  std::int64_t now = kNow;
  Measure(state, [&] { return bingx::Write(order, {.timestamp_ms = ++now}); });
}
BENCHMARK(BingxSerialize);

std::string UrlEncode(const std::string& text) {
  std::ostringstream out;
  out << std::hex << std::uppercase << std::setfill('0');
  for (const unsigned char c : text) {
    if (std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.' || c == '~') {
      out << c;
    } else {
      out << '%' << std::setw(2) << int{c};
    }
  }
  return out.str();
}

void BingxOstringstream(benchmark::State& state) {
  std::int64_t now = kNow;
  Measure(state, [&] {
    std::ostringstream out;
    out << "limitPrice=" << 48000.0 << "&listClientOrderId=" << UrlEncode("12345610030")
        << "&orderPrice=" << 88000.0 << "&quantity=" << 0.001 << "&side=" << UrlEncode("BUY")
        << "&symbol=" << UrlEncode("BTC-USDT") << "&timestamp=" << ++now
        << "&triggerPrice=" << 87000.0;
    return out.str();
  });
}
BENCHMARK(BingxOstringstream);

void WhitebitSerialize(benchmark::State& state) {
  const whitebit::PlaceOcoRequest order = WhitebitOrder();
  std::int64_t nonce = kNow;
  Measure(state, [&] { return whitebit::Write(order, WhitebitStamp(++nonce)); });
}
BENCHMARK(WhitebitSerialize);

void NlohmannBuildAndDump(benchmark::State& state) {
  std::int64_t nonce = kNow;
  Measure(state, [&] {
    const nlohmann::ordered_json body = {{"request", kWhitebitPath},
                                         {"nonce", ++nonce},
                                         {"market", "BTC_USDT"},
                                         {"side", "buy"},
                                         {"amount", "0.001"},
                                         {"price", "40000"},
                                         {"activation_price", "41000"},
                                         {"stop_limit_price", "42000"},
                                         {"clientOrderId", "order1987111"},
                                         {"reduceOnly", false}};
    return body.dump();
  });
}
BENCHMARK(NlohmannBuildAndDump);

}  // namespace
}  // namespace ocokit::bench
