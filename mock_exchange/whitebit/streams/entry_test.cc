// Order entry over the WebSocket.

#include "mock_exchange/whitebit/streams/entry.h"

#include "mock_exchange/testing/whitebit_stream.h"

namespace ocokit::mock::whitebit {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr char kPerpOco[] = R"("market":"BTC_PERP","side":"sell","amount":"0.001","price":"42000",)"
                            R"("activation_price":"39000","stop_limit_price":"38900","stp":"no")";

class EntryTest : public testing::WhitebitStreamTest {
 protected:
  EntryTest() : client_(OpenPrivate()) {}

  // The reply to a method whose one object has these members.
  std::string Enter(const std::string& method, const std::string& members) {
    const auto frames = client_->Ask(Frame(method, "[{" + members + "}]"));
    EXPECT_THAT(frames, SizeIs(1));
    return frames.empty() ? "" : frames[0];
  }
  static std::string Result(const std::string& result) {
    return R"({"error": null, "result": )" + result + R"(, "id": 1})";
  }

  std::unique_ptr<testing::StreamClient> client_;
};

TEST_F(EntryTest, ALimitOrder) {
  EXPECT_EQ(
      Enter("order_limit_place",
            R"("market":"ETH_USDT","side":"buy","amount":"0.01","price":"1859.75","stp":"no")"),
      Result(R"({"id": 117703764513, "market": "ETH_USDT", "type": 1, "side": 2, )"
             R"("post_only": false, "ioc": false, "ctime": 1700000000, "mtime": 1700000000, )"
             R"("price": "1859.75", "amount": "0.01", "left": "0.01", "deal_stock": "0", )"
             R"("deal_money": "0", "deal_fee": "0", "client_order_id": "", "stp": "no", )"
             R"("status": "OPEN"})"));
}

TEST_F(EntryTest, OrdersOfEachKind) {
  const struct {
    const char* method;
    const char* members;
    const char* want;
  } cases[] = {
      {"order_market_place", R"("market":"BTC_USDT","side":"buy","amount":"405")",
       R"("type": 2, "side": 2)"},
      {"order_market_stock_place", R"("market":"BTC_USDT","side":"buy","amount":"0.01")",
       R"("type": 202, "side": 2)"},
      {"order_stop_limit_place",
       R"("market":"BTC_USDT","side":"buy","amount":"0.01","price":"41500","activation_price":"41000")",
       R"("type": 3, "side": 2)"},
      {"order_stop_market_place",
       R"("market":"BTC_USDT","side":"buy","amount":"405","activation_price":"41000")",
       R"("type": 4, "side": 2)"},
      {"order_stop_market_stock_place",
       R"("market":"BTC_USDT","side":"buy","amount":"0.01","activation_price":"41000")",
       R"("type": 203, "side": 2)"},
      {"collateral_order_limit_place",
       R"("market":"BTC_PERP","side":"sell","amount":"0.01","price":"41500","post_only":true)",
       R"("type": 7, "side": 1, "post_only": true, "ioc": false, "reduce_only": false, )"
       R"("position_side": "BOTH", "ctime")"},
      {"collateral_order_market_place", R"("market":"BTC_PERP","side":"buy","amount":"0.01")",
       R"("type": 8, "side": 2)"},
      {"collateral_order_stop_limit_place",
       R"("market":"BTC_PERP","side":"buy","amount":"0.01","price":"41500","activation_price":"41000")",
       R"("mtime": 1700000000, "activation_price": "41000", "activation_condition": "gte", )"
       R"("activated": 0, "price": "41500")"},
      {"collateral_order_stop_market_place",
       R"("market":"BTC_PERP","side":"sell","amount":"0.01","activation_price":"39000","reduce_only":true)",
       R"("type": 10, "side": 1, "post_only": false, "ioc": false, "reduce_only": true)"},
  };
  for (const auto& c : cases) {
    const std::string reply = Enter(c.method, c.members);
    EXPECT_THAT(reply, StartsWith(R"({"error": null, "result": {"id": )")) << c.method;
    EXPECT_THAT(reply, HasSubstr(c.want)) << c.method;
  }
}

TEST_F(EntryTest, AnOcoIsAGroupAndItsCancelShowsItAgain) {
  const std::string stop =
      R"("stop_loss": {"id": 117703764514, "market": "BTC_PERP", "type": 9, "side": 1, )"
      R"("post_only": false, "ioc": false, "reduce_only": false, "position_side": "BOTH", )"
      R"("ctime": 1700000000, "mtime": 1700000000, "activation_price": "39000", )"
      R"("activation_condition": "lte", "activated": 0, "price": "38900", "amount": "0.001", )"
      R"("left": "0.001", "deal_stock": "0", "deal_money": "0", "deal_fee": "0", )"
      R"("client_order_id": "b", "stp": "no", "status": "OPEN"})";
  const std::string limit =
      R"("take_profit": {"id": 117703764515, "market": "BTC_PERP", "type": 7, "side": 1, )"
      R"("post_only": false, "ioc": false, "reduce_only": false, "position_side": "BOTH", )"
      R"("ctime": 1700000000, "mtime": 1700000000, "price": "42000", "amount": "0.001", )"
      R"("left": "0.001", "deal_stock": "0", "deal_money": "0", "deal_fee": "0", )"
      R"("client_order_id": "a", "stp": "no", "status": "OPEN"})";
  EXPECT_EQ(
      Enter("collateral_order_oco_place",
            std::string(kPerpOco) + R"(,"limit_client_order_id":"a","stop_client_order_id":"b")"),
      Result(R"({"type": "oco", "id": 117703764513, )" + stop + ", " + limit + "}"));
  const std::string named = R"("market":"BTC_PERP","order_id":)";
  // A leg is no group, and a group no order.
  EXPECT_EQ(Enter("order_cancel_conditional", named + "117703764514"),
            Failure(6, "order not found"));
  EXPECT_EQ(Enter("order_cancel", named + "117703764513"), Failure(6, "order not found"));
  EXPECT_EQ(Enter("order_modify", named + R"(117703764514,"price":"38800")"),
            Failure(155, "conditional order modification"));
  Advance(milliseconds(500));
  const std::string cancelled = Enter("order_cancel_conditional", named + "117703764513");
  EXPECT_THAT(cancelled, StartsWith(R"({"error": null, "result": {"type": "oco", "id": )"));
  EXPECT_THAT(cancelled, HasSubstr(R"("mtime": 1700000000.5, "activation_price")"));
  EXPECT_THAT(cancelled, HasSubstr(R"("mtime": 1700000000.5, "price": "42000")"));
  EXPECT_EQ(Enter("order_cancel_conditional", named + "117703764513"),
            Failure(6, "order not found"));
}

TEST_F(EntryTest, AnOtoBringsExitsAlong) {
  const std::string order =
      R"("trigger_order_type":"margin_limit","trigger_order":{"market":"BTC_PERP","side":"buy",)"
      R"("amount":"0.001","price":"40000","stp":"no"},)";
  EXPECT_EQ(
      Enter("collateral_order_oto_place",
            order + R"("conditional_order_type":"margin_market_oco","take_profit":"42000",)"
                    R"("stop_loss":"39000")"),
      Result(
          R"({"type": "oto", "id": 117703764513, "conditional_order_type": "margin_market_oco", )"
          R"("take_profit_price": "42000", "stop_loss_price": "39000", "trigger_order": )"
          R"({"id": 117703764514, "market": "BTC_PERP", "type": 7, "side": 2, )"
          R"("post_only": false, "ioc": false, "reduce_only": false, "position_side": "BOTH", )"
          R"("ctime": 1700000000, "mtime": 1700000000, "price": "40000", "amount": "0.001", )"
          R"("left": "0.001", "deal_stock": "0", "deal_money": "0", "deal_fee": "0", )"
          R"("client_order_id": "", "stp": "no", "status": "OPEN"}})"));
  const std::string cancelled =
      Enter("order_cancel_conditional", R"("market":"BTC_PERP","order_id":117703764513)");
  EXPECT_THAT(cancelled, HasSubstr(R"({"type": "oto", "id": 117703764513, )"));
  EXPECT_THAT(cancelled, HasSubstr(R"("status": "CANCELED")"));
  const std::pair<const char*, std::string> wrong[] = {
      {R"("conditional_order_type":"x","take_profit":"42000")", Failure(1, "unknown order type")},
      {R"("conditional_order_type":"margin_market_oco","take_profit":"42000")",
       Failure(1, "take_profit and stop_loss are required")},
      {R"("conditional_order_type":"margin_take_profit")", Failure(1, "take_profit is required")},
      {R"("conditional_order_type":"margin_take_profit","take_profit":"42000","stop_loss":"39000")",
       Failure(1, "invalid argument")},
      {R"("conditional_order_type":"margin_take_profit","take_profit":"39000")",
       Failure(105, "wrong activation price for take profit")},
      {R"("conditional_order_type":"margin_stop_loss","stop_loss":"42000")",
       Failure(106, "wrong activation price for stop loss")},
  };
  for (const auto& [members, want] : wrong) {
    EXPECT_EQ(Enter("collateral_order_oto_place", order + members), want) << members;
  }
  EXPECT_EQ(Enter("collateral_order_oto_place",
                  R"("trigger_order_type":"margin_market_oco","trigger_order":{},)"
                  R"("conditional_order_type":"margin_market_oco")"),
            Failure(1, "unknown order type"));
}

TEST_F(EntryTest, AnOtoWhoseOrderIsFilledAtOnceShowsItsGroup) {
  EXPECT_THAT(Enter("collateral_order_oto_place",
                    R"("trigger_order_type":"margin_market","trigger_order":{"market":"BTC_PERP",)"
                    R"("side":"buy","amount":"0.001"},"conditional_order_type":"margin_stop_loss",)"
                    R"("stop_loss":"39000")"),
              HasSubstr(R"("stop_loss_price": "39000", "trigger_order": {"id": 117703764514, )"));
  // Its exits are cancelled; the order stays filled.
  EXPECT_THAT(Enter("order_cancel_conditional", R"("market":"BTC_PERP","order_id":117703764513)"),
              HasSubstr(R"("status": "FILLED")"));
  EXPECT_EQ(account_->engine.orders().open_count(), 0U);
}

TEST_F(EntryTest, AtTheBestPriceTheBookSaysIt) {
  SetBook("BTC_USDT",
          {.bids = {{Decimal(39999), Decimal(1)}}, .asks = {{Decimal(40001), Decimal(1)}}});
  const std::string bid = R"("market":"BTC_USDT","side":"buy","amount":"0.01")";
  for (const char* method : {"order_bbo_place", "collateral_order_bbo_place"}) {
    EXPECT_THAT(Enter(method, bid + R"(,"bbo_role":1)"), HasSubstr(R"("price": "39999")"));
    // A price of its own does not count.
    EXPECT_THAT(Enter(method, bid + R"(,"bbo_role":2,"ioc":true,"price":"1000")"),
                HasSubstr(R"("price": "40001")"));
    EXPECT_EQ(Enter(method, bid), Failure(1, "bbo_role is required"));
    EXPECT_EQ(Enter(method, bid + R"(,"bbo_role":3)"), Failure(1, "bbo_role is invalid"));
  }
  for (const char* method : {"order_stop_bbo_place", "collateral_order_stop_bbo_place"}) {
    EXPECT_THAT(
        Enter(method, bid + R"(,"bbo_role":1,"activation_price":"41000")"),
        AllOf(HasSubstr(R"("activation_price": "41000")"), HasSubstr(R"("price": "39999")")));
    EXPECT_EQ(Enter(method, bid + R"(,"bbo_role":1)"), Failure(1, "activation_price is required"));
  }
}

TEST_F(EntryTest, CancelAndModifyNameAnOrderByEitherId) {
  const std::string bid =
      R"("market":"BTC_USDT","side":"buy","amount":"0.01","price":"40000","client_order_id":)";
  Enter("order_limit_place", bid + R"("a")");
  EXPECT_THAT(Enter("order_modify", R"("market":"BTC_USDT","client_order_id":"a","price":"39000")"),
              HasSubstr(R"({"id": 117703764514, )"));
  Advance(milliseconds(1));
  // The client's id wins.
  EXPECT_THAT(Enter("order_cancel", R"("market":"BTC_USDT","order_id":7,"client_order_id":"a")"),
              HasSubstr(R"("mtime": 1700000000.001, "price": "39000")"));
  EXPECT_EQ(Enter("order_cancel", R"("market":"BTC_USDT","client_order_id":"a")"),
            Failure(6, "order not found"));
  for (const char* method : {"order_cancel", "order_modify"}) {
    EXPECT_EQ(Enter(method, R"("market":"BTC_USDT")"),
              Failure(1, "order_id or client_order_id must be set for modify"));
  }
  EXPECT_EQ(Enter("order_cancel_conditional", R"("market":"BTC_USDT")"),
            Failure(1, "invalid argument"));
}

TEST_F(EntryTest, CancelAllTakesTheKindsOfOrders) {
  const std::string all = R"("market":"BTC_USDT","type":["spot","margin","futures"])";
  EXPECT_EQ(Enter("order_cancel_all", all), Result("{}"));
  Enter("order_limit_place", R"("market":"BTC_USDT","side":"buy","amount":"0.01","price":"40000")");
  EXPECT_EQ(Enter("order_cancel_all", R"("market":"BTC_USDT","type":["margin"])"), Result("{}"));
  EXPECT_EQ(account_->engine.orders().open_count(), 1U);
  EXPECT_EQ(Enter("order_cancel_all", all), Result("{}"));
  EXPECT_EQ(account_->engine.orders().open_count(), 0U);
  const std::pair<const char*, const char*> wrong[] = {
      {R"("market":"BTC_USDT")", "order types must be an array"},
      {R"("market":"BTC_USDT","type":"spot")", "order types must be an array"},
      {R"("market":"BTC_USDT","type":[])", "at least one order type should be specified"},
      {R"("market":"BTC_USDT","type":["spot","spot"])", "invalid or duplicate order type"},
      {R"("market":"BTC_USDT","type":["Spot"])", "invalid or duplicate order type"},
      {R"("market":"NOPE","type":["spot"])", "market does not exist"},
  };
  for (const auto& [members, text] : wrong) {
    EXPECT_EQ(Enter("order_cancel_all", members), Failure(1, text)) << members;
  }
}

TEST_F(EntryTest, RefusesInItsOwnWords) {
  const std::string spot = R"("market":"BTC_USDT","side":"buy","amount":"0.01","price":"40000")";
  const std::string perp = R"("market":"BTC_PERP","side":"buy","amount":"0.01","price":"40000")";
  Enter("order_limit_place", spot + R"(,"client_order_id":"used")");
  const struct {
    const char* method;
    std::string members;
    std::string want;
  } cases[] = {
      {"order_limit_place", "", Failure(1, "market is required")},
      {"order_limit_place", R"("market":"NOPE")", Failure(1, "market does not exist")},
      {"order_limit_place", R"("market":7)", Failure(1, "market does not exist")},
      {"order_limit_place", perp, Failure(1, "the market is futures")},
      {"order_limit_place", R"("market":"BTC_USDT")", Failure(1, "amount is required")},
      {"order_limit_place", R"("market":"BTC_USDT","amount":"1")", Failure(1, "price is required")},
      {"order_stop_market_place", R"("market":"BTC_USDT","amount":"1")",
       Failure(1, "activation_price is required")},
      {"order_limit_place", R"("market":"BTC_USDT","amount":"1","price":"1")",
       Failure(1, "side is invalid")},
      {"order_limit_place", R"("market":"BTC_USDT","amount":"1","price":"1","side":2)",
       Failure(1, "side is invalid")},
      {"order_limit_place", spot + R"(,"stp":"x")", Failure(1, "stp is invalid")},
      {"order_limit_place",
       R"("market":"BTC_USDT","side":"buy","amount":"0.0100001","price":"40000")",
       Failure(1, "amount: precision is greater than 6")},
      {"order_limit_place",
       R"("market":"BTC_USDT","side":"buy","amount":"0.01","price":"40000.001")",
       Failure(1, "price: precision is greater than 2")},
      {"order_limit_place", R"("market":"BTC_USDT","side":"buy","amount":"0.0001","price":"40000")",
       Failure(11, "amount too small")},
      {"order_limit_place", R"("market":"BTC_USDT","side":"buy","amount":"0.001","price":"40")",
       Failure(11, "amount too small")},
      {"order_limit_place",
       R"("market":"BTC_USDT","side":"buy","amount":"1000000","price":"40000")",
       Failure(1, "amount * price must be <= 1000000000")},
      {"order_limit_place", R"("market":"BTC_USDT","side":"buy","amount":[],"price":{})",
       Failure(1, "amount is invalid")},
      {"order_limit_place", spot + R"(,"ioc":true,"post_only":true)",
       Failure(1, "flags: ioc=1 and post_only=1 can't be combined")},
      {"order_limit_place", spot + R"(,"client_order_id":"used")",
       Failure(43, "client order id already exists")},
      {"order_limit_place", spot + R"(,"client_order_id":"a b")",
       Failure(1, "client_order_id is invalid")},
      {"order_limit_place", R"("market":"BTC_USDT","side":"buy","amount":"500","price":"40000")",
       Failure(10, "balance not enough")},
      {"order_limit_place",
       R"("market":"BTC_USDT","side":"buy","amount":"0.01","price":"41000","post_only":true)",
       Failure(13, "order by taker price")},
      {"collateral_order_limit_place",
       R"("market":"BTC_PERP","side":"buy","amount":"0.01","price":"41000","post_only":true)",
       Failure(14, "margin order by taker price")},
      {"collateral_order_limit_place",
       R"("market":"BTC_PERP","side":"buy","amount":"900","price":"40000")",
       Failure(17, "user margin balance not enough")},
      {"collateral_order_limit_place", perp + R"(,"reduce_only":true)",
       Failure(116, "margin order with reduce only is rejected")},
      {"collateral_order_limit_place",
       R"("market":"BTC_PERP","side":"buy","amount":"0.01","price":"4000")",
       Failure(250, "price must be >= 4050")},
      {"collateral_order_stop_market_place",
       R"("market":"BTC_PERP","side":"buy","amount":"0.01","activation_price":"40500")",
       Failure(101, "activation price should not be equal to the last price")},
      {"collateral_order_oco_place",
       std::string(kPerpOco) + R"(,"limit_client_order_id":"a","stop_client_order_id":"a")",
       Failure(1, "limit_client_order_id and stop_client_order_id cannot be equal")},
      {"collateral_order_oco_place",
       R"("market":"BTC_PERP","side":"sell","amount":"0.001","price":"40000",)"
       R"("activation_price":"39000","stop_limit_price":"38900")",
       Failure(150, "take profit is not post only")},
      {"collateral_order_oco_place",
       R"("market":"BTC_PERP","side":"sell","amount":"0.001","price":"42000",)"
       R"("activation_price":"41000","stop_limit_price":"38900")",
       Failure(151, "wrong activation price for stop loss")},
      {"order_modify", R"("market":"BTC_USDT","client_order_id":"used")",
       Failure(1, "at least price or amount or total or activation price should be specified")},
      {"order_modify", R"("market":"BTC_USDT","client_order_id":"used","amount":"1","total":"1")",
       Failure(1, "amount and total cannot be specified simultaneously")},
      {"order_modify", R"("market":"BTC_USDT","client_order_id":"used","total":"400")",
       Failure(162, "wrong param total")},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Enter(c.method, c.members), c.want) << c.method << " " << c.members;
  }
}

