// What a stream tells of its account.

#include "mock_exchange/bingx/streams/user.h"

#include "base/testing/decimal.h"
#include "mock_exchange/bingx/words.h"
#include "mock_exchange/testing/bingx_stream.h"

namespace ocokit::mock::bingx {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A member of a frame, as it is written; of the first of its name.
std::string Member(const std::string& text, const std::string& name) {
  const std::string key = "\"" + name + "\":";
  const std::size_t at = text.find(key, text.find("\"data\""));
  if (at == std::string::npos) return "";
  const std::size_t begin = at + key.size();
  return text.substr(begin, text.find_first_of(",}", begin) - begin);
}
// "LIMIT NEW PENDING", of each order's event; "balances" of others.
std::vector<std::string> Brief(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  for (const std::string& text : texts) {
    if (text.find("executionReport") == std::string::npos) {
      out.emplace_back("balances");
      continue;
    }
    std::string brief = Member(text, "o") + " " + Member(text, "x") + " " + Member(text, "X");
    std::erase(brief, '"');
    out.push_back(brief);
  }
  return out;
}

class BingxUserEventsTest : public BingxStreamTest {
 protected:
  void SetUp() override {
    client_ = Open();
    client_->Ask(Sub("spot.executionReport"));
  }
  void AlsoBalances() { client_->Ask(Sub("ACCOUNT_UPDATE")); }

  // Sells at 70000 with a profit, or at 59900 once the price is 60000.
  void PlacePair() {
    engine::PairCommand pair;
    pair.side = Side::kSell;
    pair.amount = D("0.004");
    pair.limit_price = D("70000");
    pair.trigger_price = D("60000");
    pair.stop_price = D("59900");
    pair.limit_client_id = "7";
    pair.stop_client_id = "8";
    const AccountLock lock(*account_);
    ASSERT_TRUE(account_->engine.Place(pair, account_->Rules(std::nullopt), *account_->ids,
                                       account_->clock.Now()));
  }
  static engine::OrderCommand Buy(const char* price, engine::Tif tif = engine::Tif::kGtc,
                                  const char* client_id = "123") {
    engine::OrderCommand order;
    order.amount = D("0.1");
    order.price = D(price);
    order.tif = tif;
    order.client_id = client_id;
    return order;
  }

  std::unique_ptr<testing::StreamClient> client_;
};

TEST_F(BingxUserEventsTest, APlainOrderIsAsItWasSeen) {
  Advance(milliseconds(5));
  Place(Buy("60000"));
  EXPECT_THAT(
      client_->Take(),
      ElementsAre(
          R"({"code":0,"dataType":"spot.executionReport","data":{"e":"executionReport",)"
          R"("E":1700000000005,"s":"BTC-USDT","S":"BUY","o":"LIMIT","q":0.1,"p":60000,)"
          R"("x":"NEW","X":"PENDING","i":1812112568701845504,"l":0,"z":0,"L":0,"n":0,"C":"123",)"
          R"("N":"","T":0,"t":0,"O":1700000000005,"Z":0,"Y":0,"Q":0,"m":false}})"));
}

TEST_F(BingxUserEventsTest, FillsInPartAndWhole) {
  Place(Buy("60000"));
  Advance(milliseconds(10));
  SetLast("60000", "0.5");
  SetLast("60000");
  const Texts texts = client_->Take();
  EXPECT_THAT(Brief(texts), ElementsAre("LIMIT NEW PENDING", "LIMIT TRADE PARTIALLY_FILLED",
                                        "LIMIT TRADE FILLED"));
  EXPECT_EQ(texts[1],
            R"({"code":0,"dataType":"spot.executionReport","data":{"e":"executionReport",)"
            R"("E":1700000000010,"s":"BTC-USDT","S":"BUY","o":"LIMIT","q":0.1,"p":60000,)"
            R"("x":"TRADE","X":"PARTIALLY_FILLED","i":1812112568701845504,"l":0.05,"z":0.05,)"
            R"("L":60000,"n":-0.00005,"C":"123","N":"BTC","T":1700000000010,"t":1000001,)"
            R"("O":1700000000000,"Z":3000,"Y":3000,"Q":0,"m":true}})");
  EXPECT_EQ(Member(texts[2], "z"), "0.1");
  EXPECT_EQ(Member(texts[2], "Z"), "6000");
  EXPECT_EQ(Member(texts[2], "Y"), "3000");
}

TEST_F(BingxUserEventsTest, TheFormOf2025HasMore) {
  account_->settings.order_event_form = OrderEventForm::k2025;
  engine::OrderCommand order;
  order.type = engine::OrderType::kMarket;
  order.side = Side::kSell;
  order.amount = D("0.1");
  Place(order);
  const Texts texts = client_->Take();
  EXPECT_THAT(Brief(texts), ElementsAre("MARKET NEW PENDING", "MARKET TRADE FILLED"));
  const std::string user = Member(texts[1], "u");
  EXPECT_EQ(texts[1],
            R"({"code":0,"dataType":"spot.executionReport","data":{"u":)" + user +
                R"(,"e":"executionReport","E":1700000000000,"s":"BTC-USDT","S":"SELL",)"
                R"("o":"MARKET","q":0.1,"p":64000,"x":"TRADE","X":"FILLED",)"
                R"("i":1812112568701845504,"l":0.1,"z":0.1,"L":64000,"n":-6.4,"U":"","mu":")" +
                user +
                R"(","N":"USDT","T":1700000000000,"t":1000001,"O":1700000000000,"Z":6400,)"
                R"("Y":6400,"Q":0,"m":false,"A":"6400","C":"","ws":1700000000000}})");
}

