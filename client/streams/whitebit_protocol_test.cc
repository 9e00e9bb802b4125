// What WhiteBIT's frames mean, without a socket. The frames are those of the documents and
// captures.

#include "client/streams/whitebit_protocol.h"

#include <gtest/gtest.h>

#include "base/testing/decimal.h"
#include "client/streams/whitebit_orders.h"
#include "client/testing/whitebit_client.h"

namespace ocokit::client::streams {
namespace {

using Strings = std::vector<std::string>;

class WhitebitProtocolTest : public ::testing::Test {
 protected:
  Heard Say(const std::string& text) { return protocol_.OnMessage({text, false}); }
  void Authorize() {
    transport_->Answer(200, R"({"websocket_token":"$2y$10$lx"})");
    ASSERT_EQ(protocol_.Prepare().value(), "");
    ASSERT_EQ(protocol_.Greet(),
              Strings{R"({"id":1,"method":"authorize","params":["$2y$10$lx","public"]})"});
    ASSERT_EQ(Say(R"({"error": null, "result": {"status": "success"}, "id": 1})").end, "");
  }
  void Grant(int id) {
    doubtful_ =
        Say(R"({"error": null, "result": {"status": "success"}, "id": )" + std::to_string(id) + "}")
            .is_doubtful;
  }

