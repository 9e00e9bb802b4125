#include "client/whitebit/read.h"

#include <gtest/gtest.h>

#include <string>

#include "ocokit/base/text.h"

namespace ocokit::client::whitebit {
namespace {

// The reply example of "Create collateral OCO order".
constexpr std::string_view kPlaced =
    R"({"id":117703764513,"reduceOnly":false,"stop_loss":{"order_id":117703764514,)"
    R"("client_order_id":"","market":"BTC_USDT","side":"buy","type":"stop limit",)"
    R"("timestamp":1594605801.49815,"deal_money":"1","deal_stock":"2","amount":"2.241379",)"
    R"("takerFee":"0.001","makerFee":"0.002","left":"2.2","deal_fee":"3","post_only":true,)"
    R"("mtime":1662478154.941582,"price":"19928.79","activation_price":"29928.79",)"
    R"("activation_condition":"gte","activated":1,"status":"FILLED","stp":"no",)"
    R"("positionSide":"LONG"},"take_profit":{"order_id":117703764515,"client_order_id":"",)"
    R"("market":"BTC_USDT","side":"buy","type":"limit","timestamp":1662478154.941582,)"
    R"("deal_money":"0","deal_stock":"0","amount":"0.635709","takerFee":"0.001",)"
    R"("makerFee":"0.001","left":"0.635709","deal_fee":"0","post_only":false,)"
    R"("mtime":1662478154.941582,"price":"9928.79","status":"OPEN","stp":"no",)"
    R"("positionSide":"LONG"}})";

HttpResponse Ok(std::string_view body) { return {200, {}, std::string(body)}; }

TEST(WhitebitRead, KeepsEveryMember) {
  const auto order = ReadOco(Ok(kPlaced));
  ASSERT_TRUE(order) << order.error().message;
  EXPECT_EQ(order->id, GroupId{117703764513});
  EXPECT_EQ(order->reduce_only, false);
  const Leg& stop = order->stop_loss;
  EXPECT_EQ(stop.order_id, OrderId{117703764514});
  EXPECT_EQ(stop.market, "BTC_USDT");
  EXPECT_EQ(stop.side, Side::kBuy);
  EXPECT_EQ(stop.type, "stop limit");
  EXPECT_EQ(stop.timestamp, TimePoint(microseconds(1594605801498150)));
  EXPECT_EQ(stop.mtime, TimePoint(microseconds(1662478154941582)));
  EXPECT_EQ(stop.amount.Format(), "2.241379");
  EXPECT_EQ(stop.left.Format(), "2.2");
  EXPECT_EQ(stop.deal_money.Format(), "1");
  EXPECT_EQ(stop.deal_stock.Format(), "2");
  EXPECT_EQ(stop.deal_fee.Format(), "3");
  EXPECT_EQ(stop.taker_fee->Format(), "0.001");
  EXPECT_EQ(stop.maker_fee->Format(), "0.002");
  EXPECT_EQ(stop.price.Format(), "19928.79");
  EXPECT_EQ(stop.activation_price->Format(), "29928.79");
  EXPECT_EQ(stop.activation_condition, "gte");
  EXPECT_EQ(stop.activated, true);
  EXPECT_TRUE(stop.post_only);
  EXPECT_EQ(stop.status, OrderStatus::kFilled);
  EXPECT_EQ(stop.stp, "no");
  EXPECT_EQ(stop.position_side, "LONG");
  EXPECT_EQ(order->take_profit.status, OrderStatus::kOpen);
  EXPECT_EQ(order->take_profit.activation_price, std::nullopt);
  EXPECT_EQ(order->take_profit.activated, std::nullopt);
}

TEST(WhitebitRead, TakesEverySpelling) {
  struct Case {
    const char* from;
    const char* to;
  };
  const Case same[] = {
      {"\"order_id\"", "\"orderId\""},
      {"\"client_order_id\"", "\"clientOrderId\""},
      {"deal_money", "dealMoney"},
      {"deal_stock", "dealStock"},
      {"deal_fee", "dealFee"},
      {"post_only", "postOnly"},
      {"stop_loss", "stopLoss"},
      {"take_profit", "takeProfit"},
      {"activation_price", "activationPrice"},
      {"activation_condition", "activationCondition"},
      {"\"positionSide\"", "\"position_side\""},
      {"\"stp\"", "\"new\":{\"x\":[1]},\"stp\""},
      {"\"activated\":1", "\"activated\":true"},
      {"\"price\":\"19928.79\"", "\"price\":19928.790"},
      {"\"id\":117703764513", "\"id\":\"117703764513\""},
  };
  const auto want = ReadOco(Ok(kPlaced));
  for (const Case& c : same) {
    const auto order = ReadOco(Ok(Replaced(std::string(kPlaced), c.from, c.to)));
    ASSERT_TRUE(order) << c.to << ": " << order.error().message;
    EXPECT_EQ(*order, *want) << c.to;
  }
  const auto margin =
      ReadOco(Ok(Replaced(std::string(kPlaced), "stop limit", "margin stop limit")));
  EXPECT_EQ(margin->stop_loss.type, "margin stop limit");
}

TEST(WhitebitRead, EveryCancelledStatusCountsAsCancelled) {
  struct Case {
    const char* text;
    OrderStatus want;
  };
  const Case cases[] = {
      {"CANCELED", OrderStatus::kCanceled},
      {"CANCELED_STP", OrderStatus::kCanceled},
      {"AUTO_CANCELED_REDUCE_ONLY", OrderStatus::kCanceled},
      {"PARTIALLY_FILLED", OrderStatus::kPartiallyFilled},
      {"DELISTING", OrderStatus::kOther},
      {"", OrderStatus::kNone},
  };
  for (const Case& c : cases) {
    const auto order = ReadOco(Ok(Replaced(std::string(kPlaced), "FILLED", c.text)));
    ASSERT_TRUE(order) << c.text;
    EXPECT_EQ(order->stop_loss.status, c.want) << c.text;
    EXPECT_EQ(order->stop_loss.status_text, c.text);
  }
}

// A placement without a reply that can be read may have been made.
TEST(WhitebitRead, APlacementThatCannotBeReadIsUnknown) {
  for (std::size_t i = 0; i < kPlaced.size(); ++i) {
    const auto order = ReadOco(Ok(kPlaced.substr(0, i)));
    ASSERT_FALSE(order) << i;
    EXPECT_EQ(order.error().kind, ErrorKind::kProtocol) << i;
    EXPECT_TRUE(order.error().outcome_unknown) << i;
  }
  struct Case {
    const char* from;
    const char* to;
  };
  const Case cases[] = {
      {"\"id\":117703764513", "\"id\":{}"},
      {"\"id\":117703764513,", ""},
      {"\"order_id\":117703764515", "\"order_id\":1.5"},
      {"\"side\":\"buy\"", "\"side\":1}"},
      {"\"side\":\"buy\"", "\"side\":\"hold\""},
      {"\"amount\":\"0.635709\"", "\"amount\":\"x\""},
      {"take_profit", "other"},
      {"\"activated\":1", "\"activated\":2"},
  };
  for (const Case& c : cases) {
    const auto order = ReadOco(Ok(Replaced(std::string(kPlaced), c.from, c.to)));
    ASSERT_FALSE(order) << c.to;
    EXPECT_EQ(order.error().kind, ErrorKind::kProtocol) << c.to;
    EXPECT_TRUE(order.error().outcome_unknown) << c.to;
  }
}

TEST(WhitebitRead, ReadsConditionalOrdersOfEveryKind) {
  std::string oco = Replaced(std::string(kPlaced), "stop_loss", "stopLoss");
  oco = "{\"type\":\"oco\"," + Replaced(oco, "take_profit", "takeProfit").substr(1);
  const std::string body =
      R"({"limit":100,"offset":2,"total":5,"records":[)" + oco +
      R"(,{"id":29457221,"type":"oto","conditionalOrderType":"margin_take_profit",)"
      R"("stopLossPrice":"30000","takeProfitPrice":"50000"},{"id":7,"type":"new kind"}]})";
  const auto page = ReadConditionals(Ok(body));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->limit, 100);
  EXPECT_EQ(page->offset, 2);
  EXPECT_EQ(page->total, 5);
  ASSERT_EQ(page->records.size(), 3u);
  EXPECT_EQ(std::get<OcoOrder>(page->records[0]), *ReadOco(Ok(kPlaced)));
  const auto& oto = std::get<OtoOrder>(page->records[1]);
  EXPECT_EQ(oto.id, GroupId{29457221});
  EXPECT_EQ(oto.stop_loss_price, Decimal(30000));
  EXPECT_EQ(oto.take_profit_price, Decimal(50000));
  EXPECT_EQ(oto.conditional_order_type, "margin_take_profit");
  EXPECT_EQ(std::get<OtherOrder>(page->records[2]).type, "new kind");
}

TEST(WhitebitRead, FieldErrorsKeepTheirNames) {
  const auto order = ReadOco({422,
                              {},
                              R"({"code":32,"errors":{"amount":["too small","off step"],)"
                              R"("side":["unknown"]},"message":"Validation failed"})"});
  ASSERT_FALSE(order);
  EXPECT_EQ(order.error().kind, ErrorKind::kBadRequest);
  EXPECT_EQ(order.error().code, 32);
  EXPECT_EQ(order.error().http_status, 422);
  EXPECT_EQ(order.error().fields,
            (std::vector<FieldError>{
                {"amount", "too small"}, {"amount", "off step"}, {"side", "unknown"}}));
}

}  // namespace
}  // namespace ocokit::client::whitebit