TEST_F(BingxUserEventsTest, APurchaseForMoneyHasWhatItBought) {
  engine::OrderCommand order;
  order.type = engine::OrderType::kMarket;
  order.money = D("100");
  Place(order);
  const Texts texts = client_->Take();
  ASSERT_THAT(texts, SizeIs(2));
  EXPECT_EQ(Member(texts[1], "q"), Member(texts[1], "z"));
  EXPECT_EQ(Member(texts[1], "Q"), "100");
}

TEST_F(BingxUserEventsTest, CancelsAndRemaindersAndPostOnly) {
  Cancel(Place(Buy("60000")));
  EXPECT_THAT(Brief(client_->Take()), ElementsAre("LIMIT NEW PENDING", "LIMIT CANCELED CANCELED"));
  {
    const AccountLock lock(*account_);
    account_->SetBook(0, {.bids = {{D("63999"), D("1")}}, .asks = {{D("64001"), D("0.03")}}});
  }
  Place(Buy("64001", engine::Tif::kIoc));
  const Texts texts = client_->Take();
  EXPECT_THAT(Brief(texts), ElementsAre("LIMIT NEW PENDING", "LIMIT TRADE PARTIALLY_FILLED",
                                        "LIMIT CANCELED CANCELED"));
  EXPECT_EQ(Member(texts[2], "z"), "0.03");
  EXPECT_EQ(Member(texts[2], "l"), "0");
  {
    const AccountLock lock(*account_);
    account_->SetBook(0, {.bids = {{D("63999"), D("1")}}, .asks = {{D("64001"), D("0.03")}}});
  }
  Place(Buy("64001", engine::Tif::kPostOnly));
  EXPECT_THAT(Brief(client_->Take()), ElementsAre("LIMIT NEW PENDING", "LIMIT CANCELED CANCELED"));
}

TEST_F(BingxUserEventsTest, OneOrderTakesThePlaceOfAnother) {
  const engine::OrderId old = Place(Buy("60000"));
  client_->Take();
  {
    const AccountLock lock(*account_);
    const engine::OrderList& list = *account_->engine.orders().FindOrder(old)->list;
    ASSERT_TRUE(account_->engine.Replace(list, Buy("61000"), account_->Rules(std::nullopt),
                                         *account_->ids, account_->clock.Now()));
  }
  EXPECT_THAT(Brief(client_->Take()), ElementsAre("LIMIT CANCELED CANCELED", "LIMIT NEW PENDING"));
}

