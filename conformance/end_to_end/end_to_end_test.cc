// The client library against the simulator over real HTTP: the two were written apart, so agreement
// here is evidence for both.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "ocokit/client/bingx.h"
#include "ocokit/client/http_transport.h"
#include "ocokit/client/whitebit.h"
#include "ocokit/mock/server.h"

namespace ocokit {
namespace {

namespace bingx = client::bingx;
namespace whitebit = client::whitebit;
using client::ErrorKind;

Decimal D(const char* text) { return Decimal::Parse(text).value(); }

// Carries requests, but loses the reply of the next one when told to: the venue has acted, the
// client cannot know.
class Losing final : public client::Transport {
 public:
  explicit Losing(const std::string& url) : real_(*client::MakeHttpTransport({.base_url = url})) {}

  tl::expected<client::HttpResponse, client::TransportError> Send(
      const client::HttpRequest& request) override {
    // Either before the venue sees it, or after it has answered.
    if (lose_request.exchange(false)) return Lost();
    auto response = real_->Send(request);
    if (lose_reply.exchange(false)) return Lost();
    return response;
  }

  std::atomic<bool> lose_request{false};
  std::atomic<bool> lose_reply{false};

 private:
  static tl::unexpected<client::TransportError> Lost() {
    return tl::unexpected<client::TransportError>(
        {client::TransportFailure::kReceive, true, "the connection broke"});
  }

  std::unique_ptr<client::Transport> real_;
};

class BingxEndToEnd : public ::testing::Test {
 protected:
  void SetUp() override {
    // The venue's only account: public calls show its clock.
    mock::ServerOptions alone;
    alone.default_accounts = false;
    server_ = mock::Server::Start(alone).value();
    mock::AccountOptions options;
    options.venue = mock::Venue::kBingx;
    options.settings.rate_limits = false;
    account_.emplace(server_->AddAccount(options).value());
    transport_ = std::make_shared<Losing>(server_->url());
    client_.emplace(Connect({}));
  }
  bingx::Client Connect(bingx::ClientOptions options) {
    options.rate_limit.enabled = false;
    // Waiting for a request to grow too old takes no real time.
    options.clock = clock_;
    return *bingx::Client::Make(options, {account_->key(), account_->secret()}, transport_);
  }
  static bingx::PlaceOcoRequest Example() {
    return {.symbol = "BTC-USDT",
            .side = bingx::Side::kBuy,
            .quantity = D("0.001"),
            .limit_price = Decimal(48000),
            .order_price = Decimal(88000),
            .trigger_price = Decimal(87000),
            .list_client_order_id = "12345610030",
            .above_client_order_id = "12345610031",
            .below_client_order_id = "12345610032"};
  }

  std::unique_ptr<mock::Server> server_;
  std::optional<mock::AccountHandle> account_;
  std::shared_ptr<Losing> transport_;
  std::shared_ptr<Clock> clock_ = std::make_shared<SystemClock>();
  std::optional<bingx::Client> client_;
};

TEST_F(BingxEndToEnd, PlacesListsAndCancels) {
  const auto placed = client_->PlaceOco(Example());
  ASSERT_TRUE(placed) << placed.error().message;
  EXPECT_EQ(placed->order_list_id, "12345610030");
  EXPECT_EQ(placed->limit.client_order_id, "12345610031");
  EXPECT_EQ(placed->limit.status, bingx::OrderStatus::kPending);
  EXPECT_EQ(placed->stop_limit.trigger_price, Decimal(87000));
  EXPECT_EQ(placed->stop_limit.status, bingx::OrderStatus::kNew);

  const auto found = client_->FindOco({.client_order_id = "12345610030"});
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->limit.order_id, placed->limit.order_id);
  EXPECT_EQ(client_->ListOpenOcos()->size(), 2U);

