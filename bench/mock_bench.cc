// What the simulator costs in process: a signed placement from raw bytes to raw bytes, as a
// connection would have it.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "bench/orders.h"
#include "mock_exchange/exchange/exchange.h"
#include "mock_exchange/http/request_reader.h"
#include "mock_exchange/http/wire.h"
#include "ocokit/base/clock.h"

namespace ocokit::bench {
namespace {

// As the listener's sessions read a request, without the socket.
mock::Request ReadHttp(const std::string& bytes) {
  mock::http::RequestReader reader({});
  reader.Take(bytes);
  mock::Request request = reader.Release();
  request.remote_ip = "127.0.0.1";
  return request;
}

// The listener writes a new one once a second.
constexpr std::string_view kDate = "Sun, 06 Nov 1994 08:49:37 GMT";

// The bytes of the answer; empty when it is a refusal.
std::string Answer(mock::Exchange& exchange, const std::string& bytes) {
  const mock::Answer answer = exchange.AnswerTo(ReadHttp(bytes));
  std::string out = mock::http::Serialize(*answer.response, answer.more_headers, {.date = kDate});
  if (answer.on_sent) answer.on_sent({.bytes = out.size()});
  // A refusal of BingX has the status 200, too, but no order.
  const bool placed = answer.response->status == 200 &&
                      answer.response->body.find("rder") != std::string::npos &&
                      answer.response->body.size() > 300;
  return placed ? out : std::string();
}

using SteadyClock = std::chrono::steady_clock;

double Microseconds(SteadyClock::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

// Each request is timed by itself, for the median; reading the clock takes some 30 ns of it.
void MockCreate(benchmark::State& state, mock::Venue venue, std::size_t journal_bytes) {
  const auto clock = std::make_shared<ManualClock>(FromUnixMillis(kNow));
  constexpr int kBatch = 1000;
  std::vector<std::string> requests;
  for (int i = 0; i < kBatch; ++i) requests.push_back(WriteHttp(SignedCreate(venue, i)));
  std::vector<double> times;
  std::uint64_t allocations = 0;
  while (state.KeepRunningBatch(kBatch)) {
    state.PauseTiming();
    auto exchange = std::make_unique<mock::Exchange>(clock);
    if (!exchange->AddAccount(Unlimited(venue, journal_bytes))) state.SkipWithError("no account");
    times.reserve(times.size() + kBatch);
    const std::uint64_t before = Allocations();
    state.ResumeTiming();
    for (const std::string& request : requests) {
      const auto start = SteadyClock::now();
      const std::string answer = Answer(*exchange, request);
      times.push_back(Microseconds(SteadyClock::now() - start));
      if (answer.empty()) state.SkipWithError("refused");
    }
    state.PauseTiming();
    allocations += Allocations() - before;
    exchange.reset();
    state.ResumeTiming();
  }
  ReportAllocations(state, allocations);
  if (times.empty()) return;
  const auto at = [&](double share) {
    const auto nth =
        times.begin() + static_cast<std::ptrdiff_t>(static_cast<double>(times.size() - 1) * share);
    std::nth_element(times.begin(), nth, times.end());
    return *nth;
  };
  state.counters["median_us"] = at(0.5);
  state.counters["p99_us"] = at(0.99);
}
const std::size_t kJournal = mock::Settings().journal_bytes;
BENCHMARK_CAPTURE(MockCreate, bingx, mock::Venue::kBingx, kJournal);
BENCHMARK_CAPTURE(MockCreate, bingx_without_journal, mock::Venue::kBingx, 0);
BENCHMARK_CAPTURE(MockCreate, whitebit, mock::Venue::kWhitebit, kJournal);
BENCHMARK_CAPTURE(MockCreate, whitebit_without_journal, mock::Venue::kWhitebit, 0);

// Reading and writing HTTP alone.
void MockHttpAlone(benchmark::State& state, mock::Venue venue) {
  const std::string request = WriteHttp(SignedCreate(venue, 0));
  const mock::Response response{.headers = {{"Content-Type", "application/json"}},
                                .body = PlacedReply(venue)};
  Measure(state, [&] {
    benchmark::DoNotOptimize(ReadHttp(request));
    return mock::http::Serialize(response, {}, {.date = kDate});
  });
}
BENCHMARK_CAPTURE(MockHttpAlone, bingx, mock::Venue::kBingx);
BENCHMARK_CAPTURE(MockHttpAlone, whitebit, mock::Venue::kWhitebit);

}  // namespace
}  // namespace ocokit::bench
