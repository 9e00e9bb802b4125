// Orders by themselves: what is checked, which call it becomes, how its reply is read.

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "base/testing/decimal.h"
#include "client/testing/whitebit_client.h"
#include "client/whitebit/read.h"
#include "client/whitebit/write.h"

namespace ocokit::client::whitebit {
namespace {

PlaceOrderRequest Limit() {
  return {.market = "BTC_USDT", .side = Side::kBuy, .amount = D("0.01"), .price = Decimal(40000)};
}

PlaceOrderRequest OfType(OrderType type, Wallet wallet = Wallet::kSpot) {
  PlaceOrderRequest r = Limit();
  r.wallet = wallet;
  r.type = type;
  if (type == OrderType::kMarket || type == OrderType::kStopMarket) r.price = Decimal();
  if (type == OrderType::kStopLimit || type == OrderType::kStopMarket) {
    r.activation_price = Decimal(41000);
  }
  return r;
}

TEST(WhitebitOrders, PlaceNamesTheFieldThatCannotWork) {
  struct Case {
    const char* what;
    const char* field;  // empty: passes
    std::function<void(PlaceOrderRequest&)> change;
  };
  const Case cases[] = {
      {"as documented", "", [](auto&) {}},
      {"no market", "market", [](auto& r) { r.market = ""; }},
      {"no side", "side", [](auto& r) { r.side.reset(); }},
      {"no amount", "amount", [](auto& r) { r.amount = Decimal(); }},
      {"amount and money", "amount", [](auto& r) { r.money = Decimal(5); }},
      {"money of a limit order", "amount",
       [](auto& r) { r.amount = Decimal(), r.money = Decimal(5); }},
      {"money of a purchase at the market", "",
       [](auto& r) {
         r = OfType(OrderType::kMarket);
         r.amount = Decimal(), r.money = Decimal(5);
       }},
      {"money of a sale", "amount",
       [](auto& r) {
         r = OfType(OrderType::kMarket);
         r.side = Side::kSell, r.amount = Decimal(), r.money = Decimal(5);
       }},
      {"negative money", "amount",
       [](auto& r) {
         r = OfType(OrderType::kMarket);
         r.amount = Decimal(), r.money = Decimal(-5);
       }},
      {"stock of a spot stop-market purchase", "amount",
       [](auto& r) { r = OfType(OrderType::kStopMarket); }},
      {"stock of a collateral one", "",
       [](auto& r) { r = OfType(OrderType::kStopMarket, Wallet::kCollateral); }},
      {"money of a collateral order", "amount",
       [](auto& r) {
         r = OfType(OrderType::kMarket, Wallet::kCollateral);
         r.amount = Decimal(), r.money = Decimal(5);
       }},
      {"no price", "price", [](auto& r) { r.price = Decimal(); }},
      {"a price at the market", "price",
       [](auto& r) {
         r = OfType(OrderType::kMarket);
         r.price = Decimal(1);
       }},
      {"no activation price", "activation_price",
       [](auto& r) {
         r = OfType(OrderType::kStopLimit);
         r.activation_price = Decimal();
       }},
      {"an activation price of a limit order", "activation_price",
       [](auto& r) { r.activation_price = Decimal(1); }},
      {"ioc", "", [](auto& r) { r.ioc = true; }},
      {"ioc and postOnly", "ioc", [](auto& r) { r.ioc = r.post_only = true; }},
      {"postOnly of a stop order", "postOnly",
       [](auto& r) {
         r = OfType(OrderType::kStopLimit);
         r.post_only = true;
       }},
      {"reduceOnly of a spot order", "reduceOnly", [](auto& r) { r.reduce_only = true; }},
      {"positionSide of a spot order", "positionSide",
       [](auto& r) { r.position_side = PositionSide::kLong; }},
      {"stopLoss of a spot order", "stopLoss", [](auto& r) { r.stop_loss = Decimal(1); }},
      {"exits", "",
       [](auto& r) {
         r.wallet = Wallet::kCollateral;
         r.stop_loss = Decimal(39000), r.take_profit = Decimal(42000);
       }},
      {"a take-profit of zero", "takeProfit",
       [](auto& r) { r.wallet = Wallet::kCollateral, r.take_profit = Decimal(); }},
      {"exits and reduceOnly", "reduceOnly",
       [](auto& r) {
         r.wallet = Wallet::kCollateral;
         r.stop_loss = Decimal(39000), r.reduce_only = true;
       }},
      {"a client id with a blank", "clientOrderId", [](auto& r) { r.client_order_id = "a b"; }},
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
}

TEST(WhitebitOrders, OpenOrdersByAnIdNeedTheMarket) {
  EXPECT_TRUE(Check(OpenOrdersRequest{}));
  EXPECT_TRUE(Check(OpenOrdersRequest{.market = "BTC_USDT", .client_order_id = "mine"}));
  EXPECT_EQ(Check(OpenOrdersRequest{.client_order_id = "mine"}).error().fields.at(0).field,
            "market");
  EXPECT_EQ(Check(OpenOrdersRequest{.limit = 101}).error().fields.at(0).field, "limit");
  EXPECT_EQ(Check(CancelOrderRequest{.market = "BTC_USDT"}).error().fields.at(0).field, "orderId");
}

constexpr const char* kOrder =
    R"({"orderId":4180284841,"clientOrderId":"mine","market":"BTC_USDT","side":"buy",)"
    R"("type":"stock market","timestamp":1700000000.5,"dealMoney":"405","dealStock":"0.01",)"
    R"("amount":"0.01","left":"0","dealFee":"0.00001","feeAsset":"BTC","ioc":false,)"
    R"("status":"FILLED","stp":"no","rpi":false})";

TEST_F(WhitebitClientTest, EachTypeOfOrderHasItsCall) {
  struct Case {
    PlaceOrderRequest request;
    const char* path;
  };
  PlaceOrderRequest for_money = OfType(OrderType::kMarket);
  for_money.amount = Decimal();
  for_money.money = Decimal(400);
  PlaceOrderRequest stop_for_money = OfType(OrderType::kStopMarket);
  stop_for_money.amount = Decimal();
  stop_for_money.money = Decimal(400);
  const Case cases[] = {
      {Limit(), "new"},
      {OfType(OrderType::kMarket), "stock_market"},
      {for_money, "market"},
      {OfType(OrderType::kStopLimit), "stop_limit"},
      {stop_for_money, "stop_market"},
      {OfType(OrderType::kLimit, Wallet::kCollateral), "collateral/limit"},
      {OfType(OrderType::kMarket, Wallet::kCollateral), "collateral/market"},
      {OfType(OrderType::kStopLimit, Wallet::kCollateral), "collateral/stop-limit"},
      {OfType(OrderType::kStopMarket, Wallet::kCollateral), "collateral/trigger-market"},
  };
  for (const Case& c : cases) {
    transport_->Answer(200, kOrder);
    ASSERT_TRUE(Make().PlaceOrder(c.request)) << c.path;
    EXPECT_EQ(transport_->sent().back().target, std::string("/api/v4/order/") + c.path);
    const bool money = !c.request.money.IsZero();
    EXPECT_NE(
        transport_->sent().back().body.find(money ? R"("amount":"400")" : R"("amount":"0.01")"),
        std::string::npos)
        << c.path;
  }
}

TEST_F(WhitebitClientTest, WritesEveryMemberOfAnOrder) {
  PlaceOrderRequest r = OfType(OrderType::kLimit, Wallet::kCollateral);
  r.client_order_id = "mine";
  r.post_only = true;
  r.position_side = PositionSide::kLong;
  r.stp = Stp::kCancelNew;
  r.stop_loss = Decimal(39000);
  r.take_profit = Decimal(42000);
  transport_->Answer(200, kOrder);
  ASSERT_TRUE(Make().PlaceOrder(r));
  EXPECT_TRUE(transport_->sent().back().body.ends_with(
      R"("market":"BTC_USDT","side":"buy","amount":"0.01","price":"40000","clientOrderId":"mine",)"
      R"("postOnly":true,"positionSide":"LONG","stp":"cn","stopLoss":"39000","takeProfit":"42000"})"))
      << transport_->sent().back().body;
}

TEST(WhitebitOrders, ReadsAnOrderWithoutAPrice) {
  const auto order = ReadOrder({200, {}, kOrder});
  ASSERT_TRUE(order) << order.error().message;
  EXPECT_EQ(order->order_id, OrderId{4180284841});
  EXPECT_EQ(order->client_order_id, "mine");
  EXPECT_EQ(order->type, "stock market");
  EXPECT_TRUE(order->price.IsZero());
  EXPECT_EQ(order->deal_money, Decimal(405));
  EXPECT_EQ(order->fee_asset, "BTC");
  EXPECT_TRUE(order->left.IsZero());
  EXPECT_EQ(order->status, OrderStatus::kFilled);
  EXPECT_EQ(order->oto_id, std::nullopt);
}

TEST(WhitebitOrders, ReadsTheOtoOfAnOrder) {
  const auto orders = ReadOrders(
      {200,
       {},
       R"([{"orderId":2,"market":"BTC_USDT","side":"buy","amount":"1","price":"40000","ioc":true,)"
       R"("oto":{"otoId":1,"stopLoss":"39000"}}])"});
  ASSERT_TRUE(orders) << orders.error().message;
  EXPECT_EQ(orders->at(0).oto_id, GroupId{1});
  EXPECT_EQ(orders->at(0).stop_loss, Decimal(39000));
  EXPECT_EQ(orders->at(0).take_profit, std::nullopt);
  EXPECT_TRUE(orders->at(0).ioc);
}

TEST(WhitebitOrders, WhatIsNoOrderIsAProtocolError) {
  for (const char* body : {"[]", "{}", R"({"orderId":1})"}) {
    const auto order = ReadOrder({200, {}, body});
    ASSERT_FALSE(order) << body;
    EXPECT_EQ(order.error().kind, ErrorKind::kProtocol) << body;
    EXPECT_TRUE(order.error().outcome_unknown) << body;
  }
  EXPECT_FALSE(ReadOrders({200, {}, "{}"}));
  EXPECT_FALSE(ReadHistory({200, {}, R"({"BTC_USDT":{}})"}));
  EXPECT_TRUE(ReadHistory({200, {}, "[]"})->empty());
}

}  // namespace
}  // namespace ocokit::client::whitebit
