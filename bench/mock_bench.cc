// What the simulator costs: a signed create from raw bytes to raw bytes, in process.

#include <benchmark/benchmark.h>

#include "client/bingx/write.h"
#include "client/whitebit/write.h"
#include "mock_exchange/exchange.h"
#include "ocokit/client/bingx_signer.h"
#include "ocokit/client/whitebit_signer.h"

namespace ocokit {
namespace {

namespace bingx = client::bingx;
namespace whitebit = client::whitebit;

const Decimal kAmount = Decimal::Parse("0.001").value();

mock::AccountOptions Unlimited(mock::Venue venue, std::size_t journal_bytes) {
  mock::AccountOptions options;
  options.venue = venue;
  options.key = "test-key";
  options.secret = "test-secret";
  options.settings.rate_limits = false;
  options.settings.journal_bytes = journal_bytes;
  options.settings.max_open_orders = 0;
  options.balances = {{"USDT", Decimal(1'000'000'000'000)}};
  options.markets = mock::DefaultMarkets(venue);
  for (mock::MarketSpec& spec : *options.markets) {
    spec.max_position = spec.max_pending_value = Decimal();
  }
  return options;
}

// Signs `count` placements outside the measured loop.
std::vector<mock::Request> SignedCreates(mock::Venue venue, int count, TimePoint now) {
  std::vector<mock::Request> out;
  const bingx::Signer bingx_signer("test-secret");
  const whitebit::Signer whitebit_signer("test-secret");
  for (int i = 0; i < count; ++i) {
    mock::Request request;
    request.method = "POST";
    request.remote_ip = "127.0.0.1";
    if (venue == mock::Venue::kBingx) {
      const bingx::PlaceOcoRequest order{.symbol = "BTC-USDT",
                                         .side = bingx::Side::kBuy,
                                         .quantity = kAmount,
                                         .limit_price = Decimal(48000),
                                         .order_price = Decimal(88000),
                                         .trigger_price = Decimal(87000)};
      request.target = "/openApi/spot/v1/oco/order";
      request.headers = {{"X-BX-APIKEY", "test-key"}};
      request.body = bingx_signer.WriteSigned(
          bingx::Write(order, {.timestamp_ms = ToUnixMillis(now)}), bingx::ParamFormat::kJson);
    } else {
      const whitebit::PlaceOcoRequest order{.market = "BTC_USDT",
                                            .side = whitebit::Side::kBuy,
                                            .amount = kAmount,
                                            .price = Decimal(40000),
                                            .activation_price = Decimal(41000),
                                            .stop_limit_price = Decimal(42000)};
      request.target = "/api/v4/order/collateral/oco";
      request.body =
          whitebit::Write(order, {.path = request.target, .nonce = ToUnixMillis(now) + i});
      const whitebit::SignedPayload headers = whitebit_signer.Sign(request.body);
      request.headers = {{"X-TXC-APIKEY", "test-key"},
                         {"X-TXC-PAYLOAD", headers.payload},
                         {"X-TXC-SIGNATURE", headers.signature}};
    }
    out.push_back(std::move(request));
  }
  return out;
}

// `journal_bytes`: 0 is off.
void MockCreate(benchmark::State& state, mock::Venue venue, std::size_t journal_bytes) {
  const auto clock = std::make_shared<ManualClock>(FromUnixMillis(1'700'000'000'000));
  constexpr int kBatch = 1000;
  while (state.KeepRunningBatch(kBatch)) {
    state.PauseTiming();
    mock::Exchange exchange(clock);
    const auto account = exchange.AddAccount(Unlimited(venue, journal_bytes));
    std::vector<mock::Request> requests = SignedCreates(venue, kBatch, clock->Now());
    state.ResumeTiming();
    for (mock::Request& request : requests) {
      const mock::Answer answer = exchange.AnswerTo(std::move(request));
      if (answer.response.status != 200) state.SkipWithError("refused");
      benchmark::DoNotOptimize(answer.response.body);
    }
  }
}
const std::size_t kJournal = mock::Settings().journal_bytes;
BENCHMARK_CAPTURE(MockCreate, bingx, mock::Venue::kBingx, kJournal);
BENCHMARK_CAPTURE(MockCreate, bingx_without_journal, mock::Venue::kBingx, 0);
BENCHMARK_CAPTURE(MockCreate, whitebit, mock::Venue::kWhitebit, kJournal);
BENCHMARK_CAPTURE(MockCreate, whitebit_without_journal, mock::Venue::kWhitebit, 0);

}  // namespace
}  // namespace ocokit
