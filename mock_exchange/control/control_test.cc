// Every call of the control API, each reply held against the OpenAPI document.

#include "mock_exchange/control/control.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "mock_exchange/control/openapi.h"
#include "mock_exchange/testing/signed_request.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAreArray;
using Json = nlohmann::json;

const std::string kBase = "/control/v1";

// The document's path that a request is for: "/accounts/{account}/clock".
std::string PathOf(const std::string& target) {
  std::string path = target.substr(kBase.size());
  path = path.substr(0, path.find('?'));
  for (const auto& [pattern, operations] : control::OpenApi()["paths"].items()) {
    std::size_t p = 0;
    std::size_t t = 0;
    while (p < pattern.size() && t < path.size()) {
      if (pattern[p] == '{') {
        p = pattern.find('}', p) + 1;
        t = std::min(path.find('/', t), path.size());
      } else if (pattern[p++] != path[t++]) {
        p = std::string::npos;
        break;
      }
    }
    if (p == pattern.size() && t == path.size()) return pattern;
  }
  return "";
}

class ControlTest : public ::testing::Test {
 protected:
  ControlTest() {
    for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
      AccountOptions options;
      options.venue = venue;
      options.key = "test-key";
      options.secret = "test-secret";
      options.frozen_at = FromUnixMillis(1'700'000'000'000);
      EXPECT_TRUE(exchange_.AddAccount(options));
    }
  }

  // What is answered, held against the document.
  Answer Ask(const std::string& method, const std::string& target, const std::string& body = "",
             std::vector<Header> headers = {}) {
    Request request;
    request.method = method;
    request.target = kBase + target;
    request.body = body;
    request.headers = std::move(headers);
    Answer answer = control_.AnswerTo(request);
    Check(request, answer.response);
    return answer;
  }
  Json Get(const std::string& target) { return Json::parse(Ask("GET", target).response.body); }
  // The reply of a call that succeeds.
  Json Do(const std::string& method, const std::string& target, const Json& body) {
    const Answer answer = Ask(method, target, body.dump());
    EXPECT_LT(answer.response.status, 300) << answer.response.body;
    return Json::parse(answer.response.body);
  }
  // The problem of a call that is at fault.
  Json Problem(const std::string& method, const std::string& target, const std::string& body = "") {
    const Answer answer = Ask(method, target, body);
    EXPECT_GE(answer.response.status, 400) << answer.response.body;
    return Json::parse(answer.response.body);
  }

  void Check(const Request& request, const Response& response) {
    const std::string path = PathOf(request.target);
    if (path.empty()) return;
    std::string method = request.method;
    for (char& c : method) c = static_cast<char>(std::tolower(c));
    const auto& operations = control::OpenApi()["paths"][path];
    if (!operations.contains(method)) return;
    const auto& responses = operations[method]["responses"];
    const std::string status = std::to_string(response.status);
    std::string type = "application/json";
    auto described = responses["default"];
    if (response.status >= 400) {
      type = "application/problem+json";
      described = control::OpenApi()["components"]["responses"]["problem"];
    } else {
      ASSERT_TRUE(responses.contains(status)) << method << " " << path << " gave " << status;
      described = responses[status];
      done_.insert(method + " " + path);
    }
    if (!described.contains("content")) {
      EXPECT_EQ(response.body, "");
      return;
    }
    if (described["content"].contains("text/event-stream")) type = "text/event-stream";
    ASSERT_TRUE(described["content"].contains(type));
    ASSERT_EQ(response.headers.front().value, type) << response.body;
    const auto& schema = described["content"][type]["schema"];
    if (!schema.contains("$ref")) return;
    const std::string ref = schema["$ref"].get<std::string>();
    const Json body = Json::parse(response.body);
    const auto ok = control::Schemas().Check(body, ref.substr(ref.rfind('/') + 1));
    EXPECT_TRUE(ok) << method << " " << path << ": " << ok.error().message << "\n" << body.dump(1);
  }

  // Has the WhiteBIT account place its documents' own example.
  Json PlaceWhitebit(const std::string& path = "/api/v4/order/collateral/oco") {
    const auto tenant = exchange_.FindId("whitebit-1");
    Request request = testing::SignedWhitebit(
        tenant->account, path,
        R"("market":"BTC_USDT","side":"buy","amount":"0.001","price":"40000",)"
        R"("activation_price":"41000","stop_limit_price":"42000")",
        ++nonce_);
    request.headers.push_back({"X-TXC-APIKEY", "test-key"});
    request.remote_ip = "127.0.0.1";
    last_signature_ = std::string(*request.FindHeader("X-TXC-SIGNATURE"));
    return Json::parse(exchange_.AnswerTo(std::move(request)).response.body, nullptr, false);
  }

  Exchange exchange_{std::make_shared<SystemClock>()};
  Control control_{exchange_, "", [] { return Control::Connections{3, 7}; }};
  std::set<std::string> done_;
  std::int64_t nonce_ = 1'700'000'000'000;
  std::string last_signature_;
};

