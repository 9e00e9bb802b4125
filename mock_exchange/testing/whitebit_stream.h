#pragma once

// An account of WhiteBIT whose clock stands, and streams of it, without sockets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/testing/signed_request.h"
#include "mock_exchange/testing/stream_fixture.h"
#include "mock_exchange/whitebit/streams/stream.h"
#include "mock_exchange/whitebit/venue.h"

namespace ocokit::mock::testing {

class WhitebitStreamTest : public ::testing::Test {
 protected:
  // Numbers of orders and trades follow from the account's seed.
  WhitebitStreamTest()
      : account_(std::make_shared<Account>(
            CompleteOptions(
                {.venue = Venue::kWhitebit, .frozen_at = FromUnixMillis(1'700'000'000'000)}, 1)
                .value(),
            std::make_shared<ManualClock>(FromUnixMillis(0)))),
        host_(account_) {
    account_->settings.rate_limits = false;
  }

  // A connection.
  std::unique_ptr<StreamClient> Open() {
    return std::make_unique<StreamClient>(
        std::make_shared<whitebit::WhitebitStream>(host_, account_, Request()));
  }
  // One that has been authorized.
  std::unique_ptr<StreamClient> OpenPrivate() {
    auto client = Open();
    client->Ask(R"({"id":0,"method":"authorize","params":[")" + Token() + R"(","public"]})");
    return client;
  }
  std::string Token() {
    const std::string body = Rest("/api/v4/profile/websocket_token");
    return body.substr(body.find("$2y"), 60);
  }
  // Its one reply and nothing else: that it has been subscribed to, and no error.
  static void Subscribe(StreamClient& client, const std::string& channel,
                        const std::string& params) {
    EXPECT_THAT(client.Ask(Frame(channel + "_subscribe", params)), ::testing::Contains(kSuccess));
  }
  static std::string Frame(const std::string& method, const std::string& params) {
    return R"({"id":1,"method":")" + method + R"(","params":)" + params + "}";
  }
  static constexpr char kSuccess[] = R"({"error": null, "result": {"status": "success"}, "id": 1})";
  static std::string Failure(int code, const std::string& message) {
    return R"({"error": {"code": )" + std::to_string(code) + R"(, "message": ")" + message +
           R"("}, "result": null, "id": 1})";
  }
  static std::string Push(const std::string& channel, const std::string& params) {
    return R"({"method": ")" + channel + R"(_update", "params": )" + params + R"(, "id": null})";
  }

  // A signed call; `members` are those beside request and nonce.
  std::string Rest(const std::string& path, const std::string& members = "") {
    const AccountLock lock(*account_);
    const Request request = SignedWhitebit(*account_, path, members, ++nonce_);
    return whitebit::WhitebitApi().Handle(request, account_.get(), *account_).response.body;
  }
  void SetLast(const char* symbol, const char* price, const char* fill_share = "1") {
    const AccountLock lock(*account_);
    account_->SetLast(account_->engine.FindMarket(symbol).value(), Decimal::Parse(price).value(),
                      Decimal::Parse(fill_share).value(), account_->Rules(std::nullopt),
                      account_->clock.Now());
  }
  void SetBook(const char* symbol, OrderBook book) {
    const AccountLock lock(*account_);
    const std::uint32_t market = account_->engine.FindMarket(symbol).value();
    account_->SetBook(market, ReadBook(book, account_->engine.markets()[market].spec).value());
  }
  void Advance(milliseconds by) {
    const AccountLock lock(*account_);
    account_->clock.Advance(by);
  }

  std::shared_ptr<Account> account_;
  OneAccountHost host_;
  std::int64_t nonce_ = 0;
};

}  // namespace ocokit::mock::testing
