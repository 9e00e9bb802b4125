// Each rule of both venues on literal journal entries: kept, broken, not exercised.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "conformance/testing/rule_rows.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(RulesTest, OfBothVenues) {
  const std::string query = "?quantity=0.001&limitPrice=48000&timestamp=1700000000000";
  JudgeRows({
      {"none", "documented-path", kBx, {}, Kept::kNotExercised},
      {"right", "documented-path", kBx, {Bx(kBxOrder)}, Kept::kKept},
      {"no such path",
       "documented-path",
       kBx,
       {Bx(kBxOrder), Refused(Bx("//openApi"), "route", "route", 200, "{}")},
       Kept::kBroken,
       "#2 POST //openApi"},
      {"another method",
       "documented-path",
       kBx,
       {Refused(Bx(kBxOrder), "route", "method", 200, "{}")},
       Kept::kBroken,
       "method"},
      {"a slash more",
       "documented-path",
       kWb,
       {Refused(Wb("/api/v4/orders/", "{}"), "route", "route", 404, "{}")},
       Kept::kBroken},
      {"almost",
       "documented-path",
       kWb,
       {Refused(Wb("/api/v4/order/OCO", "{}"), "route", "route", 404, "{}")},
       Kept::kBroken},
      {"another call of the venue",
       "documented-path",
       kBx,
       {Refused(Bx("/openApi/spot/v1/user/commissionRate"), "route", "route", 200, "{}")},
       Kept::kNotExercised},
      {"accepted", "authenticated", kWb, {Wb(kWbOrder, "{}")}, Kept::kKept},
      {"refused later",
       "authenticated",
       kWb,
       {Refused(Wb(kWbOrder, "{}"), "read", "amount", 422, "{}")},
       Kept::kKept},
      {"refused",
       "authenticated",
       kWb,
       {Refused(Wb(kWbOrder, "{}"), "authenticate", "payload", 400, "{}")},
       Kept::kBroken,
       "refused for payload"},
      {"public", "authenticated", kWb, {Wb("/api/v4/public/time", "")}, Kept::kNotExercised},
      {"any case", "key-in-header", kBx, {Bx(kBxOrder)}, Kept::kKept},
      {"no key", "key-in-header", kWb, {Bx(kWbOrder)}, Kept::kBroken, "X-TXC-APIKEY"},
      {"clean", "secret-stays-home", kBx, {Bx(kBxOrder)}, Kept::kKept},
      {"in the query", "secret-stays-home", kBx, {Bx("/x?s=[secret]")}, Kept::kBroken},
      {"in the body",
       "secret-stays-home",
       kWb,
       {Wb(kWbOrder, R"({"s":"[secret]"})")},
       Kept::kBroken},
      {"once", "no-parameter-twice", kBx, {Bx(kBxOrder + query)}, Kept::kKept},
      {"twice",
       "no-parameter-twice",
       kBx,
       {Bx(kBxOrder + query + "&timestamp=1")},
       Kept::kBroken,
       "timestamp"},
      {"query and body",
       "no-parameter-twice",
       kBx,
       {Bx(kBxOrder + query, R"({"quantity":1})")},
       Kept::kBroken,
       "quantity"},
      {"in JSON",
       "no-parameter-twice",
       kWb,
       {Wb(kWbOrder, R"({"nonce":1,"nonce":2})")},
       Kept::kBroken,
       "nonce"},
  });
}

TEST(RulesTest, OfNumbers) {
  const auto amount = [](const std::string& text) {
    return std::vector<JournalEntry>{Wb(kWbOrder, R"({"amount":)" + text + "}")};
  };
  JudgeRows({
      {"text", "numbers-plain", kWb, amount(R"("0.00001")"), Kept::kKept},
      {"number", "numbers-plain", kWb, amount("0.00001"), Kept::kKept},
      {"exponent", "numbers-plain", kWb, amount("1e-05"), Kept::kBroken, "1e-05"},
      {"exponent in a text", "numbers-plain", kWb, amount(R"("1E-7")"), Kept::kBroken},
      {"comma", "numbers-plain", kWb, amount(R"("0,001")"), Kept::kBroken},
      {"binary fraction", "numbers-plain", kWb, amount("0.30000000000000004"), Kept::kBroken,
       "binary"},
      {"no point at an end", "numbers-plain", kWb, amount(R"("1.")"), Kept::kBroken},
      {"blank", "numbers-plain", kWb, amount(R"("")"), Kept::kBroken},
      {"of a list", "numbers-plain", kWb, {Wb(kWbList, R"({"amount":1e5})")}, Kept::kNotExercised},
      {"text", "wb-amounts-texts", kWb, amount(R"("1")"), Kept::kKept},
      {"number", "wb-amounts-texts", kWb, amount("1"), Kept::kBroken},
  });
}

