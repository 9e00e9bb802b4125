// Reading the reply to a placement into typed values, beside nlohmann's parse into a tree alone,
// from which nothing has been taken yet.

#include <benchmark/benchmark.h>

#include <nlohmann/json.hpp>

#include "bench/measure.h"
#include "bench/orders.h"
#include "client/bingx/read.h"
#include "client/whitebit/read.h"

namespace ocokit::bench {
namespace {

template <typename Read>
void ClientRead(benchmark::State& state, mock::Venue venue, Read read) {
  const client::HttpResponse response{.status = 200, .body = PlacedReply(venue)};
  if (!read(response)) return state.SkipWithError("the reply cannot be read");
  Measure(state, [&] { return read(response); });
  state.counters["bytes"] = static_cast<double>(response.body.size());
}
BENCHMARK_CAPTURE(ClientRead, bingx, mock::Venue::kBingx, client::bingx::ReadPlaced);
BENCHMARK_CAPTURE(ClientRead, whitebit, mock::Venue::kWhitebit, client::whitebit::ReadOco);

void NlohmannParse(benchmark::State& state, mock::Venue venue) {
  const std::string body = PlacedReply(venue);
  Measure(state, [&] { return nlohmann::json::parse(body, nullptr, /*allow_exceptions=*/false); });
}
BENCHMARK_CAPTURE(NlohmannParse, bingx, mock::Venue::kBingx);
BENCHMARK_CAPTURE(NlohmannParse, whitebit, mock::Venue::kWhitebit);

}  // namespace
}  // namespace ocokit::bench
