// The tokens that open a stream of one's own: their looks, their number and their time.

#include "mock_exchange/whitebit/streams/key.h"

#include <gtest/gtest.h>

#include <set>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/testing/signed_request.h"
#include "mock_exchange/whitebit/venue.h"

namespace ocokit::mock::whitebit {
namespace {

constexpr char kPath[] = "/api/v4/profile/websocket_token";

class TokenTest : public ::testing::Test {
 protected:
  TokenTest()
      : clock_(std::make_shared<ManualClock>(FromUnixMillis(1'700'000'000'000))),
        account_(CompleteOptions({.venue = Venue::kWhitebit}, 1).value(), clock_) {}

  Response Ask() {
    return WhitebitApi()
        .Handle(testing::SignedWhitebit(account_, kPath, "", ++nonce_), &account_, account_)
        .response;
  }
  std::string Token() {
    const std::string body = Ask().body;
    const std::string before = R"({"websocket_token":")";
    EXPECT_TRUE(body.starts_with(before) && body.ends_with("\"}")) << body;
    return body.substr(before.size(), body.size() - before.size() - 2);
  }

  std::shared_ptr<ManualClock> clock_;
  Account account_;
  std::int64_t nonce_ = 0;
};

TEST_F(TokenTest, LooksLikeAHashOfBcryptAndNeverComesTwice) {
  std::set<std::string> seen;
  for (int i = 0; i < 10; ++i) {
    const std::string token = Token();
    EXPECT_EQ(token.size(), 60U);
    EXPECT_TRUE(token.starts_with("$2y$10$")) << token;
    seen.insert(token);
  }
  EXPECT_EQ(seen.size(), 10U);
  EXPECT_EQ(Ask().status, 429);
}

TEST_F(TokenTest, IsGoodForItsTime) {
  const std::string token = Token();
  EXPECT_EQ(account_.stream_keys.Until(token), clock_->Now() + seconds(60));
  account_.settings.token_life = milliseconds(5);
  EXPECT_EQ(account_.stream_keys.Until(Token()), clock_->Now() + milliseconds(5));
}

TEST_F(TokenTest, IsNotGivenToAKeyThatMayNotCallIt) {
  account_.rights.endpoints = {"/api/v4/orders"};
  EXPECT_EQ(Ask().body,
            R"({"code":4,"errors":{},"message":"This API Key is not authorized to perform this )"
            R"(action."})");
  account_.rights.endpoints.emplace_back(kPath);
  EXPECT_EQ(Ask().status, 200);
}

}  // namespace
}  // namespace ocokit::mock::whitebit