TEST_F(ControlTest, TheDocumentInDocsIsTheOneThatIsServed) {
  std::ifstream file(OCOKIT_CONTROL_DOCUMENT);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  EXPECT_TRUE(text == ControlOpenApi())
      << "docs/control.openapi.json is made by: ocokit ctl openapi > docs/control.openapi.json";
  EXPECT_TRUE(Ask("GET", "/openapi.json").response.body == text);
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
  Get(mine + "/clock");
  Do("POST", mine + "/clock", {{"freeze", true}});
  Get("/accounts/whitebit-1/orders");
  const Json fault = Do("POST", mine + "/faults", {{"action", {{"type", "reset"}}}});
  Get(mine + "/faults");
  const std::string one = mine + "/faults/" + fault["id"].get<std::string>();
  Get(one);
  EXPECT_EQ(Ask("DELETE", one).response.status, 204);
  EXPECT_EQ(Ask("DELETE", mine + "/faults").response.status, 204);
  Get("/accounts/whitebit-1/journal");
  Ask("GET", "/accounts/whitebit-1/journal/stream");
  Get("/accounts/whitebit-1/journal.har");
  EXPECT_EQ(Ask("DELETE", "/accounts/whitebit-1/journal").response.status, 204);
  Do("POST", "/doctor",
     {{"account", "bingx-1"}, {"request", {{"method", "GET"}, {"target", "/openApi/x"}}}});
  Do("POST", mine + "/reset", nullptr);
  EXPECT_EQ(Ask("DELETE", mine).response.status, 204);

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
    EXPECT_EQ(other.response.status, 405) << path;
    EXPECT_EQ(other.response.headers.back().value, methods) << path;
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

TEST_F(ControlTest, AnOrderHasATimelineWithCauses) {
  const Json placed = PlaceWhitebit();
  ASSERT_TRUE(placed.contains("id")) << placed;
  Do("PUT", "/accounts/whitebit-1/markets/BTC_USDT/price", {{"last", "40000"}, {"fill", "0.5"}});
  Do("POST", "/accounts/whitebit-1/clock", {{"advance_ms", 5}});
  Do("PUT", "/accounts/whitebit-1/markets/BTC_USDT/price", {{"last", "39000"}});
  const Json pair = Get("/accounts/whitebit-1/orders")["pairs"][0];
  EXPECT_EQ(pair["id"], std::to_string(placed["id"].get<std::uint64_t>()));
  EXPECT_EQ(pair["limit"]["state"], "filled");
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

TEST_F(ControlTest, TheJournalHoldsNoSecretAndShortensKeysAndSignatures) {
  PlaceWhitebit();
  Request swapped;
  swapped.method = "GET";
  swapped.target = "/openApi/spot/v1/account/balance?secret=test-secret&signature=abcdef0123456789";
  swapped.headers = {{"X-BX-APIKEY", "test-secret"}};
  swapped.body = R"({"signature" : "abcdef0123456789","key":"test-secret"})";
  (void)exchange_.AnswerTo(swapped);
  const std::string whitebit = Ask("GET", "/accounts/whitebit-1/journal").response.body;
  EXPECT_THAT(whitebit, Not(HasSubstr(last_signature_)));
  EXPECT_THAT(whitebit, Not(HasSubstr("\"test-key\"")));
  EXPECT_THAT(whitebit, HasSubstr(last_signature_.substr(0, 4) + "..."));
  const std::string bingx = Ask("GET", "/accounts/bingx-1/journal").response.body;
  EXPECT_THAT(bingx, Not(HasSubstr("abcdef0123456789")));
  for (const char* target : {"/accounts/bingx-1/journal", "/accounts/bingx-1/journal?full=true",
                             "/accounts/bingx-1/journal.har?full=true"}) {
    EXPECT_THAT(Ask("GET", target).response.body, Not(HasSubstr("test-secret"))) << target;
  }
  EXPECT_THAT(Ask("GET", "/accounts/whitebit-1/journal?full=true").response.body,
              HasSubstr(last_signature_));
}

TEST_F(ControlTest, TheJournalIsReadInPagesAndAsItGrows) {
  const Answer stream = Ask("GET", "/accounts/whitebit-1/journal/stream");
  ASSERT_NE(stream.more, nullptr);
  EXPECT_EQ(stream.more->Take(), "");
  int woken = 0;
  stream.more->WakeOnce([&] { ++woken; });
  for (int i = 0; i < 3; ++i) PlaceWhitebit();
  EXPECT_EQ(woken, 1);
  const std::string events = stream.more->Take().value();
  EXPECT_THAT(events, StartsWith("id: 1\nevent: request\ndata: {\"seq\":1,"));
  EXPECT_THAT(events, HasSubstr("\n\nid: 3\nevent: request\n"));
  stream.more->WakeOnce([&] { ++woken; });
  EXPECT_EQ(woken, 1);
  const Json page = Get("/accounts/whitebit-1/journal?after=1&limit=1");
  EXPECT_EQ(page["entries"][0]["seq"], 2);
  EXPECT_EQ(page["next_after"], 2);
  EXPECT_EQ(page["last_seq"], 3);
  const Answer again =
      Ask("GET", "/accounts/whitebit-1/journal/stream", "", {{"Last-Event-ID", "2"}});
  EXPECT_THAT(again.more->Take().value(), StartsWith("id: 3\n"));
}

TEST_F(ControlTest, WhatIsNobodysHasAJournalOfItsOwn) {
  Do("POST", "/accounts", {{"venue", "bingx"}});  // Two of them: it could be either's.
  Request request;
  request.method = "GET";
  request.target = "/openApi/spot/v1/account/balance";
  request.headers = {{"X-BX-APIKEY", "unknown-key"}};
  (void)exchange_.AnswerTo(request);
  request.target = "/elsewhere";
  (void)exchange_.AnswerTo(request);
  const Json entries = Get("/journal")["entries"];
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0]["request"]["headers"][0]["value"], "unk...");
  EXPECT_EQ(entries[1]["decision"]["stage"], "route");
}

