// Whole runs: the C++ client passes every case, broken adapters fail and never hurt the kit, and a
// journal is judged without an adapter.

#include "conformance/client/client_judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "conformance/client/adapter.h"
#include "conformance/client/simulator.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class ClientJudgeTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    simulator_ = new Simulator(Simulator::Start(OCOKIT_PROGRAM).value());
  }
  static void TearDownTestSuite() {
    delete simulator_;
    simulator_ = nullptr;
  }

  static ClientTarget Target(std::vector<std::string> command, std::string dialect = "docs") {
    return {.command = std::move(command),
            .control = simulator_->control(),
            .base_url = simulator_->base_url(),
            .dialect = std::move(dialect),
            .timeout = std::chrono::milliseconds(5000),
            .seed = 1};
  }

  // Those whose ids begin so, in a dialect.
  static std::vector<Case> Cases(const std::string& prefix, const std::string& dialect = "docs") {
    std::vector<Case> cases;
    std::vector<Case> all = BuiltInCases().value();
    for (Case& one : all) {
      const auto& in = one.dialects;
      if (one.subject == Subject::kClient && one.id.rfind(prefix, 0) == 0 &&
          std::find(in.begin(), in.end(), dialect) != in.end()) {
        cases.push_back(std::move(one));
      }
    }
    return cases;
  }

  static CaseResult TryOne(const std::string& id, std::vector<std::string> command) {
    const std::vector<Case> cases = Cases(id);
    EXPECT_EQ(cases.size(), 1u) << id;
    const auto judge = JudgeOfClient(Target(std::move(command)));
    const auto judged = RunCases(cases, *judge, {});
    EXPECT_TRUE(judged) << judged.error().message;
    return judged->front().result;
  }

  static Simulator* simulator_;
};

Simulator* ClientJudgeTest::simulator_ = nullptr;

