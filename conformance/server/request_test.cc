#include "conformance/server/request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace ocokit::conform::server {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Key;
using testing::Not;
using testing::Pair;

class RequestTest : public testing::Test {
 protected:
  Request Whitebit(const char* call, const char* step) {
    return Make(Venue::kWhitebit, call, step);
  }
  Request Bingx(const char* call, const char* step) { return Make(Venue::kBingx, call, step); }

  Request Make(Venue venue, const char* call, const char* step) {
    maker_.venue = venue;
    return MakeRequest(*FindCall(venue, call), json::parse(step), maker_, saved_);
  }

  Maker maker_ = {.keys = {"test-key", "test-secret"},
                  .authority = "127.0.0.1:8787",
                  .base_path = "",
                  .now_ms = 1700000000000,
                  .next_nonce = 1700000000000,
                  .last_nonce = 1699999999999};
  Saved saved_ = {{"id", ParseJson("17").value()}, {"name", ParseJson("\"17\"").value()}};
};

// The one signed example that WhiteBIT publishes: whitebit-cli, test/lib/auth.test.ts, 2026-04.
TEST_F(RequestTest, WhitebitIsThePublishedExample) {
  const Call call{"published", "POST", "/api/v4/trade-balance"};
  const Request request = MakeRequest(
      call, json{{"set", {{"nonceWindow", true}, {"ticker", "BTC"}}}},
      [this] {
        maker_.venue = Venue::kWhitebit;
        return maker_;
      }(),
      saved_);
  EXPECT_EQ(request.body,
            R"({"request":"/api/v4/trade-balance","nonce":1700000000000,"nonceWindow":true,)"
            R"("ticker":"BTC"})");
  EXPECT_THAT(
      request.headers,
      Contains(Pair("X-TXC-PAYLOAD",
                    "eyJyZXF1ZXN0IjoiL2FwaS92NC90cmFkZS1iYWxhbmNlIiwibm9uY2UiOjE3MDAwMDAwMDA"
                    "wMDAsIm5vbmNlV2luZG93Ijp0cnVlLCJ0aWNrZXIiOiJCVEMifQ==")));
  EXPECT_EQ(
      request.signature,
      "81d08e8576e565acb3da4ec9125fc4d87683c97a183a6034f4cf1cd2f2c2b70af2da3aaba2241afa785d5fb7ad6"
      "e25d8dbe7049608f409487a56067703df9b92");
  EXPECT_EQ(request.signature, request.right_signature);
}

// With the sample secret that BingX publishes; the figure made with openssl (bx-sign-170).
TEST_F(RequestTest, BingxIsTheDocumentsExample) {
  maker_.keys.secret =
      "mheO6dR8ovSsxZQCOYEFCtelpuxcWGTfHw7te326y6jOwq5WpvFQ9JNljoTwBXZGv5It07m9RXSPpDQEK2w";
  const Request request = Bingx("place", R"({"set":{"timestamp":1724655430675,
      "listClientOrderId":"12345610030","aboveClientOrderId":"12345610031",
      "belowClientOrderId":"12345610032"}})");
  EXPECT_EQ(
      request.target,
      "/openApi/spot/v1/oco/order?aboveClientOrderId=12345610031&belowClientOrderId=12345610032&"
      "limitPrice=48000&listClientOrderId=12345610030&orderPrice=88000&quantity=0.001&side=BUY&"
      "symbol=BTC-USDT&timestamp=1724655430675&triggerPrice=87000&signature="
      "44cea1018df9d369f4f60d67819a30fcbc518cd4972c21fdeb35b9b402a2785c");
}

TEST_F(RequestTest, WritesTheWholeRequest) {
  EXPECT_EQ(Bingx("time", "{}").bytes,
            "GET /openApi/spot/v1/server/time?timestamp=1700000000000 HTTP/1.1\r\n"
            "Host: 127.0.0.1:8787\r\nUser-Agent: ocokit-conform\r\n\r\n");
  EXPECT_EQ(Whitebit("time", R"({"headers":{"User-Agent":null}})").bytes,
            "GET /api/v4/public/time HTTP/1.1\r\nHost: 127.0.0.1:8787\r\n\r\n");
  maker_.base_path = "/mock";
  EXPECT_THAT(Whitebit("list", "{}").bytes, HasSubstr("POST /mock/api/v4/oco-orders HTTP/1.1\r\n"));
  EXPECT_THAT(Whitebit("list", "{}").body, HasSubstr(R"("request":"/api/v4/oco-orders")"));
}

