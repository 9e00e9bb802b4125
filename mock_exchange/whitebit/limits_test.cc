// Windows, blocks and bans, and what Retry-After says of them as the clock moves.

#include "mock_exchange/whitebit/limits.h"

#include <gtest/gtest.h>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/testing/signed_request.h"
#include "mock_exchange/whitebit/venue.h"

namespace ocokit::mock::whitebit {
namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;
constexpr char kOrders[] = "/api/v4/orders";
constexpr char kPositions[] = "/api/v4/collateral-account/positions/open";

class WhitebitLimitsTest : public ::testing::Test {
 protected:
  WhitebitLimitsTest()
      : clock_(std::make_shared<ManualClock>(FromUnixMillis(kStart))),
        account_(CompleteOptions({.venue = Venue::kWhitebit}, 1).value(), clock_) {
    account_.settings.retry_after = true;
  }

  Reply Send(const std::string& path, const std::string& ip, const std::string& signature = "") {
    Request request = testing::SignedWhitebit(account_, path, "", ++nonce_);
    request.remote_ip = ip;
    if (!signature.empty()) request.headers.back().value = signature;
    return WhitebitApi().Handle(request, &account_, account_);
  }
  // "ok", or what refused: the rule, and the value of Retry-After if there is one.
  std::string Ask(const std::string& path = kOrders, const std::string& ip = "10.0.0.1") {
    const Reply reply = Send(path, ip);
    if (reply.decision.accepted) return "ok";
    std::string out = reply.decision.rule;
    for (const Header& header : reply.response.headers) {
      if (header.name == "Retry-After") out += " " + header.value;
    }
    return out;
  }
  std::string AskPublic(const std::string& ip = "10.0.0.1") {
    Request request;
    request.method = "GET";
    request.target = "/api/v4/public/ping";
    request.remote_ip = ip;
    return WhitebitApi().Handle(request, nullptr, account_).decision.rule;
  }
  void Allow(int count) {
    account_.settings.custom_rate_limits["order_query"] = {count, milliseconds(10'000)};
  }
  void Advance(milliseconds time) { clock_->Advance(time); }

  std::shared_ptr<ManualClock> clock_;
  Account account_;
  int nonce_ = 0;
};

TEST_F(WhitebitLimitsTest, TheDocumentedWindowOfAPublicCallHolds2000) {
  int accepted = 0;
  for (int i = 0; i < 2010; ++i) accepted += AskPublic() == "accepted" ? 1 : 0;
  EXPECT_EQ(accepted, 2000);
  EXPECT_EQ(AskPublic("10.0.0.2"), "accepted");
}

TEST_F(WhitebitLimitsTest, AnAddressOpensAThousandStreamsAMinute) {
  Request request;
  request.method = "GET";
  request.target = "/ws";
  request.headers = {{"Connection", "Upgrade"},
                     {"Upgrade", "websocket"},
                     {"Sec-WebSocket-Version", "13"},
                     {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
  const auto open = [&](const char* ip) {
    request.remote_ip = ip;
    return WhitebitApi().Handle(request, nullptr, account_).response.status;
  };
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(open("10.0.0.1"), 101);
  EXPECT_EQ(open("10.0.0.1"), 429);
  EXPECT_EQ(open("10.0.0.2"), 101);
  Advance(milliseconds(60'000));
  EXPECT_EQ(open("10.0.0.1"), 101);
  account_.settings.rate_limits = false;
  for (int i = 0; i < 1010; ++i) ASSERT_EQ(open("10.0.0.1"), 101);
}

TEST_F(WhitebitLimitsTest, RetryAfterIsWhatIsLeftOfTheWindowRoundedUp) {
  Allow(1);
  EXPECT_EQ(Ask(), "ok");
  EXPECT_EQ(Ask(), "rate_limit 10");
  Advance(milliseconds(1));
  EXPECT_EQ(Ask(), "rate_limit 10");
  Advance(milliseconds(8999));
  EXPECT_EQ(Ask(), "rate_limit 1");
  Advance(milliseconds(999));
  EXPECT_EQ(Ask(), "rate_limit 1");
  Advance(milliseconds(1));
  EXPECT_EQ(Ask(), "ok");
}

TEST_F(WhitebitLimitsTest, AClockSetBackStartsTheWindowAgain) {
  Allow(1);
  Advance(milliseconds(5000));
  EXPECT_EQ(Ask(), "ok");
  EXPECT_EQ(Ask(), "rate_limit 10");
  clock_->Set(FromUnixMillis(kStart));
  EXPECT_EQ(Ask(), "ok");
  EXPECT_EQ(Ask(), "rate_limit 10");
}

TEST_F(WhitebitLimitsTest, ABlockShorterThanTheWindowEndsWithTheWindow) {
  Allow(1);
  account_.settings.block = milliseconds(1000);
  EXPECT_EQ(Ask(), "ok");
  Advance(milliseconds(4000));
  EXPECT_EQ(Ask(), "rate_limit 6");
  Advance(milliseconds(5999));
  EXPECT_EQ(Ask(), "rate_limit 1");
  Advance(milliseconds(1));
  EXPECT_EQ(Ask(), "ok");
}

TEST_F(WhitebitLimitsTest, ABlockBeginsWithTheRefusalAndOutlastsTheWindow) {
  Allow(1);
  account_.settings.block = milliseconds(20'000);
  EXPECT_EQ(Ask(), "ok");
  Advance(milliseconds(9999));
  EXPECT_EQ(Ask(), "rate_limit 20");
  Advance(milliseconds(10'000));
  // Neither is it prolonged by what comes during it.
  EXPECT_EQ(Ask(), "rate_limit 10");
  Advance(milliseconds(9999));
  EXPECT_EQ(Ask(), "rate_limit 1");
  Advance(milliseconds(1));
  EXPECT_EQ(Ask(), "ok");
}

TEST_F(WhitebitLimitsTest, BlocksAndBansAreLiftedByTheirSettingsAndByAClockSetBack) {
  const BanRule ban{.status = 418, .after = 2, .length = seconds(300)};
  Allow(1);
  account_.settings.block = seconds(300);
  EXPECT_EQ(Ask(), "ok");
  EXPECT_EQ(Ask(), "rate_limit 300");
  Advance(seconds(10));
  account_.settings.block = milliseconds(0);
  EXPECT_EQ(Ask(), "ok");
  account_.settings.block = seconds(300);
  account_.settings.ban = ban;
  EXPECT_EQ(Ask(), "rate_limit 290");
  EXPECT_EQ(Ask(), "rate_limit 290");
  EXPECT_EQ(Ask(), "ban");
  account_.settings.rate_limits = false;
  EXPECT_EQ(Ask(), "ok");
  account_.settings.rate_limits = true;
  account_.settings.ban.reset();
  EXPECT_EQ(Ask(), "rate_limit 290");
  account_.settings.ban = ban;
  EXPECT_EQ(Ask(), "ban");
  // Before the ban, and before the block.
  clock_->Set(FromUnixMillis(kStart + 9'999));
  EXPECT_EQ(Ask(), "rate_limit 291");
  clock_->Set(FromUnixMillis(kStart - 1));
  EXPECT_EQ(Ask(), "ok");
}

TEST_F(WhitebitLimitsTest, ABlockIsOfOneCallAndOneAddress) {
  Allow(1);
  account_.settings.block = milliseconds(20'000);
  EXPECT_EQ(Ask(), "ok");
  EXPECT_EQ(Ask(), "rate_limit 20");
  EXPECT_EQ(Ask(kPositions), "ok");
  EXPECT_EQ(Ask("/api/v4/trade-account/executed-history"), "ok");
  EXPECT_EQ(Ask(kOrders, "10.0.0.2"), "ok");
  EXPECT_EQ(AskPublic(), "accepted");
}

TEST_F(WhitebitLimitsTest, WhoCannotSignFillsNoWindow) {
  Allow(1);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(Send(kOrders, "10.0.0.1", std::string(128, '0')).decision.rule, "signature");
  }
  EXPECT_EQ(Ask(), "ok");
}

TEST_F(WhitebitLimitsTest, ABanIsOfOneAddressAndOfEveryCall) {
  Allow(1);
  account_.settings.ban = BanRule{.status = 418, .after = 3, .length = seconds(300)};
  EXPECT_EQ(Ask(), "ok");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Ask(), "rate_limit 10") << i;
  EXPECT_EQ(Ask(), "ban");
  EXPECT_EQ(Ask(kPositions), "ban");
  EXPECT_EQ(Ask("/api/v4/no/such/path"), "ban");
  EXPECT_EQ(Send(kOrders, "10.0.0.1", std::string(128, '0')).decision.rule, "ban");
  EXPECT_EQ(AskPublic(), "ban");
  EXPECT_EQ(Ask(kOrders, "10.0.0.2"), "ok");
  Advance(milliseconds(299'999));
  EXPECT_EQ(Ask(), "ban");
  Advance(milliseconds(1));
  // The count begins anew.
  EXPECT_EQ(Ask(), "ok");
  EXPECT_EQ(Ask(), "rate_limit 10");
  EXPECT_EQ(Ask(), "rate_limit 10");
  EXPECT_EQ(AskPublic(), "accepted");
}

TEST_F(WhitebitLimitsTest, AnAddressThatStaysWithinItsLimitsForAWhileIsNotBanned) {
  Allow(1);
  account_.settings.ban = BanRule{.status = 418, .after = 3, .length = seconds(300)};
  for (int window = 0; window < 5; ++window) {
    EXPECT_EQ(Ask(), "ok");
    EXPECT_EQ(Ask(), "rate_limit 10");
    EXPECT_EQ(Ask(), "rate_limit 10");
    Advance(seconds(10));
  }
  EXPECT_EQ(Ask(), "ok");
  EXPECT_EQ(Ask(), "rate_limit 10");
  EXPECT_EQ(AskPublic(), "accepted");
  EXPECT_EQ(Ask(), "rate_limit 10");
  EXPECT_EQ(Ask(), "rate_limit 10");
  EXPECT_EQ(AskPublic("10.0.0.2"), "accepted");
  EXPECT_EQ(Ask(), "rate_limit 10");
  EXPECT_EQ(Ask(), "ban");
}

TEST_F(WhitebitLimitsTest, RefusalsDuringABlockCountTowardsABan) {
  Allow(1);
  account_.settings.block = milliseconds(20'000);
  account_.settings.ban = BanRule{.status = 403, .after = 3, .length = seconds(300)};
  EXPECT_EQ(Ask(), "ok");
  EXPECT_EQ(Ask(), "rate_limit 20");
  Advance(milliseconds(10'000));
  EXPECT_EQ(Ask(), "rate_limit 10");
  EXPECT_EQ(Ask(), "rate_limit 10");
  const Reply banned = Send(kOrders, "10.0.0.1");
  EXPECT_EQ(banned.response.status, 403);
  EXPECT_EQ(banned.decision.rule, "ban");
}

}  // namespace
}  // namespace ocokit::mock::whitebit
