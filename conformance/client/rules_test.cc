// Each rule on literal journal entries: kept, broken, not exercised.

#include "conformance/client/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ocokit::conform {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr const char* kBxOrder = "/openApi/spot/v1/oco/order";
constexpr const char* kBxCancel = "/openApi/spot/v1/oco/cancel";
constexpr const char* kBxList = "/openApi/spot/v1/oco/openOrderList";
constexpr const char* kWbOrder = "/api/v4/order/collateral/oco";
constexpr const char* kWbList = "/api/v4/oco-orders";

// A request to BingX: parameters in the query.
JournalEntry Bx(std::string target, std::string body = "") {
  JournalEntry entry{.method = "POST",
                     .target = std::move(target),
                     .headers = {{"x-bx-apikey", "k"}},
                     .body = std::move(body),
                     .accepted = true,
                     .stage = "engine",
                     .status = 200,
                     .reply = R"({"code":0,"data":[{"orderId":"18279","clientOrderId":"7"}]})"};
  entry.at_ms = 1700000000000;
  return entry;
}

// A request to WhiteBIT with this body, and these headers beside key and type.
JournalEntry Wb(std::string path, std::string body, Headers more = {}) {
  JournalEntry entry{.method = "POST",
                     .target = std::move(path),
                     .headers = {{"X-TXC-APIKEY", "k"}, {"Content-Type", "application/json"}},
                     .body = std::move(body),
                     .accepted = true,
                     .stage = "engine",
                     .status = 200,
                     .reply = R"({"id":117703764513})"};
  entry.headers.insert(entry.headers.end(), more.begin(), more.end());
  entry.at_ms = 1700000000000;
  return entry;
}

JournalEntry Typed(std::string type) {
  JournalEntry entry = Wb("/api/v4/oco-orders", "{}");
  entry.headers[1].second = std::move(type);
  return entry;
}

JournalEntry Refused(JournalEntry entry, std::string stage, std::string rule, int status,
                     std::string reply) {
  entry.accepted = false;
  entry.stage = std::move(stage);
  entry.rule = std::move(rule);
  entry.status = status;
  entry.reply = std::move(reply);
  return entry;
}

JournalEntry Lost(JournalEntry entry, std::string fault = "lost_reply") {
  entry.faults = {std::move(fault)};
  return entry;
}

JournalEntry Gone(JournalEntry entry) {
  entry.written = false;
  return entry;
}

JournalEntry At(JournalEntry entry, std::int64_t ms) {
  entry.at_ms += ms;
  return entry;
}

struct RuleRow {
  const char* name;
  const char* rule;
  Venue venue;
  std::vector<JournalEntry> entries;
  Kept want;
  const char* why = "";
};

Finding JudgeRow(const RuleRow& row, std::vector<Intent> intents = {}, const json& given = {}) {
  const Rule* rule = FindRule(row.rule);
  EXPECT_NE(rule, nullptr) << row.rule;
  static std::vector<JournalEntry> entries;
  entries = row.entries;
  for (std::size_t i = 0; i < entries.size(); ++i)
    entries[i].seq = static_cast<std::int64_t>(i) + 1;
  return rule->judge({.venue = row.venue,
                      .dialect = "docs",
                      .secret = "test-secret",
                      .entries = entries,
                      .intents = intents,
                      .given = &given});
}

void JudgeRows(const std::vector<RuleRow>& rows) {
  for (const RuleRow& row : rows) {
    const Finding finding = JudgeRow(row);
    EXPECT_EQ(finding.kept, row.want) << row.rule << ": " << row.name << ": " << finding.why;
    EXPECT_THAT(finding.why, HasSubstr(row.why)) << row.rule << ": " << row.name;
    if (row.want == Kept::kBroken) {
      EXPECT_NE(finding.entry, nullptr) << row.name;
      EXPECT_FALSE(finding.wanted.empty()) << row.name;
    }
  }
}

constexpr Venue kBx = Venue::kBingx;
constexpr Venue kWb = Venue::kWhitebit;

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
       {Refused(Bx("/openApi/spot/v1/market/depth"), "route", "route", 200, "{}")},
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

