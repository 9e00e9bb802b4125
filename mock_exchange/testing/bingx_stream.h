#pragma once

// BingxStreamTest: an account of BingX with a clock that stands, and streams of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/bingx/streams/stream.h"
#include "mock_exchange/testing/stream_fixture.h"

namespace ocokit::mock::bingx {

class BingxStreamTest : public ::testing::Test {
 protected:
  static constexpr std::int64_t kNow = 1'700'000'000'000;
  using Texts = std::vector<std::string>;

  BingxStreamTest() : account_(MakeAccount()) {
    account_->stream_keys.Add("the-key", FromUnixMillis(kNow) + std::chrono::hours(1),
                              FromUnixMillis(kNow));
  }

  static std::shared_ptr<Account> MakeAccount() {
    AccountOptions options;
    options.venue = Venue::kBingx;
    options.key = "test-key";
    options.secret = "test-secret";
    options.frozen_at = FromUnixMillis(kNow);
    options.first_ids = {1812112568701845504, 1812112568701845505, 1812112568701845506,
                         1812112568701845507, 1812112568701845508};
    return std::make_shared<Account>(CompleteOptions(options, 1).value(),
                                     std::make_shared<ManualClock>(FromUnixMillis(kNow)));
  }

  // A client with the account's listenKey, or without one.
  [[nodiscard]] std::unique_ptr<testing::StreamClient> Open(const std::string& key = "the-key") {
    return std::make_unique<testing::StreamClient>(
        std::make_shared<BingxStream>(host_, account_, "127.0.0.1", key));
  }
  static std::string Sub(const std::string& topic, const std::string& id = "1") {
    return R"({"id":")" + id + R"(","reqType":"sub","dataType":")" + topic + "\"}";
  }
  static std::string Ack(const std::string& id = "1", std::int64_t at = kNow) {
    return R"({"code":0,"id":")" + id + R"(","msg":"SUCCESS","timestamp":)" + std::to_string(at) +
           "}";
  }

  void Advance(std::chrono::milliseconds time) {
    const AccountLock lock(*account_);
    account_->clock.Advance(time);
  }
  void SetLast(const char* price, const char* share = "1") {
    const AccountLock lock(*account_);
    account_->SetLast(0, Number(price), Number(share), account_->Rules(std::nullopt),
                      account_->clock.Now());
  }
  static Decimal Number(const char* text) { return Decimal::Parse(text).value(); }
  static engine::OrderCommand AtMarket(const char* amount) {
    engine::OrderCommand order;
    order.type = engine::OrderType::kMarket;
    order.amount = Number(amount);
    return order;
  }
  engine::OrderId Place(engine::OrderCommand command) {
    const AccountLock lock(*account_);
    return account_->engine
        .Place(command, account_->Rules(std::nullopt), *account_->ids, account_->clock.Now())
        .value()
        ->single()
        .id;
  }
  void Cancel(engine::OrderId id) {
    const AccountLock lock(*account_);
    account_->Cancel(*account_->engine.orders().FindOrder(id)->list, account_->clock.Now());
  }

  std::shared_ptr<Account> account_;
  testing::OneAccountHost host_;
};

}  // namespace ocokit::mock::bingx
