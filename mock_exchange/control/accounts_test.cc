// What is done to accounts, and what became of their orders.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock_exchange/testing/control_fixture.h"

namespace ocokit::mock {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(ControlTest, AnOrderHasATimelineWithCauses) {
  const Json placed = PlaceWhitebit();
  ASSERT_TRUE(placed.contains("id")) << placed;
  Do("PUT", "/accounts/whitebit-1/markets/BTC_USDT/price", {{"last", "40000"}, {"fill", "0.5"}});
  Do("POST", "/accounts/whitebit-1/clock", {{"advance_ms", 5}});
  Do("PUT", "/accounts/whitebit-1/markets/BTC_USDT/price", {{"last", "39000"}});
  const Json pair = Get("/accounts/whitebit-1/orders")["pairs"][0];
  EXPECT_EQ(pair["id"], std::to_string(placed["id"].get<std::uint64_t>()));
  EXPECT_EQ(pair["limit"]["state"], "filled");
  EXPECT_EQ(pair["limit"]["value"], "40");
  EXPECT_EQ(pair["stop"]["value"], "0");
  EXPECT_EQ(pair["stop"]["state"], "never_triggered");
  EXPECT_EQ(pair["timeline"], Json::parse(R"([
    {"at_ms":1700000000000,"event":"placed","cause":"request"},
    {"at_ms":1700000000000,"event":"partially_filled","leg":"limit","cause":"price","price":"40000",
     "amount":"0.0005"},
    {"at_ms":1700000000000,"event":"canceled","leg":"stop","cause":"sibling_filled"},
    {"at_ms":1700000000005,"event":"filled","leg":"limit","cause":"price","price":"40000",
     "amount":"0.0005"}])"));
  EXPECT_THAT(Get("/accounts/whitebit-1/orders?open=true")["pairs"], IsEmpty());
}

TEST_F(ControlTest, AnOrderAndTheExitsItBringsNameTheirOto) {
  const Json placed = CallWhitebit("/api/v4/order/collateral/limit",
                                   R"("market":"BTC_USDT","side":"buy","amount":"0.001",)"
                                   R"("price":"40000","stopLoss":"39000","takeProfit":"42000")");
  ASSERT_TRUE(placed.contains("oto")) << placed;
  Do("PUT", "/accounts/whitebit-1/markets/BTC_USDT/price", {{"last", "40000"}});
  const Json orders = Get("/accounts/whitebit-1/orders")["orders"];
  ASSERT_EQ(orders.size(), 3U);
  const std::string oto = std::to_string(placed["oto"]["otoId"].get<std::uint64_t>());
  for (const Json& order : orders) EXPECT_EQ(order.value("oto", ""), oto) << order;
  CallWhitebit("/api/v4/order/collateral/limit",
               R"("market":"BTC_USDT","side":"buy","amount":"0.001","price":"39500")");
  EXPECT_FALSE(Get("/accounts/whitebit-1/orders")["orders"][0].contains("oto"));
}

TEST_F(ControlTest, ResetPutsBackTheFirstStateAndTheJournalGoesOnCounting) {
  const Json first = Get("/accounts/whitebit-1");
  PlaceWhitebit();
  Do("PUT", "/accounts/whitebit-1/balances", {{"ETH", "1"}});
  Do("PUT", "/accounts/whitebit-1/settings", {{"margin", "sum"}, {"enabled", false}});
  Do("PUT", "/accounts/whitebit-1/markets/BTC_USDT/price", {{"last", "40123"}});
  Do("POST", "/accounts/whitebit-1/clock", {{"advance_ms", 99}});
  Do("POST", "/accounts/whitebit-1/faults", {{"action", {{"type", "reset"}}}, {"times", 1}});
  EXPECT_NE(Get("/accounts/whitebit-1"), first);
  Json after = Do("POST", "/accounts/whitebit-1/reset", nullptr);
  EXPECT_EQ(after["last_seq"], 1);
  after["last_seq"] = 0;
  EXPECT_EQ(after, first);
  EXPECT_THAT(Get("/accounts/whitebit-1/orders")["pairs"], IsEmpty());
  EXPECT_THAT(Get("/accounts/whitebit-1/faults")["faults"], IsEmpty());
  EXPECT_THAT(Get("/accounts/whitebit-1/journal")["entries"], IsEmpty());
  // The nonce is good again, and the ids are those of the first time.
  nonce_ = 1'700'000'000'000;
  EXPECT_TRUE(PlaceWhitebit().contains("id"));
  EXPECT_EQ(Get("/accounts/whitebit-1/journal")["entries"][0]["seq"], 2);
}

TEST_F(ControlTest, RestorePutsBackWhatASnapshotKept) {
  const std::string mine = "/accounts/whitebit-1";
  Do("POST", mine + "/clock", {{"freeze", true}});
  PlaceWhitebit();
  Do("PUT", mine + "/settings", {{"margin", "sum"}});
  Do("POST", mine + "/faults", {{"action", {{"type", "reset"}}}, {"match", {{"path", "/x"}}}});
  const auto look = [&] {
    Json out = Get(mine);
    out.erase("last_seq");
    return Json::array({out, Get(mine + "/orders"), Get(mine + "/faults")});
  };
  const Json before = look();
  EXPECT_EQ(Do("POST", mine + "/snapshot", {{"name", "a"}})["name"], "a");

  Do("PUT", mine + "/markets/BTC_USDT/price", {{"last", "40000"}});
  Do("PUT", mine + "/balances", {{"ETH", "1"}});
  Do("PUT", mine + "/settings", {{"margin", "larger_leg"}});
  Do("POST", mine + "/clock", {{"advance_ms", 99}});
  EXPECT_EQ(Ask("DELETE", mine + "/faults").response->status, 204);
  const Json after = look();
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_NE(after[i], before[i]);

  // As often as one likes, and whatever came between.
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(Do("POST", mine + "/restore", {{"name", "a"}})["name"], "a");
    EXPECT_EQ(look(), before);
    Do("POST", mine + "/reset", nullptr);
  }
  // Another account has none of it.
  EXPECT_EQ(Ask("POST", "/accounts/bingx-1/restore", R"({"name":"a"})").response->status, 404);
}

