// What literal conversations cannot show: decisions, tables, many orders, markets of one's own.

#include "mock_exchange/whitebit/venue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/json/reader.h"
#include "mock_exchange/testing/signed_request.h"
#include "mock_exchange/whitebit/errors.h"

namespace ocokit::mock::whitebit {
namespace {

using ::testing::HasSubstr;

constexpr char kCreate[] = "/api/v4/order/collateral/oco";

class WhitebitVenueTest : public ::testing::Test {
 protected:
  void Open(const AccountOptions& given = {}) {
    AccountOptions options = given;
    options.venue = Venue::kWhitebit;
    options.settings.rate_limits = false;
    auto complete = CompleteOptions(std::move(options), 1);
    ASSERT_TRUE(complete) << complete.error().message;
    account_ = std::make_unique<Account>(std::move(*complete), clock_);
  }

  // The reply to a signed call with these members beside `request` and `nonce`.
  Reply Ask(const std::string& path, const std::string& members, bool upper_case = false) {
    Request request = testing::SignedWhitebit(*account_, path, members, ++nonce_);
    if (upper_case) {
      std::string& signature = request.headers.back().value;
      std::ranges::transform(signature, signature.begin(),
                             [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
    }
    return api_.Handle(request, account_.get(), *account_);
  }
  Reply Buy(const std::string& more = "") {
    return Ask(kCreate, R"("market":"BTC_USDT","side":"buy","amount":"0.001","price":"40000",)"
                        R"("activation_price":"41000","stop_limit_price":"42000")" +
                            more);
  }
  // The ids under `name` of an array of objects.
  static std::vector<std::string> Ids(const Reply& reply, const char* name) {
    std::vector<std::string> out;
    const JsonValue list = ReadJson(reply.response.body).value();
    for (const JsonValue& entry : list.members) out.push_back(entry.Find(name)->text);
    return out;
  }

  WhitebitApi api_;
  std::shared_ptr<ManualClock> clock_ =
      std::make_shared<ManualClock>(FromUnixMillis(1'700'000'000'000));
  std::unique_ptr<Account> account_;
  int nonce_ = 0;
};

TEST_F(WhitebitVenueTest, LiveSaysThatItDropsAClientId) {
  const std::string snake = R"(,"client_order_id":"order1987111")";
  Open({.dialect = Dialect::kLive});
  EXPECT_EQ(Buy(snake).decision.lenient, "client_order_id ignored");
  EXPECT_EQ(Buy().decision.lenient, "");
  Open({.dialect = Dialect::kDocs});
  EXPECT_EQ(Buy(snake).decision.lenient, "");
}

TEST_F(WhitebitVenueTest, DocsSaysThatItTookAPayloadThatTheVenueWouldNot) {
  Open();
  for (const char* more :
       {R"(, "clientOrderId":"a")", R"(,"note":"a\/b")", R"(,"note":"\u0061")", ",\n\"note\":1"}) {
    EXPECT_EQ(Buy(more).decision.lenient, "payload is not compact JSON") << more;
  }
  EXPECT_EQ(Buy(R"(,"note":"a \"b\" \\ c")").decision.lenient, "");
}

TEST_F(WhitebitVenueTest, SaysThatItTookAnUpperCaseSignature) {
  AccountOptions options;
  options.settings.uppercase_signature = true;
  Open(options);
  EXPECT_EQ(Ask("/api/v4/orders", "", /*upper_case=*/true).decision.lenient,
            "upper-case signature");
  EXPECT_EQ(Ask("/api/v4/orders", "").decision.lenient, "");
  Open();
  const Reply refused = Ask("/api/v4/orders", "", /*upper_case=*/true);
  EXPECT_EQ(refused.decision.rule, "signature");
  EXPECT_EQ(refused.decision.lenient, "");
}

TEST_F(WhitebitVenueTest, EveryNameOfRefuseOrdersRefusesAnOrder) {
  const std::vector<std::string> names = OrderRefusalNames();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  EXPECT_EQ(names.size(), 18U);
  for (const std::string& name : names) {
    AccountOptions options;
    options.settings.refuse_orders = name;
    Open(options);
    const Reply reply = Buy();
    EXPECT_EQ(reply.decision.rule, name);
    EXPECT_FALSE(reply.decision.accepted);
    EXPECT_GE(reply.response.status, 400);
    // What is wrong with the request itself is said first.
    EXPECT_EQ(Ask(kCreate, "").decision.rule, "required_fields");
    EXPECT_EQ(account_->engine.orders().open_count(), 0U);
  }
  EXPECT_EQ(FindOrderRefusal(""), std::nullopt);
  EXPECT_EQ(FindOrderRefusal("signature"), std::nullopt);
}

TEST_F(WhitebitVenueTest, AStepAboveOneHasItsOwnWords) {
  AccountOptions options;
  std::vector<MarketSpec> markets = DefaultMarkets(Venue::kWhitebit);
  markets.front().amount_step = markets.front().min_amount = Decimal(100'000);
  markets.front().max_amount = Decimal(900'000);
  options.markets = markets;
  Open(options);
  const auto body = [&](const std::string& amount) {
    return Ask(kCreate, R"("market":"BTC_USDT","side":"buy","amount":")" + amount +
                            R"(","price":"40000","activation_price":"41000",)"
                            R"("stop_limit_price":"42000")")
        .response.body;
  };
  // As published in ccxt issue #26353.
  EXPECT_EQ(body("150000"), R"({"code":32,"errors":{"amount":["Should be a multiple of 100000."]},)"
                            R"("message":"Validation failed"})");
  EXPECT_THAT(body("950000"), HasSubstr(R"(["Given amount is more than max amount 900000",)"
                                        R"("Should be a multiple of 100000."])"));
}

TEST_F(WhitebitVenueTest, ATotalMayBeTooHigh) {
  AccountOptions options;
  std::vector<MarketSpec> markets = DefaultMarkets(Venue::kWhitebit);
  markets.front().max_total = Decimal(39);
  options.markets = markets;
  Open(options);
  EXPECT_EQ(Buy().response.body,
            R"({"code":30,"errors":{"total":["Total(amount * price) is more than 39"]},)"
            R"("message":"Validation failed"})");
}

TEST_F(WhitebitVenueTest, PagesShowEveryGroupAndLegOnce) {
  constexpr int kGroups = 250;
  Open();
  for (int i = 0; i < kGroups; ++i) ASSERT_TRUE(Buy().decision.accepted);
  const auto walk = [&](const char* path, const char* name) {
    std::vector<std::string> seen;
    for (int offset = 0;; offset += 70) {
      const Reply page =
          Ask(path, R"("limit":70,"market":"BTC_USDT","offset":)" + std::to_string(offset));
      const std::vector<std::string> ids = Ids(page, name);
      if (ids.empty()) return seen;
      seen.insert(seen.end(), ids.begin(), ids.end());
    }
  };
  const auto groups = walk("/api/v4/oco-orders", "id");
  EXPECT_EQ(groups.size(), kGroups);
  EXPECT_TRUE(std::ranges::is_sorted(groups, std::ranges::greater()));
  const auto legs = walk("/api/v4/orders", "orderId");
  EXPECT_EQ(legs.size(), 2 * kGroups);
  EXPECT_EQ(std::set<std::string>(legs.begin(), legs.end()).size(), legs.size());
  EXPECT_THAT(Ask("/api/v4/conditional-orders", R"("limit":1)").response.body,
              HasSubstr(R"("total":250)"));
  EXPECT_THAT(Ask("/api/v4/conditional-orders", R"("limit":1,"market":"BTC_USDT")").response.body,
              HasSubstr(R"("total":250)"));
}

TEST_F(WhitebitVenueTest, ACancelOfAllLeavesNoReserve) {
  Open();
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(Buy().decision.accepted);
  EXPECT_GT(account_->engine.balances(engine::Wallet::kMargin).at("USDT").reserved, Decimal());
  EXPECT_EQ(Ask("/api/v4/order/cancel/all", "").response.body, "[]");
  EXPECT_EQ(account_->engine.orders().open_count(), 0U);
  EXPECT_EQ(account_->engine.balances(engine::Wallet::kMargin).at("USDT").reserved, Decimal());
}

TEST_F(WhitebitVenueTest, PublicCallsOfAnEmptyAccountAnswer) {
  Open({.balances = std::map<std::string, Decimal>{}, .markets = std::vector<MarketSpec>{}});
  const auto get = [&](const char* target) {
    Request request;
    request.method = "GET";
    request.target = target;
    return api_.Handle(request, nullptr, *account_).response.body;
  };
  EXPECT_EQ(get("/api/v4/public/markets"), "[]");
  EXPECT_EQ(get("/api/v4/public/assets"), "{}");
  EXPECT_EQ(get("/api/v4/public/fee"), "{}");
  EXPECT_EQ(get("/api/v4/public/ticker"), "{}");
  EXPECT_EQ(get("/api/v4/public/futures"), R"({"success":true,"message":null,"result":[]})");
  EXPECT_THAT(Ask("/api/v4/collateral-account/summary", "").response.body,
              HasSubstr(R"("equity":"0")"));
}

}  // namespace
}  // namespace ocokit::mock::whitebit
