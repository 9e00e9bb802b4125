// What BingX's frames mean, without a socket. The frames are those of the documents and captures.

#include "client/streams/bingx_protocol.h"

#include <gtest/gtest.h>

#include "client/streams/bingx_orders.h"
#include "client/testing/bingx_client.h"

namespace ocokit::client::streams {
namespace {

using bingx::kNow;

class BingxProtocolTest : public bingx::BingxClientTest {
 protected:
  BingxProtocolTest() {
    options_.retry.max_attempts = 1;
    options_.rate_limit.enabled = false;
  }
  Heard Say(const std::string& text) { return protocol_.OnMessage({text, false}); }
  void Prepare() {
    transport_->Answer(200, R"({"listenKey":"k1"})");
    EXPECT_EQ(protocol_.Prepare().value(), "?listenKey=k1");
    EXPECT_EQ(protocol_.Greet().size(), 2U);
  }

  bingx::Client client_ = [this] {
    options_.retry.max_attempts = 1;
    return Make();
  }();
  BingxProtocol protocol_{client_, clock_, 1 << 20};
};

TEST_F(BingxProtocolTest, SubscribesAndIsReadyWhenBothAreGranted) {
  transport_->Answer(200, R"({"listenKey":"k1"})");
  ASSERT_TRUE(protocol_.Prepare());
  EXPECT_EQ(protocol_.Greet(),
            (Strings{R"({"id":"1","reqType":"sub","dataType":"spot.executionReport"})",
                     R"({"id":"2","reqType":"sub","dataType":"ACCOUNT_UPDATE"})"}));
  (void)Say(R"({"code":0,"id":"1","msg":"SUCCESS","timestamp":1760066128475})");
  EXPECT_FALSE(protocol_.IsReady());
  (void)Say(R"({"id":"2","code":0,"msg":"","dataType":"","data":null})");
  EXPECT_TRUE(protocol_.IsReady());
}

TEST_F(BingxProtocolTest, AnswersBothFormsOfHeartbeat) {
  EXPECT_EQ(Say(R"({"ping":"2177c68e","time":"2022-06-07T16:27:36.323+0800"})").answers,
            Strings{R"({"pong":"2177c68e","time":"2022-06-07T16:27:36.323+0800"})"});
  EXPECT_EQ(Say("Ping").answers, Strings{"Pong"});
}

TEST_F(BingxProtocolTest, ARefusedSubscriptionEndsTheConnectionAndItsKey) {
  Prepare();
  const Heard heard =
      Say(R"({"code":100401,"id":"1","msg":"AUTHENTICATION_FAIL k1","timestamp":1700000000000})");
  ASSERT_TRUE(heard.problem);
  EXPECT_EQ(heard.problem->message, "BingX refused a subscription: AUTHENTICATION_FAIL ***");
  EXPECT_EQ(heard.problem->kind, ErrorKind::kAuth);
  EXPECT_EQ(heard.problem->code, 100401);
  EXPECT_NE(heard.end, "");
  transport_->Answer(200, R"({"listenKey":"k2"})");
  EXPECT_EQ(protocol_.Prepare().value(), "?listenKey=k2");
}

TEST_F(BingxProtocolTest, ReadsTheReportsOfThreeYears) {
  const Heard placed = Say(
      R"({"code":0,"dataType":"spot.executionReport","data":{"e":"executionReport","E":1720876278637,"s":"ETH-USDT","S":"BUY","o":"LIMIT","q":0.1,"p":2000,"x":"NEW","X":"PENDING","i":1812112568701845504,"l":0,"z":0,"L":0,"n":0,"C":"123","N":"","T":0,"t":0,"O":1720876278458,"Z":0,"Y":0,"Q":0,"m":false}})");
  ASSERT_EQ(placed.sightings.size(), 1U);
  const Sighting want{.order_id = "1812112568701845504",
                      .client_order_id = "123",
                      .market = "ETH-USDT",
                      .price = Decimal(2000),
                      .amount = D("0.1"),
                      .at = FromUnixMillis(1720876278637)};
  EXPECT_EQ(placed.sightings[0], want);

  const Heard filled = Say(
      R"({"code":0,"dataType":"spot.executionReport","data":{"e":"executionReport","E":1694681809302,"s":"LTC-USDT","S":"BUY","o":"MARKET","q":0,"p":62.29,"x":"TRADE","X":"FILLED","i":"1702245001712369664","l":0.0802,"z":0.0802,"L":62.308,"n":-0.0000802,"N":"LTC","T":1694681809256,"t":38259147,"O":1694681809248,"Z":4.9971016,"Y":4.9971016,"Q":5,"m":false}})");
  ASSERT_EQ(filled.sightings.size(), 1U);
  const Sighting& seen = filled.sightings[0];
  EXPECT_EQ(seen.state, OrderState::kFilled);
  EXPECT_EQ(seen.price, Decimal());
  EXPECT_EQ(seen.money, D("4.9971016"));
  EXPECT_EQ(seen.last, (Fill{D("0.0802"), D("62.308"), D("0.0000802"), "LTC", "38259147", false}));

  const Heard newest = Say(
      R"({"code":0,"dataType":"spot.executionReport","data":{"u":246523679711280,"e":"executionReport","E":1760068118150,"s":"SUI-USDT","S":"BUY","o":"MARKET","q":5,"p":3.4649,"x":"TRADE","X":"FILLED","i":1976495057808654300,"l":5,"z":5,"L":3.4647,"n":-0.005,"U":"","mu":"246523679711280","N":"SUI","T":1760068118035,"t":83956769,"O":1760068117941,"Z":17.3235,"Y":17.3235,"Q":17.5845,"m":false,"A":"17.3235","ws":1760068118166}})");
  ASSERT_EQ(newest.sightings.size(), 1U);
  EXPECT_EQ(newest.sightings[0].order_id, "1976495057808654300");
  EXPECT_EQ(newest.sightings[0].filled, Decimal(5));
}

TEST_F(BingxProtocolTest, TellsTheStatesOfAStop) {
  struct Case {
    const char* type;
    const char* status;
    OrderState want;
  };
  const Case cases[] = {{"TAKE_STOP_LIMIT", "NEW", OrderState::kWaiting},
                        {"TRIGGER_MARKET", "NEW", OrderState::kWaiting},
                        {"ocoTps", "NEW", OrderState::kWaiting},
                        {"LIMIT", "NEW", OrderState::kOpen},
                        {"ocoTps", "PENDING", OrderState::kOpen},
                        {"TAKE_STOP_LIMIT", "FAILED", OrderState::kCancelled},
                        {"TAKE_STOP_LIMIT", "CANCELED", OrderState::kCancelled},
                        {"LIMIT", "EXPIRED", OrderState::kCancelled},
                        {"LIMIT", "PARTIALLY_FILLED", OrderState::kOpen}};
  for (const Case& c : cases) {
    const Heard heard = Say(
        std::string(
            R"({"code":0,"dataType":"spot.executionReport","data":{"s":"A-B","S":"SELL","o":")") +
        c.type + R"(","q":1,"p":2,"X":")" + c.status + R"(","i":5,"z":0}})");
    ASSERT_EQ(heard.sightings.size(), 1U) << c.type;
    EXPECT_EQ(heard.sightings[0].state, c.want) << c.type << " " << c.status;
  }
}

