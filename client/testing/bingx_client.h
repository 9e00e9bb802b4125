#pragma once

// bingx::Client over a scripted transport and a clock that moves only when told.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/testing/decimal.h"
#include "client/testing/fake_transport.h"
#include "ocokit/client/bingx.h"

namespace ocokit::client::bingx {

inline constexpr std::int64_t kNow = 1'700'000'000'000;
inline constexpr const char* kListId = "12345610033";

inline PlaceOcoRequest ExampleOco() {
  PlaceOcoRequest r;
  r.symbol = "BTC-USDT";
  r.side = Side::kBuy;
  r.quantity = D("0.001");
  r.limit_price = D("48000");
  r.order_price = D("88000");
  r.trigger_price = D("87000");
  r.list_client_order_id = kListId;
  return r;
}

inline std::string LegJson(const char* type, const char* list_id) {
  return std::string(R"({"orderId":"18279636249629163)") + (type[3] == 'L' ? "52" : "53") +
         R"(","clientOrderId":"","symbol":"BTC-USDT","orderType":")" + type +
         R"(","side":"BUY","triggerPrice":0,"price":48000,"quantity":0.001,"orderListId":")" +
         list_id + R"("})";
}

inline std::string PairJson(const char* list_id = kListId) {
  return R"({"code":0,"msg":"","debugMsg":"","data":[)" + LegJson("ocoTps", list_id) + "," +
         LegJson("ocoLimit", list_id) + "]}";
}

inline constexpr const char* kNone = R"({"code":0,"msg":"","debugMsg":"","data":[]})";
inline constexpr const char* kNotExist =
    R"({"code":100404,"msg":" order not exist","debugMsg":""})";
inline constexpr const char* kBadTimestamp =
    R"({"code":100421,"msg":"Null timestamp or timestamp mismatch","timestamp":1700000000000})";
inline constexpr const char* kBusy =
    R"({"code":100410,"msg":"rate limited","timestamp":1700000000000})";

inline std::string TimeJson(std::int64_t ms) {
  return R"({"code":0,"msg":"","debugMsg":"","data":{"serverTime":)" + std::to_string(ms) + "}}";
}

class BingxClientTest : public ::testing::Test {
 protected:
  BingxClientTest() {
    options_.clock = clock_;
    options_.post_format = ParamFormat::kQuery;
  }

  Client Make() {
    return Client::Make(options_, Credentials("my-key", "my-secret"), transport_).value();
  }

  // The path of every request, in order.
  std::vector<std::string> Paths() const {
    std::vector<std::string> paths;
    for (const HttpRequest& r : transport_->sent()) {
      const std::string path = r.target.substr(0, r.target.find('?'));
      paths.push_back(path.substr(path.rfind('/') + 1));
    }
    return paths;
  }
  milliseconds Elapsed() const {
    return std::chrono::duration_cast<milliseconds>(clock_->Now() - FromUnixMillis(kNow));
  }
  static std::string TimestampOf(const HttpRequest& r) {
    const std::size_t at = r.target.find("timestamp=");
    return r.target.substr(at + 10, 13);
  }

  using Strings = std::vector<std::string>;
  std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(FromUnixMillis(kNow));
  std::shared_ptr<testing::FakeTransport> transport_ = std::make_shared<testing::FakeTransport>();
  ClientOptions options_;
};

}  // namespace ocokit::client::bingx
