// Each rule of one venue on literal journal entries: signatures, times, ids, nonces.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "conformance/testing/rule_rows.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;

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
