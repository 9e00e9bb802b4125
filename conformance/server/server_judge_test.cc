#include "conformance/server/server_judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "conformance/testing/scripted_server.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

ScriptedReply Answer(const std::string& body, const std::string& status = "200 OK") {
  return {.bytes = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n" + body,
          .close = true};
}

// The first requests are those of the judge, for the server's clock and for a right call.
const ScriptedReply kClock = Answer(R"({"time":1700000000})");

class ServerJudgeTest : public testing::Test {
 protected:
  // Tries a case of these steps against a server that answers so.
  CaseResult Try(const char* script, std::vector<ScriptedReply> replies, bool harmless = true) {
    replies.insert(replies.begin(), kClock);
    if (!target_.control) replies.insert(replies.begin() + 1, Answer("[]"));
    ScriptedServer server(std::move(replies));
    target_.url = ParseUrl(server.url()).value();
    const auto judge = JudgeOfServer(target_);
    auto worker = judge->NewWorker();
    EXPECT_TRUE(worker) << worker.error().message;
    Case tried;
    tried.id = "wb-x-010";
    tried.venue = Venue::kWhitebit;
    tried.harmless = harmless;
    tried.dialects = {"docs", "live"};
    tried.script = std::make_shared<const json>(json::parse(script));
    CaseResult result = (*worker)->Try(tried);
    requests_ = server.requests();
    return result;
  }

  ServerTarget target_ = {.venue = Venue::kWhitebit,
                          .key = "test-key",
                          .secret = "test-secret",
                          .timeout = std::chrono::milliseconds(300)};
  std::vector<std::string> requests_;
};

constexpr const char* kEmptyList = R"({"steps":[{"call":"list","expect":{"http":200,"json":[]}}]})";

TEST_F(ServerJudgeTest, PassesARightReply) {
  const CaseResult result = Try(kEmptyList, {Answer("[]"), Answer("[]")});
  EXPECT_EQ(result.verdict, Verdict::kPass) << result.reason;
  EXPECT_THAT(result.reason, IsEmpty());
  ASSERT_THAT(result.wire, SizeIs(2));  // and the liveness probe
  EXPECT_THAT(result.wire[0].sent, HasSubstr("POST /api/v4/oco-orders HTTP/1.1\r\n"));
  EXPECT_THAT(result.wire[0].got, HasSubstr("\r\n\r\n[]"));
  EXPECT_EQ(result.wire[1].step, "liveness probe");
  EXPECT_THAT(requests_, SizeIs(4));
}

TEST_F(ServerJudgeTest, FailsAWrongMember) {
  const CaseResult result = Try(kEmptyList, {Answer(R"([{"id":1}])")});
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_EQ(result.reason, R"(list: the body is [{"id":1}], not an array of 0)");
  EXPECT_THAT(result.sent,
              AllOf(HasSubstr("X-TXC-APIKEY: test-key"), Not(HasSubstr("test-secret"))));
  EXPECT_THAT(result.got, HasSubstr(R"([{"id":1}])"));
  EXPECT_EQ(result.wanted, "the body: an array of 0");
  EXPECT_THAT(result.wire, SizeIs(1));  // what decided was the last
}