// The secret of all rows is test-secret; the figures are openssl's.
TEST(RulesTest, OfBingxSignatures) {
  const std::string sorted = "?side=BUY&symbol=A%23B-C&timestamp=1700000000000";
  const std::string hex = "0a302fef6ccf6217eb4bfa2e3a4e8f13f9ed2ab3c52ee4ab08b0a08ec1a4bdfb";
  const std::string json_hex = "84e484b1caf043187667d74a2abdf175c2e491547004d73b6fa0412055c6b491";
  const std::string body =
      R"({"limitPrice":48000,"orderPrice":88000,"quantity":0.001,"side":"BUY","symbol":"BTC-USDT",)"
      R"("timestamp":1700000000000,"triggerPrice":87000,"signature":")" +
      json_hex + "\"}";
  JudgeRows({
      {"JSON", "bx-signature-fits", kBx, {Bx(kBxOrder, body)}, Kept::kKept},
      {"none",
       "bx-signature-fits",
       kBx,
       {Bx(kBxOrder + sorted)},
       Kept::kBroken,
       "no parameter signature"},
      {"wrong",
       "bx-signature-fits",
       kBx,
       {Bx(kBxOrder + sorted + "&signature=" + json_hex)},
       Kept::kBroken},
      {"raw of an escaped value",
       "bx-signature-fits",
       kBx,
       {Bx(kBxOrder + sorted +
           "&signature=664a0c3e82b385845767e57c90a386cfec0db33e810b4f4fb2a4b10e016e2b6a")},
       Kept::kKept},
      {"lower", "bx-signature-lower-hex", kBx, {Bx("/x?signature=" + hex)}, Kept::kKept},
      {"upper",
       "bx-signature-lower-hex",
       kBx,
       {Bx("/x?signature=0A" + hex.substr(2))},
       Kept::kBroken},
      {"short", "bx-signature-lower-hex", kBx, {Bx("/x?signature=0a")}, Kept::kBroken},
      {"whole", "bx-json-whole", kBx, {Bx(kBxOrder, body)}, Kept::kKept},
      {"a query", "bx-json-whole", kBx, {Bx(kBxOrder + sorted)}, Kept::kNotExercised},
      {"signature in the URL",
       "bx-json-whole",
       kBx,
       {Bx(kBxOrder + std::string("?signature=1"), R"({"timestamp":1})")},
       Kept::kBroken,
       "signature"},
      {"cut", "bx-json-whole", kBx, {Bx(kBxOrder, R"({"timestamp":1)")}, Kept::kBroken, "no JSON"},
  });
}

TEST(RulesTest, OfBingxTimeAndIds) {
  const auto sent = [](const std::string& query) {
    return std::vector<JournalEntry>{Bx(kBxOrder + query)};
  };
  JudgeRows({
      {"ms", "bx-timestamp-ms", kBx, sent("?timestamp=1700000000000"), Kept::kKept},
      {"seconds", "bx-timestamp-ms", kBx, sent("?timestamp=1700000000"), Kept::kBroken},
      {"none", "bx-timestamp-ms", kBx, sent(""), Kept::kBroken},
      {"at the edge", "bx-timestamp-in-window", kBx, sent("?timestamp=1699999995000"), Kept::kKept},
      {"beyond", "bx-timestamp-in-window", kBx, sent("?timestamp=1699999994999"), Kept::kBroken},
      {"ahead", "bx-timestamp-in-window", kBx, sent("?timestamp=1700000005001"), Kept::kBroken},
      {"a window of its own", "bx-timestamp-in-window", kBx,
       sent("?timestamp=1699999998999&recvWindow=1000"), Kept::kBroken},
      {"digits", "bx-client-ids-digits", kBx, sent("?listClientOrderId=007"), Kept::kKept},
      {"letters", "bx-client-ids-digits", kBx, sent("?belowClientOrderId=a7"), Kept::kBroken},
      {"none", "bx-client-ids-digits", kBx, sent(""), Kept::kNotExercised},
  });
}