  const auto cancelled = client_->CancelOco({.order_id = placed->stop_limit.order_id});
  ASSERT_TRUE(cancelled) << cancelled.error().message;
  EXPECT_EQ(cancelled->client_order_id, "12345610032");
  EXPECT_TRUE(client_->ListOpenOcos()->empty());
  const auto history = client_->ListOcoHistory();
  ASSERT_EQ(history->size(), 2U);
  EXPECT_EQ(history->front().status, bingx::OrderStatus::kFailed);
  EXPECT_EQ(history->back().status, bingx::OrderStatus::kCanceled);
}

TEST_F(BingxEndToEnd, EveryFormatIsAccepted) {
  int id = 100;
  for (const auto format :
       {bingx::ParamFormat::kJson, bingx::ParamFormat::kForm, bingx::ParamFormat::kQuery}) {
    bingx::Client client = Connect({.post_format = format});
    bingx::PlaceOcoRequest request = Example();
    request.list_client_order_id = std::to_string(id++);
    request.above_client_order_id = std::to_string(id++);
    request.below_client_order_id = std::to_string(id++);
    const auto placed = client.PlaceOco(request);
    EXPECT_TRUE(placed) << placed.error().message;
  }
}

TEST_F(BingxEndToEnd, StrictSigningAcceptsTheClient) {
  mock::Settings settings = account_->settings();
  settings.strict_signing = true;
  ASSERT_TRUE(account_->SetSettings(settings));
  EXPECT_TRUE(client_->PlaceOco(Example()));
  EXPECT_TRUE(client_->ListOpenOcos());
}

TEST_F(BingxEndToEnd, FollowsAServerClockThatIsOff) {
  account_->Advance(seconds(3600));
  // The first call is refused for its timestamp, the client measures and tries again.
  EXPECT_TRUE(client_->PlaceOco(Example()));
  const auto sync = client_->SyncTime();
  ASSERT_TRUE(sync);
  EXPECT_GT(sync->offset, seconds(3590));
}

TEST_F(BingxEndToEnd, RefusalsHaveTheirKinds) {
  bingx::PlaceOcoRequest request = Example();
  request.quantity = Decimal(9);  // 792,000 USDT
  EXPECT_EQ(client_->PlaceOco(request).error().kind, ErrorKind::kBadRequest);
  ASSERT_TRUE(account_->SetBalance("USDT", Decimal(1)));
  const auto poor = client_->PlaceOco(Example());
  ASSERT_FALSE(poor);
  EXPECT_EQ(poor.error().kind, ErrorKind::kInsufficientFunds);
  EXPECT_EQ(poor.error().code, 100202);
  EXPECT_FALSE(poor.error().outcome_unknown);
  EXPECT_EQ(client_->CancelOco({.order_id = "1"}).error().kind, ErrorKind::kNotFound);
  auto stranger = bingx::Client::Make({}, {account_->key(), "wrong"}, transport_);
  EXPECT_EQ(stranger->ListOpenOcos().error().kind, ErrorKind::kAuth);
}

TEST_F(BingxEndToEnd, ALostReplyIsReconciledToOnePair) {
  for (const bool venue_acted : {true, false}) {
    SCOPED_TRACE(venue_acted);
    bingx::PlaceOcoRequest request = Example();
    request.list_client_order_id = venue_acted ? "501" : "502";
    request.above_client_order_id = request.below_client_order_id = "";
    (venue_acted ? transport_->lose_reply : transport_->lose_request) = true;
    // The simulator's time follows the client's own, which moves only by its waiting.
    auto manual = std::make_shared<ManualClock>(SystemClock().Now());
    clock_ = manual;
    account_->FreezeClock();
    account_->SetTime(manual->Now());
    bingx::Client client = Connect({});
    const auto placed = client.PlaceOco(request);
    ASSERT_FALSE(placed);
    EXPECT_TRUE(placed.error().outcome_unknown);
    EXPECT_FALSE(placed.error().retry_safe);
    const std::size_t before = account_->Orders().size();
    // Long enough that the lost request can no longer be accepted.
    manual->Advance(seconds(10));
    account_->SetTime(manual->Now());
    const auto pair = client.Reconcile(request, placed.error().sent_at);
    ASSERT_TRUE(pair) << pair.error().message;
    EXPECT_EQ(pair->order_list_id, request.list_client_order_id);
    EXPECT_EQ(account_->Orders().size(), venue_acted ? before : before + 1);
  }
  EXPECT_EQ(account_->Orders().size(), 2U);
}

class WhitebitEndToEnd : public ::testing::Test {
 protected:
  void SetUp() override {
    server_ = mock::Server::Start().value();
    account_.emplace(server_->AddAccount({.venue = mock::Venue::kWhitebit}).value());
    transport_ = std::make_shared<Losing>(server_->url());
    client_.emplace(Connect({}));
  }
  whitebit::Client Connect(whitebit::ClientOptions options) {
    options.nonces = nonces_;
    return *whitebit::Client::Make(options, {account_->key(), account_->secret()}, transport_);
  }
  static whitebit::PlaceOcoRequest Example() {
    return {.market = "BTC_USDT",
            .side = whitebit::Side::kBuy,
            .amount = D("0.001"),
            .price = Decimal(40000),
            .activation_price = Decimal(41000),
            .stop_limit_price = Decimal(42000),
            .client_order_id = "order1987111"};
  }

