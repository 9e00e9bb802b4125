// What faults do to orders, clocks and limits, and to whom.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "mock_exchange/testing/faults_fixture.h"

namespace ocokit::mock {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using enum FaultPoint;

TEST_F(FaultsTest, BeforeCommitNothingIsPlacedAndAfterItIs) {
  auto account = Account(Venue::kWhitebit);
  const FaultAction actions[] = {Html5xx{}, StatusFault{.status = 503}, EmptyReply{}};
  for (const FaultAction& action : actions) {
    for (const FaultPoint point : {kBeforeCommit, kAfterCommit, kReply}) {
      account.Reset();
      ASSERT_TRUE(account.AddFault({.at = point, .action = action}));
      Ask(WhitebitOrder(1));
      EXPECT_EQ(account.Orders().size(), point == kBeforeCommit ? 0U : 1U) << Name(action);
    }
  }
}

TEST_F(FaultsTest, ASkewedClockRefusesATimestampThatIsRight) {
  auto account = Account(Venue::kBingx);
  const std::string path = "/openApi/spot/v1/oco/openOrderList";
  EXPECT_THAT(Ask(Bingx(path)), HasSubstr("\"code\":0"));
  ASSERT_TRUE(account.AddFault({.action = ClockSkew{milliseconds(7000)}, .times = 1}));
  EXPECT_THAT(Ask(Bingx(path)), HasSubstr("\"code\":100421"));
  EXPECT_THAT(Ask(Bingx(path)), HasSubstr("\"code\":0"));
  // And takes one that is wrong by so much.
  ASSERT_TRUE(account.AddFault({.action = ClockSkew{milliseconds(-7000)}, .times = 1}));
  EXPECT_THAT(Ask(Bingx(path, kNow - 7000)), HasSubstr("\"code\":0"));
  EXPECT_EQ(ToUnixMillis(account.Now()), kNow);
}

TEST_F(FaultsTest, TheVenuesOwnRateLimitReplyComesAtOnce) {
  auto bingx = Account(Venue::kBingx);
  auto whitebit = Account(Venue::kWhitebit);
  ASSERT_TRUE(bingx.AddFault({.action = RateLimitNow{}, .times = 1}));
  ASSERT_TRUE(whitebit.AddFault({.action = RateLimitNow{}, .times = 1}));
  const std::string path = "/openApi/spot/v1/oco/openOrderList";
  const std::string refused = Ask(Bingx(path));
  EXPECT_THAT(refused, HasSubstr("\"code\":100410"));
  EXPECT_THAT(refused, HasSubstr("X-RateLimit-Requests-Remain: 0\r\n"));
  EXPECT_THAT(Ask(Bingx(path)), HasSubstr("\"code\":0"));
  EXPECT_THAT(Ask(WhitebitOrder(1)), StartsWith("HTTP/1.1 429 Too Many Requests\r\n"));
  EXPECT_TRUE(whitebit.Orders().empty());
  EXPECT_THAT(Ask(WhitebitOrder(1)), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(FaultsTest, ABanHoldsUntilItsTimeByTheAccountsClock) {
  struct Case {
    Venue venue;
    std::string request;
    int status;
    std::string says;
  };
  const std::string list = "/openApi/spot/v1/oco/openOrderList";
  const Case cases[] = {{Venue::kBingx, Bingx(list), 0, "HTTP/1.1 418 "},
                        {Venue::kWhitebit, Ping(), 0, "HTTP/1.1 403 "},
                        {Venue::kWhitebit, Ping(), 418, "HTTP/1.1 418 "}};
  for (const Case& c : cases) {
    server_ = Server::Start({.default_accounts = false}).value();
    auto account = Account(c.venue);
    ASSERT_TRUE(account.AddFault({.action = BanUntil{milliseconds(2000), c.status}, .times = 1}));
    EXPECT_THAT(Ask(c.request), StartsWith(c.says));
    account.Advance(milliseconds(1999));
    EXPECT_THAT(Ask(c.request), StartsWith(c.says));
    account.Advance(milliseconds(1));
    EXPECT_THAT(Ask(c.request), StartsWith("HTTP/1.1 200 OK"));
  }
}

TEST_F(FaultsTest, ABanEndsWhileTheClientAsksOn) {
  auto account = Account(Venue::kBingx);
  const std::string list = Bingx("/openApi/spot/v1/oco/openOrderList");
  ASSERT_TRUE(account.AddFault({.match = {.nth = {}}, .action = BanUntil{milliseconds(1000)}}));
  const auto asked = [&] { return Ask(list).substr(0, 12); };
  EXPECT_EQ(asked(), "HTTP/1.1 418");
  account.Advance(milliseconds(600));
  EXPECT_EQ(asked(), "HTTP/1.1 418");
  account.ClearFaults();
  // Not prolonged by the second request; and lifted by its time alone.
  account.Advance(milliseconds(399));
  EXPECT_EQ(asked(), "HTTP/1.1 418");
  account.Advance(milliseconds(1));
  EXPECT_EQ(asked(), "HTTP/1.1 200");
}

TEST_F(FaultsTest, ASkewedClockForgetsNoNonce) {
  auto account = Account(Venue::kWhitebit);
  const std::string path = "/api/v4/oco-orders";
  const std::string windowed = Whitebit(path, R"("nonceWindow":true)", kNow);
  EXPECT_THAT(Ask(windowed), StartsWith("HTTP/1.1 200 OK"));
  ASSERT_TRUE(account.AddFault({.action = ClockSkew{std::chrono::hours(24)}, .times = 1}));
  Ask(Whitebit(path, R"("nonceWindow":true)", kNow + 1));
  EXPECT_THAT(Ask(windowed), StartsWith("HTTP/1.1 429 "));
}

TEST_F(FaultsTest, AStatusWithoutABodyHasNone) {
  auto account = Account(Venue::kWhitebit);
  for (const int status : {204, 304}) {
    account.ClearFaults();
    ASSERT_TRUE(account.AddFault({.action = StatusFault{.status = status, .body = "text"}}));
    const std::string reply = AskToTheEnd(Ping()).first;
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 " + std::to_string(status)));
    EXPECT_THAT(reply, EndsWith("\r\n\r\n"));
    EXPECT_THAT(reply, Not(HasSubstr("Content-Length")));
  }
}

TEST_F(FaultsTest, SeveralFaultsAddUp) {
  auto account = Account(Venue::kWhitebit);
  ASSERT_TRUE(account.AddFault({.action = StatusFault{.status = 500}}));
  ASSERT_TRUE(account.AddFault({.action = MalformedJson{}}));
  ASSERT_TRUE(account.AddFault({.action = WrongLength{2}}));
  ASSERT_TRUE(account.AddFault({.action = DuplicateReply{}}));
  ASSERT_TRUE(account.AddFault({.action = SlowDrip{.bytes = 500, .interval = milliseconds(1)}}));
  const std::string once =
      "HTTP/1.1 500 Internal Server Error\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\nContent-Type: "
      "application/json\r\n"
      "Content-Length: 6\r\nConnection: keep-alive\r\n\r\n[\"po";
  EXPECT_EQ(AskToTheEnd(Ping()).first, once + once);
  EXPECT_THAT(account.Journal().front().faults,
              ElementsAre("fault-1 status", "fault-2 malformed_json", "fault-3 wrong_length",
                          "fault-4 duplicate_reply", "fault-5 slow_drip"));
  // A reset stays one.
  ASSERT_TRUE(account.AddFault({.action = Reset{}}));
  EXPECT_EQ(AskToTheEnd(Ping()), (std::pair<std::string, End>("", End::kReset)));
}

TEST_F(FaultsTest, OnlyTheAccountsOwnRequestsGoWrong) {
  auto account = Account(Venue::kWhitebit);
  Account(Venue::kBingx);
  AccountOptions other;
  other.venue = Venue::kWhitebit;
  ASSERT_TRUE(server_->AddAccount(other));
  ASSERT_TRUE(account.AddFault({.action = StatusFault{.status = 500}}));
  EXPECT_THAT(Ask(Ping()), StartsWith("HTTP/1.1 500"));
  EXPECT_EQ(Ask("GET /api/v4/public/ping HTTP/1.1\r\nHost: x\r\n\r\n"), kPong);
  EXPECT_THAT(Ask(Bingx("/openApi/spot/v1/oco/openOrderList")), HasSubstr("\"code\":0"));
}

TEST_F(FaultsTest, AResetOfTheAccountBringsItsFirstFaultsBack) {
  AccountOptions options;
  options.venue = Venue::kWhitebit;
  options.key = "whitebit-key";
  options.faults = {{.action = StatusFault{.status = 500}, .times = 1}};
  auto account = server_->AddAccount(options).value();
  EXPECT_THAT(Ask(Ping()), StartsWith("HTTP/1.1 500"));
  EXPECT_EQ(Ask(Ping()), kPong);
  ASSERT_TRUE(account.RemoveFault("fault-1"));
  EXPECT_EQ(account.RemoveFault("fault-1").error().kind, ErrorKind::kNotFound);
  account.Reset();
  EXPECT_THAT(Ask(Ping()), StartsWith("HTTP/1.1 500"));
  options.key.clear();
  options.faults.push_back({.times = 0});
  const auto refused = server_->AddAccount(options);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("faults[1]: times must be 1 or more"));
}

TEST_F(FaultsTest, HundredsOfAccountsKeepTheirFaultsApart) {
  constexpr int kAccounts = 300;
  constexpr int kThreads = 8;
  for (int i = 0; i < kAccounts; ++i) {
    AccountOptions options;
    options.venue = Venue::kWhitebit;
    options.key = "key-" + std::to_string(i);
    auto account = server_->AddAccount(options).value();
    // Each its own status, every third one as the second request only, one in ten resets.
    Fault fault;
    fault.action = StatusFault{.status = 200, .body = "mine-" + std::to_string(i)};
    if (i % 3 == 0) fault.match.nth = 2;
    if (i % 10 == 9) fault.action = Reset{};
    ASSERT_TRUE(account.AddFault(fault));
  }
  std::vector<std::string> wrong(kThreads);
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = t; i < kAccounts; i += kThreads) {
        const std::string ask =
            "GET /api/v4/public/ping HTTP/1.1\r\nHost: x\r\nX-TXC-APIKEY: key-" +
            std::to_string(i) + "\r\n\r\n";
        for (int n = 1; n <= 3; ++n) {
          const bool hit = i % 3 != 0 || n == 2;
          RawSocket socket(server_->port());
          socket.Send(ask);
          const std::string got = socket.Receive(1);
          const std::string mine =
              Response("200 OK", "application/json", "mine-" + std::to_string(i));
          const std::string want = !hit ? std::string(kPong) : i % 10 == 9 ? "" : mine;
          if (got != want || (want.empty() && socket.end() != End::kReset)) {
            wrong[t] += std::to_string(i) + ": " + got + "\n";
          }
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : wrong) EXPECT_EQ(text, "");
}

}  // namespace
}  // namespace ocokit::mock
