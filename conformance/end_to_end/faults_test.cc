// The client library against a venue whose connections and replies go wrong: an order that was
// placed is never placed twice.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "ocokit/client/bingx.h"
#include "ocokit/client/whitebit.h"
#include "ocokit/mock/server.h"

namespace ocokit {
namespace {

namespace bingx = client::bingx;
namespace whitebit = client::whitebit;
using mock::Fault;
using enum mock::FaultPoint;

constexpr std::string_view kBingxCreate = "/openApi/spot/v1/oco/order";
constexpr std::string_view kWhitebitCreate = "/api/v4/order/collateral/oco";

// Each lets the order be placed and keeps the client from learning of it.
std::vector<Fault> LostOutcomes() {
  return {{.action = mock::LostReply{}},
          {.at = kAfterCommit, .action = mock::Reset{}},
          {.at = kAfterCommit, .action = mock::HalfClose{}},
          {.action = mock::CloseEarly{.bytes = 0}},
          {.action = mock::CloseEarly{.bytes = 20}},
          {.action = mock::CloseEarly{.bytes = 200}},
          {.action = mock::WrongLength{.difference = 7}},
          {.action = mock::MalformedJson{}},
          {.action = mock::WrongType{}},
          {.at = kAfterCommit, .action = mock::Html5xx{.status = 502}},
          {.at = kAfterCommit, .action = mock::Html5xx{.status = 504}},
          {.at = kReply, .action = mock::StatusFault{.status = 503, .body = ""}},
          {.action = mock::EmptyReply{}}};
}

std::string NameOf(const Fault& fault) {
  return std::string(Name(fault.action)) + (fault.at ? " at " + std::string(Name(*fault.at)) : "");
}

class FaultsEndToEnd : public ::testing::TestWithParam<mock::Dialect> {
 protected:
  mock::AccountHandle Account(mock::Venue venue) {
    mock::AccountOptions options;
    options.venue = venue;
    options.dialect = GetParam();
    options.settings.rate_limits = false;
    return server_->AddAccount(options).value();
  }
  bingx::Client Bingx(const mock::AccountHandle& account) {
    return *bingx::Client::Make({.base_url = server_->url(), .rate_limit = {.enabled = false}},
                                {account.key(), account.secret()});
  }
  whitebit::Client Whitebit(const mock::AccountHandle& account) {
    return *whitebit::Client::Make({.base_url = server_->url(), .rate_limit = {.enabled = false}},
                                   {account.key(), account.secret()});
  }
  static bingx::PlaceOcoRequest BingxOrder() {
    return {.symbol = "BTC-USDT",
            .side = bingx::Side::kBuy,
            .quantity = D("0.001"),
            .limit_price = Decimal(48000),
            .order_price = Decimal(88000),
            .trigger_price = Decimal(87000),
            .list_client_order_id = "501"};
  }
  static whitebit::PlaceOcoRequest WhitebitOrder() {
    return {.market = "BTC_USDT",
            .side = whitebit::Side::kBuy,
            .amount = D("0.001"),
            .price = Decimal(40000),
            .activation_price = Decimal(41000),
            .stop_limit_price = Decimal(42000),
            .client_order_id = "order1"};
  }

