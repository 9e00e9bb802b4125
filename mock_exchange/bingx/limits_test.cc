// Windows, blocks, floods and bans that take more requests than a literal conversation holds.

#include "mock_exchange/bingx/limits.h"

#include <gtest/gtest.h>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/bingx/venue.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::bingx {
namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;

class BingxLimitsTest : public ::testing::Test {
 protected:
  explicit BingxLimitsTest(Dialect dialect = Dialect::kDocs)
      : clock_(std::make_shared<ManualClock>(FromUnixMillis(kStart))),
        account_(CompleteOptions({.venue = Venue::kBingx, .dialect = dialect}, 1).value(), clock_) {
  }

  Reply Send(std::string method, const std::string& target, const std::string& ip) {
    Request request;
    request.method = std::move(method);
    request.target = target;
    request.headers = {{"X-BX-APIKEY", account_.options.key}};
    request.remote_ip = ip;
    return BingxApi().Handle(request, &account_, account_);
  }
  Reply Get(const std::string& path, const std::string& ip = "10.0.0.1") {
    const std::string stamp = "timestamp=" + std::to_string(ToUnixMillis(clock_->Now()));
    const std::string signature = FormatHex(account_.sha256.Sign(stamp));
    return Send("GET", "/openApi/" + path + "?" + stamp + "&signature=" + signature, ip);
  }
  // How many of `count` requests pass.
  int CountAccepted(const std::string& path, int count, const std::string& ip = "10.0.0.1") {
    int accepted = 0;
    for (int i = 0; i < count; ++i) accepted += Get(path, ip).decision.accepted ? 1 : 0;
    return accepted;
  }
  void Allow(const std::string& limit_name) {
    account_.settings.custom_rate_limits[limit_name] = {1'000'000, milliseconds(1000)};
  }
  void Advance(milliseconds time) { clock_->Advance(time); }

  std::shared_ptr<ManualClock> clock_;
  Account account_;
};

class BingxLiveLimitsTest : public BingxLimitsTest {
 protected:
  BingxLiveLimitsTest() : BingxLimitsTest(Dialect::kLive) {}
};

TEST_F(BingxLimitsTest, AnAddressHas300InTenSecondsForACallAnd2000ForItsGroup) {
  Allow("order_query");
  Allow("oco_query");
  Allow("account");
  EXPECT_EQ(CountAccepted("spot/v1/trade/openOrders", 310), 300);
  EXPECT_EQ(CountAccepted("spot/v1/trade/openOrders", 310, "10.0.0.2"), 300);
  EXPECT_EQ(CountAccepted("spot/v1/trade/historyOrders", 310), 300);
  EXPECT_EQ(CountAccepted("wallets/v1/capital/config/getall", 310), 300);
  // The group of the balance is another one.
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 310), 300);
  Advance(milliseconds(9999));
  EXPECT_EQ(CountAccepted("spot/v1/trade/openOrders", 1), 0);
  Advance(milliseconds(1));
  EXPECT_EQ(CountAccepted("spot/v1/trade/openOrders", 1), 1);
}

TEST_F(BingxLimitsTest, TheGroupIsFullBeforeTheLastOfItsCalls) {
  for (const char* name : {"order_query", "oco_query", "account", "oco_create", "oco_cancel"}) {
    Allow(name);
  }
  // Refused for its parameters, a request counts all the same.
  const char* const calls[] = {
      "spot/v1/trade/openOrders",        "spot/v1/trade/historyOrders", "spot/v1/trade/query",
      "spot/v1/trade/myTrades",          "spot/v1/oco/orderList",       "spot/v1/oco/openOrderList",
      "wallets/v1/capital/config/getall"};
  int counted = 0;
  for (const char* call : calls) {
    for (int i = 0; i < 300; ++i) counted += Get(call).decision.stage == Stage::kLimit ? 0 : 1;
  }
  EXPECT_EQ(counted, 2000);
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 1), 1);
}

