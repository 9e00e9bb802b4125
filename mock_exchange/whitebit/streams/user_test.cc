// Channels of orders and deals: what each step of an order's life says, and in which order.

#include "mock_exchange/whitebit/streams/user.h"

#include "mock_exchange/testing/whitebit_stream.h"

namespace ocokit::mock::whitebit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kLimit[] = "/api/v4/order/new";
constexpr char kOco[] = "/api/v4/order/collateral/oco";
// Rests below the last price, 40500.
constexpr char kBid[] = R"("market":"BTC_USDT","side":"buy","amount":"0.5","price":"40000")";

class UserTest : public testing::WhitebitStreamTest {
 protected:
  UserTest() : client_(OpenPrivate()) {
    Subscribe(*client_, "ordersPending", R"(["BTC_USDT","BTC_PERP"])");
    Subscribe(*client_, "ordersExecuted", R"([["BTC_USDT","BTC_PERP"],0])");
    Subscribe(*client_, "deals", R"([["BTC_USDT","BTC_PERP"]])");
  }

  // "1 7703 OPEN", "executed 7703 FILLED", "deal": what was said, shortly.
  std::vector<std::string> Said() {
    std::vector<std::string> out;
    for (const std::string& frame : client_->Take()) {
      const JsonValue push = ReadJson(frame).value();
      const std::string method = push.Find("method")->text;
      const JsonValue& params = *push.Find("params");
      if (method == "deals_update") {
        out.push_back("deal " + params.members[5].text);
        continue;
      }
      const JsonValue& order = params.members.back();
      const std::string event =
          method == "ordersPending_update" ? params.members[0].text : std::string("executed");
      out.push_back(event + " " + order.Find("type")->text + " " + order.Find("status")->text +
                    " " + order.Find("left")->text);
    }
    return out;
  }

  std::unique_ptr<testing::StreamClient> client_;
};

TEST_F(UserTest, ALimitOrderRestsIsFilledInPartAndThenWhole) {
  Rest(kLimit, std::string(kBid) + R"(,"clientOrderId":"mine")");
  EXPECT_THAT(client_->Take(),
              ElementsAre(Push(
                  "ordersPending",
                  R"([1, {"id": 117703764513, "market": "BTC_USDT", "type": 1, "side": 2, )"
                  R"("post_only": false, "ioc": false, "ctime": 1700000000, "mtime": 1700000000, )"
                  R"("price": "40000", "amount": "0.5", "left": "0.5", "deal_stock": "0", )"
                  R"("deal_money": "0", "deal_fee": "0", "client_order_id": "mine", "stp": "no", )"
                  R"("status": "OPEN"}])")));
  Advance(milliseconds(1500));
  SetLast("BTC_USDT", "40000", "0.2");
  EXPECT_THAT(
      client_->Take(),
      ElementsAre(
          Push("deals",
               R"([1000001, 1700000001.5, "BTC_USDT", 117703764513, "40000", "0.1", "0.0001", )"
               R"("mine", 2, 1, "BTC"])"),
          Push("ordersPending",
               R"([2, {"id": 117703764513, "market": "BTC_USDT", "type": 1, "side": 2, )"
               R"("post_only": false, "ioc": false, "ctime": 1700000000, "mtime": 1700000001.5, )"
               R"("price": "40000", "amount": "0.5", "left": "0.4", "deal_stock": "0.1", )"
               R"("deal_money": "4000", "deal_fee": "0.0001", "client_order_id": "mine", )"
               R"("stp": "no", "status": "PARTIALLY_FILLED"}])")));
  SetLast("BTC_USDT", "39900");
  EXPECT_THAT(Said(), ElementsAre("deal 0.4", "3 1 FILLED 0", "executed 1 FILLED 0"));
}

TEST_F(UserTest, WhatIsFilledAtOnceIsOnlyFinished) {
  Rest("/api/v4/order/market", R"("market":"BTC_USDT","side":"buy","amount":"405")");
  EXPECT_THAT(Said(), ElementsAre("deal 0.01", "3 2 FILLED 0", "executed 2 FILLED 0"));
}