TEST_F(BingxProtocolTest, WhatCannotBeReadIsDoubtful) {
  for (
      const char* text :
      {"", "Pong", "[]", "{", R"({"code":0,"dataType":"spot.executionReport","data":[]})",
       R"({"code":0,"dataType":"spot.executionReport","data":{"s":"A-B","S":"SELL","o":"LIMIT","q":1,"p":2,"X":"STRANGE","i":5,"z":0}})",
       R"({"code":0,"dataType":"spot.executionReport","data":{"s":"A-B","S":"SELL","o":"LIMIT","q":1,"p":2,"X":"FILLED","i":5,"z":"much"}})"}) {
    EXPECT_TRUE(Say(text).is_doubtful) << text;
  }
  EXPECT_TRUE(protocol_.OnMessage({"no gzip", true}).is_doubtful);
  // What is nothing of ours is passed over.
  EXPECT_FALSE(Say("{}").is_doubtful);
}

TEST_F(BingxProtocolTest, MoneyThatMovesWithoutAnOrderIsDoubtful) {
  const char* kMoney =
      R"({"e":"ACCOUNT_UPDATE","E":1714648293000,"T":1714648293541,"a":{"B":[{"a":"ETH","bc":"0.00","cw":"0.1","lk":"0.00","wb":"0.1"}],"m":"ORDER"}})";
  const char* kReport =
      R"({"code":0,"dataType":"spot.executionReport","data":{"s":"A-B","S":"SELL","o":"LIMIT","q":1,"p":2,"X":"PENDING","i":5,"z":0}})";
  EXPECT_FALSE(
      Say(R"({"e":"ACCOUNT_UPDATE","a":{"B":[],"m":"INIT"},"E":1760067938102})").is_doubtful);
  (void)Say(kReport);
  EXPECT_FALSE(Say(kMoney).is_doubtful);
  EXPECT_TRUE(Say(kMoney).is_doubtful);
}

