// Each fault that changes how a reply goes out, seen from a raw socket, byte for byte.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock_exchange/testing/faults_fixture.h"

namespace ocokit::mock {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

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

}  // namespace
}  // namespace ocokit::mock
