// Accounts as tenants: hundreds in one server, used from many threads and dropped, each as if it
// were alone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "ocokit/base/encoding.h"
#include "ocokit/client/bingx_signer.h"
#include "ocokit/client/http_transport.h"
#include "ocokit/client/whitebit_signer.h"
#include "ocokit/mock/server.h"

namespace ocokit {
namespace {

constexpr int kAccounts = 200;
constexpr int kThreads = 8;
constexpr int kRounds = 6;
constexpr std::int64_t kNowMs = 1'700'000'000'000;

// One account and its bot, which keeps every byte it was answered.
class Tenant {
 public:
  Tenant(mock::Server& server, int number) : number_(number) {
    mock::AccountOptions options;
    options.venue = number % 2 == 0 ? mock::Venue::kBingx : mock::Venue::kWhitebit;
    options.dialect = number % 4 < 2 ? mock::Dialect::kDocs : mock::Dialect::kLive;
    options.seed = static_cast<std::uint64_t>(1000 + number);
    options.key = "key-" + std::to_string(number);
    options.secret = "secret-" + std::to_string(number);
    options.frozen_at = FromUnixMillis(kNowMs + number);
    account_ = std::make_unique<mock::AccountHandle>(server.AddAccount(options).value());
    mock::PriceWalk walk;
    walk.every = milliseconds(100);
    walk.steps = 1000;
    walk.max_step = Decimal(400);
    EXPECT_TRUE(account_->StartWalk(market(), walk));
    transport_ = *client::MakeHttpTransport({.base_url = server.url()});
  }

  // Places a pair a little away from the price, lets time pass, and lists.
  void Round() {
    const std::int64_t amount = number_ % 7 + 1;
    if (bingx()) {
      Bingx(client::HttpMethod::kPost, "/openApi/spot/v1/oco/order",
            {{"limitPrice", Decimal(63000)},
             {"orderPrice", Decimal(65500)},
             {"quantity", Decimal::FromParts(amount, 2).value()},
             {"triggerPrice", Decimal(65000)}});
    } else {
      Whitebit("/api/v4/order/collateral/oco",
               R"(,"market":"BTC_USDT","side":"buy","amount":"0.0)" + std::to_string(amount) +
                   R"(","price":"39900","activation_price":"41000","stop_limit_price":"41500")");
    }
    account_->Advance(milliseconds(1700));
    if (bingx()) {
      Bingx(client::HttpMethod::kGet, "/openApi/spot/v1/oco/historyOrderList", {});
      Bingx(client::HttpMethod::kGet, "/openApi/spot/v1/account/balance", {});
    } else {
      Whitebit("/api/v4/conditional-orders", "");
      Whitebit("/api/v4/collateral-account/balance", "");
    }
  }

  void Leave(mock::Server& server) {
    EXPECT_TRUE(server.RemoveAccount(account_->venue(), account_->key()));
  }

  [[nodiscard]] const std::vector<std::string>& replies() const { return replies_; }

 private:
  [[nodiscard]] bool bingx() const { return number_ % 2 == 0; }
  [[nodiscard]] std::string market() const { return bingx() ? "BTC-USDT" : "BTC_USDT"; }

  void Bingx(client::HttpMethod method, const std::string& path,
             const std::vector<std::pair<const char*, Decimal>>& numbers) {
    client::bingx::Params params;
    for (const auto& [name, value] : numbers) params.Add(name, value);
    if (method == client::HttpMethod::kPost) {
      params.Add("side", "BUY");
      params.Add("symbol", "BTC-USDT");
    } else {
      params.Add("pageIndex", 1);
      params.Add("pageSize", 50);
    }
    params.Add("timestamp", ToUnixMillis(account_->Now()));
    const client::bingx::Signer signer(account_->secret());
    client::HttpRequest request;
    request.method = method;
    request.target = path + "?" + signer.WriteSigned(params, client::bingx::ParamFormat::kQuery);
    request.headers = {{"X-BX-APIKEY", account_->key()}};
    Send(request);
  }

  void Whitebit(const std::string& path, const std::string& members) {
    client::HttpRequest request;
    request.method = client::HttpMethod::kPost;
    request.target = path;
    request.content_type = "application/json";
    request.body =
        R"({"request":")" + path + R"(","nonce":)" + std::to_string(++nonce_) + members + "}";
    const client::whitebit::Signer signer(account_->secret());
    const auto headers = signer.Sign(request.body);
    request.headers = {{"X-TXC-APIKEY", account_->key()},
                       {"X-TXC-PAYLOAD", headers.payload},
                       {"X-TXC-SIGNATURE", headers.signature}};
    Send(request);
  }

  void Send(const client::HttpRequest& request) {
    const auto reply = transport_->Send(request);
    ASSERT_TRUE(reply) << reply.error().message;
    replies_.push_back(std::to_string(reply->status) + " " + reply->body);
  }

  int number_;
  std::int64_t nonce_ = kNowMs;
  std::unique_ptr<mock::AccountHandle> account_;
  std::shared_ptr<client::Transport> transport_;
  std::vector<std::string> replies_;
};

// What the account with this number is answered when nobody else is there.
std::vector<std::string> Alone(int number) {
  const auto server = mock::Server::Start({.default_accounts = false}).value();
  Tenant tenant(*server, number);
  for (int round = 0; round < kRounds; ++round) tenant.Round();
  return tenant.replies();
}

TEST(Tenants, TwoHundredAccountsOnEightThreadsEachSeeOnlyThemselves) {
  const auto server = mock::Server::Start({.threads = 4}).value();
  std::vector<std::vector<std::string>> got(kAccounts);
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      std::vector<Tenant> tenants;
      for (int number = thread; number < kAccounts; number += kThreads) {
        tenants.emplace_back(*server, number);
      }
      // Taking turns, so that no account's requests stand together.
      for (int round = 0; round < kRounds; ++round) {
        for (Tenant& tenant : tenants) tenant.Round();
      }
      int number = thread;
      for (Tenant& tenant : tenants) {
        tenant.Leave(*server);
        got[static_cast<std::size_t>(number)] = tenant.replies();
        number += kThreads;
      }
    });
  }
  threads.clear();
  for (int number = 0; number < kAccounts; ++number) {
    const std::vector<std::string>& replies = got[static_cast<std::size_t>(number)];
    ASSERT_EQ(replies.size(), 3U * kRounds) << number;
    // A handful is enough to hold against a server of its own; all have answered something.
    if (number % 25 < 4) {
      EXPECT_EQ(replies, Alone(number)) << number;
    }
    EXPECT_THAT(replies.front(), ::testing::StartsWith("200 ")) << number;
  }
  EXPECT_NE(got[0], got[8]);
  EXPECT_FALSE(server->FindAccount(mock::Venue::kBingx, "key-0"));
  EXPECT_TRUE(server->FindAccount(mock::Venue::kBingx, "test-key"));
}

}  // namespace
}  // namespace ocokit