TEST(RulesTest, OfWhatWasAsked) {
  const json args = {{"symbol", "BTC-USDT"},
                     {"side", "buy"},
                     {"quantity", "0.0010"},
                     {"limit_price", "48000"},
                     {"client_order_id", "7"}};
  const std::vector<Intent> intents = {
      {.op = "place_oco", .args = &args, .after_seq = 0, .until_seq = 9}};
  const std::string right =
      "?symbol=BTC-USDT&side=BUY&quantity=0.001&limitPrice=48000.0&listClientOrderId=7";
  const auto judge = [&](const char* rule, const std::string& query) {
    return JudgeRow({"", rule, kBx, {Bx(kBxOrder + query)}, Kept::kKept}, intents);
  };
  EXPECT_EQ(judge("numbers-as-asked", right).kept, Kept::kKept);
  EXPECT_EQ(judge("fields-as-asked", right).kept, Kept::kKept);
  EXPECT_THAT(judge("numbers-as-asked", "?quantity=0.0011&limitPrice=48000").why,
              HasSubstr("quantity is 0.0011, and 0.0010 was asked for"));
  EXPECT_THAT(judge("numbers-as-asked", "?quantity=0.001").why,
              HasSubstr("limitPrice is not in the request"));
  EXPECT_THAT(judge("fields-as-asked", "?symbol=BTC-USDT&side=SELL&listClientOrderId=7").why,
              HasSubstr("side is SELL"));
  EXPECT_THAT(judge("fields-as-asked", "?symbol=BTC-USDT&side=BUY").why,
              HasSubstr("listClientOrderId is not in the request"));
  // Nobody knows what was meant.
  EXPECT_EQ(JudgeRow({"", "fields-as-asked", kBx, {Bx(kBxOrder)}, Kept::kKept}).kept,
            Kept::kNotExercised);
}

