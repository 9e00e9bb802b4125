// Streams of the whole server, from its sockets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "mock_exchange/testing/ws_client.h"
#include "ocokit/mock/server.h"

namespace ocokit::mock {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kSubscribe =
    R"({"id":7,"method":"lastprice_subscribe","params":["BTC_USDT"]})";
constexpr const char* kSuccess = R"({"error": null, "result": {"status": "success"}, "id": 7})";

class ServerStreams : public ::testing::Test {
 protected:
  AccountHandle account(Venue venue) { return server_->FindAccount(venue, "test-key").value(); }

  std::unique_ptr<Server> server_ = Server::Start().value();
};

TEST_F(ServerStreams, BothVenuesHaveTheirsWhereTheServerSays) {
  const std::string port = std::to_string(server_->port());
  EXPECT_EQ(server_->bingx_ws_url(), "ws://127.0.0.1:" + port + "/market");
  EXPECT_EQ(server_->whitebit_ws_url(), "ws://127.0.0.1:" + port + "/ws");
  EXPECT_EQ(account(Venue::kBingx).ws_url(), "ws://127.0.0.1:" + port + "/@bingx-1/market");
  EXPECT_EQ(account(Venue::kWhitebit).ws_url(), "ws://127.0.0.1:" + port + "/@whitebit-1/ws");
  WsClient whitebit(server_->port(), "/ws");
  whitebit.Say(kSubscribe);
  EXPECT_EQ(whitebit.Hear(), kSuccess);
  WsClient bingx(server_->port(), "/market");
  bingx.Say(R"({"id":"7","reqType":"sub","dataType":"BTC-USDT@lastPrice"})");
  const auto frame = bingx.Next();
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->opcode, static_cast<unsigned char>(Opcode::kBinary));
  EXPECT_THAT(frame->payload, StartsWith("\x1f\x8b"));  // RFC 1952, section 2.3.1
  EXPECT_EQ(account(Venue::kBingx).Streams().at(0).topics.at(0), "BTC-USDT@lastPrice");
}

TEST_F(ServerStreams, IsListedBeforeItsClientKnows) {
  AccountHandle handle = account(Venue::kWhitebit);
  for (std::size_t i = 1; i <= 20; ++i) {
    const WsClient client(server_->port(), "/ws");
    EXPECT_THAT(handle.Frames({.limit = 1000}), ::testing::SizeIs(::testing::Ge(i)));
    EXPECT_FALSE(handle.Streams().empty());
  }
}

TEST_F(ServerStreams, AChangeReachesAllWhoHearOfIt) {
  std::vector<std::unique_ptr<WsClient>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::make_unique<WsClient>(server_->port(), "/ws"));
    clients.back()->Say(R"({"id":7,"method":"trades_subscribe","params":["BTC_USDT"]})");
    EXPECT_EQ(clients.back()->Hear(), kSuccess);
    EXPECT_THAT(clients.back()->Hear(), HasSubstr("trades_update"));
  }
  constexpr int kPrices = 50;
  AccountHandle handle = account(Venue::kWhitebit);
  // From another thread than the connections', and from two at once.
  const auto set = [&](int from) {
    for (int i = from; i < kPrices; i += 2) {
      EXPECT_TRUE(AccountHandle(handle).SetLast("BTC_USDT", Decimal(40'000 + i)));
    }
  };
  std::thread even(set, 0);
  std::thread odd(set, 1);
  even.join();
  odd.join();
  // Each trade once. A message may hold several, the newest first; none is older than one before.
  for (const auto& client : clients) {
    std::set<std::int64_t> all;
    while (all.size() < kPrices) {
      const std::string text = client->Hear();
      ASSERT_THAT(text, HasSubstr("trades_update"));
      const std::int64_t before = all.empty() ? 0 : *all.rbegin();
      for (std::size_t at = text.find("{\"id\": "); at != std::string::npos;
           at = text.find("{\"id\": ", at + 1)) {
        const std::int64_t id = std::stoll(text.substr(at + 7));
        EXPECT_GT(id, before);
        EXPECT_TRUE(all.insert(id).second) << id;
      }
    }
    EXPECT_EQ(*all.rbegin() - *all.begin(), kPrices - 1);
  }
}

TEST_F(ServerStreams, OneThatIsEndedIsGone) {
  AccountHandle handle = account(Venue::kWhitebit);
  WsClient client(server_->port(), "/ws");
  client.Say(kSubscribe);
  EXPECT_EQ(client.Hear(), kSuccess);
  ASSERT_TRUE(handle.EndStream(handle.Streams().at(0).id, {.code = 1012}));
  std::optional<WsFrame> frame;
  do {
    frame = client.Next();
  } while (frame && frame->opcode == static_cast<unsigned char>(Opcode::kText));
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->payload, CloseWith(1012));
  client.Send(MakeFrame(Opcode::kClose, CloseWith(1012)));
  EXPECT_TRUE(Await([&] { return handle.Streams().empty(); }));
  const FrameView last = handle.Frames().back();
  EXPECT_EQ(last.kind, FrameView::Kind::kClosed);
  EXPECT_EQ(last.code, 1012);
  EXPECT_FALSE(last.by_client);
}

TEST_F(ServerStreams, AFaultDropsOneOfThem) {
  AccountHandle handle = account(Venue::kWhitebit);
  ASSERT_TRUE(handle.AddFault({.match = {.channel = "reply"}, .action = DropStream{}, .times = 1}));
  WsClient client(server_->port(), "/ws");
  client.Say(kSubscribe);
  EXPECT_FALSE(client.Next());
  EXPECT_EQ(client.socket().end(), End::kReset);
  WsClient again(server_->port(), "/ws");
  again.Say(kSubscribe);
  EXPECT_EQ(again.Hear(), kSuccess);
  EXPECT_EQ(handle.Faults().at(0).applied, 1U);
}

TEST_F(ServerStreams, ManyComeAndGoWhileThingsHappen) {
  AccountHandle handle = account(Venue::kWhitebit);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 10; ++round) {
        WsClient client(server_->port(), i % 2 == 0 ? "/ws" : "/market");
        client.Say(i % 2 == 0 ? kSubscribe
                              : R"({"id":"1","reqType":"sub","dataType":"BTC-USDT@trade"})");
        (void)client.Next();
      }
    });
  }
  for (int i = 0; i < 40; ++i) {
    EXPECT_TRUE(handle.SetLast("BTC_USDT", Decimal(40'000 + i)));
    (void)handle.Streams();
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(
      Await([&] { return handle.Streams().empty() && account(Venue::kBingx).Streams().empty(); }));
}

TEST(ServerStreamsEnd, AServerThatStopsSaysSo) {
  auto server = Server::Start().value();
  WsClient client(server->port(), "/ws");
  client.Say(kSubscribe);
  EXPECT_EQ(client.Hear(), kSuccess);
  std::thread stop([&] { server->Stop(); });
  std::optional<WsFrame> frame;
  do {
    frame = client.Next();
  } while (frame && frame->opcode == static_cast<unsigned char>(Opcode::kText));
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->payload, CloseWith(1001));
  client.Send(MakeFrame(Opcode::kClose, CloseWith(1001)));
  stop.join();
}

}  // namespace
}  // namespace ocokit::mock