TEST_F(BingxLimitsTest, TheMarketGroupHas500InTenSecondsAnd1000InAMinuteInTotal) {
  EXPECT_EQ(CountAccepted("spot/v1/server/time", 300), 300);
  EXPECT_EQ(CountAccepted("spot/v1/common/symbols", 300), 200);
  Advance(milliseconds(10000));
  EXPECT_EQ(CountAccepted("spot/v1/ticker/24hr", 600), 500);
  Advance(milliseconds(10000));
  EXPECT_EQ(CountAccepted("spot/v1/server/time", 10), 0);
  Advance(milliseconds(40000));
  EXPECT_EQ(CountAccepted("spot/v1/server/time", 10), 10);
}

TEST_F(BingxLiveLimitsTest, TheMarketGroupHas500InTenSecondsForEachCall) {
  EXPECT_EQ(CountAccepted("spot/v1/server/time", 510), 500);
  EXPECT_EQ(CountAccepted("spot/v1/common/symbols", 490), 490);
  // The minute counts them all.
  EXPECT_EQ(CountAccepted("spot/v1/ticker/24hr", 100), 10);
}

TEST_F(BingxLimitsTest, ABlockIsOfOneCallAndEndsByItself) {
  account_.settings.block = milliseconds(5000);
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 6), 5);
  Advance(milliseconds(4999));
  const Reply blocked = Get("spot/v1/account/balance");
  EXPECT_EQ(blocked.decision.rule, "rate_block");
  EXPECT_EQ(CountAccepted("spot/v1/trade/openOrders", 1), 1);
  Advance(milliseconds(1));
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 1), 1);
}

TEST_F(BingxLimitsTest, AShortBlockLastsToTheEndOfTheWindow) {
  account_.settings.block = milliseconds(100);
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 6), 5);
  Advance(milliseconds(999));
  EXPECT_EQ(Get("spot/v1/account/balance").decision.rule, "rate_block");
  Advance(milliseconds(1));
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 1), 1);
}

TEST_F(BingxLimitsTest, ABlockIsLiftedByItsSettingAndByAClockSetBack) {
  account_.settings.block = seconds(300);
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 6), 5);
  Advance(seconds(10));
  const auto rule = [&] { return Get("spot/v1/account/balance").decision.rule; };
  EXPECT_EQ(rule(), "rate_block");
  account_.settings.block = milliseconds(0);
  EXPECT_EQ(rule(), "accepted");
  account_.settings.block = seconds(300);
  account_.settings.rate_limits = false;
  EXPECT_EQ(rule(), "accepted");
  account_.settings.rate_limits = true;
  EXPECT_EQ(rule(), "rate_block");
  clock_->Set(FromUnixMillis(kStart - 1));
  EXPECT_EQ(rule(), "accepted");
}

TEST_F(BingxLimitsTest, AnAddressThatStaysWithinItsLimitsForAWhileIsNotBanned) {
  account_.settings.ban = BanRule{.status = 418, .after = 3, .length = seconds(300)};
  for (int second = 0; second < 5; ++second) {
    EXPECT_EQ(CountAccepted("spot/v1/account/balance", 7), 5);
    Advance(seconds(1));
  }
  // What another address does is no matter.
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 7), 5);
  EXPECT_EQ(CountAccepted("spot/v1/trade/openOrders", 1, "10.0.0.2"), 1);
  EXPECT_EQ(Get("spot/v1/account/balance").decision.rule, "rate_limit");
  EXPECT_EQ(Get("spot/v1/account/balance").decision.rule, "ban");
}

