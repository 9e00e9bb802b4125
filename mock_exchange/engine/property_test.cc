// What must hold whatever is asked of the engine, in whatever order: random commands, prices and
// settings, and after each of them a look at everything. OCOKIT_PROPERTY_STEPS sets the number of
// steps of each test.

#include <cstdlib>

#include "base/testing/decimal.h"
#include "mock_exchange/testing/market.h"
#include "mock_exchange/testing/property_world.h"

namespace ocokit::mock::engine {
namespace {

using std::string_literals::operator""s;

int Steps() {
  const char* const given = std::getenv("OCOKIT_PROPERTY_STEPS");
  return given != nullptr ? std::atoi(given) : 10'000;
}

constexpr int kReplayEach = 1000;

MarketSpec Spec(const char* symbol, const char* base, MarketKind kind) {
  // Less easy than others: fees and steps that leave rounding to do, and limits that are met.
  MarketSpec spec = testing::EasyMarket(symbol, kind);
  spec.base = base;
  spec.price_step = D("0.0001");
  spec.min_amount = D("0.01");
  spec.maker_fee = D("0.0007");
  spec.taker_fee = D("0.0013");
  spec.max_position = D("16");
  spec.max_pending_value = D("90000");
  return spec;
}

class EngineProperty : public ::testing::TestWithParam<int> {
 protected:
  // What happened in `markets` over all steps.
  std::map<std::string, int> Run(const std::vector<MarketSpec>& markets, bool mixed = false) {
    World world(markets, static_cast<std::uint64_t>(GetParam()), mixed);
    for (int step = 0; step < Steps(); ++step) {
      world.Step();
      world.Check();
      if (step % kReplayEach == kReplayEach - 1) {
        world.CheckReplay();
        // What another engine goes on from must be all there is of this one.
        world.ChangeEngines();
        world.Check();
        world.CheckReplay();
      }
      if (HasFatalFailure()) {
        ADD_FAILURE() << "at step " << step;
        break;
      }
    }
    return world.seen;
  }
};

TEST_P(EngineProperty, SpotMoneyIsConserved) {
  auto seen =
      Run({Spec("BTC-USDT", "BTC", MarketKind::kSpot), Spec("ETH-USDT", "ETH", MarketKind::kSpot)});
  // The run has been where things can go wrong.
  for (const std::string& what : {"placed spot"s,
                                  "cancelled"s,
                                  "maker"s,
                                  "taker"s,
                                  "filled"s,
                                  "canceled"s,
                                  "never_triggered"s,
                                  "placed limit"s,
                                  "placed market"s,
                                  "placed market for money"s,
                                  "placed stop_limit"s,
                                  "placed stop_market"s,
                                  "placed stop_market for money"s,
                                  "replaced"s,
                                  "depth set"s,
                                  EndingName(Ending::kRemainder),
                                  EndingName(Ending::kPostOnly),
                                  EndingName(Ending::kFilled),
                                  Refused(RejectReason::kNotMaker),
                                  Refused(RejectReason::kFunds),
                                  Refused(RejectReason::kTooManyOrders)}) {
    EXPECT_GT(seen[what], 0) << what;
  }
}

TEST_P(EngineProperty, MarginMoneyIsConserved) {
  auto seen = Run({Spec("BTC_USDT", "BTC", MarketKind::kMargin),
                   Spec("BTC_PERP", "BTC", MarketKind::kFutures)});
  for (const std::string& what : {"placed margin"s,
                                  "cancelled"s,
                                  "closed"s,
                                  "maker"s,
                                  "taker"s,
                                  "filled"s,
                                  "canceled"s,
                                  "never_triggered"s,
                                  "reduce_only_canceled"s,
                                  "leverage set"s,
                                  "mode refused"s,
                                  "exits to come"s,
                                  "exits"s,
                                  "cancelled oto"s,
                                  "cancelled exit"s,
                                  Refused(RejectReason::kTakeProfitSide),
                                  Refused(RejectReason::kStopLossSide),
                                  Refused(RejectReason::kTriggerWrongSide),
                                  Refused(RejectReason::kReduceOnly),
                                  Refused(RejectReason::kPositionTooBig)}) {
    EXPECT_GT(seen[what], 0) << what;
  }
}

TEST_P(EngineProperty, MoneyOfBothWalletsOnOneMarketIsConserved) {
  auto seen = Run(
      {Spec("BTC_USDT", "BTC", MarketKind::kMargin), Spec("BTC_PERP", "BTC", MarketKind::kFutures)},
      /*mixed=*/true);
  for (const std::string& what :
       {"placed spot"s, "placed margin"s, "transferred"s, "transfer refused"s, "cancelled"s,
        "maker"s, "taker"s, "filled"s, Refused(RejectReason::kFunds)}) {
    EXPECT_GT(seen[what], 0) << what;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, EngineProperty, ::testing::Range(1, 5));

}  // namespace
}  // namespace ocokit::mock::engine
