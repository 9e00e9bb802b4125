// The rules on plain orders and on calls that need no key, and what the rules of pairs make of
// plain orders, on literal journal entries.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "conformance/testing/rule_rows.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr const char* kBxPlain = "/openApi/spot/v1/trade/order";
constexpr const char* kBxOpen = "/openApi/spot/v1/trade/openOrders";
constexpr const char* kBxDrop = "/openApi/spot/v1/trade/cancel";
constexpr const char* kBxBook = "/openApi/spot/v1/market/depth";
constexpr const char* kBxCandles = "/openApi/spot/v2/market/kline";
constexpr const char* kWbPlain = "/api/v4/order/new";
constexpr const char* kWbBook = "/api/v4/public/orderbook/BTC_USDT";

JournalEntry BxPlain(const std::string& parameters) {
  return Bx(std::string(kBxPlain) + "?symbol=BTC-USDT&side=BUY&" + parameters);
}

JournalEntry WithoutKey(JournalEntry entry) {
  entry.headers.clear();
  return entry;
}

JournalEntry Answered(JournalEntry entry, std::string reply) {
  entry.reply = std::move(reply);
  return entry;
}

TEST(OrderRulesTest, NumbersAndIds) {
  const auto number = [](const std::string& parameter) {
    return std::vector<JournalEntry>{BxPlain(parameter)};
  };
  const auto placed = [](const char* body) {
    return std::vector<JournalEntry>{Wb(kWbPlain, body)};
  };
  JudgeRows({
      {"quantity", "numbers-plain", kBx, number("quantity=0.00001"), Kept::kKept},
      {"money", "numbers-plain", kBx, number("quoteOrderQty=1e2"), Kept::kBroken, "quoteOrderQty"},
      {"trigger", "numbers-plain", kBx, number("stopPrice=6E4"), Kept::kBroken, "stopPrice"},
      {"a text", "wb-amounts-texts", kWb, placed(R"({"amount":"1","price":"2"})"), Kept::kKept},
      {"a number", "wb-amounts-texts", kWb, placed(R"({"amount":"1","price":2})"), Kept::kBroken},
      {"camel", "wb-client-id-camel-case", kWb, placed(R"({"clientOrderId":"a"})"), Kept::kKept},
      {"snake", "wb-client-id-camel-case", kWb, placed(R"({"client_order_id":"a"})"),
       Kept::kBroken},
      {"no placement", "placements-have-ids", kBx, {Bx(kBxOpen)}, Kept::kNotExercised},
      {"an id", "placements-have-ids", kBx, number("newClientOrderId=a1"), Kept::kKept},
      {"none", "placements-have-ids", kBx, number("quantity=1"), Kept::kBroken, "no id"},
      {"an empty one", "placements-have-ids", kWb, placed(R"({"clientOrderId":""})"),
       Kept::kBroken},
      {"of a pair",
       "placements-have-ids",
       kBx,
       {Bx(std::string(kBxOrder) + "?listClientOrderId=7")},
       Kept::kKept},
  });
}

TEST(OrderRulesTest, IdsAreOfOneOrder) {
  const JournalEntry one = BxPlain("quantity=1&newClientOrderId=a");
  const JournalEntry two = BxPlain("quantity=2&newClientOrderId=a");
  const JournalEntry other = BxPlain("quantity=2&newClientOrderId=b");
  const JournalEntry refused = Refused(one, "engine", "balance", 200, R"({"code":100202})");
  const JournalEntry first = Wb(kWbPlain, R"({"amount":"1","clientOrderId":"a"})");
  const JournalEntry second = Wb(kWbPlain, R"({"amount":"2","clientOrderId":"a"})");
  JudgeRows({
      {"no ids", "client-ids-new", kBx, {BxPlain("quantity=1")}, Kept::kNotExercised},
      {"two ids", "client-ids-new", kBx, {one, other}, Kept::kKept},
      {"one id", "client-ids-new", kBx, {one, two}, Kept::kBroken, "#1"},
      {"of one that was refused", "client-ids-new", kBx, {refused, two}, Kept::kKept},
      {"the same once more", "client-ids-new", kBx, {Lost(one), one}, Kept::kKept},
      {"another one after a loss", "client-ids-new", kBx, {Lost(one), two}, Kept::kBroken},
      {"after its end", "client-ids-new", kWb, {first, second}, Kept::kKept},
      {"in use",
       "client-ids-new",
       kWb,
       {first, Refused(second, "engine", "client_id", 422, R"({"code":36,"errors":{}})")},
       Kept::kBroken},
  });
}