TEST_F(BingxLimitsTest, ABanIsLiftedByItsSettingsAndByAClockSetBack) {
  const BanRule ban{.status = 418, .after = 1, .length = seconds(300)};
  account_.settings.ban = ban;
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 6), 5);
  Advance(seconds(10));
  const auto rule = [&] { return Get("spot/v1/account/balance").decision.rule; };
  EXPECT_EQ(rule(), "ban");
  account_.settings.ban.reset();
  EXPECT_EQ(rule(), "accepted");
  account_.settings.ban = ban;
  account_.settings.rate_limits = false;
  EXPECT_EQ(rule(), "accepted");
  account_.settings.rate_limits = true;
  EXPECT_EQ(rule(), "ban");
  clock_->Set(FromUnixMillis(kStart - 1));
  EXPECT_EQ(rule(), "accepted");
}

TEST_F(BingxLimitsTest, WhoCannotSignFillsNoWindowAndCausesNoFlood) {
  account_.settings.error_flood = true;
  for (int i = 0; i < 50; ++i) {
    const Reply reply =
        Send("GET",
             "/openApi/spot/v1/account/balance?timestamp=" + std::to_string(kStart) +
                 "&signature=" + std::string(64, '0'),
             "10.0.0.1");
    EXPECT_EQ(reply.decision.rule, "signature");
  }
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 1), 1);
}

TEST_F(BingxLimitsTest, RefusalsByALimitAreNoErrorsOfAFlood) {
  account_.settings.error_flood = true;
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 40), 5);
  Advance(milliseconds(1000));
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 1), 1);
}

TEST_F(BingxLimitsTest, AFloodIsOfOneCodeAndEndsEightMinutesAfterItsFirstError) {
  account_.settings.error_flood = true;
  account_.settings.rate_limits = false;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(Get("spot/v1/trade/query").decision.rule, "required_fields") << i;
    Advance(seconds(10));
  }
  EXPECT_EQ(Get("spot/v1/trade/query").decision.rule, "error_flood");
  // Refusals of the flood do not prolong it.
  Advance(seconds(279));
  EXPECT_EQ(Get("spot/v1/trade/query").decision.rule, "error_flood");
  Advance(seconds(1));
  EXPECT_EQ(Get("spot/v1/trade/query").decision.rule, "required_fields");
  // That was the twentieth within eight minutes again.
  EXPECT_EQ(Get("spot/v1/trade/query").decision.rule, "error_flood");
  account_.settings.error_flood = false;
  EXPECT_EQ(Get("spot/v1/trade/query").decision.rule, "required_fields");
}

TEST_F(BingxLimitsTest, AFloodHasNoLimitHeadersWhenRateLimitsAreOff) {
  account_.settings.error_flood = true;
  Allow("order_query");
  const auto headers = [&] {
    const Reply reply = Get("spot/v1/trade/query");
    EXPECT_EQ(reply.decision.rule, "error_flood");
    std::string out;
    for (const Header& header : reply.response.headers)
      out += header.name + " " + header.value + ";";
    return out;
  };
  EXPECT_EQ(CountAccepted("spot/v1/trade/query", 20), 0);
  EXPECT_EQ(headers(),
            "Content-Type application/json;X-RateLimit-Requests-Remain 0;"
            "X-RateLimit-Requests-Expire 480000;");
  account_.settings.rate_limits = false;
  EXPECT_EQ(headers(), "Content-Type application/json;");
}

TEST_F(BingxLimitsTest, ABanIsOfOneAddressAndOfEveryCall) {
  account_.settings.ban = BanRule{.status = 403, .after = 3, .length = seconds(300)};
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 8), 5);
  const Reply banned = Get("spot/v1/server/time");
  EXPECT_EQ(banned.response.status, 403);
  EXPECT_EQ(banned.decision.rule, "ban");
  EXPECT_EQ(CountAccepted("spot/v1/server/time", 1, "10.0.0.2"), 1);
  Advance(seconds(300));
  // The count begins anew.
  EXPECT_EQ(CountAccepted("spot/v1/account/balance", 7), 5);
  EXPECT_EQ(CountAccepted("spot/v1/server/time", 1), 1);
}

}  // namespace
}  // namespace ocokit::mock::bingx
