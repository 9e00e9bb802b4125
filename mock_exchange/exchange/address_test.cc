// An account's own address, "/@bingx-2" before the path.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "mock_exchange/exchange/exchange.h"

namespace ocokit::mock {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::string_view kTime = "/openApi/spot/v1/server/time";

class AddressTest : public ::testing::Test {
 protected:
  AddressTest() : exchange_(std::make_shared<ManualClock>(FromUnixMillis(0))) {
    for (const std::int64_t ms : {1'700'000'000'000, 1'800'000'000'000}) {
      AccountOptions options;
      options.venue = Venue::kBingx;
      options.key = "key-" + std::to_string(ms);
      options.frozen_at = FromUnixMillis(ms);
      accounts_.push_back(exchange_.AddAccount(options).value());
    }
  }

  Response Get(const std::string& target, const std::string& key = "") {
    Request request{.method = "GET", .target = target};
    if (!key.empty()) request.headers.push_back({"X-BX-APIKEY", key});
    return *exchange_.AnswerTo(std::move(request)).response;
  }

  Exchange exchange_;
  std::vector<std::shared_ptr<Tenant>> accounts_;
};

TEST_F(AddressTest, NamesTheAccountOfACallWithoutAKey) {
  EXPECT_THAT(Get("/@bingx-1" + std::string(kTime)).body,
              HasSubstr("\"serverTime\":1700000000000"));
  EXPECT_THAT(Get("/@bingx-2" + std::string(kTime) + "?a=/@bingx-1").body,
              HasSubstr("\"serverTime\":1800000000000"));
  EXPECT_THAT(Get("http://127.0.0.1:8787/@bingx-2" + std::string(kTime)).body,
              HasSubstr("\"serverTime\":1800000000000"));
  // Without it neither is shown.
  EXPECT_THAT(Get(std::string(kTime)).body, HasSubstr("\"serverTime\":0"));
  const auto records = accounts_[1]->journal.Read(0, 10);
  ASSERT_THAT(records, SizeIs(2));
  EXPECT_EQ(records[0]->request.target, std::string(kTime) + "?a=/@bingx-1");
  EXPECT_EQ(records[1]->request.target, "http://127.0.0.1:8787" + std::string(kTime));
}

TEST_F(AddressTest, ShowsThePricesThatThisAccountHas) {
  ASSERT_TRUE(accounts_[1]->account.engine.FindMarket("BTC-USDT"));
  {
    const AccountLock lock(accounts_[1]->account);
    accounts_[1]->account.SetLast(0, D("70000"), Decimal(1),
                                  accounts_[1]->account.Rules(std::nullopt),
                                  accounts_[1]->account.clock.Now());
  }
  const std::string ticker = "/openApi/spot/v1/ticker/price?symbol=BTC-USDT";
  EXPECT_THAT(Get("/@bingx-2" + ticker).body, HasSubstr("\"price\":\"70000\""));
  EXPECT_THAT(Get("/@bingx-1" + ticker).body, HasSubstr("\"price\":\"64000\""));
}

TEST_F(AddressTest, KnowsTheAccountsOwnKeyAlone) {
  const std::string call = "/openApi/spot/v1/account/balance?timestamp=1&signature=00";
  EXPECT_THAT(Get("/@bingx-1" + call, "key-1700000000000").body, HasSubstr("timestamp mismatch"));
  EXPECT_THAT(Get("/@bingx-2" + call, "key-1700000000000").body, HasSubstr("Incorrect apiKey"));
  EXPECT_THAT(accounts_[1]->journal.Read(0, 10), SizeIs(1));
}

TEST_F(AddressTest, OfNobodySaysSoAndOfAnotherVenueHasNoSuchPath) {
  for (const std::string& target :
       {"/@bingx-3" + std::string(kTime), std::string("/@"), std::string("/@/x")}) {
    const Response response = Get(target);
    EXPECT_EQ(response.status, 404) << target;
    EXPECT_THAT(response.body, HasSubstr("no account has this address")) << target;
  }
  EXPECT_THAT(exchange_.strays().Read(0, 10), SizeIs(3));
  for (const char* target :
       {"/@bingx-1/api/v4/public/time", "/@bingx-1", "/@bingx-1/control/v1/accounts"}) {
    const Response response = Get(target);
    EXPECT_EQ(response.status, 404) << target;
    EXPECT_TRUE(response.body.empty()) << target;
  }
  EXPECT_THAT(accounts_[0]->journal.Read(0, 10), SizeIs(3));
}

TEST_F(AddressTest, AnUnknownCallSaysInTheJournalThatItIsNotSimulated) {
  const Response response = Get("/@bingx-1/openApi/spot/v1/user/auth/userDataStream");
  EXPECT_THAT(response.body, HasSubstr("this api is not exist"));
  Get("/@bingx-1/openApi/spot/v1/oco/order");
  const auto records = accounts_[0]->journal.Read(0, 10);
  ASSERT_THAT(records, SizeIs(2));
  EXPECT_EQ(records[0]->decision.rule, "not simulated by ocokit: docs/limits.md");
  EXPECT_EQ(records[1]->decision.rule, "method: the call is POST");
}

TEST_F(AddressTest, IsKnownWhenTheServerListens) {
  EXPECT_EQ(accounts_[0]->url(), "");
  exchange_.SetUrl("http://127.0.0.1:1234");
  EXPECT_EQ(accounts_[0]->url(), "http://127.0.0.1:1234/@bingx-1");
}

}  // namespace
}  // namespace ocokit::mock