TEST_F(BingxUserEventsTest, APairIsTwoOrdersAndTheirBalances) {
  AlsoBalances();
  PlacePair();
  const Texts texts = client_->Take();
  EXPECT_THAT(Brief(texts),
              ElementsAre("LIMIT NEW PENDING", "TAKE_STOP_LIMIT NEW NEW", "balances"));
  EXPECT_EQ(Member(texts[0], "p"), "70000");
  EXPECT_EQ(Member(texts[1], "p"), "59900");
  EXPECT_EQ(Member(texts[0], "C"), "\"7\"");
  EXPECT_EQ(Member(texts[1], "C"), "\"8\"");
  EXPECT_EQ(texts[2],
            R"({"e":"ACCOUNT_UPDATE","E":1700000000000,"T":1700000000000,"a":{"B":[{"a":"BTC",)"
            R"("bc":"0","cw":"10","lk":"0.004","wb":"10"}],"m":"ORDER"}})");
}

TEST_F(BingxUserEventsTest, ThePairsLimitOrderFills) {
  AlsoBalances();
  PlacePair();
  client_->Take();
  Advance(milliseconds(1500));
  SetLast("70000");
  const Texts texts = client_->Take();
  EXPECT_THAT(Brief(texts),
              ElementsAre("LIMIT TRADE FILLED", "TAKE_STOP_LIMIT CANCELED FAILED", "balances"));
  EXPECT_EQ(texts[2],
            R"({"e":"ACCOUNT_UPDATE","E":1700000001000,"T":1700000001500,"a":{"B":[{"a":"BTC",)"
            R"("bc":"-0.004","cw":"9.996","lk":"0","wb":"9.996"},{"a":"USDT","bc":"279.72",)"
            R"("cw":"1000279.72","lk":"0","wb":"1000279.72"}],"m":"ORDER"}})");
}

TEST_F(BingxUserEventsTest, ThePairsStopIsTriggered) {
  PlacePair();
  client_->Take();
  SetLast("60000", "0.5");
  SetLast("60001");
  const Texts texts = client_->Take();
  EXPECT_THAT(Brief(texts), ElementsAre("TAKE_STOP_LIMIT NEW PENDING", "LIMIT CANCELED CANCELED",
                                        "TAKE_STOP_LIMIT TRADE PARTIALLY_FILLED",
                                        "TAKE_STOP_LIMIT TRADE FILLED"));
  EXPECT_EQ(Member(texts[0], "i"), Member(texts[2], "i"));
}

TEST_F(BingxUserEventsTest, ThePairIsCancelled) {
  PlacePair();
  client_->Take();
  Cancel(1812112568701845505);
  EXPECT_THAT(Brief(client_->Take()),
              ElementsAre("LIMIT CANCELED CANCELED", "TAKE_STOP_LIMIT CANCELED FAILED"));
}

TEST_F(BingxUserEventsTest, SettingsChooseOtherWordsForPairsAndStops) {
  account_->settings.oco_event_types = true;
  account_->settings.dropped_stop_canceled = true;
  account_->settings.silent_triggers = true;
  PlacePair();
  EXPECT_THAT(Brief(client_->Take()), ElementsAre("ocoLimit NEW PENDING", "ocoTps NEW NEW"));
  SetLast("60000");
  EXPECT_THAT(Brief(client_->Take()),
              ElementsAre("ocoLimit CANCELED CANCELED", "ocoTps TRADE FILLED"));
  SetLast("64000");
  PlacePair();
  client_->Take();
  SetLast("70000");
  EXPECT_THAT(Brief(client_->Take()),
              ElementsAre("ocoLimit TRADE FILLED", "ocoTps CANCELED CANCELED"));
}

TEST_F(BingxUserEventsTest, AStopByItself) {
  engine::OrderCommand stop = Buy("66000");
  stop.type = engine::OrderType::kStopLimit;
  stop.trigger = D("65000");
  Place(stop);
  stop.type = engine::OrderType::kStopMarket;
  stop.price = Decimal();
  stop.client_id = "124";
  stop.label = kPlanOrder;
  Place(stop);
  SetLast("65000");
  EXPECT_THAT(Brief(client_->Take()),
              ElementsAre("TAKE_STOP_LIMIT NEW NEW", "TRIGGER_MARKET NEW NEW",
                          "TAKE_STOP_LIMIT NEW PENDING", "TAKE_STOP_LIMIT TRADE FILLED",
                          "TRIGGER_MARKET NEW PENDING", "TRIGGER_MARKET TRADE FILLED"));
}