  std::unique_ptr<mock::Server> server_ = mock::Server::Start({.default_accounts = false}).value();
};

TEST_P(FaultsEndToEnd, BingxAnOutcomeThatIsLostIsReconciledToOnePair) {
  for (Fault fault : LostOutcomes()) {
    SCOPED_TRACE(NameOf(fault));
    auto account = Account(mock::Venue::kBingx);
    auto client = Bingx(account);
    fault.match.path = kBingxCreate;
    fault.times = 1;
    ASSERT_TRUE(account.AddFault(fault));
    const auto placed = client.PlaceOco(BingxOrder());
    ASSERT_FALSE(placed);
    EXPECT_TRUE(placed.error().outcome_unknown) << placed.error().message;
    EXPECT_FALSE(placed.error().retry_safe);
    EXPECT_EQ(account.Orders().size(), 1U);
    const auto found = client.Reconcile(BingxOrder(), placed.error().sent_at);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->limit.order_id, std::to_string(account.Orders().front().limit.id));
    EXPECT_EQ(account.Orders().size(), 1U);
  }
}

TEST_P(FaultsEndToEnd, WhitebitAnOutcomeThatIsLostIsReconciledToOnePair) {
  for (Fault fault : LostOutcomes()) {
    SCOPED_TRACE(NameOf(fault));
    auto account = Account(mock::Venue::kWhitebit);
    auto client = Whitebit(account);
    fault.match.path = kWhitebitCreate;
    fault.times = 1;
    ASSERT_TRUE(account.AddFault(fault));
    const auto placed = client.PlaceOco(WhitebitOrder());
    ASSERT_FALSE(placed);
    EXPECT_TRUE(placed.error().outcome_unknown) << placed.error().message;
    EXPECT_FALSE(placed.error().retry_safe);
    EXPECT_EQ(account.Orders().size(), 1U);
    const auto found = client.Reconcile(WhitebitOrder(), placed.error().sent_at);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(account.Orders().size(), 1U);
  }
}

// Nothing was placed, which the client cannot know either: Reconcile places it.
TEST_P(FaultsEndToEnd, WhitebitAnOrderThatWasNeverPlacedIsPlacedOnce) {
  const Fault faults[] = {{.action = mock::Reset{}},
                          {.action = mock::HalfClose{}},
                          {.action = mock::Html5xx{.status = 502}},
                          {.at = kBeforeCommit, .action = mock::EmptyReply{}}};
  for (Fault fault : faults) {
    SCOPED_TRACE(NameOf(fault));
    auto account = Account(mock::Venue::kWhitebit);
    auto client = Whitebit(account);
    fault.match.path = kWhitebitCreate;
    fault.times = 1;
    ASSERT_TRUE(account.AddFault(fault));
    const auto placed = client.PlaceOco(WhitebitOrder());
    ASSERT_FALSE(placed);
    EXPECT_TRUE(placed.error().outcome_unknown) << placed.error().message;
    EXPECT_TRUE(account.Orders().empty());
    const auto found = client.Reconcile(WhitebitOrder(), placed.error().sent_at);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(account.Orders().size(), 1U);
  }
}

// The second copy of a list's reply lies on the connection when the order is sent.
TEST_P(FaultsEndToEnd, ADuplicateReplyIsNotTakenForTheOrders) {
  auto bingx_account = Account(mock::Venue::kBingx);
  ASSERT_TRUE(bingx_account.AddFault({.action = mock::DuplicateReply{}, .times = 2}));
  auto bingx_client = Bingx(bingx_account);
  ASSERT_TRUE(bingx_client.ListOpenOcos());
  EXPECT_TRUE(bingx_client.PlaceOco(BingxOrder()));
  EXPECT_EQ(bingx_client.ListOpenOcos()->size(), 2U);

  auto account = Account(mock::Venue::kWhitebit);
  ASSERT_TRUE(account.AddFault({.action = mock::DuplicateReply{}, .times = 2}));
  auto client = Whitebit(account);
  ASSERT_TRUE(client.ListOcos());
  EXPECT_TRUE(client.PlaceOco(WhitebitOrder()));
  EXPECT_EQ(client.ListOcos()->size(), 1U);
}

// The bytes of the account's last reply, as it went out.
std::size_t SizeOfLastReply(const mock::AccountHandle& account) {
  const mock::Response response = account.Journal().back().response;
  std::string head = "HTTP/1.1 200 OK\r\n";
  for (const mock::Header& header : response.headers) {
    head += header.name + ": " + header.value + "\r\n";
  }
  head += "Content-Length: " + std::to_string(response.body.size()) +
          "\r\nConnection: keep-alive\r\n\r\n";
  return head.size() + response.body.size();
}

// The second copy of the list's reply comes when the order is under way, and is read in its place.
void DuplicateLate(mock::AccountHandle& account) {
  ASSERT_TRUE(account.AddFault({.action = mock::DuplicateReply{}, .times = 1}));
  ASSERT_TRUE(account.AddFault(
      {.action = mock::SlowDrip{.bytes = SizeOfLastReply(account), .interval = milliseconds(300)},
       .times = 1}));
}

TEST_P(FaultsEndToEnd, WhitebitALateDuplicateReplyIsReconciledToOnePair) {
  auto account = Account(mock::Venue::kWhitebit);
  auto client = Whitebit(account);
  ASSERT_TRUE(client.ListOcos());
  DuplicateLate(account);
  ASSERT_TRUE(client.ListOcos());
  const auto placed = client.PlaceOco(WhitebitOrder());
  ASSERT_FALSE(placed);
  EXPECT_TRUE(placed.error().outcome_unknown) << placed.error().message;
  const auto found = client.Reconcile(WhitebitOrder(), placed.error().sent_at);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(account.Orders().size(), 1U);
}

TEST_P(FaultsEndToEnd, BingxALateDuplicateReplyIsReconciledToOnePair) {
  auto account = Account(mock::Venue::kBingx);
  auto client = Bingx(account);
  ASSERT_TRUE(client.ListOpenOcos());
  DuplicateLate(account);
  ASSERT_TRUE(client.ListOpenOcos());
  const auto placed = client.PlaceOco(BingxOrder());
  ASSERT_FALSE(placed);
  EXPECT_TRUE(placed.error().outcome_unknown) << placed.error().message;
  const auto found = client.Reconcile(BingxOrder(), placed.error().sent_at);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(account.Orders().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Dialects, FaultsEndToEnd,
                         ::testing::Values(mock::Dialect::kDocs, mock::Dialect::kLive),
                         [](const auto& dialect) {
                           return dialect.param == mock::Dialect::kDocs ? "Docs" : "Live";
                         });

}  // namespace
}  // namespace ocokit
