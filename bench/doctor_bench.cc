// What a diagnosis costs: of a right request, of what is found first and what is found last, and of
// a request that nothing explains, for which everything is tried.

#include <benchmark/benchmark.h>

#include <string>

#include "bench/measure.h"
#include "bench/orders.h"
#include "mock_exchange/doctor/diagnose.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock {
namespace {

using bench::kSecret;
const Credentials kWho{std::string(bench::kKey), std::string(kSecret)};

std::string BingxText(const std::string& quantity) {
  return "limitPrice=48000&listClientOrderId=12345610030&orderPrice=88000&quantity=" + quantity +
         "&recvWindow=5000&side=BUY&symbol=BTC-USDT&timestamp=1700000000000&triggerPrice=87000";
}

Request Bingx(const std::string& sent, const std::string& signature) {
  Request request;
  request.method = "POST";
  request.target = std::string(bench::kBingxPath) + "?" + sent + "&signature=" + signature;
  request.headers = {{"X-BX-APIKEY", "test-key"}};
  return request;
}

std::string Sign256(std::string_view secret, std::string_view text) {
  return FormatHex(HmacSha256(secret).Sign(text));
}

std::string Sign512(std::string_view secret, std::string_view text) {
  return FormatHex(HmacSha512(secret).Sign(text));
}

constexpr std::string_view kBody =
    R"({"market":"BTC_USDT","side":"buy","amount":"0.001","price":"40000",)"
    R"("activation_price":"41000","stop_limit_price":"42000","clientOrderId":"order1987111",)"
    R"("request":"/api/v4/order/collateral/oco","nonce":1700000000000})";

Request Whitebit(const std::string& payload, const std::string& signature) {
  Request request;
  request.method = "POST";
  request.target = bench::kWhitebitPath;
  request.headers = {
      {"X-TXC-APIKEY", "test-key"}, {"X-TXC-PAYLOAD", payload}, {"X-TXC-SIGNATURE", signature}};
  request.body = kBody;
  return request;
}

// A diagnosis that is not the one named would be measured by mistake.
void Run(benchmark::State& state, Venue venue, const Request& request, std::string_view want) {
  if (Diagnose(venue, request, kWho).id != want) return state.SkipWithError("another diagnosis");
  bench::Measure(state, [&] { return Diagnose(venue, request, kWho); });
}

void BingxDoctor(benchmark::State& state, const Request& request, std::string_view want) {
  Run(state, Venue::kBingx, request, want);
}

void WhitebitDoctor(benchmark::State& state, const Request& request, std::string_view want) {
  Run(state, Venue::kWhitebit, request, want);
}

BENCHMARK_CAPTURE(BingxDoctor, right,
                  Bingx(BingxText("0.001"), Sign256(kSecret, BingxText("0.001"))), kNothingWrong);
BENCHMARK_CAPTURE(BingxDoctor, cheapest, Bingx(BingxText("0.001"), ""), "signature_missing");
BENCHMARK_CAPTURE(BingxDoctor, wrong_key,
                  Bingx(BingxText("0.001"), Sign256("test-key", BingxText("0.001"))),
                  "api_key_as_secret");
// The last digit of a value that is far behind.
BENCHMARK_CAPTURE(BingxDoctor, dearest,
                  Bingx(BingxText("0.001").replace(BingxText("0.001").size() - 1, 1, "9"),
                        Sign256(kSecret, BingxText("0.001"))),
                  "changed_after_signing");
BENCHMARK_CAPTURE(BingxDoctor, unknown,
                  Bingx(BingxText("0.001"), Sign256("another", BingxText("0.001"))),
                  "secret_or_text_unknown");

std::string Payload() { return FormatBase64(kBody); }

BENCHMARK_CAPTURE(WhitebitDoctor, right, Whitebit(Payload(), Sign512(kSecret, Payload())),
                  kNothingWrong);
BENCHMARK_CAPTURE(WhitebitDoctor, cheapest, Whitebit("", ""), "payload_header_missing");
BENCHMARK_CAPTURE(WhitebitDoctor, payload,
                  Whitebit(FormatBase64(std::string(kBody) + "\n"),
                           Sign512(kSecret, FormatBase64(std::string(kBody) + "\n"))),
                  "newline_in_payload");
BENCHMARK_CAPTURE(
    WhitebitDoctor, dearest,
    Whitebit(Payload(),
             Sign512(kSecret,
                     "market=BTC_USDT&side=buy&amount=0.001&price=40000&activation_price=41000"
                     "&stop_limit_price=42000&clientOrderId=order1987111"
                     "&request=/api/v4/order/collateral/oco&nonce=1700000000000")),
    "form_string_signed");
BENCHMARK_CAPTURE(WhitebitDoctor, unknown, Whitebit(Payload(), Sign512("another", Payload())),
                  "secret_or_text_unknown");

// As large as a server takes them. Nothing explains the one, and nothing is wrong with the other.
std::string Megabyte() {
  return "note=" + std::string(1'000'000, 'x') + "&symbol=BTC-USDT&timestamp=1700000000000";
}
std::string ThousandsOfParameters() {
  std::string out;
  for (int i = 0; out.size() < 1'000'000; ++i) out += "parameter" + std::to_string(i) + "=value&";
  return out + "timestamp=1700000000000";
}
std::string LongJson() {
  return R"({"a":")" + std::string(1'000'000, 'x') +
         R"(","request":"/api/v4/order/collateral/oco","nonce":1700000000000})";
}
Request LongWhitebit(std::string_view secret) {
  const std::string payload = FormatBase64(LongJson());
  Request request = Whitebit(payload, Sign512(secret, payload));
  request.body = LongJson();
  return request;
}

BENCHMARK_CAPTURE(BingxDoctor, megabyte, Bingx(Megabyte(), Sign256("another", Megabyte())),
                  "secret_or_text_unknown");
BENCHMARK_CAPTURE(BingxDoctor, megabyte_of_parameters,
                  Bingx(ThousandsOfParameters(), Sign256("another", ThousandsOfParameters())),
                  "secret_or_text_unknown");
BENCHMARK_CAPTURE(WhitebitDoctor, megabyte, LongWhitebit("another"), "secret_or_text_unknown");
BENCHMARK_CAPTURE(WhitebitDoctor, megabyte_right, LongWhitebit(kSecret), kNothingWrong);

// Four kilobytes that nothing explains: asked for, for a reply, and for a line of a log.
Request FourKilobytes() {
  const std::string text =
      "note=" + std::string(4'000, 'x') + "&symbol=BTC-USDT&timestamp=1700000000000";
  return Bingx(text, Sign256("another", text));
}

BENCHMARK_CAPTURE(BingxDoctor, four_kilobytes, FourKilobytes(), "secret_or_text_unknown");

void InTheWay(benchmark::State& state, const doctor::Budget& budget) {
  const Request request = FourKilobytes();
  const auto examine = [&] {
    return doctor::NameMistakes(Venue::kBingx, request, kWho, {}, budget).id;
  };
  if (examine() != kCutShort) return state.SkipWithError("another diagnosis");
  bench::Measure(state, examine);
}

BENCHMARK_CAPTURE(InTheWay, of_a_reply, doctor::kReplyBudget);
BENCHMARK_CAPTURE(InTheWay, of_a_line, doctor::kLogBudget);

}  // namespace
}  // namespace ocokit::mock
