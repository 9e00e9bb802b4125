// A text of any length is refused in words: patterns are matched by recursion, which a long one
// would drive through the stack.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock_exchange/testing/control_fixture.h"

namespace ocokit::mock {
namespace {

using ::testing::HasSubstr;

// Four times as long as what ran through the stack.
const std::string& Long() {
  static const std::string text(100'000, '9');
  return text;
}

TEST_F(ControlTest, EveryPatternOfTheSchemasHasABound) {
  int patterns = 0;
  const auto walk = [&](const auto& self, const nlohmann::ordered_json& node) -> void {
    if (node.is_object() && node.contains("pattern") && node["pattern"].is_string()) {
      ++patterns;
      EXPECT_TRUE(node.contains("maxLength")) << node.dump();
    }
    if (!node.is_structured()) return;
    for (const auto& member : node) self(self, member);
  };
  walk(walk, control::OpenApi());
  EXPECT_GT(patterns, 10);
}

TEST_F(ControlTest, ALongTextIsRefusedWithItsLengthAndTheBound) {
  const std::string n = "\"" + Long() + "\"";
  const std::string market = "/accounts/whitebit-1/markets/BTC_USDT/price";
  const struct {
    const char* name;
    std::string method, target, body, member;
    int bound;
  } cases[] = {
      {"balances", "PUT", "/accounts/bingx-1/balances", R"({"USDT":)" + n + "}", "USDT", 100},
      {"price", "PUT", market, R"({"last":)" + n + "}", "last", 100},
      {"fill", "PUT", market, R"({"last":"40000","fill":)" + n + "}", "fill", 100},
      {"path", "PUT", market, R"({"path":[{"at_ms":0,"last":)" + n + "}]}", "path[0].last", 100},
      {"walk", "PUT", market, R"({"walk":{"max_step":)" + n + "}}", "walk.max_step", 100},
      {"positions", "PUT", "/accounts/whitebit-1/positions",
       R"([{"market":"BTC_USDT","side":"long","amount":)" + n + R"(,"base_price":"1"}])",
       "[0].amount", 100},
      {"fees", "POST", "/accounts",
       R"({"venue":"bingx","markets":[{"symbol":"BTC-USDT","taker_fee":)" + n + "}]}",
       "markets[0].taker_fee", 100},
      {"endpoints", "POST", "/accounts", R"({"venue":"bingx","endpoints":["/)" + Long() + R"("]})",
       "endpoints[0]", 256},
      {"name", "POST", "/accounts", R"({"venue":"bingx","name":)" + n + "}", "name", 256},
      {"key", "POST", "/accounts", R"({"venue":"bingx","key":)" + n + "}", "key", 256},
      {"secret", "POST", "/accounts", R"({"venue":"bingx","secret":)" + n + "}", "secret", 1024},
      {"symbol", "POST", "/accounts", R"({"venue":"bingx","markets":[{"symbol":)" + n + "}]}",
       "markets[0].symbol", 32},
      {"method", "POST", "/accounts/bingx-1/faults",
       R"({"match":{"method":")" + std::string(100'000, 'A') + R"("},"action":{"type":"reset"}})",
       "match.method", 32},
      {"path of a fault", "POST", "/accounts/bingx-1/faults",
       R"({"match":{"path":"/)" + Long() + R"("},"action":{"type":"reset"}})", "match.path", 256},
      {"last_nonce", "POST", "/doctor",
       R"({"account":"bingx-1","raw":"GET / HTTP/1.1\r\n\r\n","last_nonce":)" + n + "}",
       "last_nonce", 100},
  };
  for (const auto& c : cases) {
    const Json problem = Problem(c.method, c.target, c.body);
    EXPECT_EQ(problem["status"], 400) << c.name;
    EXPECT_EQ(problem.value("member", ""), c.member) << c.name;
    const auto detail = problem["detail"].get<std::string>();
    EXPECT_THAT(detail, HasSubstr("may have " + std::to_string(c.bound) + " at most")) << c.name;
    EXPECT_THAT(detail, HasSubstr(" has 10000")) << c.name;
    EXPECT_LT(detail.size(), 400U) << c.name;
  }
}

TEST_F(ControlTest, ALongAssetIsRefusedWithItsLengthAndTheBound) {
  const Json problem =
      Problem("POST", "/accounts", R"({"venue":"bingx","balances":{")" + Long() + R"(":"1"}})");
  EXPECT_EQ(problem["detail"],
            "the account: balances: an asset has 100000 characters, and may have 32 at most");
}

TEST_F(ControlTest, ALongNameIsNotRepeatedWhole) {
  for (const std::string& body :
       {"{\"" + Long() + "\":1}", "{\"last\":\"1\",\"" + Long() + "\":\"1\"}", "\"" + Long(),
        "{\"" + Long() + "\":1,\"" + Long() + "\":1}"}) {
    const Json problem = Problem("PUT", "/accounts/whitebit-1/markets/BTC_USDT/price", body);
    EXPECT_EQ(problem["status"], 400);
    EXPECT_LT(problem["detail"].get<std::string>().size(), 600U);
  }
}

}  // namespace
}  // namespace ocokit::mock