TEST(RulesTest, OfWhatIsDoneNext) {
  const JournalEntry order = Bx(std::string(kBxOrder) + "?quantity=1&timestamp=1");
  const JournalEntry again = Bx(std::string(kBxOrder) + "?timestamp=2&quantity=1");
  const JournalEntry other = Bx(std::string(kBxOrder) + "?quantity=2&timestamp=2");
  const JournalEntry refused = Refused(order, "engine", "balance", 200, R"({"code":100202})");
  const JournalEntry late = Refused(order, "authenticate", "timestamp", 200, R"({"code":100421})");
  const JournalEntry busy = Refused(order, "fault", "status", 200, R"({"code":100500})");
  const JournalEntry forged =
      Refused(order, "authenticate", "signature", 200, R"({"code":100001})");
  const JournalEntry figure =
      Refused(order, "read", "quantity", 200, R"({"code":100400,"msg":"not 100410"})");
  const JournalEntry limited = Refused(order, "limit", "rate_limit", 200, R"({"code":100410})");
  const JournalEntry nonce =
      Refused(Wb(kWbOrder, R"({"nonce":1})"), "authenticate", "nonce_used", 429,
              R"({"code":0,"errors":{},"message":"Too many requests."})");
  JudgeRows({
      {"nothing refused", "refused-not-repeated", kBx, {order, again}, Kept::kNotExercised},
      {"once", "refused-not-repeated", kBx, {refused, other}, Kept::kKept},
      {"repeated", "refused-not-repeated", kBx, {refused, refused}, Kept::kBroken, "#1"},
      {"repeated and accepted", "refused-not-repeated", kBx, {refused, again}, Kept::kKept},
      {"looked", "refused-not-repeated", kBx, {refused, Bx(kBxList), refused}, Kept::kKept},
      {"cancelled", "refused-not-repeated", kBx, {refused, Bx(kBxCancel), refused}, Kept::kKept},
      {"just before", "refused-not-repeated", kBx, {refused, At(refused, 1999)}, Kept::kBroken},
      {"long before", "refused-not-repeated", kBx, {refused, At(refused, 2000)}, Kept::kKept},
      {"busy", "refused-not-repeated", kBx, {busy, busy}, Kept::kNotExercised},
      {"signature", "refused-not-repeated", kBx, {forged, forged}, Kept::kNotExercised},
      {"a figure in the text", "refused-not-repeated", kBx, {figure, figure}, Kept::kBroken},
      {"timestamp", "refused-not-repeated", kBx, {late, again}, Kept::kNotExercised},
      {"limit", "refused-not-repeated", kBx, {limited, again}, Kept::kNotExercised},
      {"nonce",
       "refused-not-repeated",
       kWb,
       {nonce, Wb(kWbOrder, R"({"nonce":2})")},
       Kept::kNotExercised},
      {"nothing lost", "lost-not-repeated", kBx, {order, again}, Kept::kNotExercised},
      {"lost", "lost-not-repeated", kBx, {Lost(order), other}, Kept::kKept},
      {"lost and repeated", "lost-not-repeated", kBx, {Lost(order), again}, Kept::kBroken, "#1"},
      {"502 and repeated",
       "lost-not-repeated",
       kBx,
       {Lost(order, "html_5xx"), again},
       Kept::kBroken},
      {"looked first", "lost-not-repeated", kBx, {Lost(order), Bx(kBxList), again}, Kept::kKept},
      {"late", "lost-not-repeated", kBx, {Lost(order, "delay"), again}, Kept::kNotExercised},
      {"too late", "lost-not-repeated", kBx, {Gone(Lost(order, "delay")), again}, Kept::kBroken},
      {"looked in vain",
       "lost-not-repeated",
       kBx,
       {Lost(order), Lost(Bx(kBxList), "html_5xx"), again},
       Kept::kBroken},
      {"came twice",
       "lost-not-repeated",
       kBx,
       {Lost(order, "duplicate_reply"), again},
       Kept::kNotExercised},
      {"never looked", "outcome-looked-up", kBx, {Lost(order), other}, Kept::kBroken},
      {"looked", "outcome-looked-up", kBx, {Lost(order), Bx(kBxList)}, Kept::kKept},
      {"no limit", "pauses-after-limit", kBx, {order, again}, Kept::kNotExercised},
      {"at once", "pauses-after-limit", kBx, {limited, At(again, 44)}, Kept::kBroken, "44 ms"},
      {"set back", "pauses-after-limit", kBx, {limited, At(again, -9)}, Kept::kKept},
      {"paused", "pauses-after-limit", kBx, {limited, At(again, 45)}, Kept::kKept},
      {"another call", "pauses-after-limit", kBx, {limited, Bx(kBxList)}, Kept::kKept},
      {"over", "keeps-limits", kBx, {order, limited}, Kept::kBroken},
      {"by a fault", "keeps-limits", kBx, {Lost(limited, "rate_limit_now")}, Kept::kKept},
  });
  RuleRow frozen{"", "pauses-after-limit", kBx, {limited, again}, Kept::kNotExercised};
  const Rule* pauses = FindRule(frozen.rule);
  EXPECT_EQ(pauses->judge({.venue = kBx, .entries = frozen.entries, .clock_frozen = true}).kept,
            Kept::kNotExercised);
  const json longer = {{"rule", "pauses-after-limit"}, {"least_ms", 500}};
  EXPECT_EQ(
      JudgeRow({"", "pauses-after-limit", kBx, {limited, At(again, 400)}, Kept::kKept}, {}, longer)
          .kept,
      Kept::kBroken);
}