TEST_F(ServerJudgeTest, FailsWhatDoesNotAnswer) {
  struct Row {
    const char* name;
    ScriptedReply reply;
    const char* reason;
  };
  const Row rows[] = {
      {"hangs", {.silent = true}, "300 ms"},
      {"closes", {.bytes = "", .close = true}, "closed"},
      {"resets", {.reset = true}, ""},
      {"is cut",
       {.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[", .close = true},
       "closed"},
      {"is garbage", {.bytes = "\x01\x02 no HTTP\r\n\r\n", .close = true}, ""},
      {"is no JSON", Answer("[1,"), "no JSON from byte"},
      {"is deep", Answer(std::string(100000, '[')), "nested more than 64 deep"},
  };
  for (const Row& row : rows) {
    const CaseResult result = Try(kEmptyList, {row.reply});
    EXPECT_EQ(result.verdict, Verdict::kFail) << row.name;
    EXPECT_THAT(result.reason, AllOf(Not(IsEmpty()), HasSubstr(row.reason))) << row.name;
    EXPECT_THAT(result.got, Not(IsEmpty())) << row.name;
    EXPECT_THAT(result.wanted, Not(IsEmpty())) << row.name;
  }
}

// A refusal is right only from a server that still serves others.
TEST_F(ServerJudgeTest, FailsAServerThatDoesNotOutliveARefusal) {
  const char* refused =
      R"({"steps":[{"call":"list","signing":{"flip":true},"expect":{"refused":true}}]})";
  const ScriptedReply refusal =
      Answer(R"({"code":10,"errors":{},"message":"Unauthorized request."})", "401 Unauthorized");
  EXPECT_EQ(Try(refused, {refusal, Answer("[]")}).verdict, Verdict::kPass);
  const CaseResult dead = Try(refused, {refusal, {.bytes = "", .close = true}});
  EXPECT_EQ(dead.verdict, Verdict::kFail);
  EXPECT_EQ(dead.wire.back().step, "liveness probe");
}

TEST_F(ServerJudgeTest, TakesAnyReplyToGarbage) {
  const char* garbage = R"({"steps":[{"raw":"NO HTTP\r\n\r\n","expect":{"any":true}}]})";
  EXPECT_EQ(Try(garbage, {Answer("", "400 Bad Request"), Answer("[]")}).verdict, Verdict::kPass);
  EXPECT_EQ(Try(garbage, {{.bytes = "", .close = true}, Answer("[]")}).verdict, Verdict::kPass);
  EXPECT_EQ(Try(garbage, {{.bytes = "400 as of HTTP/0.9", .close = true}, Answer("[]")}).verdict,
            Verdict::kPass);
  EXPECT_EQ(Try(garbage, {{.silent = true}}).verdict, Verdict::kFail);
}

// A server may end a connection after any reply that says so; a step that goes on with it opens
// another.
TEST_F(ServerJudgeTest, OpensAnotherConnectionWhereTheReplyEndedOne) {
  const char* kept = R"({"steps":[{"call":"list","expect":{"accepted":true}},
      {"call":"list","connection":"kept","expect":{"accepted":true}}]})";
  const auto says = [](const std::string& start) {
    return ScriptedReply{.bytes = start + "Content-Length: 2\r\n\r\n[]", .close = true};
  };
  for (const char* start : {"HTTP/1.1 200 OK\r\nConnection: Close\r\n", "HTTP/1.0 200 OK\r\n"}) {
    EXPECT_EQ(Try(kept, {says(start), Answer("[]"), Answer("[]")}).verdict, Verdict::kPass)
        << start;
  }
  for (const char* start :
       {"HTTP/1.1 200 OK\r\n", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n"}) {
    EXPECT_EQ(Try(kept, {says(start), Answer("[]"), Answer("[]")}).verdict, Verdict::kFail)
        << start;
  }
}

TEST_F(ServerJudgeTest, KeepsValuesForLaterSteps) {
  const char* script =
      R"({"steps":[{"call":"place","expect":{"accepted":true},"save":{"group":"/id"}},
                   {"call":"cancel","set":{"orderId":{"$saved":"group"}},
                    "expect":{"accepted":true}}]})";
  EXPECT_EQ(Try(script, {Answer(R"({"id":9007199254740993})"), Answer("[]"), Answer("[]")}).verdict,
            Verdict::kPass);
  EXPECT_THAT(requests_[3], HasSubstr(R"("orderId":9007199254740993)"));
  const CaseResult result = Try(script, {Answer(R"({"ID":1})")});
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_EQ(result.reason, "place: /id is nothing, not a value");
}