  std::unique_ptr<mock::Server> server_;
  std::optional<mock::AccountHandle> account_;
  std::shared_ptr<Losing> transport_;
  std::shared_ptr<client::NonceSource> nonces_ =
      std::make_shared<client::NonceSource>(std::make_shared<SystemClock>());
  std::optional<whitebit::Client> client_;
};

TEST_F(WhitebitEndToEnd, PlacesListsAndCancels) {
  const auto placed = client_->PlaceOco(Example());
  ASSERT_TRUE(placed) << placed.error().message;
  EXPECT_EQ(placed->stop_loss.activation_price, Decimal(41000));
  EXPECT_EQ(placed->stop_loss.activated, false);
  EXPECT_EQ(placed->take_profit.status, whitebit::OrderStatus::kOpen);
  EXPECT_EQ(placed->take_profit.position_side, "LONG");

  ASSERT_EQ(client_->ListOcos()->size(), 1U);
  EXPECT_EQ(client_->ListOcos()->front(), *placed);
  const auto page = client_->ListConditionals({.market = "BTC_USDT"});
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->total, 1);
  EXPECT_EQ(std::get<whitebit::OcoOrder>(page->records.front()).id, placed->id);

  const auto cancelled =
      client_->CancelOco({.market = "BTC_USDT", .client_order_id = "order1987111"});
  ASSERT_TRUE(cancelled) << cancelled.error().message;
  EXPECT_EQ(cancelled->stop_loss.status, whitebit::OrderStatus::kCanceled);
  EXPECT_TRUE(client_->ListOcos()->empty());
}

TEST_F(WhitebitEndToEnd, CancelsByTheConditionalCall) {
  const auto placed = client_->PlaceOco(Example());
  ASSERT_TRUE(placed) << placed.error().message;
  EXPECT_TRUE(client_->CancelConditional({.market = "BTC_USDT", .id = placed->id}));
  const auto again = client_->CancelConditional({.market = "BTC_USDT", .id = placed->id});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(again.error().code, 2);
}

TEST_F(WhitebitEndToEnd, AFillOpensAPositionThatReduceOnlyThenCloses) {
  ASSERT_TRUE(client_->PlaceOco(Example()));
  ASSERT_TRUE(account_->SetLast("BTC_USDT", Decimal(40000)));
  EXPECT_EQ(account_->Position("BTC_USDT").amount, D("0.001"));
  ASSERT_TRUE(account_->SetLast("BTC_USDT", Decimal(40500)));
  whitebit::PlaceOcoRequest exit = Example();
  exit.side = whitebit::Side::kSell;
  exit.amount = Decimal(5);
  exit.price = Decimal(42000);
  exit.activation_price = Decimal(39000);
  exit.stop_limit_price = Decimal(38900);
  exit.client_order_id = "exit";
  exit.reduce_only = true;
  const auto placed = client_->PlaceOco(exit);
  ASSERT_TRUE(placed) << placed.error().message;
  EXPECT_EQ(placed->reduce_only, true);
  EXPECT_EQ(placed->take_profit.amount, D("0.001"));
  ASSERT_TRUE(account_->SetLast("BTC_USDT", Decimal(42000)));
  EXPECT_TRUE(account_->Position("BTC_USDT").amount.IsZero());
}

