// The simulator in a test's process, as the client library meets it.

#include "ocokit/mock/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <mutex>

#include "base/testing/decimal.h"
#include "base/testing/temporary_folder.h"
#include "ocokit/client/bingx.h"
#include "ocokit/client/http_transport.h"
#include "ocokit/client/whitebit.h"

namespace ocokit {
namespace {

namespace bingx = client::bingx;
namespace whitebit = client::whitebit;
using client::ErrorKind;

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

TEST(ServerEndToEnd, AnAccountOutlivesItsServer) {
  const testing::TemporaryFolder folder;
  mock::ServerOptions options;
  options.state_file = folder.path() / "state";
  whitebit::GroupId group{0};
  for (const bool again : {false, true}) {
    SCOPED_TRACE(again ? "the second server" : "the first server");
    const auto server = mock::Server::Start(options).value();
    EXPECT_EQ(server->restored_accounts(), again ? 2U : 0U);
    auto client = whitebit::Client::Make({.base_url = server->url()}, {"test-key", "test-secret"});
    auto account = server->FindAccount(mock::Venue::kWhitebit, "test-key").value();
    whitebit::PlaceOcoRequest request{.market = "BTC_USDT",
                                      .side = whitebit::Side::kBuy,
                                      .amount = Decimal(1),
                                      .price = Decimal(40000),
                                      .activation_price = Decimal(41000),
                                      .stop_limit_price = Decimal(42000)};
    request.client_order_id = "mine";
    if (!again) {
      const auto placed = client->PlaceOco(request);
      ASSERT_TRUE(placed) << placed.error().message;
      group = placed->id;
      ASSERT_TRUE(account.SetLast("BTC_USDT", Decimal(40500)));
    } else {
      // It finds what it had placed, and what it now places is another.
      const auto found = client->Reconcile(request);
      ASSERT_TRUE(found) << found.error().message;
      EXPECT_EQ(found->id, group);
      request.client_order_id = "another";
      const auto placed = client->PlaceOco(request);
      ASSERT_TRUE(placed) << placed.error().message;
      // The first had ended in order: numbers go on where they were.
      EXPECT_EQ(static_cast<std::uint64_t>(placed->id), static_cast<std::uint64_t>(group) + 3);
      ASSERT_TRUE(account.SetLast("BTC_USDT", Decimal(40000)));
      for (const mock::PairView& pair : account.Orders()) {
        EXPECT_EQ(pair.limit.state, mock::LegState::kFilled);
      }
      EXPECT_EQ(account.Orders().size(), 2U);
    }
    server->Stop();
    ASSERT_TRUE(server->SaveState());
  }
  // Without a file there is nothing to keep.
  EXPECT_FALSE(mock::Server::Start().value()->SaveState());
}

TEST(ServerEndToEnd, WhatAKilledServerMayHaveGivenOutIsNotGivenOutAgain) {
  const testing::TemporaryFolder folder;
  mock::ServerOptions options;
  options.state_file = folder.path() / "state";
  std::vector<std::uint64_t> ids;
  for (const bool again : {false, true}) {
    const auto server = mock::Server::Start(options).value();
    auto client = whitebit::Client::Make({.base_url = server->url()}, {"test-key", "test-secret"});
    // Kept before the placement, and not again: as if the server had been killed after it.
    ASSERT_TRUE(server->SaveState());
    const auto placed = client->PlaceOco({.market = "BTC_USDT",
                                          .side = whitebit::Side::kBuy,
                                          .amount = Decimal(1),
                                          .price = Decimal(40000),
                                          .activation_price = Decimal(41000),
                                          .stop_limit_price = Decimal(42000)});
    ASSERT_TRUE(placed) << placed.error().message;
    ids.push_back(static_cast<std::uint64_t>(placed->id));
    const auto entries =
        server->FindAccount(mock::Venue::kWhitebit, "test-key")->Journal({.limit = 1});
    EXPECT_EQ(entries.at(0).seq, again ? 1'000'001U : 1U);
  }
  EXPECT_EQ(ids[1], ids[0] + 1'000'000);
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

TEST(ServerEndToEnd, CallsThatNameNobodyAreNobodys) {
  const auto server = mock::Server::Start({.default_accounts = false}).value();
  mock::AccountOptions options;
  options.venue = mock::Venue::kBingx;
  options.dialect = mock::Dialect::kLive;
  auto first = server->AddAccount(options).value();
  auto second = server->AddAccount(options).value();
  ASSERT_TRUE(first.SetLast("BTC-USDT", Decimal(1)));
  auto transport = *client::MakeHttpTransport({.base_url = server->url()});
  const auto get = [&](const std::string& target, const std::string& key = "") {
    client::HttpRequest request;
    request.target = target;
    if (!key.empty()) request.headers = {{"X-BX-APIKEY", key}};
    return transport->Send(request)->body;
  };
  // Neither account's price is shown, and their number is counted in no window: there are 500
  // in ten seconds for one address.
  const std::string ticker = "/openApi/spot/v1/ticker/price?symbol=BTC-USDT";
  EXPECT_THAT(get(ticker), ::testing::HasSubstr("64000"));
  for (int i = 0; i < 600; ++i) get("/openApi/spot/v1/server/time");
  EXPECT_THAT(get(ticker), ::testing::HasSubstr("64000"));
  EXPECT_THAT(get(ticker, first.key()), ::testing::HasSubstr(R"("1")"));
  // In the dialect that all accounts share.
  const std::string balance = "/openApi/spot/v1/account/balance";
  EXPECT_THAT(get(balance, "none"), ::testing::HasSubstr("Incorrect apiKey, please check"));
  options.dialect = mock::Dialect::kDocs;
  ASSERT_TRUE(server->AddAccount(options));
  EXPECT_THAT(get(balance, "none"), ::testing::HasSubstr(R"("Incorrect apiKey")"));
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

TEST(ServerEndToEnd, ListensToOthersOnlyWithAControlToken) {
  mock::ServerOptions options;
  options.host = "0.0.0.0";
  auto refused = mock::Server::Start(options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ocokit::ErrorKind::kInvalidArgument);
  EXPECT_THAT(refused.error().message, ::testing::HasSubstr("control_token"));
  options.host = "127.0.0.1";
  options.tls = mock::TlsOptions{.host = "0.0.0.0"};
  EXPECT_FALSE(mock::Server::Start(options));
  options.control_token = "a token";
  EXPECT_FALSE(mock::Server::Start(options));
  options.control_token = "token";
  EXPECT_TRUE(mock::Server::Start(options));
}

TEST(ServerEndToEnd, ServesTheSameAccountsInTls) {
  mock::ServerOptions options;
  options.tls = mock::TlsOptions{};
  const auto server = mock::Server::Start(options).value();
  EXPECT_THAT(server->tls_url(), ::testing::StartsWith("https://127.0.0.1:"));
  const std::string file = ::testing::TempDir() + "/ocokit-server-test.pem";
  std::ofstream(file) << server->tls_certificate();
  const std::shared_ptr<client::Transport> transport =
      *client::MakeHttpTransport({.base_url = server->tls_url(), .ca_file = file});
  auto client = bingx::Client::Make({}, client::Credentials("test-key", "test-secret"), transport);
  ASSERT_TRUE(client);
  EXPECT_TRUE(client->ListOpenOcos());
  EXPECT_EQ(server->FindAccount("bingx-1").value().LastSeq(), 1U);
  std::remove(file.c_str());
}

TEST(ServerEndToEnd, AnAccountIsFoundListedDiagnosedAndReset) {
  const auto server = mock::Server::Start().value();
  const auto added = server->AddAccount({.venue = mock::Venue::kBingx}).value();
  EXPECT_EQ(added.id(), "bingx-2");
  std::vector<std::string> ids;
  for (const mock::AccountHandle& account : server->Accounts()) ids.push_back(account.id());
  EXPECT_THAT(ids, ::testing::ElementsAre("bingx-1", "whitebit-1", "bingx-2"));
  auto account = server->FindAccount("bingx-2").value();
  auto client = bingx::Client::Make({.base_url = server->url()}, {added.key(), added.key()});
  EXPECT_FALSE(client->ListOpenOcos());
  const std::vector<mock::JournalEntry> journal = account.Journal();
  ASSERT_EQ(journal.size(), 1U);
  EXPECT_EQ(journal.front().diagnosis->id, "api_key_as_secret");
  // A key that is nobody's, where two accounts could be meant.
  auto stranger = bingx::Client::Make({.base_url = server->url()}, {"stranger", "secret"});
  EXPECT_FALSE(stranger->ListOpenOcos());
  ASSERT_EQ(server->Strays().size(), 1U);
  EXPECT_EQ(server->Strays().front().decision.rule, "api_key");
  ASSERT_TRUE(account.SetBalances({{"USDT", Decimal(1)}}));
  account.Reset();
  EXPECT_EQ(account.Balance("USDT").free, Decimal(1'000'000));
  EXPECT_TRUE(account.Journal().empty());
  EXPECT_EQ(account.LastSeq(), 1U);
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
