// The limit on what journals and orders of all accounts take together.

#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "mock_exchange/exchange/exchange.h"
#include "mock_exchange/testing/signed_request.h"

namespace ocokit::mock {
namespace {

constexpr std::size_t kLimit = std::size_t{1} << 20;

class ReclaimTest : public ::testing::Test {
 protected:
  std::shared_ptr<Tenant> Add() {
    AccountOptions options;
    options.venue = Venue::kWhitebit;
    options.key = "key-" + std::to_string(++accounts_);
    options.secret = "secret";
    options.settings.rate_limits = false;
    options.settings.max_open_orders = 0;
    options.settings.journal_bytes = 100'000'000;
    return exchange_.AddAccount(options).value();
  }
  // A request that is refused, with a body of so many bytes.
  void Send(const Tenant& tenant, std::size_t bytes) {
    (void)exchange_.AnswerTo({.method = "POST",
                              .target = "/api/v4/nothing",
                              .headers = {{"X-TXC-APIKEY", tenant.account.options.key}},
                              .body = std::string(bytes, 'b')});
  }
  // A pair that fills at once, since the price goes to it.
  void PlaceAndFill(Tenant& tenant) {
    Place(tenant);
    const AccountLock lock(tenant.account);
    for (const char* price : {"39000", "40500"}) {
      tenant.account.engine.SetLast(0, D(price), Decimal(1), tenant.account.Rules(std::nullopt),
                                    tenant.account.clock.Now());
    }
  }
  void Place(Tenant& tenant) {
    Request request = testing::SignedWhitebit(
        tenant.account, "/api/v4/order/collateral/oco",
        R"("market":"BTC_USDT","side":"buy","amount":"0.001","price":"40000",)"
        R"("activation_price":"41000","stop_limit_price":"42000")",
        ++nonce_);
    request.headers.push_back({"X-TXC-APIKEY", tenant.account.options.key});
    const Answer answer = exchange_.AnswerTo(std::move(request));
    ASSERT_EQ(answer.response->status, 200) << answer.response->body;
  }
  [[nodiscard]] const MemoryMeter& meter() const { return exchange_.memory(); }

  Exchange exchange_{std::make_shared<SystemClock>(), {}, kLimit};
  int accounts_ = 0;
  std::int64_t nonce_ = 1'700'000'000'000;
};

TEST_F(ReclaimTest, TheOldestRequestsOfAllAccountsGoFirst) {
  const auto quiet = Add();
  const auto busy = Add();
  Send(*quiet, 1000);
  for (int i = 0; i < 200; ++i) {
    Send(*busy, 10'000);
    EXPECT_LE(meter().journals() + meter().orders(), kLimit);
  }
  EXPECT_EQ(quiet->journal.bytes(), 0U) << "its request was the oldest";
  const auto kept = busy->journal.Latest(1000);
  ASSERT_FALSE(kept.empty());
  EXPECT_EQ(kept.back()->seq, 200U);
  EXPECT_EQ(meter().journals(), busy->journal.bytes());
  EXPECT_EQ(meter().forgotten_requests(), 201 - kept.size());
  // Hardly more than has to: a tenth is freed at a time.
  EXPECT_GT(meter().journals(), kLimit * 8 / 10);
}

TEST_F(ReclaimTest, RequestsOfNobodyCountToo) {
  const auto account = Add();
  Send(*account, 100'000);
  for (int i = 0; i < 200; ++i) {
    (void)exchange_.AnswerTo({.method = "POST", .target = "/x", .body = std::string(10'000, 'b')});
  }
  EXPECT_LE(meter().journals(), kLimit);
  EXPECT_EQ(account->journal.bytes(), 0U);
}

TEST_F(ReclaimTest, EndedPairsGoAndOpenOnesStay) {
  const auto first = Add();
  const auto second = Add();
  Place(*first);
  for (int i = 0; i < 600; ++i) {
    PlaceAndFill(*first);
    PlaceAndFill(*second);
    Place(*second);
  }
  Send(*second, 1);
  EXPECT_GT(meter().forgotten_orders(), 0U);
  EXPECT_GT(meter().forgotten_requests(), 0U);
  const std::size_t bytes = first->account.bytes() + second->account.bytes();
  EXPECT_EQ(meter().orders(), bytes);
  // The latest of the second's was placed after the price had come back.
  EXPECT_EQ(second->account.engine.orders().open_count(), 1U);
}

TEST_F(ReclaimTest, OpenPairsThatTakeAllAreNotLookedAtForEachRequest) {
  const auto account = Add();
  while (meter().orders() <= kLimit) Place(*account);
  // What comes then is kept up to a 64th of the limit, and goes together.
  int kept = 0;
  for (int i = 0; i < 100; ++i) {
    Send(*account, 1000);
    EXPECT_LE(meter().journals(), kLimit / 32);
    if (account->journal.bytes() > 0) ++kept;
  }
  EXPECT_GT(kept, 70);
  EXPECT_LT(kept, 100);
}

TEST(Memory, WhatIsLeftBeyondTheLimitIsRemembered) {
  MemoryMeter meter(6400);
  meter.AddOrders(6400);
  EXPECT_FALSE(meter.IsOver());
  meter.AddOrders(10'000);
  EXPECT_TRUE(meter.IsOver());
  meter.RememberWhatIsLeft();
  EXPECT_FALSE(meter.IsOver());
  meter.AddJournals(100);
  EXPECT_FALSE(meter.IsOver());
  meter.AddJournals(1);
  EXPECT_TRUE(meter.IsOver());
  meter.RememberWhatIsLeft();
  // What is left goes down with what is there.
  meter.AddOrders(-5'000);
  EXPECT_FALSE(meter.IsOver());
  meter.AddJournals(101);
  EXPECT_TRUE(meter.IsOver());
  meter.AddOrders(-11'000);
  EXPECT_FALSE(meter.IsOver());
}

TEST_F(ReclaimTest, WhatIsRemovedIsNotCountedAnyLonger) {
  std::shared_ptr<Tenant> account = Add();
  PlaceAndFill(*account);
  EXPECT_GT(meter().orders(), 0U);
  EXPECT_GT(meter().journals(), 0U);
  EXPECT_TRUE(exchange_.RemoveId(account->id));
  account.reset();
  EXPECT_EQ(meter().orders(), 0U);
  EXPECT_EQ(meter().journals(), 0U);
}

TEST(Memory, HalfOfTheMachineIsSomething) {
  EXPECT_GT(HalfOfMemory(), std::size_t{1} << 20);
  EXPECT_LT(HalfOfMemory(), std::size_t{1} << 50);
}

}  // namespace
}  // namespace ocokit::mock