TEST_F(ServerJudgeTest, TellsWhichDialectIsFollowed) {
  const char* script = R"({"steps":[{"call":"balance","expect":{"http":200},"follows":{
      "docs":{"json":{"USDT":{"$type":"number"}}},"live":{"json":{"USDT":{"$type":"string"}}}}}]})";
  const ScriptedReply docs = Answer(R"({"USDT":1})");
  const ScriptedReply live = Answer(R"({"USDT":"1"})");
  const ScriptedReply neither = Answer(R"({"USDT":null})");
  EXPECT_EQ(Try(script, {docs, Answer("[]")}).follows, "docs");
  EXPECT_EQ(Try(script, {live, Answer("[]")}).follows, "live");
  EXPECT_EQ(Try(script, {live, Answer("[]")}).verdict, Verdict::kPass);
  const CaseResult unknown = Try(script, {neither});
  EXPECT_EQ(unknown.follows, "neither");
  EXPECT_EQ(unknown.verdict, Verdict::kFail);
  target_.dialect = "docs";
  const CaseResult mixed = Try(script, {live});
  EXPECT_EQ(mixed.verdict, Verdict::kFail);
  EXPECT_EQ(mixed.reason, "balance: /USDT is \"1\", not a number, in the dialect docs");
}

TEST_F(ServerJudgeTest, SkipsWhatItCannotTry) {
  const char* given = R"({"given":{"balances":{}},"steps":[{"call":"list","expect":{}}]})";
  EXPECT_EQ(Try(given, {}).verdict, Verdict::kSkipped);
  EXPECT_THAT(Try(given, {}).reason, HasSubstr("control API"));
  const char* price = R"({"steps":[{"control":"price","market":"BTC_USDT","last":"1"}]})";
  EXPECT_EQ(Try(price, {}).verdict, Verdict::kSkipped);
  EXPECT_THAT(requests_, SizeIs(2));  // the judge's own
}

TEST_F(ServerJudgeTest, PlacesWithTheGivenKeyWhereItMayAndCancelsAgain) {
  const char* script = R"({"given":{},"steps":[{"call":"place","expect":{"http":200}}]})";
  EXPECT_EQ(Try(script, {}).verdict, Verdict::kSkipped);
  EXPECT_THAT(Try(script, {}).reason, HasSubstr("--may-order"));
  target_.may_order = true;
  const ScriptedReply placed = Answer(R"({"id":7,"stop_loss":{"market":"ETH_USDT"}})");
  EXPECT_EQ(Try(script, {placed, Answer("[]"), Answer("{}")}).verdict, Verdict::kPass);
  EXPECT_THAT(requests_.back(), HasSubstr("/order/oco-cancel"));
  EXPECT_THAT(requests_.back(), HasSubstr(R"("market":"ETH_USDT")"));
  EXPECT_THAT(requests_.back(), HasSubstr(R"("orderId":7)"));
  // Also when the case has failed, whose verdict stays.
  const char* failing = R"({"given":{},"steps":[{"call":"place","expect":{"http":418}}]})";
  EXPECT_EQ(Try(failing, {placed, Answer("{}")}).verdict, Verdict::kFail);
  EXPECT_THAT(requests_.back(), HasSubstr("/order/oco-cancel"));
  const char* own = R"({"own_account":true,"given":{},"steps":[{"call":"place","expect":{}}]})";
  EXPECT_EQ(Try(own, {}).verdict, Verdict::kSkipped);
}