TEST_F(EntryTest, IsForThoseWhoMayTrade) {
  EXPECT_THAT(Open()->Ask(Frame("order_limit_place", "[{}]")),
              ElementsAre(Failure(6, "require authentication")));
  account_->rights.can_trade = false;
  EXPECT_EQ(Enter("order_limit_place", ""), Failure(6, "require authentication"));
}

TEST_F(EntryTest, TakesExactlyOneObject) {
  for (const char* params : {"[]", "[{},{}]", "[[]]", "[null]", "[\"x\"]"}) {
    EXPECT_THAT(client_->Ask(Frame("order_cancel_all", params)),
                ElementsAre(Failure(1, "invalid argument")))
        << params;
  }
  EXPECT_EQ(Enter("collateral_order_tpsl_place", ""), Failure(4, "method not found"));
}

TEST_F(EntryTest, PlacementsHaveALimitOfTheirOwn) {
  account_->settings.rate_limits = true;
  account_->settings.custom_rate_limits["order_create"] = {1, milliseconds(10000)};
  EXPECT_EQ(Enter("order_limit_place", ""), Failure(1, "market is required"));
  EXPECT_EQ(Enter("order_limit_place", ""), Failure(7, "too many requests"));
  EXPECT_EQ(Enter("order_cancel", ""), Failure(1, "market is required"));
}

TEST_F(EntryTest, ItsReplyComesBeforeTheEvents) {
  Subscribe(*client_, "ordersPending", R"(["BTC_USDT"])");
  const auto frames = client_->Ask(
      Frame("order_limit_place",
            R"([{"market":"BTC_USDT","side":"buy","amount":"0.01","price":"40000"}])"));
  EXPECT_THAT(frames, ElementsAre(StartsWith(R"({"error": null)"),
                                  StartsWith(R"({"method": "ordersPending_update")")));
}

}  // namespace
}  // namespace ocokit::mock::whitebit
