#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "mock_exchange/account/account.h"
#include "mock_exchange/account/account_options.h"
#include "mock_exchange/testing/price_path.h"
#include "ocokit/mock/server.h"

namespace ocokit::mock {
namespace {

using testing::At;
using testing::kPathStart;

TEST(AccountPrices, HappenAtTheirOwnTimes) {
  const auto base = std::make_shared<ManualClock>(kPathStart);
  Account account(CompleteOptions({.venue = Venue::kWhitebit}, 1).value(), base);
  engine::PairCommand command;
  command.market = *account.engine.FindMarket("BTC_USDT");
  command.amount = D("1");
  command.limit_price = D("40000");
  command.trigger_price = D("41000");
  command.stop_price = D("42000");
  const engine::OrderList& pair =
      **account.engine.Place(command, account.Rules(std::nullopt), *account.ids, kPathStart);
  account.prices.SetPath(command.market, {At(1000, "41500"), At(1500, "43000"), At(2000, "39000")},
                         kPathStart);
  base->Advance(milliseconds(999));
  account.CatchUp();
  EXPECT_FALSE(pair.stop().activated);
  // All three are due now; the first has triggered and filled, a second before the last.
  base->Advance(seconds(9));
  account.CatchUp();
  EXPECT_EQ(StateOf(pair.stop()), LegState::kFilled);
  EXPECT_EQ(pair.updated, kPathStart + seconds(1));
  EXPECT_EQ(account.engine.trades().back().at, kPathStart + seconds(1));
  EXPECT_EQ(account.engine.trades().back().price, D("41500"));
  EXPECT_EQ(account.engine.markets()[command.market].last, D("39000"));
}

TEST(AccountPrices, WhoWatchesIsCalledWhenSomethingComesToBeDue) {
  const auto base = std::make_shared<ManualClock>(kPathStart);
  Account account(CompleteOptions({.venue = Venue::kWhitebit}, 1).value(), base);
  int calls = 0;
  account.watchers.Add(&calls, [&] { ++calls; });
  { const AccountLock lock(account); }
  calls = 0;
  { const AccountLock lock(account); }
  EXPECT_EQ(calls, 0);
  {
    // Nothing has changed yet; but somebody must look when it does.
    const AccountLock lock(account);
    account.prices.SetPath(0, {At(1000, "41500")}, kPathStart);
  }
  EXPECT_EQ(calls, 1);
  {
    const AccountLock lock(account);
    account.cancel_timers.Set({.market = 0, .started = kPathStart, .at = kPathStart + seconds(1)});
  }
  EXPECT_EQ(calls, 1);
  {
    const AccountLock lock(account);
    account.cancel_timers.Set(
        {.market = 0, .started = kPathStart, .at = kPathStart + milliseconds(5)});
  }
  EXPECT_EQ(calls, 2);
  account.watchers.Remove(&calls);
}

// An account in a server of its own, its clock frozen.
class PricesTest : public ::testing::Test {
 protected:
  PricesTest() : server_(Server::Start({.default_accounts = false}).value()) {
    AccountOptions options;
    options.venue = Venue::kWhitebit;
    options.frozen_at = kPathStart;
    account_ = std::make_unique<AccountHandle>(server_->AddAccount(options).value());
  }

  std::unique_ptr<Server> server_;
  std::unique_ptr<AccountHandle> account_;
};

TEST_F(PricesTest, APathIsWorkedOffAtItsOwnTimes) {
  ASSERT_TRUE(account_->SetPath("BTC_USDT", {At(1000, "39000"), At(2000, "43000")}));
  account_->Advance(milliseconds(1999));
  EXPECT_EQ(account_->Last("BTC_USDT"), D("39000"));
  // A new path takes the old one's place.
  ASSERT_TRUE(account_->SetPath("BTC_USDT", {At(500, "38000"), At(5000, "1")}));
  account_->Advance(seconds(1));
  EXPECT_EQ(account_->Last("BTC_USDT"), D("38000"));
  ASSERT_TRUE(account_->StopPrices("BTC_USDT"));
  account_->Advance(seconds(10));
  EXPECT_EQ(account_->Last("BTC_USDT"), D("38000"));
  EXPECT_EQ(account_->Last("ETH_USDT"), D("2500"));
  EXPECT_FALSE(account_->Last("BTC_EUR"));
}

TEST_F(PricesTest, RefusesWhatCannotBe) {
  const auto message = [](const Result<void>& result) {
    return result ? "accepted" : result.error().message;
  };
  EXPECT_EQ(message(account_->SetPath("BTC_EUR", {})), "the account has no market BTC_EUR");
  EXPECT_EQ(message(account_->SetPath("BTC_USDT", {At(2, "1"), At(1, "1")})),
            "path of BTC_USDT: the times must not fall");
  EXPECT_EQ(message(account_->SetPath("BTC_USDT", {At(-1, "1")})),
            "path of BTC_USDT: after must be 0 to 31 days");
  EXPECT_EQ(message(account_->SetPath("BTC_USDT", {At(1, "0")})),
            "last price of BTC_USDT must be positive, below 10000000000, with at most 8 decimals, "
            "not 0");
  PriceWalk walk;
  EXPECT_EQ(message(account_->StartWalk("BTC_USDT", walk)),
            "walk of BTC_USDT: max_step must be positive, below 10000000000, with at most 8 "
            "decimals, not 0");
  walk.max_step = D("1");
  walk.steps = 0;
  EXPECT_EQ(message(account_->StartWalk("BTC_USDT", walk)),
            "walk of BTC_USDT: steps must be 1 to 1000000");
  walk.steps = 1;
  walk.every = milliseconds(0);
  EXPECT_EQ(message(account_->StartWalk("BTC_USDT", walk)),
            "walk of BTC_USDT: every must be 1 ms to 24 hours");
  walk.every = milliseconds(1);
  walk.max_step = D("0.001");
  EXPECT_EQ(message(account_->StartWalk("BTC_USDT", walk)),
            "walk of BTC_USDT: max_step must be a tick, 0.01, or more");
  EXPECT_EQ(message(account_->StopPrices("BTC_EUR")), "the account has no market BTC_EUR");
}

}  // namespace
}  // namespace ocokit::mock
