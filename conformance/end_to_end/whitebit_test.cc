// The client library against the simulated WhiteBIT over real HTTP: the two were written apart, so
// agreement here is evidence for both.

#include "ocokit/client/whitebit.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "base/testing/decimal.h"
#include "conformance/end_to_end/losing_transport.h"
#include "ocokit/mock/server.h"

namespace ocokit {
namespace {

namespace whitebit = client::whitebit;
using client::ErrorKind;

// Every test in both dialects of the venue.
class WhitebitEndToEnd : public ::testing::TestWithParam<mock::Dialect> {
 protected:
  void SetUp() override {
    server_ = mock::Server::Start().value();
    mock::AccountOptions options;
    options.venue = mock::Venue::kWhitebit;
    options.dialect = GetParam();
    account_.emplace(server_->AddAccount(options).value());
    transport_ = std::make_shared<conform::LosingTransport>(server_->url());
    client_.emplace(Connect({}));
  }
  whitebit::Client Connect(whitebit::ClientOptions options) {
    options.nonces = nonces_;
    return *whitebit::Client::Make(options, {account_->key(), account_->secret()}, transport_);
  }
  static bool live() { return GetParam() == mock::Dialect::kLive; }
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
  std::shared_ptr<conform::LosingTransport> transport_;
  std::shared_ptr<client::NonceSource> nonces_ =
      std::make_shared<client::NonceSource>(std::make_shared<SystemClock>());
  std::optional<whitebit::Client> client_;
};

TEST_P(WhitebitEndToEnd, PlacesListsAndCancels) {
  const auto placed = client_->PlaceOco(Example());
  ASSERT_TRUE(placed) << placed.error().message;
  EXPECT_EQ(placed->stop_loss.activation_price, Decimal(41000));
  EXPECT_EQ(placed->stop_loss.activated, false);
  EXPECT_EQ(placed->take_profit.status, whitebit::OrderStatus::kOpen);
  EXPECT_EQ(placed->take_profit.position_side, live() ? "" : "LONG");

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

TEST_P(WhitebitEndToEnd, CancelsByTheConditionalCall) {
  const auto placed = client_->PlaceOco(Example());
  ASSERT_TRUE(placed) << placed.error().message;
  EXPECT_TRUE(client_->CancelConditional({.market = "BTC_USDT", .id = placed->id}));
  const auto again = client_->CancelConditional({.market = "BTC_USDT", .id = placed->id});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(again.error().code, 2);
}

TEST_P(WhitebitEndToEnd, AFillOpensAPositionThatReduceOnlyThenCloses) {
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

TEST_P(WhitebitEndToEnd, ReduceOnlyWithoutAPositionIs116) {
  whitebit::PlaceOcoRequest request = Example();
  request.reduce_only = true;
  const auto placed = client_->PlaceOco(request);
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().kind, ErrorKind::kReduceOnly);
  EXPECT_EQ(placed.error().code, 116);
  EXPECT_EQ(placed.error().http_status, 422);
}

TEST_P(WhitebitEndToEnd, NoncesRiseAcrossThreadsAndClients) {
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

TEST_P(WhitebitEndToEnd, ANonceThatTheKeyHasPassedIsANonceErrorNotALimit) {
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

TEST_P(WhitebitEndToEnd, ALimitIsALimit) {
  mock::Settings settings = account_->settings();
  settings.custom_rate_limits["oco_create"] = {0, milliseconds(10000)};
  ASSERT_TRUE(account_->SetSettings(settings));
  whitebit::Client client = Connect({.retry = {.max_attempts = 1}});
  const auto placed = client.PlaceOco(Example());
  ASSERT_FALSE(placed);
  EXPECT_EQ(placed.error().kind, ErrorKind::kRateLimit);
}

TEST_P(WhitebitEndToEnd, ALostReplyIsReconciledToOnePair) {
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

// It fills before the client looks; a second one would open another position.
TEST_P(WhitebitEndToEnd, APairThatFilledBeforeAnybodyLookedIsNotPlacedAgain) {
  transport_->lose_reply = true;
  const auto lost = client_->PlaceOco(Example());
  ASSERT_FALSE(lost);
  ASSERT_TRUE(account_->SetLast("BTC_USDT", Decimal(40000)));
  const auto order = client_->Reconcile(Example(), lost.error().sent_at);
  ASSERT_TRUE(order) << order.error().message;
  EXPECT_EQ(order->take_profit.status, whitebit::OrderStatus::kFilled);
  EXPECT_EQ(order->take_profit.deal_money, Decimal(40));
  EXPECT_EQ(order->stop_loss.status, whitebit::OrderStatus::kCanceled);
  EXPECT_EQ(account_->Orders().size(), 1U);
}

TEST_P(WhitebitEndToEnd, PlacesEveryTypeOfOrder) {
  using whitebit::OrderType;
  using whitebit::Wallet;
  for (const Wallet wallet : {Wallet::kSpot, Wallet::kCollateral}) {
    for (const OrderType type :
         {OrderType::kLimit, OrderType::kMarket, OrderType::kStopLimit, OrderType::kStopMarket}) {
      const bool stop = type == OrderType::kStopLimit || type == OrderType::kStopMarket;
      const bool priced = type == OrderType::kLimit || type == OrderType::kStopLimit;
      whitebit::PlaceOrderRequest request{.market = "BTC_USDT",
                                          .wallet = wallet,
                                          .type = type,
                                          .side = whitebit::Side::kBuy,
                                          .price = priced ? Decimal(40000) : Decimal(),
                                          .activation_price = stop ? Decimal(41000) : Decimal()};
      const bool money = wallet == Wallet::kSpot && type == OrderType::kStopMarket;
      (money ? request.money : request.amount) = money ? Decimal(100) : D("0.01");
      const auto placed = client_->PlaceOrder(request);
      ASSERT_TRUE(placed) << placed.error().message;
      const bool filled = type == OrderType::kMarket;
      EXPECT_EQ(placed->status,
                filled ? whitebit::OrderStatus::kFilled : whitebit::OrderStatus::kOpen);
      EXPECT_EQ(placed->price, request.price);
      EXPECT_EQ(placed->activation_price,
                stop ? std::optional(Decimal(41000)) : std::optional<Decimal>());
    }
  }
  const auto open = client_->OpenOrders();
  ASSERT_TRUE(open) << open.error().message;
  EXPECT_EQ(open->size(), 6U);
  EXPECT_EQ(account_->PlainOrders().size(), 8U);
}

TEST_P(WhitebitEndToEnd, FindsAndCancelsAnOrderByTheClientsId) {
  const whitebit::PlaceOrderRequest request{.market = "BTC_USDT",
                                            .side = whitebit::Side::kSell,
                                            .amount = D("0.01"),
                                            .price = Decimal(41000),
                                            .client_order_id = "mine"};
  transport_->lose_reply = true;
  const auto lost = client_->PlaceOrder(request);
  ASSERT_FALSE(lost);
  EXPECT_TRUE(lost.error().outcome_unknown);
  const auto found = client_->OpenOrders({.market = "BTC_USDT", .client_order_id = "mine"});
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_EQ(found->size(), 1U);
  const auto cancelled =
      client_->CancelOrder({.market = "BTC_USDT", .id = found->front().order_id});
  ASSERT_TRUE(cancelled) << cancelled.error().message;
  EXPECT_EQ(cancelled->status, whitebit::OrderStatus::kCanceled);
  EXPECT_TRUE(client_->OpenOrders()->empty());
}

TEST_P(WhitebitEndToEnd, AnEntryBringsItsExits) {
  const whitebit::PlaceOrderRequest request{.market = "BTC_USDT",
                                            .wallet = whitebit::Wallet::kCollateral,
                                            .type = whitebit::OrderType::kMarket,
                                            .side = whitebit::Side::kBuy,
                                            .amount = D("0.01"),
                                            .stop_loss = Decimal(39000),
                                            .take_profit = Decimal(42000)};
  const auto placed = client_->PlaceOrder(request);
  ASSERT_TRUE(placed) << placed.error().message;
  EXPECT_NE(placed->oto_id, std::nullopt);
  EXPECT_EQ(placed->stop_loss, Decimal(39000));
  ASSERT_EQ(client_->OpenOrders()->size(), 2U);
  ASSERT_TRUE(account_->SetLast("BTC_USDT", Decimal(42000)));
  EXPECT_TRUE(client_->OpenOrders()->empty());
  EXPECT_TRUE(account_->Position("BTC_USDT").amount.IsZero());
}

TEST_P(WhitebitEndToEnd, ReadsTheTime) {
  const auto time = client_->ServerTime();
  ASSERT_TRUE(time) << time.error().message;
  EXPECT_LT(std::chrono::abs(*time - SystemClock().Now()), seconds(60));
}

INSTANTIATE_TEST_SUITE_P(Dialects, WhitebitEndToEnd,
                         ::testing::Values(mock::Dialect::kDocs, mock::Dialect::kLive),
                         [](const auto& dialect) {
                           return dialect.param == mock::Dialect::kDocs ? "Docs" : "Live";
                         });

}  // namespace
}  // namespace ocokit
