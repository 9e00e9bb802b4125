#pragma once

// whitebit::Client over a scripted transport and a clock that moves only when told.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "client/testing/fake_transport.h"
#include "ocokit/client/whitebit.h"

namespace ocokit::client::whitebit {

inline constexpr std::int64_t kNow = 1'700'000'000'000;

inline PlaceOcoRequest ExampleOco() {
  PlaceOcoRequest r;
  r.market = "BTC_USDT";
  r.side = Side::kBuy;
  r.amount = Decimal::FromParts(1, 3).value();
  r.price = Decimal(40000);
  r.activation_price = Decimal(41000);
  r.stop_limit_price = Decimal(42000);
  r.client_order_id = "order1987111";
  return r;
}

inline std::string LegJson(int id, const char* type, const char* price, const std::string& extra,
                           const std::string& placed_at, const std::string& client_id) {
  return R"({"order_id":)" + std::to_string(id) + R"(,"client_order_id":")" + client_id +
         R"(","market":"BTC_USDT","side":"buy","type":")" + type + R"(","timestamp":)" + placed_at +
         R"(,"amount":"0.001","left":"0.001","price":")" + price + '"' + extra + "}";
}

// A group like ExampleOco(), placed at `placed_at` (Unix seconds).
inline std::string GroupJson(int id, const std::string& placed_at = "1700000000",
                             const std::string& client_id = "") {
  return R"({"id":)" + std::to_string(id) + R"(,"type":"oco","stop_loss":)" +
         LegJson(id + 1, "stop limit", "42000", R"(,"activation_price":"41000","activated":0)",
                 placed_at, client_id) +
         R"(,"take_profit":)" + LegJson(id + 2, "limit", "40000", "", placed_at, client_id) + "}";
}

inline std::string PageJson(const std::vector<std::string>& groups, int total = -1) {
  std::string body = R"({"limit":100,"offset":0,"total":)" +
                     std::to_string(total < 0 ? static_cast<int>(groups.size()) : total) +
                     R"(,"records":[)";
  for (std::size_t i = 0; i < groups.size(); ++i) body += (i == 0 ? "" : ",") + groups[i];
  return body + "]}";
}

// Ended orders: of a pair like ExampleOco() for each time (Unix seconds), the take-profit filled.
inline std::string HistoryJson(const std::vector<std::string>& placed_at) {
  std::string body;
  for (const std::string& time : placed_at) {
    const auto entry = [&](const char* id, const char* price, const std::string& extra) {
      body += std::string(body.empty() ? "" : ",") + R"({"id":)" + id + R"(,"clientOrderId":"",)" +
              R"("side":"buy","type":"limit","ctime":)" + time + R"(,"ftime":)" + time +
              R"(,"amount":"0.001","price":")" + price + '"' + extra + "}";
    };
    entry("11", "42000",
          R"(,"status":"CANCELED","dealStock":"0","activated":0,"activationPrice":"41000",)"
          R"("activationCondition":">=")");
    entry("12", "40000", R"(,"status":"FILLED","dealStock":"0.001","dealMoney":"40")");
  }
  return R"({"BTC_USDT":[)" + body + "]}";
}

inline constexpr const char* kIdInUse =
    R"({"code":36,"errors":{"clientOrderId":["This client order id is already used by the )"
    R"(current account."]},"message":"Validation failed"})";
inline constexpr const char* kNonceRefused =
    R"({"code":0,"errors":{},"message":"Too many requests."})";
inline constexpr const char* kNoBalance =
    R"({"code":10,"errors":{"amount":["Not enough balance."]},)"
    R"("message":"Inner validation failed"})";

inline std::int64_t NonceOf(const HttpRequest& r) {
  return std::stoll(r.body.substr(r.body.find("\"nonce\":") + 8, 13));
}

class WhitebitClientTest : public ::testing::Test {
 protected:
  WhitebitClientTest() { options_.clock = clock_; }

  Client Make() {
    return Client::Make(options_, Credentials("my-key", "my-secret"), transport_).value();
  }
  // The last part of every request's path, in order.
  std::vector<std::string> Paths() const {
    std::vector<std::string> paths;
    for (const HttpRequest& r : transport_->sent()) {
      paths.push_back(r.target.substr(r.target.rfind('/') + 1));
    }
    return paths;
  }
  milliseconds Elapsed() const {
    return std::chrono::duration_cast<milliseconds>(clock_->Now() - FromUnixMillis(kNow));
  }

  using Strings = std::vector<std::string>;
  std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(FromUnixMillis(kNow));
  std::shared_ptr<testing::FakeTransport> transport_ = std::make_shared<testing::FakeTransport>();
  ClientOptions options_;
};

}  // namespace ocokit::client::whitebit