TEST_F(ServerJudgeTest, SendsARealVenueNothingThatCouldOrder) {
  target_.live = true;
  EXPECT_EQ(Try(kEmptyList, {Answer("[]"), Answer("[]")}).verdict, Verdict::kPass);
  EXPECT_EQ(Try(kEmptyList, {}, /*harmless=*/false).verdict, Verdict::kSkipped);
  const char* kHarmful[] = {
      R"({"steps":[{"call":"place","expect":{}}]})",
      R"({"steps":[{"call":"place","cannot_order":"no_amount","expect":{}}]})",
      R"({"steps":[{"call":"place","cannot_order":"bad_signature","expect":{}}]})",
      R"({"steps":[{"call":"list","path":"/api/v4/order/collateral/oco","expect":{}}]})",
      R"({"steps":[{"call":"cancel","set":{"orderId":1},"expect":{}}]})",
      R"({"steps":[{"call":"cancel","set":{"orderId":7},"cannot_order":"unknown_id",
                    "expect":{}}]})",
      R"({"steps":[{"call":"place","cannot_order":"unknown_id","expect":{}}]})",
      R"({"steps":[{"call":"list","path":"/api/v4/order/market","expect":{}}]})",
      R"({"steps":[{"call":"market_order","cannot_order":"no_amount","expect":{}}]})",
      R"({"steps":[{"call":"modify_order","cannot_order":"unknown_id","expect":{}}]})",
      R"({"steps":[{"call":"cancel_all","cannot_order":"unknown_id","expect":{}}]})",
      R"({"steps":[{"call":"leverage","set":{"leverage":1},"expect":{}}]})",
      R"({"steps":[{"raw":"POST /api/v4/order/collateral/oco HTTP/1.1\r\n\r\n","expect":{}}]})",
  };
  for (const char* script : kHarmful) {
    EXPECT_EQ(Try(script, {}).verdict, Verdict::kKitError) << script;
    EXPECT_THAT(requests_, SizeIs(2)) << script;
  }
  const char* refused = R"({"steps":[{"call":"place","cannot_order":"bad_signature",
      "signing":{"flip":true},"expect":{}},{"call":"place","cannot_order":"no_amount",
      "remove":["amount"],"expect":{}}]})";
  EXPECT_EQ(Try(refused, {Answer("[]")}).verdict, Verdict::kPass);
}

TEST_F(ServerJudgeTest, MasksTheKeyOfARealVenue) {
  target_.live = true;
  const CaseResult result = Try(kEmptyList, {Answer("[]"), Answer("[]")});
  for (const WireEntry& entry : result.wire) EXPECT_THAT(entry.sent, Not(HasSubstr("test-key")));
  const CaseResult echo = Try(kEmptyList, {Answer(R"([{"key":"test-key"}])")});
  EXPECT_THAT(echo.got, AllOf(HasSubstr("\"test..."), Not(HasSubstr("test-key"))));
  EXPECT_THAT(echo.reason, Not(HasSubstr("test-key")));
  EXPECT_THAT(requests_[1], HasSubstr("test-key"));
}

TEST_F(ServerJudgeTest, IsAtFaultForACaseThatIsWrong) {
  for (const char* script :
       {R"({})", R"({"steps":[{"call":"fly","expect":{}}]})",
        R"({"steps":[{"call":"list","expect":{"json":{"$like":1}}}]})",
        R"({"steps":[{"call":"list","set":{"a":{"$saved":"b"}},"expect":{}}]})"}) {
    const CaseResult result = Try(script, {Answer("[]")});
    EXPECT_EQ(result.verdict, Verdict::kKitError) << script;
    EXPECT_THAT(result.reason, HasSubstr("the case cannot be run")) << script;
  }
}

TEST_F(ServerJudgeTest, IsAtFaultWhenTheControlApiFails) {
  ScriptedServer control(
      {Answer(R"({"status":"ok"})"), Answer(R"({"detail":"no"})", "400 Bad Request")});
  target_.control =
      ControlAddress{.url = ParseUrl(control.url() + "/control/v1").value(), .token = ""};
  const CaseResult result = Try(R"({"given":{},"steps":[{"call":"list","expect":{}}]})", {});
  EXPECT_EQ(result.verdict, Verdict::kKitError);
  EXPECT_THAT(result.reason, HasSubstr("control API"));
}