TEST_F(ControlTest, ARestoredAccountGoesOnAsItDidTheFirstTime) {
  const std::string mine = "/accounts/whitebit-1";
  Do("POST", mine + "/clock", {{"freeze", true}});
  Do("POST", mine + "/snapshot", Json::object());
  const auto go_on = [&] {
    nonce_ = 1'700'000'000'000;
    Json out = Json::array({PlaceWhitebit()});
    Do("PUT", mine + "/markets/BTC_USDT/price", {{"last", "40000"}});
    out.push_back(Get(mine + "/orders"));
    return out;
  };
  const Json first = go_on();
  Do("POST", mine + "/restore", Json::object());
  EXPECT_EQ(go_on(), first);
}

TEST_F(ControlTest, AnAccountKeepsSixteenSnapshots) {
  const std::string path = "/accounts/bingx-1/snapshot";
  for (int i = 1; i <= 16; ++i) {
    EXPECT_EQ(Do("POST", path, Json::object())["name"], "snapshot-" + std::to_string(i));
  }
  EXPECT_EQ(Ask("POST", path).response->status, 409);
  // Of a name that is there it takes the place, and is the latest.
  Do("POST", path, {{"name", "snapshot-3"}});
  EXPECT_EQ(Do("POST", "/accounts/bingx-1/restore", Json::object())["name"], "snapshot-3");
  EXPECT_EQ(Ask("DELETE", "/accounts/bingx-1/snapshots/snapshot-1").response->status, 204);
  EXPECT_EQ(Do("POST", path, Json::object())["name"], "snapshot-17");
  EXPECT_EQ(Get("/accounts/bingx-1/snapshots")["snapshots"].size(), 16);
}