// Whether a case needs what the client does not have: market data, to reconcile plain orders, and
// of streams what is not about orders.
bool IsBeyondTheClient(const Case& tried) {
  const std::string script = tried.script->dump();
  const auto asks_for = [&](const char* op) {
    return script.find(std::string(R"("op":")") + op + '"') != std::string::npos;
  };
  if (tried.id.find("-stream-") != std::string::npos && script.find(R"("book":)") != script.npos) {
    return true;
  }
  return asks_for("order_book") || asks_for("candles") || asks_for("reconcile_order") ||
         asks_for("stream_leave") || asks_for("advance_sockets") || tried.id == "wbc-stream-080";
}

TEST_F(ClientJudgeTest, TheClientPassesEveryCase) {
  for (const char* dialect : {"docs", "live"}) {
    const std::vector<Case> cases = Cases("", dialect);
    ASSERT_GE(cases.size(), 60u);
    const auto judge = JudgeOfClient(Target({OCOKIT_ADAPTER}, dialect));
    const auto judged = RunCases(cases, *judge, {.seed = 3, .jobs = 4, .known_failing = {}});
    ASSERT_TRUE(judged) << judged.error().message;
    for (const Judged& one : *judged) {
      EXPECT_EQ(one.result.verdict,
                IsBeyondTheClient(one.tried) ? Verdict::kUnsupported : Verdict::kPass)
          << dialect << " " << one.tried.id << ": " << one.result.reason;
      EXPECT_FALSE(one.result.wire.empty()) << one.tried.id;
    }
  }
}

TEST_F(ClientJudgeTest, AFailureSaysWhatWasSentGotAndWanted) {
  const CaseResult result =
      TryOne("wbc-sign-030", {"python3", OCOKIT_BROKEN, "wb-payload-with-blanks"});
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_THAT(result.reason, HasSubstr("wb-payload-compact: #1 POST /api/v4/order/collateral/oco"));
  EXPECT_THAT(result.sent, HasSubstr("POST /api/v4/order/collateral/oco HTTP/1.1\r\n"));
  EXPECT_THAT(result.got, HasSubstr("HTTP 200"));
  EXPECT_THAT(result.wanted, HasSubstr("compact JSON"));
}

// What the venue knows of a refused signature is in the reason.
TEST_F(ClientJudgeTest, ARefusedSignatureIsDiagnosed) {
  const CaseResult result =
      TryOne("bxc-sign-010", {"python3", OCOKIT_BROKEN, "bx-timestamp-not-signed"});
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_THAT(result.reason, HasSubstr("the timestamp was not signed"));
  for (const WireEntry& entry : result.wire) {
    EXPECT_THAT(entry.sent, testing::Not(HasSubstr("\"secret\":\"1"))) << entry.sent;
  }
}

TEST_F(ClientJudgeTest, WhatIsUnsupportedIsNoFailure) {
  const CaseResult result = TryOne(
      "wbc-read-050", {"python3", "-c",
                       "import json,sys\n"
                       "for line in sys.stdin: print(json.dumps({'id':json.loads(line)['id'],"
                       "'unsupported':'no lists'}),flush=True)"});
  EXPECT_EQ(result.verdict, Verdict::kUnsupported);
  EXPECT_THAT(result.reason, HasSubstr("no lists"));
}

// Each of them ruins its case and no other: the adapter is started anew.
TEST_F(ClientJudgeTest, BrokenAdaptersFailTheirCase) {
  for (const char* name : {"adapter-prints-noise", "adapter-answers-twice", "adapter-ids-as-texts",
                           "adapter-ends-early", "adapter-answers-to-another-id"}) {
    const auto judge = JudgeOfClient(Target({"python3", OCOKIT_BROKEN, name}));
    const auto judged = RunCases(Cases("wbc-read-05"), *judge, {});
    ASSERT_TRUE(judged) << judged.error().message;
    EXPECT_EQ(judged->front().result.verdict, Verdict::kFail) << name;
    EXPECT_THAT(judged->front().result.reason, HasSubstr("the adapter")) << name;
  }
  const auto judge = JudgeOfClient(Target({"python3", OCOKIT_BROKEN, "adapter-ends-early"}));
  const auto judged =
      RunCases(Cases("wbc-call-0"), *judge, {.seed = 1, .jobs = 1, .known_failing = {}});
  ASSERT_TRUE(judged) << judged.error().message;
  std::map<std::string, Verdict> verdicts;
  for (const Judged& one : *judged) verdicts[one.tried.id] = one.result.verdict;
  EXPECT_EQ(verdicts["wbc-call-010"], Verdict::kPass);
  EXPECT_EQ(verdicts["wbc-call-020"], Verdict::kPass);
  EXPECT_EQ(verdicts["wbc-call-040"], Verdict::kFail);
}

TEST_F(ClientJudgeTest, WhatCannotBeStartedIsAnError) {
  const auto judge = JudgeOfClient(Target({"/no/such/adapter"}));
  EXPECT_FALSE(RunCases(Cases("wbc-read-050"), *judge, {}));
  ClientTarget nowhere = Target({OCOKIT_ADAPTER});
  nowhere.control.url.port = "1";
  EXPECT_FALSE(RunCases(Cases("wbc-read-050"), *JudgeOfClient(nowhere), {}));
}

// What is wrong with a case, or with the simulator, is not the client's failure.
TEST_F(ClientJudgeTest, ATroubleOfTheKitIsNoFailure) {
  std::vector<Case> cases = Cases("wbc-read-050");
  const auto with = [&](const char* script) {
    cases[0].script = std::make_shared<const json>(json::parse(script));
    const auto judge = JudgeOfClient(Target({OCOKIT_ADAPTER}));
    return RunCases(cases, *judge, {}).value().front().result;
  };
  const CaseResult unread = with(R"({"steps":[{"op":"list_oco"}],"expects":1})");
  EXPECT_EQ(unread.verdict, Verdict::kKitError);
  EXPECT_THAT(unread.reason, HasSubstr("has no member expects"));
  EXPECT_EQ(with(R"({"given":{"account":{"colour":"red"}},"steps":[{"op":"list_oco"}]})").verdict,
            Verdict::kKitError);
  EXPECT_EQ(with(R"({"steps":[{"control":"PUT","path":"/nothing"}]})").verdict, Verdict::kKitError);
  EXPECT_EQ(with(R"({"steps":[{"op":"list_oco","want":{"ok":{"legs":{"count":"two"}}}}]})").verdict,
            Verdict::kKitError);
}

TEST_F(ClientJudgeTest, OperationsTogetherAndRepeated) {
  std::vector<Case> cases = Cases("wbc-read-050");
  cases[0].script = std::make_shared<const json>(json::parse(R"({"steps":[{"together":[
      {"op":"place_oco","times":3,"args":{"symbol":"BTC_USDT","side":"buy","quantity":"0.001",
       "limit_price":"40000","trigger_price":"41000","order_price":"42000",
       "client_order_id":"at-once-{n}"},"want":{"ok":{}}},
      {"op":"list_oco","want":{"ok":{}}}]},
      {"op":"cancel_oco","args":{"symbol":"BTC_USDT","client_order_id":"at-once-3"},
       "want":{"ok":{}}}],"orders":{"placed":3,"open":2}})"));
  const auto judge = JudgeOfClient(Target({OCOKIT_ADAPTER}));
  const auto judged = RunCases(cases, *judge, {});
  ASSERT_TRUE(judged);
  EXPECT_EQ(judged->front().result.verdict, Verdict::kPass) << judged->front().result.reason;
}

