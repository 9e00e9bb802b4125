// The OpenAPI document, and every call held against it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "mock_exchange/testing/control_fixture.h"

namespace ocokit::mock {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST_F(ControlTest, TheDocumentInDocsIsTheOneThatIsServed) {
  std::ifstream file(OCOKIT_CONTROL_DOCUMENT);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  EXPECT_TRUE(text == ControlOpenApi())
      << "docs/control.openapi.json is made by: ocokit ctl openapi > docs/control.openapi.json";
  EXPECT_TRUE(Ask("GET", "/openapi.json").response->body == text);
}

TEST_F(ControlTest, EveryReferenceInTheDocumentLeadsSomewhere) {
  const auto& document = control::OpenApi();
  const auto walk = [&](const auto& self, const nlohmann::ordered_json& node) -> void {
    if (node.is_object() && node.contains("$ref")) {
      const std::string ref = node["$ref"].template get<std::string>();
      ASSERT_THAT(ref, StartsWith("#/"));
      EXPECT_TRUE(document.contains(nlohmann::ordered_json::json_pointer(ref.substr(1)))) << ref;
    }
    if (!node.is_structured()) return;
    for (const auto& member : node) self(self, member);
  };
  walk(walk, document);
}

TEST_F(ControlTest, EveryOperationOfTheDocumentIsThereAndAnswersAsItSays) {
  PlaceWhitebit();
  Get("/health");
  Get("/openapi.json");
  Get("/journal");
  Get("/accounts");
  const Json made = Do("POST", "/accounts", {{"venue", "whitebit"}, {"name", "mine"}});
  const std::string mine = "/accounts/" + made["account"].get<std::string>();
  Get("/accounts/whitebit-1");
  Get("/accounts/bingx-1");
  Do("PUT", mine + "/balances", {{"USDT", "5"}});
  Do("PUT", mine + "/positions",
     {{{"market", "BTC_USDT"}, {"side", "long"}, {"amount", "1"}, {"base_price", "40000"}}});
  Get(mine + "/settings");
  Do("PUT", mine + "/settings", {{"rate_limits", "off"}});
  Get(mine + "/markets/BTC_USDT/price");
  Do("PUT", mine + "/markets/BTC_USDT/price", {{"last", "41000"}});
  Do("POST", mine + "/markets/BTC_USDT/replay", {{"csv", "1700000000,40000,0.5\n"}});
  Do("PUT", mine + "/markets/BTC_USDT/book", {{"spread", "1"}, {"amount_per_level", "0.5"}});
  Get(mine + "/markets/BTC_USDT/book");
  EXPECT_EQ(Ask("DELETE", mine + "/markets/BTC_USDT/book").response->status, 204);
  Get(mine + "/clock");
  Do("POST", mine + "/clock", {{"freeze", true}});
  Get("/accounts/whitebit-1/orders");
  const Json fault = Do("POST", mine + "/faults", {{"action", {{"type", "reset"}}}});
  Get(mine + "/faults");
  const std::string one = mine + "/faults/" + fault["id"].get<std::string>();
  Get(one);
  EXPECT_EQ(Ask("DELETE", one).response->status, 204);
  EXPECT_EQ(Ask("DELETE", mine + "/faults").response->status, 204);
  Get("/accounts/whitebit-1/events");
  Ask("GET", "/accounts/whitebit-1/events/stream");
  const auto stream = Open("/@whitebit-1/ws");
  Get("/accounts/whitebit-1/streams");
  EXPECT_EQ(Ask("DELETE", "/accounts/whitebit-1/streams/stream-1").response->status, 204);
  stream->OnEnded({});
  Get("/accounts/whitebit-1/frames");
  Ask("GET", "/accounts/whitebit-1/frames/stream");
  Get("/accounts/whitebit-1/journal");
  Ask("GET", "/accounts/whitebit-1/journal/stream");
  Get("/accounts/whitebit-1/journal.har");
  EXPECT_EQ(Ask("DELETE", "/accounts/whitebit-1/journal").response->status, 204);
  Do("POST", "/doctor",
     {{"account", "bingx-1"}, {"request", {{"method", "GET"}, {"target", "/openApi/x"}}}});
  Do("POST", mine + "/snapshot", {{"name", "a"}});
  Do("POST", mine + "/restore", Json::object());
  Get(mine + "/snapshots");
  EXPECT_EQ(Ask("DELETE", mine + "/snapshots/a").response->status, 204);
  Do("POST", mine + "/reset", nullptr);
  EXPECT_EQ(Ask("DELETE", mine).response->status, 204);

  std::set<std::string> documented;
  for (const auto& [path, operations] : control::OpenApi()["paths"].items()) {
    for (const auto& [method, operation] : operations.items()) {
      documented.insert(std::string(method).append(" ").append(path));
    }
  }
  EXPECT_EQ(done_, documented);
}

TEST_F(ControlTest, EveryPathTakesTheMethodsAndParametersOfTheDocument) {
  for (const auto& [path, operations] : control::OpenApi()["paths"].items()) {
    std::string target = path;
    for (std::size_t at = 0; (at = target.find('{')) != std::string::npos;) {
      target.replace(at, target.find('}') - at + 1, "whitebit-1");
    }
    std::string methods;
    for (const auto& [method, operation] : operations.items()) {
      std::string upper = method;
      for (char& c : upper) c = static_cast<char>(std::toupper(c));
      methods += (methods.empty() ? "" : ", ") + upper;
      std::string known;
      for (const auto& parameter : operation.value("parameters", nlohmann::ordered_json::array())) {
        const auto& whole = parameter.contains("$ref")
                                ? control::OpenApi()[nlohmann::ordered_json::json_pointer(
                                      parameter["$ref"].get<std::string>().substr(1))]
                                : parameter;
        if (whole["in"] == "query") known += " " + whole["name"].get<std::string>();
      }
      const Json problem = Problem(upper, target + "?nonsense=1");
      EXPECT_EQ(problem["member"], "nonsense");
      EXPECT_EQ(problem["detail"], "no parameter \"nonsense\" here; there " +
                                       (known.empty() ? std::string("is none") : "are:" + known));
    }
    const Answer other = Ask("PATCH", target);
    EXPECT_EQ(other.response->status, 405) << path;
    EXPECT_EQ(other.more_headers.back().value, methods) << path;
  }
}

TEST_F(ControlTest, AProblemNamesTheMemberAtFault) {
  const struct {
    const char* method;
    const char* target;
    const char* body;
    int status;
    const char* member;
    const char* detail;
  } rows[] = {
      {"POST", "/accounts", "{", 400, "", "not JSON"},
      {"POST", "/accounts", "{}", 400, "venue", "needs \"venue\""},
      {"POST", "/accounts", R"({"venue":"binance"})", 400, "venue", "\"bingx\" or \"whitebit\""},
      {"POST", "/accounts", R"({"venue":"bingx","venue":"bingx"})", 400, "venue", "given twice"},
      {"POST", "/accounts", R"({"venue":"bingx","leverage":20})", 400, "leverage", "no positions"},
      {"POST", "/accounts", R"({"venue":"bingx","settings":{"ban":{"status":1,"after":1,"ms":1}}})",
       400, "settings.ban.status", "418 or 403"},
      {"POST", "/accounts", R"({"venue":"bingx","key":"test-key"})", 409, "key", "already"},
      {"PUT", "/accounts/bingx-1/balances", R"({"USDT":5})", 400, "USDT", "decimal number"},
      {"PUT", "/accounts/bingx-1/balances", R"({"USDT":"1000000000000000000"})", 400, "", "USDT"},
      {"PUT", "/accounts/bingx-1/positions",
       R"([{"market":"BTC-USDT","side":"long","amount":"1","base_price":"1"}])", 400, "", "spot"},
      {"PUT", "/accounts/bingx-1/settings", R"({"strict":true})", 400, "strict", "there are"},
      {"PUT", "/accounts/bingx-1/settings", R"({"endpoints":["/x"]})", 400, "endpoints", "/x"},
      {"PUT", "/accounts/bingx-1/markets/BTC_USDT/price", R"({"last":"1"})", 404, "", "BTC-USDT"},
      {"PUT", "/accounts/bingx-1/markets/BTC-USDT/price", R"({"last":"0"})", 400, "", "BTC-USDT"},
      {"PUT", "/accounts/bingx-1/markets/BTC-USDT/price", "{}", 400, "", "one of last"},
      {"PUT", "/accounts/bingx-1/markets/BTC-USDT/price", R"({"path":[],"fill":"1"})", 400, "fill",
       "last alone"},
      {"POST", "/accounts/bingx-1/clock", R"({"freeze":true,"run":true})", 400, "run",
       "contradict"},
      {"POST", "/accounts/bingx-1/clock", R"({"advance_ms":3487858230208})", 400, "advance_ms",
       "2080"},
      {"POST", "/accounts/bingx-1/faults", R"({"action":{"type":"rest"}})", 400, "action.type",
       "reset"},
      {"DELETE", "/accounts/bingx-1/faults/fault-9", "", 404, "", "fault-9"},
      {"POST", "/accounts/bingx-1/snapshot", R"({"name":"a b"})", 400, "name", "without blanks"},
      {"POST", "/accounts/bingx-1/snapshot", R"({"nam":"a"})", 400, "nam", ""},
      {"POST", "/accounts/bingx-1/restore", "", 404, "name", "no snapshot"},
      {"POST", "/accounts/bingx-1/restore", R"({"name":"a"})", 404, "name", "\"a\""},
      {"DELETE", "/accounts/bingx-1/snapshots/a", "", 404, "", "\"a\""},
      {"GET", "/accounts/nobody", "", 404, "", "\"nobody\""},
      {"GET", "/accounts/bingx-1/journal?limit=0", "", 400, "limit", "1 to 10000"},
      {"GET", "/accounts/bingx-1/journal?full=yes", "", 400, "full", "true or false"},
      {"GET", "/accounts/bingx-1/journal?after=1&after=2", "", 400, "after", "twice"},
      {"POST", "/doctor", R"({"request":{"method":"GET","target":"/"}})", 400, "venue", "needs"},
      {"POST", "/doctor", R"({"account":"x","request":{"method":"GET","target":"/"}})", 404,
       "account", "\"x\""},
      {"GET", "/nothing", "", 404, "", "openapi.json"},
  };
  for (const auto& row : rows) {
    const Json problem = Problem(row.method, row.target, row.body);
    EXPECT_EQ(problem["status"], row.status) << row.target << row.body << problem;
    EXPECT_EQ(problem.value("member", ""), row.member) << row.target << row.body << problem;
    EXPECT_THAT(problem["detail"].get<std::string>(), HasSubstr(row.detail)) << row.target;
  }
}

TEST_F(ControlTest, APathWithANameLeftOutIsAnother) {
  for (const char* target :
       {"/accounts/", "/accounts//journal", "//accounts", "/accounts/bingx-1/faults/"}) {
    EXPECT_EQ(Ask("DELETE", target).response->status, 404) << target;
  }
  EXPECT_EQ(control_.AnswerTo({.method = "GET", .target = "/control/v1accounts"}).response->status,
            404);
}

}  // namespace
}  // namespace ocokit::mock
