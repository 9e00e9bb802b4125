// The calls of single orders with more orders than a literal conversation holds, and with ranges
// that no one asks for in earnest.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/bingx/orders/answer.h"
#include "mock_exchange/bingx/venue.h"
#include "mock_exchange/json/reader.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::bingx {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kBegin = 1'700'000'000'000;

class BingxOrdersTest : public ::testing::Test {
 protected:
  BingxOrdersTest()
      : clock_(std::make_shared<ManualClock>(FromUnixMillis(kBegin))),
        account_(CompleteOptions({.venue = Venue::kBingx}, 1).value(), clock_) {
    account_.settings.rate_limits = false;
  }

  void Place(int count) {
    engine::PairCommand command;
    command.amount = Decimal::Parse("0.001").value();
    command.limit_price = Decimal(48000);
    command.trigger_price = Decimal(87000);
    command.stop_price = Decimal(86000);
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(account_.engine.Place(command, account_.Rules(std::nullopt), *account_.ids,
                                        account_.clock.Now()));
    }
  }
  void SetLast(std::int64_t price) {
    account_.engine.SetLast(0, Decimal(price), Decimal(1), account_.Rules(std::nullopt),
                            account_.clock.Now());
  }
  std::string Get(const std::string& path, const std::string& params = "") {
    const std::string text = params + "timestamp=" + std::to_string(kBegin);
    Request request;
    request.method = "GET";
    request.target = "/openApi/spot/v1/trade/" + path + "?" + text +
                     "&signature=" + FormatHex(account_.sha256.Sign(text));
    request.headers = {{"X-BX-APIKEY", account_.options.key}};
    request.remote_ip = "10.0.0.1";
    return BingxApi().Handle(request, &account_, account_).response.body;
  }
  // How many elements `list` has in the data of a reply.
  static std::size_t Count(const std::string& body, std::string_view list) {
    const JsonValue reply = ReadJson(body).value();
    return reply.Find("data")->Find(list)->members.size();
  }

  std::shared_ptr<ManualClock> clock_;
  Account account_;
};

TEST_F(BingxOrdersTest, OpenOrdersAre2000AtMost) {
  Place(1);
  SetLast(87000);  // leaves one leg of it
  SetLast(86500);
  Place(1001);
  EXPECT_EQ(Count(Get("openOrders"), "orders"), 2000U);
}

TEST_F(BingxOrdersTest, HistoryPagesMeetWithoutGapOrOverlap) {
  Place(70);
  SetLast(48000);
  std::set<std::string> seen;
  for (int page = 1; page <= 5; ++page) {
    const std::string body =
        Get("historyOrders", "pageIndex=" + std::to_string(page) + "&pageSize=33&");
    const JsonValue reply = ReadJson(body).value();
    const auto& orders = reply.Find("data")->Find("orders")->members;
    EXPECT_EQ(orders.size(), page < 5 ? 33U : 8U);
    for (const JsonValue& order : orders) seen.insert(order.Find("orderId")->text);
  }
  EXPECT_EQ(seen.size(), 140U);
}

TEST_F(BingxOrdersTest, ExecutionsAre500UnlessAskedForOtherwise) {
  Place(600);
  SetLast(48000);
  EXPECT_EQ(Count(Get("myTrades", "symbol=BTC-USDT&"), "fills"), 500U);
  EXPECT_EQ(Count(Get("myTrades", "limit=1000&symbol=BTC-USDT&"), "fills"), 600U);
  const std::string from = Get("myTrades", "fromId=1000001&limit=1&symbol=BTC-USDT&");
  EXPECT_THAT(from, HasSubstr("\"id\":1000001,"));
  EXPECT_THAT(Get("myTrades", "limit=1&symbol=BTC-USDT&"), HasSubstr("\"id\":1000600,"));
}

TEST_F(BingxOrdersTest, TimesAtTheEdgesOfTheirTypeAreJustEmptyRanges) {
  Place(1);
  SetLast(48000);
  for (const char* range :
       {"endTime=-9223372036854775808&", "endTime=0&", "startTime=9223372036854775807&",
        "endTime=-9223372036854775808&startTime=9223372036854775807&"}) {
    EXPECT_EQ(Count(Get("myTrades", std::string(range) + "symbol=BTC-USDT&"), "fills"), 0U)
        << range;
    EXPECT_EQ(Count(Get("historyOrders", range), "orders"), 0U) << range;
  }
  EXPECT_THAT(Get("historyOrders", "endTime=9223372036854775808&"), HasSubstr("arguments invalid"));
}

}  // namespace
}  // namespace ocokit::mock::bingx
