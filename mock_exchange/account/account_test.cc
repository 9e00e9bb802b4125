#include "mock_exchange/account/account.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "mock_exchange/account/account_options.h"

namespace ocokit::mock {
namespace {

const TimePoint kBegin = FromUnixMillis(1'700'000'000'000);

TEST(AccountClock, FreezesMovesAndRunsOn) {
  const auto base = std::make_shared<ManualClock>(kBegin);
  AccountClock clock(base);
  base->Advance(seconds(1));
  EXPECT_EQ(clock.Now(), kBegin + seconds(1));
  clock.Freeze();
  base->Advance(seconds(10));
  EXPECT_EQ(clock.Now(), kBegin + seconds(1));
  clock.Advance(milliseconds(5));
  EXPECT_EQ(clock.Now(), kBegin + milliseconds(1005));
  clock.Run();
  base->Advance(seconds(1));
  EXPECT_EQ(clock.Now(), kBegin + milliseconds(2005));
  clock.Set(kBegin);
  base->Advance(seconds(1));
  EXPECT_EQ(clock.Now(), kBegin + seconds(1));
}

TEST(AccountOptions, FillsInDefaults) {
  const auto options = CompleteOptions({.venue = Venue::kWhitebit}, 1);
  ASSERT_TRUE(options);
  EXPECT_FALSE(options->key.empty());
  EXPECT_NE(options->key, options->secret);
  EXPECT_EQ(options->markets->size(), 3U);
  EXPECT_EQ(options->last_prices.at("BTC_USDT"), Decimal(40500));
  EXPECT_NE(CompleteOptions({.venue = Venue::kWhitebit}, 2)->key, options->key);
  EXPECT_EQ(CompleteOptions({.venue = Venue::kWhitebit}, 1)->key, options->key);
}

TEST(AccountOptions, NamesTheMemberAtFault) {
  struct Case {
    const char* what;
    std::function<void(AccountOptions&)> spoil;
    const char* want;
  };
  const Case cases[] = {
      {"price of an unknown market", [](AccountOptions& o) { o.last_prices["X-Y"] = Decimal(1); },
       "last_prices: the account has no market X-Y"},
      {"negative price", [](AccountOptions& o) { o.last_prices["BTC_USDT"] = Decimal(-1); },
       "last_prices: BTC_USDT must be positive, below 10000000000, with at most 8 decimals, not "
       "-1"},
      {"negative balance",
       [](AccountOptions& o) {
         o.balances = {{"USDT", Decimal(-1)}};
       },
       "balance of USDT must be 0 to 10^15 with at most 8 decimals, not -1"},
      {"position without market",
       [](AccountOptions& o) { o.positions = {{.market = "X_Y", .amount = Decimal(1)}}; },
       "positions: X_Y is not a margin market of the account"},
      {"a market twice",
       [](AccountOptions& o) {
         o.markets = DefaultMarkets(Venue::kWhitebit);
         o.markets->push_back(o.markets->front());
       },
       "markets: BTC_USDT is given twice"},
      {"a spot market on WhiteBIT",
       [](AccountOptions& o) { o.markets = DefaultMarkets(Venue::kBingx); },
       "market BTC-USDT: BingX has spot markets here, WhiteBIT margin and futures markets"},
      {"a key with a blank", [](AccountOptions& o) { o.key = "my key"; },
       "key must be printable ASCII without blanks"},
      {"an unknown limit",
       [](AccountOptions& o) {
         o.settings.custom_rate_limits["oco_creat"] = {1, seconds(1)};
       },
       "custom_rate_limits: there are oco_create, oco_cancel, oco_query, order_create, "
       "order_cancel, order_query, position, account and market, not oco_creat"},
      {"a negative limit", [](AccountOptions& o) { o.settings.max_open_orders = -1; },
       "max_open_orders must be 0 (no limit) or more"},
      {"step of zero",
       [](AccountOptions& o) {
         o.markets = DefaultMarkets(Venue::kWhitebit);
         o.markets->front().price_step = Decimal();
       },
       "market BTC_USDT: price_step and amount_step must be positive, with at most 8 decimals"}};
  for (const Case& c : cases) {
    AccountOptions options{.venue = Venue::kWhitebit};
    c.spoil(options);
    const auto complete = CompleteOptions(options, 1);
    ASSERT_FALSE(complete) << c.what;
    EXPECT_EQ(complete.error().message, c.want);
  }
}

}  // namespace
}  // namespace ocokit::mock