TEST_F(ControlTest, BalancesAndPositionsAreReplacedWhole) {
  EXPECT_EQ(Do("PUT", "/accounts/bingx-1/balances", {{"BTC", "2.5"}}),
            Json::parse(R"({"BTC":{"free":"2.5","reserved":"0"},
                            "ETH":{"free":"0","reserved":"0"},
                            "USDT":{"free":"0","reserved":"0"}})"));
  const Json positions = Json::parse(R"([
      {"market":"BTC_USDT","side":"short","amount":"0.5","base_price":"40000"},
      {"market":"ETH_USDT","side":"long","amount":"1","base_price":"2500"}])");
  EXPECT_EQ(Do("PUT", "/accounts/whitebit-1/positions", positions), positions);
  const Json twice = Problem("PUT", "/accounts/whitebit-1/positions",
                             Json::parse(R"([
      {"market":"BTC_USDT","side":"short","amount":"0.5","base_price":"40000"},
      {"market":"BTC_USDT","side":"long","amount":"1","base_price":"2500"}])")
                                 .dump());
  EXPECT_THAT(twice["detail"].get<std::string>(), HasSubstr("two positions of BTC_USDT"));
  // Nothing of it was done.
  EXPECT_EQ(Get("/accounts/whitebit-1")["positions"], positions);
  EXPECT_THAT(Do("PUT", "/accounts/whitebit-1/positions", Json::array()), IsEmpty());
}

TEST_F(ControlTest, ANullSettingIsLeftToTheDialect) {
  EXPECT_EQ(Get("/accounts/whitebit-1/settings")["payload_check"], nullptr);
  EXPECT_EQ(
      Do("PUT", "/accounts/whitebit-1/settings", {{"payload_check", "bytes"}})["payload_check"],
      "bytes");
  EXPECT_EQ(
      Do("PUT", "/accounts/whitebit-1/settings", {{"payload_check", nullptr}})["payload_check"],
      nullptr);
}

TEST_F(ControlTest, WhoIsToldOfARequestMayLookAtItsAccount) {
  std::size_t pairs = 0;
  Exchange* exchange = nullptr;
  Exchange observed(std::make_shared<SystemClock>(),
                    {[&](const RequestRecord& record) {
                       pairs = AccountHandle(exchange->FindId(record.account)).Orders().size();
                     },
                     true});
  exchange = &observed;
  AccountOptions options;
  options.venue = Venue::kWhitebit;
  options.key = "test-key";
  options.secret = "test-secret";
  const auto tenant = observed.AddAccount(options).value();
  Request request = testing::SignedWhitebit(
      tenant->account, "/api/v4/order/collateral/oco",
      R"("market":"BTC_USDT","side":"buy","amount":"0.001","price":"40000",)"
      R"("activation_price":"41000","stop_limit_price":"42000")",
      1'700'000'000'000);
  request.headers.push_back({"X-TXC-APIKEY", "test-key"});
  (void)observed.AnswerTo(request);
  EXPECT_EQ(pairs, 1U);
}

TEST_F(ControlTest, MetricsCountWhatHappened) {
  PlaceWhitebit();
  PlaceWhitebit("/api/v4/nothing");
  Do("POST", "/accounts/whitebit-1/faults", {{"action", {{"type", "empty"}}}});
  PlaceWhitebit();
  const Answer answer = control_.AnswerTo({.method = "GET", .target = "/metrics"});
  const std::string& text = answer.response->body;
  for (const char* line :
       {"ocokit_requests_total{venue=\"whitebit\",call=\"/api/v4/order/collateral/oco\","
        "status=\"200\",code=\"0\"} 2\n",
        "ocokit_requests_total{venue=\"whitebit\",call=\"other\",status=\"404\",code=\"0\"} 1\n",
        "ocokit_request_duration_seconds_count{venue=\"whitebit\","
        "call=\"/api/v4/order/collateral/oco\"} 2\n",
        "ocokit_open_pairs{venue=\"whitebit\"} 2\n", "ocokit_accounts{venue=\"bingx\"} 1\n",
        "ocokit_faults_applied_total{fault=\"empty\"} 1\n", "ocokit_connections 3\n",
        "ocokit_connections_total 7\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

}  // namespace
}  // namespace ocokit::mock