TEST_F(RequestTest, ChangesWhitebitsBody) {
  struct Row {
    const char* step;
    const char* body;
  };
  const Row rows[] = {
      {R"({})", R"({"request":"/api/v4/oco-orders","nonce":1700000000000})"},
      {R"({"remove":["request"]})", R"({"nonce":1700000000000})"},
      {R"({"remove":["nonce"]})", R"({"request":"/api/v4/oco-orders"})"},
      {R"({"set":{"nonce":"x"}})", R"({"request":"/api/v4/oco-orders","nonce":"x"})"},
      {R"({"time":{"as":"string"}})",
       R"({"request":"/api/v4/oco-orders","nonce":"1700000000000"})"},
      {R"({"time":{"offset_ms":-5001}})",
       R"({"request":"/api/v4/oco-orders","nonce":1699999994999})"},
      {R"({"time":{"unit":"s"}})", R"({"request":"/api/v4/oco-orders","nonce":1700000000})"},
      {R"({"time":{"from_last_nonce":0}})",
       R"({"request":"/api/v4/oco-orders","nonce":1699999999999})"},
      {R"({"again":{"nonce":1}})",
       R"({"request":"/api/v4/oco-orders","nonce":1700000000000,"nonce":1})"},
      {R"({"body":"spaced"})", R"({"request": "/api/v4/oco-orders", "nonce": 1700000000000})"},
      {R"({"body":"escaped_slashes"})",
       R"({"request":"\/api\/v4\/oco-orders","nonce":1700000000000})"},
      {R"({"body":"reversed"})", R"({"nonce":1700000000000,"request":"/api/v4/oco-orders"})"},
      {R"({"body":"newline"})", "{\"request\":\"/api/v4/oco-orders\",\"nonce\":1700000000000}\n"},
      {R"({"body_text":"x=1"})", "x=1"},
      {R"({"set":{"limit":{"$text":"1.50"}},"remove":["request","nonce"]})", R"({"limit":1.50})"},
      {R"({"set":{"orderId":{"$saved":"id"}},"remove":["request","nonce"]})", R"({"orderId":17})"},
      {R"({"set":{"orderId":{"$saved_text":"id"}},"remove":["request","nonce"]})",
       R"({"orderId":"17"})"},
      {R"({"set":{"x":{"$repeat":["ab",3]}},"remove":["request","nonce"]})", R"({"x":"ababab"})"},
      {R"({"set":{"x":{"$now_ms":-1}},"remove":["request","nonce"]})", R"({"x":1699999999999})"},
  };
  for (const Row& row : rows) EXPECT_EQ(Whitebit("list", row.step).body, row.body) << row.step;
}

TEST_F(RequestTest, ChangesWhitebitsHeaders) {
  const Request right = Whitebit("list", "{}");
  EXPECT_EQ(right.signature, right.right_signature);
  EXPECT_EQ(right.nonce, "1700000000000");
  const Request other = Whitebit("list", R"({"set":{"limit":50},"signed_set":{"limit":51}})");
  EXPECT_THAT(other.body, HasSubstr(R"("limit":50)"));
  EXPECT_EQ(other.signature, other.right_signature);
  EXPECT_NE(Whitebit("list", R"({"signing":{"over":"body"}})").signature, right.signature);
  EXPECT_THAT(Whitebit("list", R"({"headers":{"X-TXC-PAYLOAD":null}})").headers,
              Not(Contains(Key("X-TXC-PAYLOAD"))));
  EXPECT_THAT(Whitebit("list", R"({"headers":{"X-TXC-APIKEY":"nobody"}})").headers,
              Contains(Pair("X-TXC-APIKEY", "nobody")));
  EXPECT_THAT(Whitebit("list", R"({"header_names":"lower"})").headers,
              Contains(Pair("x-txc-apikey", "test-key")));
  EXPECT_THAT(Whitebit("list", R"({"base64":"none"})").headers,
              Contains(Pair("X-TXC-PAYLOAD", right.body)));
  // A compact payload beside a body with blanks is the one of the compact body.
  EXPECT_EQ(Whitebit("list", R"({"body":"spaced","payload":"compact"})").signature,
            right.signature);
}

TEST_F(RequestTest, ChangesBingxsParameters) {
  struct Row {
    const char* step;
    const char* query;  // before the signature
  };
  const Row rows[] = {
      {R"({})", "pageIndex=1&pageSize=100&timestamp=1700000000000&signature="},
      {R"({"order":"reversed"})", "timestamp=1700000000000&pageSize=100&pageIndex=1&signature="},
      {R"({"remove":["timestamp"]})", "pageIndex=1&pageSize=100&signature="},
      {R"({"set":{"timestamp":"now"}})", "pageIndex=1&pageSize=100&timestamp=now&signature="},
      {R"({"time":{"unit":"s"}})", "pageIndex=1&pageSize=100&timestamp=1700000000&signature="},
      {R"({"set":{"a":"x y+z/#"}})",
       "a=x%20y%2Bz%2F%23&pageIndex=1&pageSize=100&timestamp=1700000000000&signature="},
      {R"({"set":{"a":{"$saved":"name"}}})",
       "a=17&pageIndex=1&pageSize=100&timestamp=1700000000000&signature="},
  };
  for (const Row& row : rows) {
    EXPECT_THAT(Bingx("open_lists", row.step).target,
                HasSubstr(std::string("/openApi/spot/v1/oco/openOrderList?") + row.query))
        << row.step;
  }
  EXPECT_THAT(Bingx("open_lists", R"({"remove":["signature"]})").target,
              EndsWith("timestamp=1700000000000"));
}

