// The engine alone with many open pairs: what placing, cancelling and a price move cost, and what a
// pair weighs. Each stays O(log n) in the number of open pairs, and a price move touches what it
// crosses.

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <chrono>
#include <map>
#include <memory>

#include "bench/measure.h"
#include "mock_exchange/engine/engine.h"
#include "ocokit/mock/account.h"

namespace ocokit {
namespace {

using mock::engine::CountingIds;
using mock::engine::Engine;
using mock::engine::OrderList;
using mock::engine::PairCommand;
using mock::engine::Rules;

const Decimal kTick = Decimal::Parse("0.01").value();

// With what malloc has mapped for large blocks, as the tables of ids are.
std::size_t BytesInUse() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

// An account with `count` open pairs around 40500, no two at the same price, and the highest
// take-profit at 40500 less `count` ticks of 0.0001.
struct Crowd {
  explicit Crowd(std::int64_t count) {
    engine.SetFree(mock::engine::Wallet::kMargin, "USDT", Decimal(1'000'000'000'000'000), now);
    engine.SetLast(0, Decimal(40500), Decimal(1), rules, now);
    const std::size_t before = BytesInUse();
    for (std::int64_t i = 0; i < count; ++i) Place(i);
    bytes_a_pair = static_cast<double>(BytesInUse() - before) / static_cast<double>(count);
  }

  static std::vector<mock::MarketSpec> Markets() {
    std::vector<mock::MarketSpec> markets = mock::DefaultMarkets(mock::Venue::kWhitebit);
    markets.resize(1);
    markets[0].price_step = Decimal::Parse("0.0001").value();
    markets[0].max_position = markets[0].max_pending_value = Decimal();
    return markets;
  }

  // The i-th pair: further from the price than those before it.
  const OrderList* Place(std::int64_t i) {
    const Decimal away = Decimal::FromParts(i + 1, 4).value();
    PairCommand c;
    c.wallet = mock::engine::Wallet::kMargin;
    c.amount = kTick;
    c.limit_price = Decimal(40400) - away;
    c.trigger_price = Decimal(40600) + away;
    c.stop_price = c.trigger_price + Decimal(1);
    const auto placed = engine.Place(c, rules, ids, now);
    return placed ? *placed : nullptr;
  }

  Engine engine{Markets(), true};
  CountingIds ids{0, {}};
  Rules rules;
  TimePoint now = FromUnixMillis(1'700'000'000'000);
  double bytes_a_pair = 0;
};

// One for each size, made once.
Crowd& CrowdOf(const benchmark::State& state) {
  static std::map<std::int64_t, std::unique_ptr<Crowd>> crowds;
  std::unique_ptr<Crowd>& crowd = crowds[state.range(0)];
  if (!crowd) crowd = std::make_unique<Crowd>(state.range(0));
  return *crowd;
}

// A pair in the middle of the book: placed, then withdrawn.
void EnginePlaceAndCancel(benchmark::State& state) {
  Crowd& crowd = CrowdOf(state);
  bench::Measure(state, [&] {
    const OrderList* placed = crowd.Place(state.range(0) / 2);
    if (placed == nullptr || crowd.engine.Cancel(*placed, crowd.rules, crowd.now) == nullptr) {
      state.SkipWithError("the pair was not placed and cancelled");
    }
    // As an account does when a request is over.
    crowd.engine.Trim();
  });
  state.counters["bytes/pair"] = crowd.bytes_a_pair;
}

// A price that crosses nothing.
void EngineTickThatCrossesNothing(benchmark::State& state) {
  Crowd& crowd = CrowdOf(state);
  std::int64_t i = 0;
  bench::Measure(state, [&] {
    crowd.engine.SetLast(0, Decimal(40500 + ++i % 2), Decimal(1), crowd.rules, crowd.now);
  });
}

// Pairs at the edge of the book, at one price, which a price fills: what a tick costs beyond
// EngineTickThatCrossesNothing is the fills. The second argument is how many; placing them is not
// timed.
void EngineTickThatFills(benchmark::State& state) {
  Crowd& crowd = CrowdOf(state);
  PairCommand c;
  c.wallet = mock::engine::Wallet::kMargin;
  c.amount = kTick;
  c.limit_price = Decimal(40450);
  c.trigger_price = Decimal(40550);
  c.stop_price = Decimal(40551);
  for (auto _ : state) {
    const OrderList* last = nullptr;
    for (std::int64_t i = 0; i < state.range(1); ++i) {
      const auto placed = crowd.engine.Place(c, crowd.rules, crowd.ids, crowd.now);
      if (!placed) return state.SkipWithError("the pair was not placed");
      last = *placed;
    }
    const auto start = std::chrono::steady_clock::now();
    crowd.engine.SetLast(0, c.limit_price, Decimal(1), crowd.rules, crowd.now);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    state.SetIterationTime(took.count());
    if (last->open) return state.SkipWithError("the pair was not filled");
    crowd.engine.SetLast(0, Decimal(40500), Decimal(1), crowd.rules, crowd.now);
    crowd.engine.SetPosition(0, mock::PositionSide::kBoth, Decimal(), Decimal(), crowd.rules,
                             crowd.now);
  }
}

// An account with a million plain orders that wait, with client ids of so many characters.
struct PlainCrowd {
  explicit PlainCrowd(std::size_t id_size) : id_size_(id_size) {
    constexpr int kOrders = 1'000'000;
    const std::size_t before = BytesInUse();
    for (int i = 0; i < kOrders; ++i) Place();
    // The event log has a bound, however many orders there are.
    const std::size_t bytes = BytesInUse() - before - crowd.engine.events().bytes();
    bytes_an_order = static_cast<double>(bytes) / kOrders;
  }

  const OrderList* Place() {
    ++placed_;
    mock::engine::OrderCommand c;
    c.wallet = mock::engine::Wallet::kMargin;
    c.amount = kTick;
    c.price = Decimal(40400) - Decimal::FromParts(placed_, 4).value();
    c.client_id = std::to_string(10'000'000'000'000'000'000U + static_cast<std::uint64_t>(placed_));
    c.client_id.resize(id_size_);
    const auto placed = crowd.engine.Place(c, crowd.rules, crowd.ids, crowd.now);
    return placed ? *placed : nullptr;
  }

  Crowd crowd{1};
  double bytes_an_order = 0;

 private:
  std::size_t id_size_;
  std::int64_t placed_ = 0;
};

// A plain order beside a million, placed and withdrawn, and what each of them weighs.
void EnginePlainOrder(benchmark::State& state, std::size_t id_size) {
  static std::map<std::size_t, std::unique_ptr<PlainCrowd>> crowds;
  std::unique_ptr<PlainCrowd>& plain = crowds[id_size];
  if (!plain) plain = std::make_unique<PlainCrowd>(id_size);
  Crowd& crowd = plain->crowd;
  bench::Measure(state, [&] {
    const OrderList* placed = plain->Place();
    if (placed == nullptr || crowd.engine.Cancel(*placed, crowd.rules, crowd.now) == nullptr) {
      state.SkipWithError("the order was not placed and cancelled");
    }
    crowd.engine.Trim();
  });
  state.counters["bytes/order"] = plain->bytes_an_order;
}

BENCHMARK_CAPTURE(EnginePlainOrder, with_id, 20);
BENCHMARK_CAPTURE(EnginePlainOrder, without_id, 0);
BENCHMARK(EnginePlaceAndCancel)->RangeMultiplier(10)->Range(1000, 1'000'000);
BENCHMARK(EngineTickThatCrossesNothing)->RangeMultiplier(10)->Range(1000, 1'000'000);
BENCHMARK(EngineTickThatFills)
    ->ArgsProduct({{1000, 10'000, 100'000, 1'000'000}, {1}})
    ->ArgsProduct({{100'000}, {10, 100, 1000}})
    ->UseManualTime();

}  // namespace
}  // namespace ocokit