TEST(RulesTest, OfDoubledOrders) {
  const std::string order =
      R"({"market":"A_B","side":"buy","amount":"1","price":"2","activation_price":"3")";
  const JournalEntry plain = Wb(kWbOrder, order + "}");
  const JournalEntry one = Wb(kWbOrder, order + R"(,"clientOrderId":"one"})");
  const JournalEntry two = Wb(kWbOrder, order + R"(,"clientOrderId":"two"})");
  JournalEntry found = Wb(kWbList, "{}");
  found.reply = R"([{"id":1,"stop_loss":{"market":"A_B","amount":"1.0","activation_price":"3"},)"
                R"("take_profit":{"market":"A_B","amount":"1.0","price":"2.00"}}])";
  JournalEntry others = found;
  others.reply = R"([{"id":1,"stop_loss":{"market":"A_B","amount":"1","activation_price":"3"},)"
                 R"("take_profit":{"market":"A_B","amount":"1","price":"2.5"}}])";
  const JournalEntry cancel = Wb("/api/v4/order/oco-cancel", R"({"orderId":1})");
  const char* rule = "lost-not-repeated";
  JudgeRows({
      {"another client id", rule, kWb, {Lost(one), two}, Kept::kBroken, "has not looked"},
      {"the same, which is refused twice", rule, kWb, {Lost(one), one}, Kept::kKept},
      {"seen and doubled", rule, kWb, {Lost(one), found, two}, Kept::kBroken, "has shown"},
      {"seen, and no id", rule, kWb, {Lost(plain), found, plain}, Kept::kBroken, "has shown"},
      {"seen and cancelled", rule, kWb, {Lost(one), found, cancel, two}, Kept::kKept},
      {"long after", rule, kWb, {Lost(one), found, At(two, 10000)}, Kept::kKept},
      {"another is there", rule, kWb, {Lost(one), others, two}, Kept::kKept},
  });
}

TEST(RulesTest, OfIdsInCancels) {
  const JournalEntry order = Bx(kBxOrder);
  JournalEntry long_id = order;
  long_id.reply = R"({"data":[{"orderId":"2124269861289852929","orderListId":"77"}]})";
  JournalEntry group = Wb(kWbOrder, "{}");
  group.reply = R"({"id":10,"stop_loss":{"order_id":11},"take_profit":{"order_id":12}})";
  const auto not_found = [](JournalEntry entry) {
    return Refused(std::move(entry), "engine", "not_found", 200, R"({"code":100404})");
  };
  const auto cancel = [](const std::string& query) { return Bx(kBxCancel + query); };
  JudgeRows({
      {"none", "cancels-known-ids", kBx, {order}, Kept::kNotExercised},
      {"of a reply", "cancels-known-ids", kBx, {order, cancel("?orderId=18279")}, Kept::kKept},
      {"its client id", "cancels-known-ids", kBx, {order, cancel("?clientOrderId=7")}, Kept::kKept},
      {"rounded",
       "cancels-known-ids",
       kBx,
       {long_id, not_found(cancel("?orderId=2124269861289853000"))},
       Kept::kBroken,
       "2124269861289852929"},
      {"with quotes",
       "cancels-known-ids",
       kBx,
       {order, not_found(cancel("?orderId=%2218279%22"))},
       Kept::kBroken},
      {"of the list",
       "cancels-known-ids",
       kBx,
       {long_id, not_found(cancel("?orderId=77"))},
       Kept::kBroken,
       "the list's"},
      {"of a leg",
       "cancels-known-ids",
       kWb,
       {group, not_found(Wb("/api/v4/order/oco-cancel", R"({"orderId":12})"))},
       Kept::kBroken,
       "a leg's"},
      {"of the group",
       "cancels-known-ids",
       kWb,
       {group, not_found(Wb("/api/v4/order/oco-cancel", R"({"orderId":10})"))},
       Kept::kKept},
      {"not of this journal",
       "cancels-known-ids",
       kBx,
       {order, not_found(cancel("?orderId=555"))},
       Kept::kNotExercised},
      {"not of this journal, and right",
       "cancels-known-ids",
       kBx,
       {cancel("?orderId=555")},
       Kept::kKept},
      {"a number",
       "cancels-known-ids",
       kWb,
       {Wb(kWbOrder, "{}"), Wb("/api/v4/order/oco-cancel", R"({"orderId":117703764513})")},
       Kept::kKept},
  });
}

}  // namespace
}  // namespace ocokit::conform