TEST_F(BingxProtocolTest, ExtendsItsKeyEveryHalfHour) {
  Prepare();
  EXPECT_TRUE(protocol_.OnTick(false).end.empty());
  EXPECT_EQ(transport_->sent().size(), 1U);
  clock_->Advance(std::chrono::minutes(30));
  transport_->Answer(200, "");
  EXPECT_TRUE(protocol_.OnTick(false).end.empty());
  EXPECT_EQ(transport_->sent().back().method, HttpMethod::kPut);
  (void)protocol_.OnTick(false);
  EXPECT_EQ(transport_->sent().size(), 2U);

  // A venue that does not answer is asked again soon; one that does not know the key ends it.
  clock_->Advance(std::chrono::minutes(30));
  transport_->Answer(503, "");
  EXPECT_TRUE(protocol_.OnTick(false).problem);
  clock_->Advance(std::chrono::minutes(1));
  transport_->Answer(404, "");
  EXPECT_NE(protocol_.OnTick(false).end, "");
}

TEST_F(BingxProtocolTest, AKeyThatHasExpiredIsNotUsedAgain) {
  Prepare();
  const Heard heard =
      Say(R"({"e":"listenKeyExpired","E":1676964520421,"listenKey":"53c1067059c5401e"})");
  EXPECT_EQ(heard.end, "the listenKey has expired");
  transport_->Answer(200, R"({"listenKey":"k2"})");
  EXPECT_EQ(protocol_.Prepare().value(), "?listenKey=k2");
  // One that lives is extended for the next connection.
  transport_->Answer(200, "");
  EXPECT_EQ(protocol_.Prepare().value(), "?listenKey=k2");
}

TEST_F(BingxProtocolTest, ReadsOpenEndedAndWantedOrders) {
  const std::string list = R"({"code":0,"msg":"","debugMsg":"","data":{"orders":[)";
  const auto order = [](const char* id, const char* status, const char* time) {
    return std::string(R"({"symbol":"BTC-USDT","orderId":)") + id +
           R"(,"price":"48000","StopPrice":"0","origQty":"0.002","executedQty":"0.001","cummulativeQuoteQty":"48","status":")" +
           status + R"(","type":"LIMIT","side":"BUY","time":1700000000000,"updateTime":)" + time +
           R"(,"fee":-0.048})";
  };
  transport_->Answer(200, bingx::TimeJson(kNow));
  transport_->Answer(200, list + order("3", "PARTIALLY_FILLED", "1700000003000") + "]}}");
  transport_->Answer(200, list + order("2", "CANCELED", "1700000002000") + "]}}");
  transport_->Answer(200, R"({"code":0,"msg":"","debugMsg":"","data":)" +
                              order("1", "FILLED", "1700000001000") + "}");
  transport_->Answer(200, bingx::kNotExist);
  TimePoint now{};
  const auto reading = protocol_.Read({{"1", "BTC-USDT"}, {"2", "BTC-USDT"}, {"9", "BTC-USDT"}},
                                      FromUnixMillis(kNow), &now);
  ASSERT_TRUE(reading) << reading.error().message;
  EXPECT_EQ(now, FromUnixMillis(kNow));
  EXPECT_TRUE(reading->complete);
  ASSERT_EQ(reading->sightings.size(), 3U);
  EXPECT_EQ(reading->sightings[0].order_id, "1");
  EXPECT_EQ(reading->sightings[0].state, OrderState::kFilled);
  EXPECT_EQ(reading->sightings[0].fee, D("0.048"));
  EXPECT_EQ(reading->sightings[1].state, OrderState::kCancelled);
  EXPECT_EQ(reading->sightings[2].state, OrderState::kOpen);
  EXPECT_EQ(Paths(), (Strings{"time", "openOrders", "historyOrders", "query", "query"}));
}

}  // namespace
}  // namespace ocokit::client::streams