TEST(RulesTest, OfWhitebitPayloads) {
  const std::string body = R"({"request":"/api/v4/oco-orders","nonce":"1700000000001"})";
  const std::string payload =
      "eyJyZXF1ZXN0IjoiL2FwaS92NC9vY28tb3JkZXJzIiwibm9uY2UiOiIxNzAwMDAwMDAwMDAxIn0=";
  const std::string hex =
      "1b56e9c4ba7b9cfcf9be40d6ca7f90dfe78273ff1f61b11f69988d00f324b4737a4d2da1b9c912fa768d09f4780f"
      "d"
      "0c2c4e743fc7b2a78074f1b38fb999ddd48";
  const auto sent = [&](const std::string& text, const std::string& base64,
                        const std::string& signature) {
    return std::vector<JournalEntry>{
        Wb(kWbList, text, {{"x-txc-payload", base64}, {"X-TXC-SIGNATURE", signature}})};
  };
  JudgeRows({
      {"right", "wb-signature-fits", kWb, sent(body, payload, hex), Kept::kKept},
      {"upper", "wb-signature-fits", kWb, sent(body, payload, "1B" + hex.substr(2)), Kept::kBroken},
      {"none", "wb-signature-fits", kWb, {Wb(kWbList, body)}, Kept::kBroken},
      {"right", "wb-payload-is-body", kWb, sent(body, payload, hex), Kept::kKept},
      {"another order", "wb-payload-is-body", kWb,
       sent(R"({"nonce": "1700000000001","request":"/api/v4/oco-orders"})", payload, hex),
       Kept::kKept},
      {"another nonce", "wb-payload-is-body", kWb,
       sent(R"({"request":"/api/v4/oco-orders","nonce":"1700000000002"})", payload, hex),
       Kept::kBroken, "nonce"},
      {"a number for a text", "wb-payload-is-body", kWb,
       sent(R"({"request":"/api/v4/oco-orders","nonce":1700000000001})", payload, hex),
       Kept::kBroken, "nonce"},
      {"a member less", "wb-payload-is-body", kWb, sent("{}", payload, hex), Kept::kBroken},
      {"no base64", "wb-payload-is-body", kWb, sent(body, "{}", hex), Kept::kBroken, "base64"},
      {"no JSON", "wb-payload-is-body", kWb, sent("a=b", payload, hex), Kept::kBroken, "no JSON"},
      {"compact", "wb-payload-compact", kWb, sent(body, payload, hex), Kept::kKept},
      {"blanks", "wb-payload-compact", kWb, sent(body, "eyJhIjogMX0=", hex), Kept::kBroken,
       "blanks"},
      {"slashes", "wb-payload-compact", kWb, sent(body, "eyJhIjoiXC8ifQ==", hex), Kept::kBroken,
       "slashes"},
      {"bytes", "wb-payload-bytes", kWb, sent(body, payload, hex), Kept::kKept},
      {"other bytes", "wb-payload-bytes", kWb, sent(body + "\n", payload, hex), Kept::kBroken},
      {"path", "wb-request-is-path", kWb, sent(body, payload, hex), Kept::kKept},
      {"no version",
       "wb-request-is-path",
       kWb,
       {Wb(kWbList, R"({"request":"/oco-orders"})")},
       Kept::kBroken},
      {"json", "wb-content-type", kWb, sent(body, payload, hex), Kept::kKept},
      {"none", "wb-content-type", kWb, {Bx(kWbList)}, Kept::kBroken},
      {"any case", "wb-content-type", kWb, {Typed("Application/JSON; charset=utf-8")}, Kept::kKept},
      {"another", "wb-content-type", kWb, {Typed("application/json-seq")}, Kept::kBroken},
      {"camel",
       "wb-client-id-camel-case",
       kWb,
       {Wb(kWbOrder, R"({"clientOrderId":"a"})")},
       Kept::kKept},
      {"snake",
       "wb-client-id-camel-case",
       kWb,
       {Wb(kWbOrder, R"({"client_order_id":"a"})")},
       Kept::kBroken},
      {"no id", "wb-client-id-camel-case", kWb, {Wb(kWbOrder, "{}")}, Kept::kNotExercised},
  });
}

TEST(RulesTest, OfNonces) {
  const auto nonces = [](std::initializer_list<const char*> texts, const char* more = "") {
    std::vector<JournalEntry> entries;
    for (const char* text : texts) {
      entries.push_back(Wb(kWbList, R"({"nonce":)" + std::string(text) + more + "}"));
    }
    return entries;
  };
  JudgeRows({
      {"rising", "wb-nonce-rises", kWb, nonces({"1", "\"2\"", "5"}), Kept::kKept},
      {"equal", "wb-nonce-rises", kWb, nonces({"1", "1"}), Kept::kBroken, "not above 1"},
      {"falling", "wb-nonce-rises", kWb, nonces({"3", "4", "2"}), Kept::kBroken, "#3"},
      {"falling in a window", "wb-nonce-rises", kWb, nonces({"3", "2"}, R"(,"nonceWindow":true)"),
       Kept::kKept},
      {"missing", "wb-nonce-rises", kWb, {Wb(kWbList, "{}")}, Kept::kBroken, "missing"},
      {"falling but new", "wb-nonce-unused", kWb, nonces({"3", "2"}), Kept::kKept},
      {"twice", "wb-nonce-unused", kWb, nonces({"3", "2", "3"}), Kept::kBroken, "#3"},
      {"ms", "wb-nonce-ms", kWb, nonces({"1700000000001"}), Kept::kKept},
      {"seconds", "wb-nonce-ms", kWb, nonces({"1700000000"}), Kept::kBroken},
      {"microseconds", "wb-nonce-ms", kWb, nonces({"1700000000000000"}), Kept::kBroken},
  });
}

}  // namespace
}  // namespace ocokit::conform