// What went through the sockets of a client that was cut off once, right and wrong.
TEST_F(ClientJudgeTest, ObservesSockets) {
  const struct {
    const char* name;
    std::vector<std::string> command;
    Verdict reads;
  } rows[] = {
      {"right", {OCOKIT_ADAPTER}, Verdict::kPass},
      {"wrong", {"python3", OCOKIT_BROKEN, "bx-stream-reads-nothing-afterwards"}, Verdict::kFail}};
  for (const auto& row : rows) {
    const std::string name = row.name;
    ControlApi control(simulator_->control(), std::chrono::seconds(5));
    const auto made = control.Post(
        "/accounts", {{"venue", "bingx"}, {"key", name}, {"secret", name + "-secret"}});
    ASSERT_TRUE(made) << made.error().message;
    const std::string account = (*made)["account"].get<std::string>();
    Adapter adapter = Adapter::Start(row.command, std::chrono::seconds(60)).value();
    const auto ask = [&](const char* op) {
      const nlohmann::ordered_json request = {
          {"op", op},
          {"venue", "bingx"},
          {"base_url", simulator_->base_url()},
          {"ws_url", (*made)["ws_url"]},
          {"key", name},
          {"secret", name + "-secret"},
          {"timeout_ms", 5000},
          {"args", {{"orders", true}, {"symbols", {"BTC-USDT"}}}}};
      const auto answers = adapter.Ask({&request, 1}, std::chrono::seconds(10));
      return answers ? json::parse(answers->front().line) : json();
    };
    ASSERT_TRUE(ask("stream_start").contains("ok")) << name;
    const json streams = control.Get("/accounts/" + account + "/streams").value()["streams"];
    ASSERT_EQ(streams.size(), 1u);
    ASSERT_TRUE(control.Delete("/accounts/" + account + "/streams/" +
                               streams[0]["stream"].get<std::string>()));
    bool again = false;
    for (int looks = 0; looks < 500 && !again; ++looks) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      const json state = ask("stream_state")["ok"];
      again = state["connected"] == true && state["reconnects"] == 1;
    }
    ASSERT_TRUE(again) << name;
    ask("stream_stop");
    const auto judge = JudgeOfJournal({.control = simulator_->control(), .account = account});
    std::map<std::string, CaseResult> results;
    std::vector<Judged> judged = RunCases(Cases("bxc-stream-"), *judge, {}).value();
    for (Judged& one : judged) results[one.tried.id] = std::move(one.result);
    EXPECT_EQ(results["bxc-stream-010"].verdict, Verdict::kPass) << name;
    EXPECT_EQ(results["bxc-stream-640"].verdict, Verdict::kPass) << name;
    EXPECT_EQ(results["bxc-stream-680"].reason, "not exercised") << name;
    EXPECT_EQ(results["bxc-stream-600"].reason, "it needs an adapter") << name;
    EXPECT_EQ(results["bxc-stream-650"].verdict, row.reads) << name;
    if (row.reads == Verdict::kPass) continue;
    EXPECT_THAT(results["bxc-stream-650"].reason, HasSubstr("stream-"));
    EXPECT_THAT(results["bxc-stream-650"].wanted, HasSubstr("read by REST"));
  }
}