TEST_F(RequestTest, SignsBingxsParametersWronglyOnDemand) {
  for (const char* step :
       {R"({"signing":{"without":["timestamp"]}})", R"({"signed_set":{"pageSize":50}})",
        R"({"order":"reversed","signing":{"over":"sent"}})",
        R"({"signing":{"over":"question_mark"}})", R"({"signing":{"over":"json"}})",
        R"({"set":{"a":"x y"},"signing":{"over":"encoded"}})"}) {
    const Request request = Bingx("open_lists", step);
    EXPECT_NE(request.signature, request.right_signature) << step;
  }
}

TEST_F(RequestTest, PutsBingxsParametersIntoTheBody) {
  const Request form = Bingx("place", R"({"as":"form"})");
  EXPECT_EQ(form.target, "/openApi/spot/v1/oco/order");
  EXPECT_THAT(form.body, HasSubstr("limitPrice=48000&orderPrice=88000&quantity=0.001"));
  const Request body = Bingx("place", R"({"as":"json"})");
  EXPECT_THAT(body.body, HasSubstr(R"({"limitPrice":48000,"orderPrice":88000,"quantity":0.001,)"
                                   R"("side":"BUY")"));
  EXPECT_THAT(body.body, EndsWith("\"signature\":\"" + body.signature + "\"}"));
  EXPECT_EQ(body.signature, form.signature);
  const Request mixed = Bingx("place", R"({"as":"form","in_query":["symbol"]})");
  EXPECT_THAT(mixed.target, EndsWith("?symbol=BTC-USDT"));
  EXPECT_THAT(mixed.body, Not(HasSubstr("symbol")));
}

TEST_F(RequestTest, WritesValuesInsideOthers) {
  EXPECT_THAT(Whitebit("cancel_bulk", R"({"set":{"orders":[{"market":"BTC_USDT","orderId":
      {"$saved":"id"}},{"$text":"7"},[],{}]}})")
                  .body,
              EndsWith(R"("orders":[{"market":"BTC_USDT","orderId":17},7,[],{}]})"));
  EXPECT_THAT(Bingx("cancel_orders", R"({"set":{"orderIds":{"$joined":
      [{"$saved":"id"},{"$saved":"name"},"a"]}}})")
                  .target,
              HasSubstr("?orderIds=17%2C17%2Ca&symbol=BTC-USDT&"));
}

// Which account's prices and book a server with several shows.
TEST_F(RequestTest, SendsTheKeyWithoutASignature) {
  const Request book = Whitebit("book", R"({"with_key":true,"set":{"limit":1}})");
  EXPECT_EQ(book.target, "/api/v4/public/orderbook/BTC_USDT?limit=1");
  EXPECT_THAT(book.headers, Contains(Pair("X-TXC-APIKEY", "test-key")));
  EXPECT_THAT(book.headers, Not(Contains(Key("X-TXC-SIGNATURE"))));
  EXPECT_THAT(Whitebit("book", "{}").headers, Not(Contains(Key("X-TXC-APIKEY"))));
  const Request depth = Bingx("depth", R"({"with_key":true})");
  EXPECT_EQ(depth.target.find("signature"), std::string::npos);
  EXPECT_THAT(depth.headers, Contains(Pair("X-BX-APIKEY", "test-key")));
}

TEST_F(RequestTest, ChangesTheWire) {
  const Request chunked = Whitebit("list", R"({"wire":"chunked"})");
  EXPECT_THAT(chunked.headers, Contains(Pair("Transfer-Encoding", "chunked")));
  EXPECT_THAT(chunked.headers, Not(Contains(Key("Content-Length"))));
  EXPECT_EQ(chunked.body,
            "36\r\n{\"request\":\"/api/v4/oco-orders\",\"nonce\":1700000000000}\r\n0\r\n\r\n");
  EXPECT_THAT(Whitebit("list", R"({"wire":"absolute_target"})").bytes,
              HasSubstr("POST http://127.0.0.1:8787/api/v4/oco-orders HTTP/1.1\r\n"));
  EXPECT_THAT(Bingx("place", R"({"method":"GET"})").bytes, HasSubstr("GET /openApi/"));
}

TEST_F(RequestTest, RefusesAStepThatIsWrong) {
  EXPECT_THROW((void)Whitebit("list", R"({"time":{"unit":"h"}})"), std::invalid_argument);
  EXPECT_THROW((void)Whitebit("list", R"({"base64":"64"})"), std::invalid_argument);
  EXPECT_THROW((void)Whitebit("list", R"({"set":{"a":{"$saved":"none"}}})"), std::invalid_argument);
  EXPECT_THROW((void)Whitebit("list", R"({"set":{"a":{"$nothing":1}}})"), std::invalid_argument);
  EXPECT_THROW((void)Whitebit("list", R"({"wire":7})"), json::exception);
}

}  // namespace
}  // namespace ocokit::conform::server