  std::shared_ptr<testing::FakeTransport> transport_ = std::make_shared<testing::FakeTransport>();
  whitebit::Client client_ =
      whitebit::Client::Make({.rate_limit = {.enabled = false}, .retry = {.max_attempts = 1}},
                             Credentials("my-key", "my-secret"), transport_)
          .value();
  WhitebitProtocol protocol_{client_, {"BTC_USDT"}};
  bool doubtful_ = false;
};

TEST_F(WhitebitProtocolTest, AuthorizesAndSubscribesToItsMarkets) {
  Authorize();
  EXPECT_FALSE(protocol_.IsReady());
  EXPECT_EQ(protocol_.OnTick(false).answers,
            (Strings{R"({"id":2,"method":"ordersPending_subscribe","params":["BTC_USDT"]})",
                     R"({"id":3,"method":"ordersExecuted_subscribe","params":[["BTC_USDT"],0]})",
                     R"({"id":4,"method":"deals_subscribe","params":[["BTC_USDT"]]})"}));
  for (const int id : {2, 3, 4}) Grant(id);
  EXPECT_TRUE(protocol_.IsReady());
  EXPECT_EQ(protocol_.OnTick(true).answers, Strings{R"({"id":0,"method":"ping","params":[]})"});
  EXPECT_EQ(Say(R"({"error": null, "result": "pong", "id": 0})").end, "");
}

TEST_F(WhitebitProtocolTest, AnotherMarketTakesTheWholeListAgainAndARead) {
  Authorize();
  (void)protocol_.OnTick(false);
  for (const int id : {2, 3, 4}) Grant(id);
  protocol_.AddMarket("BTC_USDT");
  EXPECT_TRUE(protocol_.OnTick(false).answers.empty());
  protocol_.AddMarket("ETH_BTC");
  const Strings sent = protocol_.OnTick(false).answers;
  ASSERT_EQ(sent.size(), 3U);
  EXPECT_EQ(sent[0],
            R"({"id":5,"method":"ordersPending_subscribe","params":["BTC_USDT","ETH_BTC"]})");
  Grant(5);
  EXPECT_FALSE(doubtful_);
  Grant(6);
  Grant(7);
  EXPECT_TRUE(doubtful_);
}

TEST_F(WhitebitProtocolTest, ARefusalEndsTheConnection) {
  Authorize();
  (void)protocol_.OnTick(false);
  const Heard heard = Say(
      R"({"error": {"code": 9, "message": "market BTC_USDT does not exist"}, "result": null, "id": 2})");
  ASSERT_TRUE(heard.problem);
  EXPECT_EQ(heard.problem->code, 9);
  EXPECT_EQ(heard.end, "WhiteBIT refused ordersPending_subscribe: market BTC_USDT does not exist");

  transport_->Answer(200, R"({"websocket_token":"$2y$10$lx"})");
  ASSERT_TRUE(protocol_.Prepare());
  (void)protocol_.Greet();
  const Heard refused = Say(
      R"({"error": {"code": 1, "message": "invalid argument $2y$10$lx"}, "result": null, "id": 5})");
  ASSERT_TRUE(refused.problem);
  EXPECT_EQ(refused.problem->kind, ErrorKind::kAuth);
  EXPECT_EQ(refused.end, "WhiteBIT refused authorize: invalid argument ***");
}

TEST_F(WhitebitProtocolTest, ReadsOrdersOfThreeGenerations) {
  const Heard placed = Say(
      R"({"method":"ordersPending_update","params":[1,{"id":96433622651,"market":"LTC_USDT","type":1,"side":2,"ctime":1656092215.39375,"mtime":1656092215.39375,"price":"25","amount":"0.202","taker_fee":"0.001","maker_fee":"0.001","left":"0.202","deal_stock":"0","deal_money":"0","deal_fee":"0","client_order_id":""}],"id":null})");
  const Sighting want{.order_id = "96433622651",
                      .market = "LTC_USDT",
                      .price = Decimal(25),
                      .amount = D("0.202"),
                      .fee = Decimal(),
                      .at = TimePoint(microseconds(1656092215393750))};
  ASSERT_EQ(placed.sightings.size(), 1U);
  EXPECT_EQ(placed.sightings[0], want);

  const Heard partial = Say(
      R"({"id":null,"method":"ordersPending_update","params":[2,{"id":621879,"market":"BTC_USDT","type":1,"side":1,"ctime":1601475234.656275,"mtime":1601475266.733574,"price":"10646.12","amount":"0.01","left":"0.008026","deal_stock":"0.001974","deal_money":"21.01544088","deal_fee":"2.101544088","client_order_id":"22"}]})");
  ASSERT_EQ(partial.sightings.size(), 1U);
  EXPECT_EQ(partial.sightings[0].side, OrderSide::kSell);
  EXPECT_EQ(partial.sightings[0].state, OrderState::kOpen);
  EXPECT_EQ(partial.sightings[0].filled, D("0.001974"));

  const Heard executed = Say(
      R"({"id":null,"method":"ordersExecuted_update","params":[{"id":1212907216814,"market":"ETH_BTC","type":1,"side":2,"post_only":false,"ioc":false,"ctime":1738251046.720398,"mtime":1738251048.442846,"price":"0.030832","amount":"1","left":"0","deal_stock":"1","deal_money":"0.030832","deal_fee":"0.001","client_order_id":"","stp":"no","status":"FILLED","position_side":"LONG","rpi":true,"retail":false,"reduce_only":false}]})");
  ASSERT_EQ(executed.sightings.size(), 1U);
  EXPECT_EQ(executed.sightings[0].state, OrderState::kFilled);
}

TEST_F(WhitebitProtocolTest, TellsTheStatesOfAStop) {
  struct Case {
    const char* event;
    const char* activated;
    const char* status;
    OrderState want;
  };
  const Case cases[] = {{"1", "0", "OPEN", OrderState::kWaiting},
                        {"1", "1", "OPEN", OrderState::kOpen},
                        {"3", "1", "FILLED", OrderState::kFilled},
                        {"3", "0", "CANCELED", OrderState::kCancelled},
                        {"3", "0", "AUTO_CANCELED_REDUCE_ONLY", OrderState::kCancelled}};
  for (const Case& c : cases) {
    const Heard heard = Say(
        std::string(R"({"method": "ordersPending_update", "params": [)") + c.event +
        R"(, {"id": 117703764514, "market": "BTC_PERP", "type": 9, "side": 1, "ctime": 1700000000, "mtime": 1700000000, "activation_price": "39000", "activation_condition": "lte", "activated": )" +
        c.activated +
        R"(, "price": "38900", "amount": "0.5", "left": "0.5", "deal_stock": "0", "deal_money": "0", "deal_fee": "0", "client_order_id": "", "status": ")" +
        c.status + R"("}], "id": null})");
    ASSERT_EQ(heard.sightings.size(), 1U) << c.event;
    EXPECT_EQ(heard.sightings[0].state, c.want) << c.event << c.activated;
    EXPECT_TRUE(heard.sightings[0].is_stop);
    EXPECT_EQ(heard.sightings[0].trigger_price, Decimal(39000));
  }
}