TEST(OrderRulesTest, MarketData) {
  const JournalEntry book = WithoutKey(Bx(std::string(kBxBook) + "?symbol=BTC-USDT"));
  const auto with = [](const char* path, const char* query) {
    return std::vector<JournalEntry>{WithoutKey(Bx(std::string(path) + query))};
  };
  JudgeRows({
      {"an order", "market-data-unsigned", kBx, {Bx(kBxOrder)}, Kept::kNotExercised},
      {"neither", "market-data-unsigned", kBx, {book}, Kept::kKept},
      {"a key", "market-data-unsigned", kBx, {Bx(kBxBook)}, Kept::kBroken, "X-BX-APIKEY"},
      {"a signature", "market-data-unsigned", kBx, with(kBxBook, "?signature=1"), Kept::kBroken},
      {"WhiteBIT", "market-data-unsigned", kWb, {Wb(kWbBook, "")}, Kept::kBroken, "X-TXC-APIKEY"},
      {"no limit", "market-data-limits", kBx, {book}, Kept::kNotExercised},
      {"the most", "market-data-limits", kBx, with(kBxBook, "?limit=1000"), Kept::kKept},
      {"more", "market-data-limits", kBx, with(kBxBook, "?limit=1001"), Kept::kBroken, "1000"},
      {"candles", "market-data-limits", kBx, with(kBxCandles, "?limit=1440"), Kept::kKept},
      {"too many", "market-data-limits", kBx, with(kBxCandles, "?limit=1441"), Kept::kBroken},
      {"levels", "market-data-limits", kWb, with(kWbBook, "?limit=101"), Kept::kBroken, "100"},
      // What needs no key is not held to the rules of what does.
      {"unsigned", "key-in-header", kBx, {book}, Kept::kNotExercised},
      {"no time", "bx-timestamp-ms", kBx, {book}, Kept::kNotExercised},
  });
}

TEST(OrderRulesTest, RefusedAndLost) {
  const JournalEntry order = BxPlain("quantity=1&price=60000&timestamp=1");
  const JournalEntry again = BxPlain("quantity=1&price=60000&timestamp=2");
  const JournalEntry named = BxPlain("quantity=1&price=60000&newClientOrderId=a");
  const JournalEntry renamed = BxPlain("quantity=1&price=60000&newClientOrderId=b");
  const JournalEntry refused = Refused(order, "engine", "balance", 200, R"({"code":100202})");
  const JournalEntry shown =
      Answered(Bx(kBxOpen), R"({"code":0,"data":{"orders":[{"symbol":"BTC-USDT","orderId":9,)"
                            R"("price":"60000","origQty":"1","clientOrderID":""}]}})");
  const JournalEntry named_shown = Answered(
      Bx(kBxOpen), R"({"code":0,"data":{"orders":[{"symbol":"BTC-USDT","clientOrderID":"a"}]}})");
  JudgeRows({
      {"refused again", "refused-not-repeated", kBx, {refused, refused}, Kept::kBroken},
      {"lost", "lost-not-repeated", kBx, {Lost(order)}, Kept::kKept},
      {"repeated", "lost-not-repeated", kBx, {Lost(order), again}, Kept::kBroken, "not looked"},
      {"with another id", "lost-not-repeated", kBx, {Lost(named), renamed}, Kept::kBroken},
      {"looked", "lost-not-repeated", kBx, {Lost(order), Bx(kBxOpen), again}, Kept::kKept},
      {"shown", "lost-not-repeated", kBx, {Lost(order), shown, again}, Kept::kBroken, "shown"},
      {"shown by its id",
       "lost-not-repeated",
       kBx,
       {Lost(named), named_shown, renamed},
       Kept::kBroken},
      {"another one shown", "lost-not-repeated", kBx, {Lost(named), shown, renamed}, Kept::kKept},
      {"cancelled",
       "lost-not-repeated",
       kBx,
       {Lost(order), shown, Bx(kBxDrop), again},
       Kept::kKept},
      {"never looked", "outcome-looked-up", kBx, {Lost(order)}, Kept::kBroken},
      {"looked", "outcome-looked-up", kBx, {Lost(order), Bx(kBxOpen)}, Kept::kKept},
  });
}