TEST_F(BingxUserEventsTest, BalancesBeginWithAllThatIsThere) {
  Place(Buy("60000"));
  client_->Take();
  EXPECT_THAT(
      client_->Ask(Sub("ACCOUNT_UPDATE", "b")),
      ElementsAre(
          R"({"id":"b","code":0,"msg":"","dataType":"","data":null})",
          R"({"e":"ACCOUNT_UPDATE","a":{"B":[{"a":"BTC","bc":"0","cw":"10","wb":"10","lk":"0"},)"
          R"({"a":"ETH","bc":"0","cw":"100","wb":"100","lk":"0"},)"
          R"({"a":"USDT","bc":"0","cw":"1000000","wb":"1000000","lk":"6000"}],"m":"INIT"},)"
          R"("E":1700000000000})"));
}

TEST_F(BingxUserEventsTest, BalancesMayBeWhatIsFree) {
  account_->settings.free_in_events = true;
  AlsoBalances();
  Place(Buy("60000"));
  EXPECT_THAT(client_->Take(), ElementsAre(HasSubstr("NEW"), HasSubstr(R"("bc":"0","cw":"994000",)"
                                                                       R"("lk":"6000")")));
}

TEST_F(BingxUserEventsTest, MoneyThatComesAndGoes) {
  AlsoBalances();
  {
    const AccountLock lock(*account_);
    account_->SetFree("USDT", D("1000005"));
    account_->SetFree("DOGE", D("3"));
    account_->SetFree("USDT", D("7"));
  }
  EXPECT_THAT(
      client_->Take(),
      ElementsAre(
          HasSubstr(
              R"([{"a":"USDT","bc":"5","cw":"1000005","lk":"0","wb":"1000005"}],"m":"DEPOSIT")"),
          HasSubstr(R"([{"a":"DOGE","bc":"3","cw":"3","lk":"0","wb":"3"}],"m":"DEPOSIT")"),
          HasSubstr(R"([{"a":"USDT","bc":"-999998","cw":"7","lk":"0","wb":"7"}],"m":"WITHDRAW")")));
}

TEST_F(BingxUserEventsTest, TheTwoTopicsAreToldApart) {
  const auto balances = Open();
  balances->Ask(Sub("ACCOUNT_UPDATE"));
  Place(Buy("60000"));
  EXPECT_THAT(Brief(client_->Take()), ElementsAre("LIMIT NEW PENDING"));
  EXPECT_THAT(Brief(balances->Take()), ElementsAre("balances"));
  client_->Ask(R"({"id":"1","reqType":"unsub","dataType":"spot.executionReport"})");
  Place(Buy("60001", engine::Tif::kGtc, "124"));
  EXPECT_THAT(client_->Take(), IsEmpty());
}

TEST_F(BingxUserEventsTest, EveryStreamOfTheAccountHearsIt) {
  const auto other = Open();
  other->Ask(Sub("spot.executionReport"));
  Place(Buy("60000"));
  client_->Take();
  other->Take();
  ASSERT_THAT(client_->last(), SizeIs(1));
  EXPECT_EQ(client_->last(), other->last());  // one message for both
}

TEST_F(BingxUserEventsTest, WhatHappenedBeforeASubscriptionIsNothingToIt) {
  const auto late = Open();
  Place(Buy("60000"));
  EXPECT_THAT(late->Ask(Sub("spot.executionReport")), ElementsAre(Ack()));
  // And what was asked for before is told before the answer to the next message.
  Place(Buy("60001", engine::Tif::kGtc, "124"));
  EXPECT_THAT(late->Ask(Sub("BTC-USDT@trade", "2")), ElementsAre(HasSubstr("NEW"), Ack("2")));
}

TEST_F(BingxUserEventsTest, AClientThatWouldMissEventsIsCut) {
  for (int i = 0; i < 30000; ++i) {
    const AccountLock lock(*account_);
    account_->SetFree("USDT", Decimal(i + 1));
  }
  EXPECT_THAT(client_->Take(), IsEmpty());
  ASSERT_TRUE(client_->end());
  EXPECT_EQ(client_->end()->kind, ChannelEnd::Kind::kCut);
}

}  // namespace
}  // namespace ocokit::mock::bingx