TEST_F(WhitebitEndToEnd, ReduceOnlyWithoutAPositionIs116) {
  whitebit::PlaceOcoRequest request = Example();
  request.reduce_only = true;
  const auto placed = client_->PlaceOco(request);
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().kind, ErrorKind::kReduceOnly);
  EXPECT_EQ(placed.error().code, 116);
  EXPECT_EQ(placed.error().http_status, 422);
}

TEST_F(WhitebitEndToEnd, NoncesRiseAcrossThreadsAndClients) {
  constexpr int kThreads = 4;
  constexpr int kEach = 25;
  std::atomic<int> refused{0};
  // With the window on, order does not matter; every nonce must still be new.
  whitebit::Client shared = Connect({.nonce_window = true});
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        whitebit::PlaceOcoRequest request = Example();
        request.client_order_id = "t" + std::to_string(t) + "-" + std::to_string(i);
        if (!shared.PlaceOco(request)) ++refused;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, 0);
  std::set<std::uint64_t> ids;
  for (const mock::PairView& pair : account_->Orders()) ids.insert(pair.id);
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(kThreads * kEach));
}

TEST_F(WhitebitEndToEnd, ANonceThatTheKeyHasPassedIsANonceErrorNotALimit) {
  ASSERT_TRUE(client_->ListOcos());
  // A second client that starts lower than what the key has used.
  auto clock = std::make_shared<ManualClock>(FromUnixMillis(1'600'000'000'000));
  auto behind = whitebit::Client::Make({.clock = clock, .retry = {.max_attempts = 1}},
                                       {account_->key(), account_->secret()}, transport_);
  const auto listed = behind->ListOcos();
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().kind, ErrorKind::kNonce);
  EXPECT_EQ(listed.error().http_status, 429);
}

TEST_F(WhitebitEndToEnd, ALimitIsALimit) {
  mock::Settings settings = account_->settings();
  settings.custom_rate_limits["oco_create"] = {0, milliseconds(10000)};
  ASSERT_TRUE(account_->SetSettings(settings));
  whitebit::Client client = Connect({.retry = {.max_attempts = 1}});
  const auto placed = client.PlaceOco(Example());
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().kind, ErrorKind::kRateLimit);
}

TEST_F(WhitebitEndToEnd, ALostReplyIsReconciledToOnePair) {
  for (const bool venue_acted : {true, false}) {
    SCOPED_TRACE(venue_acted);
    whitebit::PlaceOcoRequest request = Example();
    request.client_order_id = venue_acted ? "acted" : "not-acted";
    request.amount = venue_acted ? D("0.002") : D("0.003");
    (venue_acted ? transport_->lose_reply : transport_->lose_request) = true;
    const auto placed = client_->PlaceOco(request);
    ASSERT_FALSE(placed);
    EXPECT_TRUE(placed.error().outcome_unknown);
    const auto order = client_->Reconcile(request, placed.error().sent_at);
    ASSERT_TRUE(order) << order.error().message;
    EXPECT_EQ(order->take_profit.amount, request.amount);
  }
  EXPECT_EQ(account_->Orders().size(), 2U);
}

TEST_F(WhitebitEndToEnd, ReadsTheTime) {
  const auto time = client_->ServerTime();
  ASSERT_TRUE(time) << time.error().message;
  EXPECT_LT(std::chrono::abs(*time - SystemClock().Now()), seconds(60));
}

