// The calls about listenKeys, and whose a request with one is.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock_exchange/bingx/streams/key.h"
#include "mock_exchange/exchange/exchange.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

using bingx::kListenKeyPath;

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

constexpr std::int64_t kNow = 1'700'000'000'000;

class ListenKeyTest : public ::testing::Test {
 protected:
  ListenKeyTest() : exchange_(std::make_shared<ManualClock>(FromUnixMillis(0))) {
    for (const char* key : {"key-1", "key-2"}) {
      AccountOptions options;
      options.venue = Venue::kBingx;
      options.key = key;
      options.secret = "secret of " + options.key;
      options.frozen_at = FromUnixMillis(kNow);
      options.settings.rate_limits = false;
      tenants_.push_back(exchange_.AddAccount(options).value());
    }
  }

  Response Ask(const std::string& method, const std::string& query, const std::string& key = "",
               const std::string& path = std::string(kListenKeyPath)) {
    Request request{.method = method, .target = path + query};
    if (!key.empty()) request.headers.push_back({"X-BX-APIKEY", key});
    return *exchange_.AnswerTo(std::move(request)).response;
  }
  // One that the account has made.
  std::string Make(const std::string& key = "key-1") {
    const std::string body = Ask("POST", "", key).body;
    constexpr std::string_view kBefore = R"({"listenKey":")";
    return body.size() < kBefore.size() + 64 ? body : body.substr(kBefore.size(), 64);
  }
  void Advance(std::chrono::milliseconds time) {
    const AccountLock lock(tenants_[0]->account);
    tenants_[0]->account.clock.Advance(time);
  }
  Account& account() { return tenants_[0]->account; }

  Exchange exchange_;
  std::vector<std::shared_ptr<Tenant>> tenants_;
};

// Two accounts may have one secret.
TEST_F(ListenKeyTest, IsNoOtherAccounts) {
  AccountOptions options;
  options.venue = Venue::kBingx;
  options.key = "key-3";
  options.secret = "secret of key-1";
  tenants_.push_back(exchange_.AddAccount(options).value());
  EXPECT_NE(Make("key-1"), Make("key-3"));
}

TEST_F(ListenKeyTest, IsMadeWithTheKeyAloneAndAnewEachTime) {
  const Response first = Ask("POST", "", "key-1");
  EXPECT_EQ(first.status, 200);
  const auto digest = account().sha256.Sign("listenKey:key-1:1");
  EXPECT_EQ(first.body, R"({"listenKey":")" + FormatHex(digest) + "\"}");
  EXPECT_NE(Make(), FormatHex(digest));
  // Both stay good.
  EXPECT_EQ(Ask("PUT", "?listenKey=" + FormatHex(digest)).status, 200);
}

TEST_F(ListenKeyTest, ASignatureIsCheckedWhereThereIsOne) {
  const std::string right = "timestamp=" + std::to_string(kNow);
  const std::string signature = FormatHex(account().sha256.Sign(right));
  const std::string wrong(64, '0');
  EXPECT_THAT(Ask("POST", "?" + right + "&signature=" + signature, "key-1").body,
              HasSubstr("listenKey"));
  EXPECT_THAT(Ask("POST", "?" + right + "&signature=" + wrong, "key-1").body,
              HasSubstr("\"code\":100001"));
  EXPECT_THAT(Ask("POST", "?timestamp=1&signature=" + wrong, "key-1").body,
              HasSubstr("\"code\":100421"));
  EXPECT_THAT(Ask("POST", "", "no-such-key").body, HasSubstr("\"code\":100413"));
  EXPECT_THAT(Ask("POST", "").body, HasSubstr("\"code\":100413"));
}

TEST_F(ListenKeyTest, NeedsARightToReadAndAListedAddress) {
  account().rights.can_read = false;
  EXPECT_THAT(Ask("POST", "", "key-1").body, HasSubstr("\"code\":100004"));
  account().rights = {.ip_whitelist = {"10.0.0.1"}};
  EXPECT_THAT(Ask("POST", "", "key-1").body, HasSubstr("\"code\":100419"));
}