TEST_F(ControlTest, WhatIsNobodysShowsNobodysSecret) {
  Do("POST", "/accounts", {{"venue", "bingx"}, {"secret", "another-secret"}});
  Request swapped;
  swapped.method = "GET";
  swapped.target = "/openApi/spot/v1/account/balance?secret=another-secret";
  swapped.headers = {{"X-BX-APIKEY", "test-secret"}};
  (void)exchange_.AnswerTo(swapped);
  const std::string text = Ask("GET", "/journal?full=true").response.body;
  EXPECT_THAT(text, HasSubstr("[secret]"));
  EXPECT_THAT(text, Not(HasSubstr("test-secret")));
  EXPECT_THAT(text, Not(HasSubstr("another-secret")));
}

TEST_F(ControlTest, TheJournalsEndIsReadWithTailAndForgottenWithDelete) {
  for (int i = 0; i < 4; ++i) PlaceWhitebit();
  const Json tail = Get("/accounts/whitebit-1/journal?tail=2")["entries"];
  ASSERT_EQ(tail.size(), 2U);
  EXPECT_EQ(tail[0]["seq"], 3);
  EXPECT_EQ(Problem("GET", "/accounts/whitebit-1/journal?tail=2&after=1")["member"], "after");
  EXPECT_EQ(Ask("DELETE", "/accounts/whitebit-1/journal").response.status, 204);
  EXPECT_THAT(Get("/accounts/whitebit-1/journal")["entries"], IsEmpty());
  // A smaller limit takes hold at once.
  PlaceWhitebit();
  Do("PUT", "/accounts/whitebit-1/settings", {{"journal_bytes", 0}});
  EXPECT_THAT(Get("/accounts/whitebit-1/journal")["entries"], IsEmpty());
}

TEST_F(ControlTest, AStreamSaysWhatItMissedAndEndsWithItsAccount) {
  Do("PUT", "/accounts/whitebit-1/settings", {{"journal_bytes", 5000}});
  const Answer stream = Ask("GET", "/accounts/whitebit-1/journal/stream");
  for (int i = 0; i < 20; ++i) PlaceWhitebit();
  EXPECT_THAT(stream.more->Take().value(),
              ::testing::ContainsRegex("^: [0-9]+ requests were forgotten"));
  int woken = 0;
  stream.more->WakeOnce([&] { ++woken; });
  EXPECT_EQ(Ask("DELETE", "/accounts/whitebit-1").response.status, 204);
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(stream.more->Take(), std::nullopt);
}

TEST_F(ControlTest, ANumberOfAnotherRunBeginsWithWhatComesNow) {
  const Answer stream =
      Ask("GET", "/accounts/whitebit-1/journal/stream", "", {{"Last-Event-ID", "4711"}});
  PlaceWhitebit();
  EXPECT_THAT(stream.more->Take().value(), StartsWith("id: 1\n"));
}