TEST_F(UserTest, WhatTakesAndThenRestsIsNew) {
  SetBook("BTC_USDT", {.bids = {}, .asks = {{Decimal(40500), Decimal(1)}}});
  Rest(kLimit, R"("market":"BTC_USDT","side":"buy","amount":"3","price":"40600")");
  EXPECT_THAT(Said(), ElementsAre("deal 1", "1 1 PARTIALLY_FILLED 2"));
}

TEST_F(UserTest, ACancelledOrderHasEndedInBothChannels) {
  Rest(kLimit, kBid);
  client_->Take();
  Rest("/api/v4/order/cancel/all");
  EXPECT_THAT(Said(), ElementsAre("3 1 CANCELED 0.5", "executed 1 CANCELED 0.5"));
}

TEST_F(UserTest, AChangedOrderIsFinishedAndANewOne) {
  Rest(kLimit, std::string(kBid) + R"(,"clientOrderId":"mine")");
  client_->Take();
  Rest("/api/v4/order/modify", R"("market":"BTC_USDT","clientOrderId":"mine","price":"39000")");
  EXPECT_THAT(Said(), ElementsAre("3 1 CANCELED 0.5", "1 1 OPEN 0.5", "executed 1 CANCELED 0.5"));
}

TEST_F(UserTest, AStopOrderIsNewOnceMoreWhenItIsTriggered) {
  Rest(
      "/api/v4/order/stop_limit",
      R"("market":"BTC_USDT","side":"buy","amount":"0.5","price":"40900","activation_price":"41000")");
  EXPECT_THAT(Said(), ElementsAre("1 3 OPEN 0.5"));
  SetLast("BTC_USDT", "41000");
  const std::vector<std::string> frames = client_->Take();
  ASSERT_THAT(frames, SizeIs(1));
  EXPECT_THAT(frames[0],
              ::testing::StartsWith(R"({"method": "ordersPending_update", "params": [1, {)"));
  EXPECT_THAT(frames[0],
              ::testing::HasSubstr(
                  R"("activation_price": "41000", "activation_condition": "gte", "activated": 1)"));
  SetLast("BTC_USDT", "40900");
  EXPECT_THAT(Said(), ElementsAre("deal 0.5", "3 3 FILLED 0", "executed 3 FILLED 0"));
}

TEST_F(UserTest, AStopOrderThatIsFilledAtItsTriggerIsShownAsTriggeredFirst) {
  Rest("/api/v4/order/stop_market",
       R"("market":"BTC_USDT","side":"sell","amount":"0.5","activation_price":"40000")");
  EXPECT_THAT(Said(), ElementsAre("1 4 OPEN 0.5"));
  SetLast("BTC_USDT", "40000");
  EXPECT_THAT(Said(),
              ElementsAre("deal 0.5", "1 4 OPEN 0.5", "3 4 FILLED 0", "executed 4 FILLED 0"));
}

class OcoTest : public UserTest {
 protected:
  void Place() {
    Rest(kOco, R"("market":"BTC_PERP","side":"sell","amount":"0.5","price":"42000",)"
               R"("activation_price":"39000","stop_limit_price":"38900")");
  }
};