TEST(OrderRulesTest, Cancels) {
  const std::string placed = R"({"code":0,"data":{"orderId":2000000000000000001}})";
  const auto cancel = [](const char* id) {
    return Refused(Bx(std::string(kBxDrop) + "?orderId=" + id), "engine", "order", 200,
                   R"({"code":100404})");
  };
  const JournalEntry whitebit = Answered(Wb(kWbPlain, "{}"), R"({"orderId":4180284841})");
  JudgeRows({
      {"exact",
       "cancels-known-ids",
       kBx,
       {Answered(BxPlain("quantity=1"), placed), cancel("2000000000000000001")},
       Kept::kKept},
      {"rounded",
       "cancels-known-ids",
       kBx,
       {Answered(BxPlain("quantity=1"), placed), cancel("2000000000000000000")},
       Kept::kBroken,
       "gave 2000000000000000001"},
      // The call takes the id of an order, not that of a group.
      {"of an order",
       "cancels-known-ids",
       kWb,
       {whitebit, Refused(Wb("/api/v4/order/cancel", R"({"orderId":4180284841})"), "engine",
                          "order", 400, "{}")},
       Kept::kKept},
  });
}

TEST(OrderRulesTest, AsAsked) {
  json args = {{"type", "market"}, {"side", "buy"}, {"quantity", "1"}};
  const std::vector<Intent> intents = {
      {.op = "place_order", .args = &args, .after_seq = 0, .until_seq = 9}};
  const auto judge = [&](Venue venue, const JournalEntry& entry) {
    return JudgeRow({"", "order-as-asked", venue, {entry}, Kept::kKept}, intents).why;
  };
  EXPECT_EQ(judge(kBx, BxPlain("type=MARKET&quantity=1")), "");
  EXPECT_THAT(judge(kBx, BxPlain("type=LIMIT")), HasSubstr("type is LIMIT"));
  EXPECT_THAT(judge(kBx, BxPlain("type=MARKET&timeInForce=IOC")), HasSubstr("timeInForce is IOC"));
  EXPECT_THAT(judge(kBx, Bx(kBxOrder)), HasSubstr("it went to"));
  EXPECT_EQ(judge(kWb, Wb("/api/v4/order/stock_market", "{}")), "");
  EXPECT_THAT(judge(kWb, Wb("/api/v4/order/market", "{}")), HasSubstr("/stock_market places"));
  args["side"] = "sell";
  EXPECT_EQ(judge(kWb, Wb("/api/v4/order/market", "{}")), "");
  args = {{"type", "market"}, {"side", "buy"}, {"quote_quantity", "100"}};
  EXPECT_EQ(judge(kWb, Wb("/api/v4/order/market", "{}")), "");
  EXPECT_THAT(judge(kBx, BxPlain("type=MARKET&quantity=1")), HasSubstr("has a quantity"));
  args = {{"type", "stop_market"}, {"wallet", "collateral"}};
  EXPECT_EQ(judge(kWb, Wb("/api/v4/order/collateral/trigger-market", "{}")), "");
  EXPECT_EQ(judge(kBx, BxPlain("type=TRIGGER_MARKET")), "");
  EXPECT_EQ(judge(kBx, BxPlain("type=TAKE_STOP_MARKET")), "");
  args = {{"type", "limit"}, {"time_in_force", "ioc"}};
  EXPECT_EQ(judge(kWb, Wb(kWbPlain, R"({"ioc":true})")), "");
  EXPECT_THAT(judge(kWb, Wb(kWbPlain, R"({"ioc":true,"postOnly":true})")), HasSubstr("postOnly"));
  EXPECT_THAT(judge(kWb, Wb(kWbPlain, "{}")), HasSubstr("ioc is not true"));
  EXPECT_EQ(JudgeRow({"", "order-as-asked", kBx, {Bx(kBxPlain)}, Kept::kKept}).kept,
            Kept::kNotExercised);
}

}  // namespace
}  // namespace ocokit::conform