TEST_F(WhitebitProtocolTest, ReadsADealInBothFormsOfItsNumbers) {
  for (
      const char* text :
      {R"({"id":null,"method":"deals_update","params":[13674578673,1738251095.345432,"ETH_BTC",1212909726406,"0.03084","0.2625","0.0002625","",2,2,"ETH"]})",
       R"({"id":null,"method":"deals_update","params":[13674578673,1738251095.345432,"ETH_BTC",1212909726406,"0.03084","0.2625","0.0002625","","2","2","ETH"]})"}) {
    const Heard heard = Say(text);
    ASSERT_EQ(heard.deals.size(), 1U);
    const Deal want{"1212909726406",
                    {D("0.2625"), D("0.03084"), D("0.0002625"), "ETH", "13674578673", false}};
    EXPECT_EQ(heard.deals[0], want);
  }
}

TEST_F(WhitebitProtocolTest, WhatCannotBeReadIsDoubtful) {
  for (const char* text :
       {"", "{}", "[]", R"({"method":"deals_update","id":null})",
        R"({"method":"deals_update","params":[1,2],"id":null})",
        R"({"method":"ordersPending_update","params":[],"id":null})",
        R"({"method":"ordersPending_update","params":{"a":1},"id":null})",
        R"({"method":"ordersPending_update","params":[1,[]],"id":null})",
        R"({"method":"ordersExecuted_update","params":[{"id":{},"market":[]}],"id":null})"}) {
    EXPECT_TRUE(Say(text).is_doubtful) << text;
  }
  EXPECT_FALSE(Say(R"({"method":"balanceSpot_update","params":[],"id":null})").is_doubtful);
  // A reply that nobody waits for.
  EXPECT_FALSE(Say(R"({"error": null, "result": null, "id": 77})").is_doubtful);
}

TEST_F(WhitebitProtocolTest, ReadsOpenGroupedEndedAndWantedOrders) {
  transport_->Answer(200, R"({"time":1700000000})");
  transport_->Answer(200, "[]");
  transport_->Answer(200, whitebit::PageJson({whitebit::GroupJson(100)}));
  transport_->Answer(200, "[]");
  transport_->Answer(
      200,
      R"({"BTC_USDT":[{"id":7,"clientOrderId":"","side":"buy","type":"limit","ctime":1700000000,"ftime":1700000001,"amount":"0.001","price":"40000","dealFee":"0.04","dealStock":"0.001","dealMoney":"40","status":"FILLED","feeAsset":"USDT"}]})");
  TimePoint now{};
  const auto reading = protocol_.Read({{"7", "BTC_USDT"}, {"101", "BTC_USDT"}}, std::nullopt, &now);
  ASSERT_TRUE(reading) << reading.error().message;
  ASSERT_EQ(reading->sightings.size(), 3U);
  EXPECT_EQ(reading->sightings[0].pair_id, "100");
  EXPECT_EQ(reading->sightings[0].state, OrderState::kWaiting);
  EXPECT_EQ(reading->sightings[1].state, OrderState::kOpen);
  EXPECT_EQ(reading->sightings[2].state, OrderState::kFilled);
  EXPECT_EQ(reading->sightings[2].fee_asset, "USDT");
}

}  // namespace
}  // namespace ocokit::client::streams