TEST_F(OcoTest, BothLegsAreNewTheStopLegFirst) {
  Place();
  EXPECT_THAT(
      client_->Take(),
      ElementsAre(
          Push("ordersPending",
               R"([1, {"id": 117703764514, "market": "BTC_PERP", "type": 9, "side": 1, )"
               R"("post_only": false, "ioc": false, "ctime": 1700000000, "mtime": 1700000000, )"
               R"("activation_price": "39000", "activation_condition": "lte", "activated": 0, )"
               R"("price": "38900", "amount": "0.5", "left": "0.5", "deal_stock": "0", )"
               R"("deal_money": "0", "deal_fee": "0", "client_order_id": "", "stp": "no", )"
               R"("status": "OPEN", "position_side": "BOTH", "rpi": false, "retail": false, )"
               R"("reduce_only": false}])"),
          Push("ordersPending",
               R"([1, {"id": 117703764515, "market": "BTC_PERP", "type": 7, "side": 1, )"
               R"("post_only": false, "ioc": false, "ctime": 1700000000, "mtime": 1700000000, )"
               R"("price": "42000", "amount": "0.5", "left": "0.5", "deal_stock": "0", )"
               R"("deal_money": "0", "deal_fee": "0", "client_order_id": "", "stp": "no", )"
               R"("status": "OPEN", "position_side": "BOTH", "rpi": false, "retail": false, )"
               R"("reduce_only": false}])")));
}

TEST_F(OcoTest, OneIsFilledAndTheOtherWithdrawn) {
  Place();
  client_->Take();
  SetLast("BTC_PERP", "42000");
  EXPECT_THAT(Said(), ElementsAre("deal 0.5", "3 7 FILLED 0", "3 9 CANCELED 0.5",
                                  "executed 7 FILLED 0", "executed 9 CANCELED 0.5"));
}

TEST_F(OcoTest, TheStopIsTriggeredAndRestsUntilItIsFilled) {
  Place();
  client_->Take();
  SetBook("BTC_PERP", {.bids = {}, .asks = {}});
  SetLast("BTC_PERP", "38000");
  EXPECT_THAT(Said(), ElementsAre("1 9 OPEN 0.5", "3 7 CANCELED 0.5", "executed 7 CANCELED 0.5"));
  SetLast("BTC_PERP", "38900");
  EXPECT_THAT(Said(), ElementsAre("deal 0.5", "3 9 FILLED 0", "executed 9 FILLED 0"));
}

TEST_F(OcoTest, ACancelledGroupEndsAtOneTime) {
  Place();
  client_->Take();
  Advance(milliseconds(250));
  Rest("/api/v4/order/cancel/all");
  const std::vector<std::string> frames = client_->Take();
  ASSERT_THAT(frames, SizeIs(4));
  for (const std::string& frame : frames) {
    EXPECT_THAT(frame, ::testing::HasSubstr(R"("mtime": 1700000000.25)"));
    EXPECT_THAT(frame, ::testing::HasSubstr(R"("status": "CANCELED")"));
  }
}

TEST_F(UserTest, SeveralCommandsAreSaidOneAfterTheOther) {
  Rest(kLimit, kBid);
  Rest("/api/v4/order/market", R"("market":"BTC_USDT","side":"buy","amount":"405")");
  Rest("/api/v4/order/cancel/all");
  EXPECT_THAT(Said(),
              ElementsAre("1 1 OPEN 0.5", "deal 0.01", "3 2 FILLED 0", "executed 2 FILLED 0",
                          "3 1 CANCELED 0.5", "executed 1 CANCELED 0.5"));
  EXPECT_THAT(Said(), IsEmpty());
}

TEST_F(UserTest, APositionThatIsClosedTradesWithoutAnOrder) {
  Rest("/api/v4/order/collateral/market", R"("market":"BTC_PERP","side":"buy","amount":"0.5")");
  EXPECT_THAT(Said(), ElementsAre("deal 0.5", "3 8 FILLED 0", "executed 8 FILLED 0"));
  const std::uint64_t id = account_->engine.markets()[2].position(PositionSide::kBoth).id;
  Rest("/api/v4/collateral-account/position/close",
       R"("market":"BTC_PERP","positionId":)" + std::to_string(id));
  EXPECT_THAT(Said(), ElementsAre("deal 0.5"));
}