// A simulator of others may have a part of the control API.
TEST_F(ServerJudgeTest, SkipsWhatTheControlApiLacks) {
  const ScriptedReply made = Answer(R"({"account":"whitebit-1"})");
  const char* script = R"({"given":{},"steps":[{"control":"clock","advance_ms":1}]})";
  for (const char* status : {"404 Not Found", "405 Method Not Allowed", "501 Not Implemented"}) {
    for (const bool accounts : {true, false}) {
      std::vector<ScriptedReply> replies = {Answer(R"({"status":"ok"})")};
      if (accounts) replies.push_back(made);
      replies.push_back(Answer("{}", status));
      replies.push_back(Answer(""));
      ScriptedServer control(replies);
      target_.control =
          ControlAddress{.url = ParseUrl(control.url() + "/control/v1").value(), .token = ""};
      const CaseResult result = Try(script, {});
      EXPECT_EQ(result.verdict, Verdict::kSkipped) << status << accounts << result.reason;
      EXPECT_THAT(result.reason, HasSubstr("the control API lacks what it needs"));
    }
  }
}

TEST_F(ServerJudgeTest, SetsABook) {
  ScriptedServer control({Answer(R"({"status":"ok"})"), Answer(R"({"account":"whitebit-1"})"),
                          Answer("{}"), Answer("")});
  target_.control =
      ControlAddress{.url = ParseUrl(control.url() + "/control/v1").value(), .token = ""};
  const char* script = R"({"given":{},"probe":"none","steps":[{"control":"book",
      "market":"BTC_USDT","asks":[["40500","1"]],"bids":[]}]})";
  EXPECT_EQ(Try(script, {}).verdict, Verdict::kPass);
  ASSERT_THAT(control.requests(), SizeIs(testing::Ge(3U)));
  EXPECT_THAT(control.requests()[2],
              AllOf(HasSubstr("PUT /control/v1/accounts/whitebit-1/markets/BTC_USDT/book"),
                    HasSubstr(R"({"asks":[["40500","1"]],"bids":[]})")));
}

TEST_F(ServerJudgeTest, HasNoWorkerWhereARightCallIsRefused) {
  const ScriptedReply refusal =
      Answer(R"({"code":10,"errors":{},"message":"Unauthorized request."})", "401 Unauthorized");
  ScriptedServer server({kClock, refusal});
  target_.url = ParseUrl(server.url()).value();
  const auto worker = JudgeOfServer(target_)->NewWorker();
  ASSERT_FALSE(worker);
  EXPECT_EQ(worker.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(worker.error().message,
              AllOf(HasSubstr("does not answer a right call"), HasSubstr("Unauthorized request.")));
}

TEST(ServerJudge, KnowsARealVenue) {
  ServerTarget target{
      .venue = Venue::kBingx, .key = "k", .secret = "s", .timeout = std::chrono::milliseconds(300)};
  for (const char* host : {"open-api.bingx.com", "BingX.com", "api.WHITEBIT.com.", "bingx.io"}) {
    target.url = {.tls = false, .host = host, .port = "1", .path = ""};
    EXPECT_THAT(JudgeOfServer(target)->NewWorker().error().message, HasSubstr("--live")) << host;
  }
  target.url = {.tls = false, .host = "mock-bingx.com.localhost", .port = "1", .path = ""};
  EXPECT_THAT(JudgeOfServer(target)->NewWorker().error().message, Not(HasSubstr("--live")));
}

TEST(ServerJudge, HasNoWorkerWithoutAServer) {
  ServerTarget target{
      .venue = Venue::kBingx, .key = "k", .secret = "s", .timeout = std::chrono::milliseconds(300)};
  target.url = ParseUrl("http://127.0.0.1:1").value();
  EXPECT_FALSE(JudgeOfServer(target)->NewWorker());
  target.url = ParseUrl("https://open-api.bingx.com").value();
  EXPECT_THAT(JudgeOfServer(target)->NewWorker().error().message, HasSubstr("--live"));
  target.url = ParseUrl("http://127.0.0.1:1").value();
  target.key = "";
  EXPECT_THAT(JudgeOfServer(target)->NewWorker().error().message, HasSubstr("a key and a secret"));
}

}  // namespace
}  // namespace ocokit::conform