// An account of the journal's own, and what a client has done with it.
TEST_F(ClientJudgeTest, ObservesAJournal) {
  ControlApi control(simulator_->control(), std::chrono::seconds(5));
  const auto made = control.Post(
      "/accounts", {{"venue", "whitebit"}, {"key", "observed"}, {"secret", "observed-secret"}});
  ASSERT_TRUE(made) << made.error().message;
  const std::string account = (*made)["account"].get<std::string>();
  const auto observe = [&] {
    const auto judge = JudgeOfJournal({.control = simulator_->control(), .account = account});
    std::map<std::string, CaseResult> results;
    std::vector<Judged> judged = RunCases(Cases(""), *judge, {}).value();
    for (Judged& one : judged) {
      results[one.tried.id] = std::move(one.result);
    }
    return results;
  };
  const auto nothing = JudgeOfJournal({.control = simulator_->control(), .account = account});
  const auto none = RunCases(Cases(""), *nothing, {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(none.error().message, HasSubstr("nothing has come to " + account + " yet"));

  // A request that nobody has signed.
  const Url url = ParseUrl(simulator_->base_url()).value();
  auto connection = Connection::Open(url, std::chrono::seconds(5)).value();
  const std::string body = R"({"request":"/api/v4/oco-orders","nonce":1})";
  const std::string request = FormatRequest("POST", "/api/v4/oco-orders",
                                            {{"Host", url.Authority()},
                                             {"Content-Type", "application/json"},
                                             {"X-TXC-APIKEY", "observed"},
                                             {"Content-Length", std::to_string(body.size())}},
                                            body);
  ASSERT_TRUE(connection.Write(request, std::chrono::seconds(5)));
  ASSERT_TRUE(connection.Read(std::chrono::seconds(5)));
  auto results = observe();
  EXPECT_EQ(results["wbc-num-090"].verdict, Verdict::kSkipped);
  EXPECT_EQ(results["wbc-num-090"].reason, "not exercised");
  EXPECT_EQ(results["wbc-broken-010"].reason, "it needs an adapter");
  EXPECT_EQ(results["bxc-sign-100"].reason, "the account is of whitebit");
  const Case live = Cases("wbc-num-060", "live").at(0);
  const auto live_judge = JudgeOfJournal({.control = simulator_->control(), .account = account});
  EXPECT_EQ(RunCases({live}, *live_judge, {}).value()[0].result.reason,
            "the account speaks the dialect docs");
  EXPECT_EQ(results["wbc-sign-130"].verdict, Verdict::kFail);
  EXPECT_THAT(results["wbc-sign-130"].reason, HasSubstr("#1 POST /api/v4/oco-orders"));
  EXPECT_THAT(results["wbc-sign-130"].sent, HasSubstr("POST /api/v4/oco-orders HTTP/1.1"));
  EXPECT_EQ(results["wbc-sign-060"].verdict, Verdict::kPass);
  EXPECT_EQ(results["wbc-sign-070"].verdict, Verdict::kPass);
  EXPECT_EQ(results["wbc-nonce-050"].verdict, Verdict::kNonStrict);

  // The first is forgotten, and two more come.
  ASSERT_TRUE(control.Delete("/accounts/" + account + "/journal"));
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(connection.Write(request, std::chrono::seconds(5)));
    ASSERT_TRUE(connection.Read(std::chrono::seconds(5)));
  }
  results = observe();
  EXPECT_THAT(results["wbc-sign-130"].reason, HasSubstr("; and 1 more; entries 1 to 1 of"));
  EXPECT_THAT(results["wbc-num-090"].reason, HasSubstr("not exercised; entries 1 to 1 of"));

  EXPECT_FALSE(
      RunCases(Cases("wbc"), *JudgeOfJournal({simulator_->control(), "whitebit-999"}), {}));
}

}  // namespace
}  // namespace ocokit::conform