TEST_F(UserTest, AnOrderThatIsCutToItsPositionIsChanged) {
  Rest("/api/v4/order/collateral/market", R"("market":"BTC_PERP","side":"buy","amount":"0.5")");
  const char* const sell =
      R"("market":"BTC_PERP","side":"sell","amount":"0.5","price":"42000","reduceOnly":true)";
  Rest("/api/v4/order/collateral/limit", sell);
  client_->Take();
  Rest("/api/v4/order/collateral/market", R"("market":"BTC_PERP","side":"sell","amount":"0.2")");
  SetLast("BTC_PERP", "42000");
  // The cut comes with the fill, which takes what is left of the position.
  EXPECT_THAT(Said(), ElementsAre("deal 0.2", "3 8 FILLED 0", "executed 8 FILLED 0", "deal 0.3",
                                  "3 7 FILLED 0", "executed 7 FILLED 0"));
}

TEST_F(UserTest, HearsOfTheMarketsItHasNamedInItsLatestSubscription) {
  Subscribe(*client_, "ordersPending", R"(["ETH_USDT"])");
  Rest(kLimit, kBid);
  EXPECT_THAT(client_->Take(), IsEmpty());
  EXPECT_THAT(client_->Ask(Frame("ordersPending_subscribe", R"(["BTC_USDT","NOPE"])")),
              ElementsAre(Failure(9, "market NOPE does not exist")));
  Rest(kLimit, kBid);
  EXPECT_THAT(client_->Take(), IsEmpty());
  // None: all.
  Subscribe(*client_, "ordersPending", "[]");
  EXPECT_THAT(client_->Take(), IsEmpty());
  Rest(kLimit, kBid);
  EXPECT_THAT(client_->Take(), SizeIs(1));
  client_->Ask(Frame("ordersPending_unsubscribe", R"(["BTC_USDT"])"));
  Rest(kLimit, kBid);
  EXPECT_THAT(client_->Take(), IsEmpty());
}

TEST_F(UserTest, NothingOfBeforeTheSubscriptionIsSaid) {
  auto other = OpenPrivate();
  Rest(kLimit, kBid);
  EXPECT_THAT(other->Ask(Frame("ordersPending_subscribe", "[]")), ElementsAre(kSuccess));
  EXPECT_THAT(other->Take(), IsEmpty());
}

TEST_F(UserTest, ExecutedOrdersAreLimitOrMarketOrders) {
  auto markets = OpenPrivate();
  Subscribe(*markets, "ordersExecuted", R"([["BTC_USDT"],2])");
  auto limits = OpenPrivate();
  Subscribe(*limits, "ordersExecuted", R"([["BTC_USDT"],1])");
  Rest("/api/v4/order/market", R"("market":"BTC_USDT","side":"buy","amount":"405")");
  EXPECT_THAT(markets->Take(), SizeIs(1));
  EXPECT_THAT(limits->Take(), IsEmpty());
  Rest(kLimit, R"("market":"BTC_USDT","side":"buy","amount":"0.5","price":"41000")");
  EXPECT_THAT(markets->Take(), IsEmpty());
  EXPECT_THAT(limits->Take(), SizeIs(1));
}

TEST_F(UserTest, AfterAResetItGoesOnFromThere) {
  Rest(kLimit, kBid);
  {
    const AccountLock lock(*account_);
    account_->Reset();
    account_->settings.rate_limits = false;
  }
  EXPECT_THAT(client_->Take(), IsEmpty());
  Rest(kLimit, kBid);
  EXPECT_THAT(client_->Take(), SizeIs(1));
  EXPECT_FALSE(client_->end());
}

TEST_F(UserTest, IsCutRatherThanLeftWithAGap) {
  for (int i = 0; i < 200; ++i) {
    Rest(kLimit, kBid);
    Rest("/api/v4/order/cancel/all");
    Advance(milliseconds(1));
  }
  {
    const AccountLock lock(*account_);
    (void)account_->engine.ForgetEnded(150);
  }
  client_->Take();
  EXPECT_TRUE(client_->end());
}

}  // namespace
}  // namespace ocokit::mock::whitebit