TEST_F(ControlTest, ARequestThatCameIsNotHeldAgainstItself) {
  nonce_ = 1'700'000'000'000;
  PlaceWhitebit();
  const Json entry = Get("/accounts/whitebit-1/journal?full=true")["entries"][0];
  Json request = {{"method", "POST"}, {"target", entry["request"]["target"]}};
  request["headers"] = entry["request"]["headers"];
  request["body"] = entry["request"]["body"];
  const Json examination = {{"account", "whitebit-1"}, {"request", request}};
  EXPECT_EQ(Do("POST", "/doctor", examination)["id"], "nothing_wrong");
  Json other = examination;
  other["now_ms"] = 5;
  EXPECT_EQ(Problem("POST", "/doctor", other.dump())["member"], "now_ms");
}

TEST_F(ControlTest, ASkewedClockIsTheTimeThatTheDoctorGoesBy) {
  Do("POST", "/accounts/bingx-1/faults",
     {{"action", {{"type", "clock_skew"}, {"ms", 3'600'000}}}, {"times", 1}});
  const auto tenant = exchange_.FindId("bingx-1");
  const std::string query = "recvWindow=5000&timestamp=1700000000000";
  Request request;
  request.method = "GET";
  request.target = "/openApi/spot/v1/account/balance?" + query +
                   "&signature=" + FormatHex(tenant->account.sha256.Sign(query));
  request.headers = {{"X-BX-APIKEY", "test-key"}};
  (void)exchange_.AnswerTo(request);
  const Json entry = Get("/accounts/bingx-1/journal")["entries"][0];
  EXPECT_EQ(entry["decision"]["rule"], "timestamp");
  EXPECT_EQ(entry["diagnosis"]["id"], "timestamp_too_old");
}

TEST_F(ControlTest, APathThatIsLikeNoneHasNoDiagnosis) {
  PlaceWhitebit("/api/v4/something/else");
  PlaceWhitebit("//api/v4/order/collateral/oco");
  const Json entries = Get("/accounts/whitebit-1/journal")["entries"];
  EXPECT_FALSE(entries[0].contains("diagnosis")) << entries[0];
  EXPECT_EQ(entries[1]["diagnosis"]["id"], "double_slash_in_path");
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

TEST_F(ControlTest, APathWithANameLeftOutIsAnother) {
  for (const char* target :
       {"/accounts/", "/accounts//journal", "//accounts", "/accounts/bingx-1/faults/"}) {
    EXPECT_EQ(Ask("DELETE", target).response.status, 404) << target;
  }
  EXPECT_EQ(control_.AnswerTo({.method = "GET", .target = "/control/v1accounts"}).response.status,
            404);
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

TEST_F(ControlTest, ATokenIsAskedForExceptWhetherTheServerIsUp) {
  const Control guarded(exchange_, "letmein", [] { return Control::Connections(); });
  Request request{.method = "GET", .target = kBase + "/accounts"};
  const Answer without = guarded.AnswerTo(request);
  EXPECT_EQ(without.response.status, 401);
  EXPECT_EQ(without.response.headers.back().name, "WWW-Authenticate");
  request.headers = {{"Authorization", "Bearer letmeiN"}};
  EXPECT_EQ(guarded.AnswerTo(request).response.status, 401);
  request.target = "/metrics";
  EXPECT_EQ(guarded.AnswerTo(request).response.status, 401);
  request.headers = {{"Authorization", "Bearer letmein"}};
  EXPECT_EQ(guarded.AnswerTo(request).response.status, 200);
  EXPECT_EQ(guarded.AnswerTo({.method = "GET", .target = kBase + "/health"}).response.status, 200);
}

TEST_F(ControlTest, APageOfAnotherOriginAndARebondNameAreKeptOut) {
  const auto status = [&](std::vector<Header> headers) {
    return Ask("GET", "/accounts", "", std::move(headers)).response.status;
  };
  EXPECT_EQ(status({{"Host", "127.0.0.1:8787"}}), 200);
  EXPECT_EQ(status({{"Host", "[::1]:8787"}}), 200);
  EXPECT_EQ(status({{"Host", "localhost:8787"}, {"Origin", "http://localhost:8787"}}), 200);
  EXPECT_EQ(status({{"Host", "127.0.0.1:8787"}, {"Origin", "https://example.com"}}), 403);
  EXPECT_EQ(status({{"Host", "example.com:8787"}, {"Origin", "http://example.com:8787"}}), 403);
}

TEST_F(ControlTest, MetricsCountWhatHappened) {
  PlaceWhitebit();
  PlaceWhitebit("/api/v4/nothing");
  Do("POST", "/accounts/whitebit-1/faults", {{"action", {{"type", "empty"}}}});
  PlaceWhitebit();
  const Answer answer = control_.AnswerTo({.method = "GET", .target = "/metrics"});
  const std::string& text = answer.response.body;
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
