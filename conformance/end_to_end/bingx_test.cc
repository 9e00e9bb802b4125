// The client library against the simulated BingX over real HTTP: the two were written apart, so
// agreement here is evidence for both.

#include "ocokit/client/bingx.h"

#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "conformance/end_to_end/losing_transport.h"
#include "ocokit/mock/server.h"

namespace ocokit {
namespace {

namespace bingx = client::bingx;
using client::ErrorKind;

// Every test in both dialects of the venue.
class BingxEndToEnd : public ::testing::TestWithParam<mock::Dialect> {
 protected:
  void SetUp() override {
    // The venue's only account: public calls show its clock.
    mock::ServerOptions alone;
    alone.default_accounts = false;
    server_ = mock::Server::Start(alone).value();
    mock::AccountOptions options;
    options.venue = mock::Venue::kBingx;
    options.dialect = GetParam();
    options.settings.rate_limits = false;
    account_.emplace(server_->AddAccount(options).value());
    transport_ = std::make_shared<conform::LosingTransport>(server_->url());
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
  std::shared_ptr<conform::LosingTransport> transport_;
  std::shared_ptr<Clock> clock_ = std::make_shared<SystemClock>();
  std::optional<bingx::Client> client_;
};

TEST_P(BingxEndToEnd, PlacesListsAndCancels) {
  const auto placed = client_->PlaceOco(Example());
  ASSERT_TRUE(placed) << placed.error().message;
  EXPECT_EQ(placed->order_list_id, "12345610030");
  EXPECT_EQ(placed->limit.client_order_id, "12345610031");
  // What is live leaves the state of a new pair out.
  const bool live = GetParam() == mock::Dialect::kLive;
  EXPECT_EQ(placed->limit.status, live ? bingx::OrderStatus::kNone : bingx::OrderStatus::kPending);
  EXPECT_EQ(placed->stop_limit.trigger_price, Decimal(87000));
  EXPECT_EQ(placed->stop_limit.status, live ? bingx::OrderStatus::kNone : bingx::OrderStatus::kNew);

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

TEST_P(BingxEndToEnd, PlacesEveryTypeOfOrder) {
  using bingx::OrderType;
  for (const OrderType type :
       {OrderType::kLimit, OrderType::kMarket, OrderType::kTakeStopLimit,
        OrderType::kTakeStopMarket, OrderType::kTriggerLimit, OrderType::kTriggerMarket}) {
    const bool stop = type != OrderType::kLimit && type != OrderType::kMarket;
    const bool priced = type == OrderType::kLimit || type == OrderType::kTakeStopLimit ||
                        type == OrderType::kTriggerLimit;
    const auto placed = client_->PlaceOrder({.symbol = "BTC-USDT",
                                             .side = bingx::Side::kBuy,
                                             .type = type,
                                             .quantity = D("0.001"),
                                             .price = priced ? Decimal(48000) : Decimal(),
                                             .stop_price = stop ? Decimal(87000) : Decimal()});
    ASSERT_TRUE(placed) << placed.error().message;
    EXPECT_EQ(placed->type, type);
    const auto waits = stop ? bingx::OrderStatus::kNew : bingx::OrderStatus::kPending;
    EXPECT_EQ(placed->status, type == OrderType::kMarket ? bingx::OrderStatus::kFilled : waits);
  }
  const auto open = client_->OpenOrders({.symbol = "BTC-USDT"});
  ASSERT_TRUE(open) << open.error().message;
  ASSERT_EQ(open->size(), 5U);
  EXPECT_EQ(open->front().type, OrderType::kTriggerMarket);
  for (const bingx::Order& order : *open) {
    const auto cancelled = client_->CancelOrder({.symbol = "BTC-USDT", .order_id = order.order_id});
    ASSERT_TRUE(cancelled) << cancelled.error().message;
    EXPECT_EQ(cancelled->status, bingx::OrderStatus::kCanceled);
  }
  EXPECT_TRUE(client_->OpenOrders()->empty());
}

TEST_P(BingxEndToEnd, BuysForMoneyAndFindsALostOrderByItsId) {
  const auto bought = client_->PlaceOrder({.symbol = "BTC-USDT",
                                           .side = bingx::Side::kBuy,
                                           .type = bingx::OrderType::kMarket,
                                           .quote_order_qty = Decimal(100)});
  ASSERT_TRUE(bought) << bought.error().message;
  EXPECT_LE(bought->cumulative_quote_qty, Decimal(100));
  EXPECT_TRUE(bought->executed_qty.IsPositive());
  transport_->lose_reply = true;
  const auto lost = client_->PlaceOrder({.symbol = "BTC-USDT",
                                         .side = bingx::Side::kSell,
                                         .quantity = D("0.001"),
                                         .price = Decimal(90000),
                                         .time_in_force = bingx::TimeInForce::kPostOnly,
                                         .new_client_order_id = "mine"});
  ASSERT_FALSE(lost);
  EXPECT_TRUE(lost.error().outcome_unknown);
  const auto cancelled = client_->CancelOrder({.symbol = "BTC-USDT", .client_order_id = "mine"});
  ASSERT_TRUE(cancelled) << cancelled.error().message;
  EXPECT_EQ(cancelled->price, Decimal(90000));
}

TEST_P(BingxEndToEnd, EveryFormatIsAccepted) {
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

TEST_P(BingxEndToEnd, StrictSigningAcceptsTheClient) {
  mock::Settings settings = account_->settings();
  settings.strict_signing = true;
  ASSERT_TRUE(account_->SetSettings(settings));
  EXPECT_TRUE(client_->PlaceOco(Example()));
  EXPECT_TRUE(client_->ListOpenOcos());
}

TEST_P(BingxEndToEnd, FollowsAServerClockThatIsOff) {
  account_->Advance(seconds(3600));
  // The first call is refused for its timestamp, the client measures and tries again.
  EXPECT_TRUE(client_->PlaceOco(Example()));
  const auto sync = client_->SyncTime();
  ASSERT_TRUE(sync);
  EXPECT_GT(sync->offset, seconds(3590));
}

TEST_P(BingxEndToEnd, RefusalsHaveTheirKinds) {
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

TEST_P(BingxEndToEnd, ALostReplyIsReconciledToOnePair) {
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

INSTANTIATE_TEST_SUITE_P(Dialects, BingxEndToEnd,
                         ::testing::Values(mock::Dialect::kDocs, mock::Dialect::kLive),
                         [](const auto& dialect) {
                           return dialect.param == mock::Dialect::kDocs ? "Docs" : "Live";
                         });

}  // namespace
}  // namespace ocokit
