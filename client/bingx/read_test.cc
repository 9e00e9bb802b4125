#include "client/bingx/read.h"

#include <gtest/gtest.h>

#include <string>

#include "ocokit/base/text.h"

namespace ocokit::client::bingx {
namespace {

// The reply example of "Create an OCO Order".
constexpr std::string_view kPlaced =
    R"({"code":0,"msg":"","debugMsg":"","data":[)"
    R"({"transactionTime":0,"orderId":"1827963624962916352","clientOrderId":"12345610034",)"
    R"("symbol":"BTC-USDT","orderType":"ocoLimit","side":"BUY","triggerPrice":0,"price":48000,)"
    R"("quantity":0.001,"orderListId":"12345610033","status":""},)"
    R"({"transactionTime":1724656554890,"orderId":"1827963624962916353",)"
    R"("clientOrderId":"12345610035","symbol":"BTC-USDT","orderType":"ocoTps","side":"BUY",)"
    R"("triggerPrice":87000,"price":88000,"quantity":0.001,"orderListId":"12345610033",)"
    R"("status":"NEW"}]})";

HttpResponse Ok(std::string_view body) { return {200, {}, std::string(body)}; }

TEST(BingxRead, KeepsEveryMember) {
  const auto pair = ReadPlaced(Ok(kPlaced));
  ASSERT_TRUE(pair) << pair.error().message;
  EXPECT_EQ(pair->order_list_id, "12345610033");
  Leg want{.order_id = "1827963624962916352",
           .client_order_id = "12345610034",
           .order_list_id = "12345610033",
           .symbol = "BTC-USDT",
           .type = LegType::kLimit,
           .side = Side::kBuy,
           .price = Decimal(48000),
           .quantity = Decimal::FromParts(1, 3).value()};
  EXPECT_EQ(pair->limit, want);
  want = {.order_id = "1827963624962916353",
          .client_order_id = "12345610035",
          .order_list_id = "12345610033",
          .symbol = "BTC-USDT",
          .type = LegType::kStopLimit,
          .side = Side::kBuy,
          .price = Decimal(88000),
          .trigger_price = Decimal(87000),
          .quantity = Decimal::FromParts(1, 3).value(),
          .status = OrderStatus::kNew,
          .status_text = "NEW",
          .transaction_time = FromUnixMillis(1724656554890)};
  EXPECT_EQ(pair->stop_limit, want);
}

TEST(BingxRead, TakesOtherSpellings) {
  struct Case {
    const char* from;
    const char* to;
  };
  const Case same[] = {
      {R"("orderType":"ocoLimit")", R"("spotOrderType":"ocoLimit")"},
      {R"("price":48000)", R"("price":"48000.00")"},
      {R"("quantity":0.001)", R"("quantity":1e-3)"},
      {R"("orderId":"1827963624962916352")", R"("orderId":1827963624962916352)"},
      {R"("transactionTime":0)", R"("transactionTime":null)"},
      {R"("symbol":"BTC-USDT")", R"("new":[{"x":null}],"symbol":"BTC-USDT")"},
      {R"("code":0)", R"("code":"0")"},
      {R"("debugMsg":"",)", ""},
  };
  const auto want = ReadPlaced(Ok(kPlaced));
  for (const Case& c : same) {
    const auto pair = ReadPlaced(Ok(Replaced(kPlaced, c.from, c.to)));
    ASSERT_TRUE(pair) << c.to << ": " << pair.error().message;
    EXPECT_EQ(*pair, *want) << c.to;
  }
}

TEST(BingxRead, AStatusThatIsNotDocumentedKeepsItsText) {
  const auto pair = ReadPlaced(Ok(Replaced(kPlaced, R"("NEW")", R"("WORKING")")));
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->stop_limit.status, OrderStatus::kOther);
  EXPECT_EQ(pair->stop_limit.status_text, "WORKING");
}

// A placement without a reply that can be read may have been made.
TEST(BingxRead, APlacementThatCannotBeReadIsUnknown) {
  struct Case {
    const char* from;
    const char* to;
  };
  const Case cases[] = {
      {R"("price":48000)", R"("price":{})"},
      {R"("price":48000)", R"("price":"much")"},
      {R"("orderId":"1827963624962916352",)", ""},
      {R"("ocoLimit")", R"("ocoTps")"},
      {R"("ocoLimit")", R"("LIMIT")"},
      {R"("side":"BUY")", R"("side":"HOLD")"},
      {R"("orderListId":"12345610033","status":"NEW"}])", R"("orderListId":"1","status":"NEW"}])"},
      {R"("data":[)", R"("data":[7,)"},
      {R"("data":[)", R"("other":[)"},
      {R"("transactionTime":0)", R"("transactionTime":"soon")"},
      {R"({"code":0,)", R"({)"},
  };
  for (const Case& c : cases) {
    const auto pair = ReadPlaced(Ok(Replaced(kPlaced, c.from, c.to)));
    ASSERT_FALSE(pair) << c.to;
    EXPECT_EQ(pair.error().kind, ErrorKind::kProtocol) << c.to;
    EXPECT_TRUE(pair.error().outcome_unknown) << c.to;
    EXPECT_FALSE(pair.error().retry_safe) << c.to;
  }
  for (std::size_t i = 0; i < kPlaced.size(); ++i) {
    const auto pair = ReadPlaced(Ok(kPlaced.substr(0, i)));
    ASSERT_FALSE(pair) << i;
    EXPECT_TRUE(pair.error().outcome_unknown) << i;
  }
}

TEST(BingxRead, AnEmptyListMayBeWrittenInThreeWays) {
  for (const char* data : {"[]", "null", "{}"}) {
    const std::string body = std::string(R"({"code":0,"msg":"","data":)") + data + "}";
    const auto legs = ReadLegs(Ok(body));
    ASSERT_TRUE(legs) << data;
    EXPECT_TRUE(legs->empty());
    const auto found = ReadFound(Ok(body));
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::kNotFound);
  }
  const auto legs = ReadLegs(Ok(R"({"code":0,"data":{"orders":[]}})"));
  ASSERT_FALSE(legs);
  EXPECT_EQ(legs.error().kind, ErrorKind::kProtocol);
}

TEST(BingxRead, RateLimitErrorsSayWhenTheyEnd) {
  const auto blocked = ReadPlaced(
      Ok(R"({"code":100410,"msg":"code:100410:The endpoint trigger frequency limit rule is )"
         R"(currently in the disabled period and will be unblocked after 1727193814249",)"
         R"("timestamp":1727193804249})"));
  ASSERT_FALSE(blocked);
  EXPECT_EQ(blocked.error().kind, ErrorKind::kRateLimit);
  EXPECT_EQ(blocked.error().retry_after, seconds(10));
  const auto limited = ReadPlaced(
      {200, {{"x-ratelimit-requests-expire", "640"}}, R"({"code":100410,"msg":"rate limited"})"});
  ASSERT_FALSE(limited);
  EXPECT_EQ(limited.error().retry_after, milliseconds(640));
}

}  // namespace
}  // namespace ocokit::client::bingx