TEST_F(ListenKeyTest, LivesAnHourFromTheLastTimeItWasExtended) {
  const std::string key = Make();
  Advance(std::chrono::minutes(59));
  const Response extended = Ask("PUT", "?listenKey=" + key);
  EXPECT_EQ(extended.status, 200);
  EXPECT_EQ(extended.body, "");
  Advance(std::chrono::minutes(60) - std::chrono::milliseconds(1));
  EXPECT_EQ(Ask("PUT", "?listenKey=" + key, "key-1").status, 200);
  Advance(std::chrono::minutes(60));
  const Response late = Ask("PUT", "?listenKey=" + key);
  EXPECT_EQ(late.status, 404);
  EXPECT_EQ(late.body, "");
  EXPECT_EQ(Ask("DELETE", "?listenKey=" + key, "key-1").status, 404);
}

TEST_F(ListenKeyTest, LivesAsLongAsTheSettingSays) {
  account().settings.listen_key_life = std::chrono::seconds(2);
  const std::string key = Make();
  Advance(std::chrono::milliseconds(1999));
  EXPECT_EQ(Ask("PUT", "?listenKey=" + key).status, 200);
  Advance(std::chrono::seconds(2));
  EXPECT_EQ(Ask("PUT", "?listenKey=" + key).status, 404);
}

TEST_F(ListenKeyTest, WithoutTheParameterThereIsNothingToDo) {
  for (const char* method : {"PUT", "DELETE"}) {
    for (const char* query : {"", "?listenKey=", "?listenkey=x"}) {
      const Response response = Ask(method, query);
      EXPECT_EQ(response.status, 204) << method << query;
      EXPECT_EQ(response.body, "") << method << query;
    }
  }
}

TEST_F(ListenKeyTest, IsRemovedOnceByItsOwnAccount) {
  const std::string key = Make();
  EXPECT_EQ(Ask("DELETE", "?listenKey=" + key, "key-2").status, 404);
  EXPECT_THAT(Ask("DELETE", "?listenKey=" + key, "no-such-key").body, HasSubstr("\"code\":100413"));
  const Response removed = Ask("DELETE", "?listenKey=" + key);
  EXPECT_EQ(removed.status, 200);
  EXPECT_EQ(removed.body, "");
  EXPECT_EQ(Ask("DELETE", "?listenKey=" + key).status, 404);
  EXPECT_EQ(Ask("PUT", "?listenKey=" + key).status, 404);
}

TEST_F(ListenKeyTest, AllTwoCallsASecondAreTaken) {
  account().settings.rate_limits = true;
  EXPECT_THAT(Make(), MatchesRegex("[0-9a-f]+"));
  Make();
  EXPECT_THAT(Ask("POST", "", "key-1").body, HasSubstr("\"code\":100410"));
}

TEST_F(ListenKeyTest, AStreamWithABadOneIsOpenedUnlessTheSettingRefusesIt) {
  const auto open = [&](const std::string& query) {
    Request request{.method = "GET", .target = "/@bingx-1/market" + query};
    request.headers = {{"Connection", "Upgrade"},
                       {"Upgrade", "websocket"},
                       {"Sec-WebSocket-Version", "13"},
                       {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
    return exchange_.AnswerTo(std::move(request)).response->status;
  };
  const std::string key = Make();
  EXPECT_EQ(open("?listenKey=nobodys"), 101);
  account().settings.refuse_bad_listen_key = true;
  EXPECT_EQ(open("?listenKey=nobodys"), 401);
  EXPECT_EQ(open("?listenKey=" + key), 101);
  EXPECT_EQ(open(""), 101);
}

}  // namespace
}  // namespace ocokit::mock