TEST(ServerEndToEnd, EqualSeedsAndRequestsGiveEqualBytes) {
  const auto run = [] {
    mock::AccountOptions options;
    options.venue = mock::Venue::kBingx;
    options.seed = 7;
    options.frozen_at = FromUnixMillis(1'700'000'000'000);
    const auto server = mock::Server::Start().value();
    const auto account = server->AddAccount(options).value();
    auto clock = std::make_shared<ManualClock>(FromUnixMillis(1'700'000'000'000));
    auto transport = *client::MakeHttpTransport({.base_url = server->url()});
    std::vector<std::string> bodies;
    const bingx::Signer signer(account.secret());
    for (const char* quantity : {"0.001", "0.002"}) {
      bingx::Params params;
      params.Add("limitPrice", Decimal(48000));
      params.Add("orderPrice", Decimal(88000));
      params.Add("quantity", D(quantity));
      params.Add("side", "BUY");
      params.Add("symbol", "BTC-USDT");
      params.Add("timestamp", ToUnixMillis(clock->Now()));
      params.Add("triggerPrice", Decimal(87000));
      const auto reply =
          transport->Send({.method = client::HttpMethod::kPost,
                           .target = "/openApi/spot/v1/oco/order",
                           .content_type = "application/json",
                           .headers = {{"X-BX-APIKEY", account.key()}},
                           .body = signer.WriteSigned(params, bingx::ParamFormat::kJson)});
      bodies.push_back(reply->body);
    }
    return bodies;
  };
  const std::vector<std::string> first = run();
  EXPECT_THAT(first.front(), ::testing::StartsWith(R"({"code":0,)"));
  EXPECT_NE(first.front(), first.back());
  EXPECT_EQ(first, run());
}

TEST(ServerEndToEnd, AccountsDoNotSeeEachOther) {
  const auto server = mock::Server::Start().value();
  auto a = server->AddAccount({.venue = mock::Venue::kWhitebit}).value();
  auto b = server->AddAccount({.venue = mock::Venue::kWhitebit}).value();
  auto client = whitebit::Client::Make({.base_url = server->url()}, {a.key(), a.secret()});
  ASSERT_TRUE(client->PlaceOco({.market = "BTC_USDT",
                                .side = whitebit::Side::kBuy,
                                .amount = Decimal(1),
                                .price = Decimal(40000),
                                .activation_price = Decimal(41000),
                                .stop_limit_price = Decimal(42000)}));
  EXPECT_EQ(a.Orders().size(), 1U);
  EXPECT_TRUE(b.Orders().empty());
  ASSERT_TRUE(b.SetLast("BTC_USDT", Decimal(39000)));
  EXPECT_TRUE(a.Orders().front().open);
  EXPECT_TRUE(server->RemoveAccount(mock::Venue::kWhitebit, a.key()));
  const auto gone = client->ListOcos();
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().kind, ErrorKind::kAuth);
  EXPECT_FALSE(server->RemoveAccount(mock::Venue::kWhitebit, a.key()));
  EXPECT_FALSE(server->FindAccount(mock::Venue::kWhitebit, a.key()));
}

TEST(ServerEndToEnd, AHandleOutlivesItsServer) {
  auto server = mock::Server::Start().value();
  auto account = server->AddAccount({.venue = mock::Venue::kBingx}).value();
  server.reset();
  account.Advance(seconds(1));
  EXPECT_GT(account.Now(), SystemClock().Now());
  EXPECT_TRUE(account.SetLast("BTC-USDT", Decimal(60000)));
}

TEST(ServerEndToEnd, RefusesOptionsThatCannotBe) {
  mock::ServerOptions options;
  options.idle_timeout = std::chrono::milliseconds::max();
  const auto server = mock::Server::Start(options);
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error().kind, ocokit::ErrorKind::kOutOfRange);
}

TEST(ServerEndToEnd, StartsOnTheRightAddressAndRefusesATakenPort) {
  const auto server = mock::Server::Start().value();
  EXPECT_THAT(server->url(), ::testing::StartsWith("http://127.0.0.1:"));
  mock::ServerOptions options;
  options.port = server->port();
  const auto second = mock::Server::Start(options);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ocokit::ErrorKind::kUnavailable);
}

TEST(ServerEndToEnd, TellsAnObserverWhatWasDecided) {
  std::mutex mutex;
  std::vector<mock::RequestRecord> seen;
  mock::ServerOptions options;
  options.on_request = [&](const mock::RequestRecord& record) {
    const std::lock_guard lock(mutex);
    seen.push_back(record);
  };
  const auto server = mock::Server::Start(options).value();
  auto client = bingx::Client::Make({.base_url = server->url()}, {"test-key", "wrong"});
  EXPECT_FALSE(client->ListOpenOcos());
  server->Stop();
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen.front().path, "/openApi/spot/v1/oco/openOrderList");
  EXPECT_EQ(seen.front().rule, "signature");
  EXPECT_EQ(seen.front().code, 100001);
}

}  // namespace
}  // namespace ocokit
