// Orders by themselves: what is checked, what is sent, how its reply is read.

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "base/testing/decimal.h"
#include "client/bingx/read.h"
#include "client/bingx/write.h"
#include "client/testing/bingx_client.h"

namespace ocokit::client::bingx {
namespace {

PlaceOrderRequest Limit() {
  return {
      .symbol = "BTC-USDT", .side = Side::kBuy, .quantity = D("0.001"), .price = Decimal(60000)};
}

PlaceOrderRequest Stop() {
  PlaceOrderRequest r = Limit();
  r.type = OrderType::kTakeStopLimit;
  r.stop_price = Decimal(61000);
  return r;
}

TEST(BingxOrders, PlaceNamesTheFieldThatCannotWork) {
  struct Case {
    const char* what;
    const char* field;  // empty: passes
    std::function<void(PlaceOrderRequest&)> change;
  };
  const Case cases[] = {
      {"as documented", "", [](auto&) {}},
      {"no symbol", "symbol", [](auto& r) { r.symbol = ""; }},
      {"no side", "side", [](auto& r) { r.side.reset(); }},
      {"no type", "type", [](auto& r) { r.type = OrderType::kOther; }},
      {"no quantity", "quantity", [](auto& r) { r.quantity = Decimal(); }},
      {"both amounts", "quantity", [](auto& r) { r.quote_order_qty = Decimal(5); }},
      {"money alone", "", [](auto& r) { r.quantity = Decimal(), r.quote_order_qty = Decimal(60); }},
      {"negative money", "quoteOrderQty",
       [](auto& r) { r.quantity = Decimal(), r.quote_order_qty = Decimal(-5); }},
      {"no price", "price", [](auto& r) { r.price = Decimal(); }},
      {"a price at the market", "price", [](auto& r) { r.type = OrderType::kMarket; }},
      {"a trigger of a limit order", "stopPrice", [](auto& r) { r.stop_price = Decimal(1); }},
      {"a stop order", "", [](auto& r) { r = Stop(); }},
      {"no trigger", "stopPrice",
       [](auto& r) {
         r = Stop();
         r.stop_price = Decimal();
       }},
      {"a stop order at the market", "",
       [](auto& r) {
         r = Stop();
         r.type = OrderType::kTriggerMarket, r.price = Decimal();
       }},
      {"letters in the client's id", "", [](auto& r) { r.new_client_order_id = "my_Order1"; }},
      {"a dash in it", "newClientOrderId", [](auto& r) { r.new_client_order_id = "my-order"; }},
      {"41 characters", "newClientOrderId",
       [](auto& r) { r.new_client_order_id = std::string(41, 'a'); }},
  };
  for (const Case& c : cases) {
    PlaceOrderRequest r = Limit();
    c.change(r);
    const Result<void> checked = Check(r);
    EXPECT_EQ(checked.has_value(), *c.field == '\0') << c.what;
    if (!checked) {
      EXPECT_EQ(checked.error().fields.at(0).field, c.field) << c.what;
    }
  }
  EXPECT_EQ(Check(CancelOrderRequest{.symbol = "BTC-USDT"}).error().fields.at(0).field, "orderId");
  EXPECT_TRUE(Check(CancelOrderRequest{.symbol = "BTC-USDT", .client_order_id = "mine_1"}));
  EXPECT_TRUE(Check(OpenOrdersRequest{}));
  EXPECT_FALSE(Check(OpenOrdersRequest{.symbol = "BTC"}));
}

// The reply example of "Place order", with the number that no double can hold.
constexpr const char* kOrder =
    R"({"code":0,"msg":"","data":{"symbol":"BTC-USDT","orderId":2000000000000000001,)"
    R"("transactTime":1700000000000,"price":"61000","stopPrice":"60000","origQty":"0.001",)"
    R"("executedQty":"0.0005","cummulativeQuoteQty":"30.5","status":"PARTIALLY_FILLED",)"
    R"("type":"TAKE_STOP_LIMIT","side":"SELL","clientOrderID":"mine"}})";

TEST(BingxOrders, ReadsEveryMember) {
  const auto order = ReadOrder({200, {}, kOrder});
  ASSERT_TRUE(order) << order.error().message;
  const Order want{.order_id = "2000000000000000001",
                   .client_order_id = "mine",
                   .symbol = "BTC-USDT",
                   .type = OrderType::kTakeStopLimit,
                   .type_text = "TAKE_STOP_LIMIT",
                   .side = Side::kSell,
                   .price = Decimal(61000),
                   .stop_price = Decimal(60000),
                   .orig_qty = D("0.001"),
                   .executed_qty = D("0.0005"),
                   .cumulative_quote_qty = D("30.5"),
                   .status = OrderStatus::kPartiallyFilled,
                   .status_text = "PARTIALLY_FILLED",
                   .time = FromUnixMillis(1700000000000)};
  EXPECT_EQ(*order, want);
}

TEST(BingxOrders, ReadsAListAndAnEmptyOne) {
  const std::string item =
      R"({"symbol":"BTC-USDT","orderId":1,"price":"88000","StopPrice":"87000","origQty":"0.001",)"
      R"("executedQty":"0","cummulativeQuoteQty":"0","status":"NEW","type":"ocoTps","side":"BUY",)"
      R"("time":1700000000000})";
  const auto orders = ReadOrders({200, {}, R"({"code":0,"data":{"orders":[)" + item + "]}}"});
  ASSERT_TRUE(orders) << orders.error().message;
  ASSERT_EQ(orders->size(), 1U);
  EXPECT_EQ(orders->front().stop_price, Decimal(87000));
  EXPECT_EQ(orders->front().type, OrderType::kOther);
  EXPECT_EQ(orders->front().type_text, "ocoTps");
  EXPECT_EQ(orders->front().time, FromUnixMillis(1700000000000));
  for (const char* data : {R"({"orders":[]})", R"({"orders":null})", "[]", "null", "{}"}) {
    const auto none = ReadOrders({200, {}, std::string(R"({"code":0,"data":)") + data + "}"});
    ASSERT_TRUE(none) << data;
    EXPECT_TRUE(none->empty()) << data;
  }
  EXPECT_FALSE(ReadOrders({200, {}, R"({"code":0,"data":{"x":1}})"}));
}

TEST_F(BingxClientTest, PlacesListsAndCancelsAnOrder) {
  transport_->Answer(200, kOrder);
  transport_->Answer(200, kOrder);
  transport_->Answer(200, R"({"code":0,"data":{"orders":[]}})");
  Client client = Make();
  PlaceOrderRequest request = Stop();
  request.time_in_force = TimeInForce::kIoc;
  request.new_client_order_id = "mine";
  ASSERT_TRUE(client.PlaceOrder(request));
  ASSERT_TRUE(client.CancelOrder({.symbol = "BTC-USDT", .order_id = "2000000000000000001"}));
  ASSERT_TRUE(client.OpenOrders({.symbol = "BTC-USDT"}));
  EXPECT_EQ(Paths(), (Strings{"order", "cancel", "openOrders"}));
  const std::string sent = transport_->sent()[0].target;
  EXPECT_TRUE(sent.starts_with(
      "/openApi/spot/v1/trade/order?newClientOrderId=mine&price=60000&quantity=0.001&"
      "recvWindow=5000&side=BUY&stopPrice=61000&symbol=BTC-USDT&timeInForce=IOC&timestamp="))
      << sent;
  EXPECT_NE(sent.find("&type=TAKE_STOP_LIMIT&signature="), std::string::npos) << sent;
}

TEST_F(BingxClientTest, AnOrderWhoseReplyIsLostIsNotPlacedAgain) {
  transport_->LoseReply();
  const auto placed = Make().PlaceOrder(Limit());
  ASSERT_FALSE(placed);
  EXPECT_TRUE(placed.error().outcome_unknown);
  EXPECT_EQ(transport_->sent().size(), 1U);
}

}  // namespace
}  // namespace ocokit::client::bingx
