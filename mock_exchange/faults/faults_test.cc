// Each fault, seen from a raw socket, byte for byte.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "mock_exchange/testing/raw_socket.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"
#include "ocokit/mock/fault.h"
#include "ocokit/mock/server.h"

namespace ocokit::mock {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::int64_t kNow = 1'700'000'000'000;

// An account of one venue, its clock frozen, and what its requests are.
class FaultsTest : public ::testing::Test {
 protected:
  AccountHandle Account(Venue venue) {
    AccountOptions options;
    options.venue = venue;
    options.key = std::string(Name(venue)) + "-key";
    options.secret = "secret";
    options.frozen_at = FromUnixMillis(kNow);
    return server_->AddAccount(options).value();
  }
  // A WhiteBIT call, signed.
  static std::string Whitebit(const std::string& path, const std::string& members,
                              std::int64_t nonce) {
    const std::string body = R"({"request":")" + path + R"(","nonce":)" + std::to_string(nonce) +
                             (members.empty() ? "" : "," + members) + "}";
    const std::string payload = FormatBase64(body);
    return "POST " + path +
           " HTTP/1.1\r\nHost: x\r\nX-TXC-APIKEY: whitebit-key\r\nX-TXC-PAYLOAD: " + payload +
           "\r\nX-TXC-SIGNATURE: " + FormatHex(HmacSha512("secret").Sign(payload)) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  static std::string WhitebitOrder(std::int64_t nonce) {
    return Whitebit("/api/v4/order/collateral/oco",
                    R"("market":"BTC_USDT","side":"buy","amount":"0.001","price":"40000",)"
                    R"("activation_price":"41000","stop_limit_price":"42000")",
                    nonce);
  }
  // A BingX query, signed.
  static std::string Bingx(const std::string& path, std::int64_t timestamp = kNow) {
    const std::string query = "pageIndex=1&pageSize=10&timestamp=" + std::to_string(timestamp);
    return "GET " + path + "?" + query +
           "&signature=" + FormatHex(HmacSha256("secret").Sign(query)) +
           " HTTP/1.1\r\nHost: x\r\nX-BX-APIKEY: bingx-key\r\n\r\n";
  }
  // A public call of one's own account.
  static std::string Ping() {
    return "GET /api/v4/public/ping HTTP/1.1\r\nHost: x\r\nX-TXC-APIKEY: whitebit-key\r\n\r\n";
  }
  static constexpr std::string_view kPong =
      "HTTP/1.1 200 OK\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\nContent-Type: application/json\r\n"
      "Content-Length: 8\r\nConnection: keep-alive\r\n\r\n[\"pong\"]";
  // The answer to one request, to its end.
  std::string Ask(const std::string& request) {
    RawSocket socket(server_->port());
    socket.Send(request);
    return socket.Receive(1);
  }
  // All that comes, and how it ends.
  std::pair<std::string, End> AskToTheEnd(const std::string& request) {
    RawSocket socket(server_->port());
    socket.Send(request);
    std::string all = socket.ReceiveAll();
    return {std::move(all), socket.end()};
  }
  static std::string Response(const std::string& status_line, const std::string& type,
                              const std::string& body) {
    return "HTTP/1.1 " + status_line + "\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\n" +
           (type.empty() ? "" : "Content-Type: " + type + "\r\n") +
           "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: keep-alive\r\n\r\n" +
           body;
  }

  // With a clock that stands still, for the Date of the replies.
  static std::unique_ptr<Server> StartServer() {
    ServerOptions options;
    options.default_accounts = false;
    options.clock = std::make_shared<ManualClock>(FromUnixMillis(kNow));
    return Server::Start(options).value();
  }

  std::unique_ptr<Server> server_ = StartServer();
};

using enum FaultPoint;

TEST_F(FaultsTest, WithoutAFaultThePongComes) {
  Account(Venue::kWhitebit);
  EXPECT_EQ(Ask(Ping()), kPong);
}

TEST_F(FaultsTest, ADelayBeforeCommitMakesTheWorkLate) {
  auto account = Account(Venue::kWhitebit);
  ASSERT_TRUE(account.AddFault({.at = kBeforeCommit, .action = Delay{.low = milliseconds(100)}}));
  RawSocket socket(server_->port());
  const auto start = std::chrono::steady_clock::now();
  socket.Send(WhitebitOrder(1));
  ASSERT_TRUE(Await([&] { return account.Faults().front().applied == 1; }));
  // Nothing is placed yet, and the account is free for others.
  const bool placed_early = !account.Orders().empty();
  const bool was_early = std::chrono::steady_clock::now() - start < milliseconds(100);
  EXPECT_FALSE(placed_early && was_early);
  EXPECT_THAT(socket.Receive(1), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds(100));
  EXPECT_EQ(account.Orders().size(), 1U);
}

TEST_F(FaultsTest, ADelayOfTheReplyComesAfterTheWork) {
  auto account = Account(Venue::kWhitebit);
  for (const FaultPoint point : {kAfterCommit, kReply}) {
    ASSERT_TRUE(account.AddFault({.at = point, .action = Delay{.low = milliseconds(30)}}));
  }
  RawSocket socket(server_->port());
  const auto start = std::chrono::steady_clock::now();
  socket.Send(WhitebitOrder(1));
  EXPECT_THAT(socket.Receive(1), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds(60));
  EXPECT_THAT(account.Journal().front().faults, ElementsAre("fault-1 delay", "fault-2 delay"));
}

// A reset, at each point, and a lost reply: whether the order is placed.
TEST_F(FaultsTest, AResetIsAnRstBeforeOrAfterTheOrder) {
  struct Case {
    Fault fault;
    std::size_t orders;
  };
  const Case cases[] = {{{.action = Reset{}}, 0},
                        {{.at = kBeforeCommit, .action = Reset{}}, 0},
                        {{.at = kAfterCommit, .action = Reset{}}, 1},
                        {{.at = kReply, .action = Reset{}}, 1},
                        {{.action = LostReply{}}, 1}};
  auto account = Account(Venue::kWhitebit);
  for (const Case& c : cases) {
    account.Reset();
    ASSERT_TRUE(account.AddFault(c.fault));
    const auto [bytes, end] = AskToTheEnd(WhitebitOrder(1));
    EXPECT_EQ(bytes, "");
    EXPECT_EQ(end, End::kReset);
    EXPECT_EQ(account.Orders().size(), c.orders);
  }
}

TEST_F(FaultsTest, AHalfCloseGoesOnReading) {
  auto account = Account(Venue::kWhitebit);
  ASSERT_TRUE(account.AddFault({.at = kAfterCommit, .action = HalfClose{}}));
  RawSocket socket(server_->port());
  socket.Send(WhitebitOrder(1));
  EXPECT_TRUE(socket.Closed());
  const std::string chunk(65536, 'x');
  for (int i = 0; i < 64; ++i) ASSERT_TRUE(socket.Send(chunk));
  EXPECT_TRUE(socket.Closed());
  EXPECT_EQ(account.Orders().size(), 1U);
}

TEST_F(FaultsTest, AnEarlyCloseGivesTheFirstBytes) {
  auto account = Account(Venue::kWhitebit);
  ASSERT_TRUE(account.AddFault({.action = CloseEarly{.bytes = 50}}));
  const auto [bytes, end] = AskToTheEnd(Ping());
  EXPECT_EQ(bytes, kPong.substr(0, 50));
  EXPECT_EQ(end, End::kFin);
}

TEST_F(FaultsTest, ADripComesInPieces) {
  auto account = Account(Venue::kWhitebit);
  ASSERT_TRUE(account.AddFault({.action = SlowDrip{.bytes = 20, .interval = milliseconds(20)}}));
  std::vector<std::string> pieces;
  RawSocket socket(server_->port());
  std::string request = Ping();
  socket.Send(request.insert(request.size() - 2, "Connection: close\r\n"));
  const std::string all = socket.ReceiveAll(&pieces);
  EXPECT_THAT(all, ::testing::EndsWith("\r\nConnection: close\r\n\r\n[\"pong\"]"));
  EXPECT_TRUE(InPieces(pieces, 20)) << ::testing::PrintToString(pieces);
}

TEST_F(FaultsTest, AWrongLengthIsStated) {
  auto account = Account(Venue::kWhitebit);
  for (const auto& [difference, stated] :
       {std::pair<std::int64_t, const char*>{5, "13"}, {-3, "5"}, {-100, "0"}}) {
    account.ClearFaults();
    ASSERT_TRUE(account.AddFault({.action = WrongLength{difference}}));
    const auto [bytes, end] = AskToTheEnd(Ping());
    EXPECT_EQ(bytes,
              "HTTP/1.1 200 OK\r\nDate: Tue, 14 Nov 2023 22:13:20 GMT\r\nContent-Type: "
              "application/json\r\nContent-Length: " +
                  std::string(stated) + "\r\nConnection: keep-alive\r\n\r\n[\"pong\"]");
    EXPECT_EQ(end, End::kFin);
  }
}

TEST_F(FaultsTest, AnOversizedReplyIsTheReplyAndBlanks) {
  auto account = Account(Venue::kWhitebit);
  ASSERT_TRUE(account.AddFault({.action = Oversized{5'000'000}, .times = 1}));
  RawSocket socket(server_->port());
  socket.Send(Ping());
  const std::string pong(kPong);
  const std::size_t body = pong.find("\r\n\r\n") + 4;
  std::string want = pong.substr(0, body) + pong.substr(body) + std::string(5'000'000, ' ');
  want.replace(want.find("Length: 8"), 9, "Length: 5000008");
  EXPECT_TRUE(socket.Receive(1) == want);
  // The connection goes on, and the journal has the reply without the blanks.
  socket.Send(Ping());
  EXPECT_EQ(socket.Receive(1), pong);
  EXPECT_EQ(account.Journal().front().response.body, "[\"pong\"]");
}

TEST_F(FaultsTest, ADuplicateReplyComesTwice) {
  auto account = Account(Venue::kWhitebit);
  ASSERT_TRUE(account.AddFault({.action = DuplicateReply{}}));
  RawSocket socket(server_->port());
  socket.Send(Ping());
  EXPECT_EQ(socket.Receive(2), std::string(kPong) + std::string(kPong));
}

TEST_F(FaultsTest, TheReplyIsChanged) {
  struct Case {
    const char* name;
    Fault fault;
    std::string answer;
  };
  const std::string json = "application/json";
  const std::string page =
      "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n"
      "<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n";
  const Case cases[] = {
      {"malformed", {.action = MalformedJson{}}, Response("200 OK", json, "[\"po")},
      {"wrong type", {.action = WrongType{}}, Response("200 OK", json, R"({"0":"pong"})")},
      {"wrong type of a member that is not there",
       {.action = WrongType{"x"}},
       Response("200 OK", json, R"(["pong"])")},
      {"html before",
       {.action = Html5xx{503}},
       Response("503 Service Unavailable", "text/html", page)},
      {"html after",
       {.at = kReply, .action = Html5xx{503}},
       Response("503 Service Unavailable", "text/html", page)},
      {"status",
       {.action = StatusFault{.status = 500}},
       Response("500 Internal Server Error", json, R"(["pong"])")},
      {"status and body",
       {.action = StatusFault{.status = 418, .body = "teapot"}},
       Response("418 I'm a teapot", json, "teapot")},
      {"status before",
       {.at = kBeforeCommit, .action = StatusFault{.status = 503}},
       Response("503 Service Unavailable", "", "")},
      {"status and body before",
       {.at = kBeforeCommit, .action = StatusFault{.status = 200, .body = "{}"}},
       Response("200 OK", json, "{}")},
      {"empty", {.action = EmptyReply{}}, Response("200 OK", json, "")},
      {"empty before", {.at = kBeforeCommit, .action = EmptyReply{}}, Response("200 OK", "", "")}};
  auto account = Account(Venue::kWhitebit);
  for (const Case& c : cases) {
    account.ClearFaults();
    ASSERT_TRUE(account.AddFault(c.fault)) << c.name;
    EXPECT_EQ(Ask(Ping()), c.answer) << c.name;
  }
}

TEST_F(FaultsTest, AMemberOfTheWrongTypeIsStillJson) {
  auto account = Account(Venue::kWhitebit);
  ASSERT_TRUE(account.AddFault({.action = WrongType{"order_id"}}));
  ASSERT_TRUE(account.AddFault({.action = WrongType{"market"}}));
  ASSERT_TRUE(account.AddFault({.action = WrongType{"stop_loss"}}));
  const std::string got = Ask(WhitebitOrder(1));
  const PairView pair = account.Orders().front();
  EXPECT_THAT(got, HasSubstr("\"order_id\":\"" + std::to_string(pair.limit.id) + "\""));
  EXPECT_THAT(got, HasSubstr(R"("market":0)"));
  EXPECT_THAT(got, HasSubstr(R"("stop_loss":[)"));
}

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
