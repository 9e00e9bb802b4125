// The protocol against small scripted adapters that keep it, and that break it in every way.

#include "conformance/client/adapter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ocokit::conform {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr milliseconds kTimeout{5000};

// Answers pings, and what the Python statement `body` does with each other request `r`.
std::vector<std::string> Scripted(const std::string& body) {
  return {"python3", "-c",
          "import json,sys,time\n"
          "def say(x): print(x if isinstance(x,str) else json.dumps(x),flush=True)\n"
          "for line in sys.stdin:\n"
          "    r=json.loads(line)\n"
          "    if r['op']=='ping': say({'id':r['id'],'ok':{}}); continue\n"
          "    " +
              body + "\n"};
}

ordered_json Place() {
  ordered_json request;
  request["op"] = "place_oco";
  request["secret"] = "hush";
  return request;
}

TEST(AdapterTest, AsksAndAnswersInTheOrderOfTheRequests) {
  auto adapter = Adapter::Start(
      Scripted("held=globals().setdefault('held',[]); held.append(r['id']);"
               "[say({'id':i,'ok':{'n':i}}) for i in reversed(held)] if len(held)==3 else None"),
      kTimeout);
  ASSERT_TRUE(adapter) << adapter.error().message;
  const std::vector<ordered_json> requests(3, Place());
  const auto answers = adapter->Ask(requests, kTimeout);
  ASSERT_TRUE(answers) << answers.error().message;
  ASSERT_EQ(answers->size(), 3u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(json::parse((*answers)[i].line)["id"], i + 1);
    EXPECT_EQ((*answers)[i].kind, AnswerKind::kOk);
  }
  EXPECT_FALSE(adapter->Settle(kTimeout));
}

TEST(AdapterTest, ShowsNoSecret) {
  auto adapter = Adapter::Start(Scripted("say({'id':r['id'],'unsupported':'no'})"), kTimeout);
  ASSERT_TRUE(adapter);
  const ordered_json request = Place();
  const auto answers = adapter->Ask({&request, 1}, kTimeout);
  ASSERT_TRUE(answers);
  EXPECT_EQ((*answers)[0].kind, AnswerKind::kUnsupported);
  EXPECT_EQ(adapter->SentLine(0), R"({"id":1,"op":"place_oco","secret":"..."})");
}

TEST(AdapterTest, TellsOfABanner) {
  std::vector<std::string> command = Scripted("say({'id':r['id'],'ok':{}})");
  command[2] = "print('client 1.2',flush=True)\n" + command[2];
  auto adapter = Adapter::Start(command, kTimeout);
  ASSERT_TRUE(adapter) << adapter.error().message;
  const ordered_json request = Place();
  const auto answers = adapter->Ask({&request, 1}, kTimeout);
  ASSERT_FALSE(answers);
  EXPECT_THAT(answers.error().message, HasSubstr("first line is no answer"));
  EXPECT_EQ(answers.error().line, "client 1.2");
}

TEST(AdapterTest, AFirstAnswerThatDoesNotComeIsAnError) {
  const auto adapter = Adapter::Start({"sleep", "60"}, milliseconds(50));
  ASSERT_FALSE(adapter);
  EXPECT_EQ(adapter.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(adapter.error().message, HasSubstr("did not answer its first request"));
}

TEST(AdapterTest, TellsHowTheProtocolIsBroken) {
  const struct {
    const char* body;
    const char* message;
    const char* line;
  } rows[] = {
      {"say('hello')", "no JSON object", "hello"},
      {"say('[1]')", "no JSON object", "[1]"},
      {"say('')", "no JSON object", ""},
      {"say({'ok':{}})", "no whole number `id`", "{\"ok\": {}}"},
      {"say({'id':str(r['id']),'ok':{}})", "no whole number `id`", "\"1\""},
      {"say({'id':99,'ok':{}})", "id 99, which was not asked", "99"},
      {"say({'id':0,'ok':{}})", "id 0, which was not asked", ""},
      {"say({'id':r['id']})", "one of ok, error and unsupported", ""},
      {"say({'id':r['id'],'ok':{},'error':{'kind':'x'}})", "one of ok, error and unsupported", ""},
      {"say({'id':r['id'],'ok':True})", "ok must be an object", ""},
      {"say({'id':r['id'],'error':'bad'})", "text `kind`", ""},
      {"say({'id':r['id'],'error':{'kind':7}})", "text `kind`", ""},
      {"say({'id':r['id'],'error':{'kind':'oops'}})", "no kind of error \"oops\"", ""},
      {"say({'id':r['id'],'error':{'kind':'auth','code':'1'}})", "`code` must be", ""},
      {"say({'id':r['id'],'error':{'kind':'auth','message':5}})", "`message` must be", ""},
      {"say({'id':r['id'],'error':{'kind':'auth','outcome_unknown':'yes'}})",
       "`outcome_unknown` must be", ""},
      {"sys.stdout.buffer.write(b'\\xff\\n'); sys.stdout.flush()", "no UTF-8", ""},
      {"say('x'*(5<<20))", "more than 4 MiB", ""},
      {"say({'id':r['id'],'unsupported':True})", "a text that says why", ""},
      {"sys.stderr.write('oh no'); sys.exit(3)", "the adapter ended", ""},
      {"sys.stderr.write('oh no'); sys.exit(3)", "oh no", ""},
  };
  for (const auto& row : rows) {
    auto adapter = Adapter::Start(Scripted(row.body), kTimeout);
    ASSERT_TRUE(adapter) << row.body;
    const ordered_json request = Place();
    const auto answers = adapter->Ask({&request, 1}, kTimeout);
    ASSERT_FALSE(answers) << row.body;
    EXPECT_THAT(answers.error().message, HasSubstr(row.message)) << row.body;
    EXPECT_THAT(answers.error().line, HasSubstr(row.line)) << row.body;
  }
}

TEST(AdapterTest, DoesNotWaitLongerThanItMay) {
  auto adapter = Adapter::Start(Scripted("time.sleep(3600)"), kTimeout);
  ASSERT_TRUE(adapter);
  const ordered_json request = Place();
  const auto answers = adapter->Ask({&request, 1}, milliseconds(100));
  ASSERT_FALSE(answers);
  EXPECT_THAT(answers.error().message, HasSubstr("no answer in 100 ms"));
}

TEST(AdapterTest, SeesASecondAnswer) {
  auto adapter = Adapter::Start(
      Scripted("say({'id':r['id'],'ok':{}}); say({'id':r['id'],'ok':{}})"), kTimeout);
  ASSERT_TRUE(adapter);
  const ordered_json request = Place();
  ASSERT_TRUE(adapter->Ask({&request, 1}, kTimeout));
  const auto fault = adapter->Settle(kTimeout);
  ASSERT_TRUE(fault);
  EXPECT_THAT(fault->message, HasSubstr("id 1, which it had answered before"));
}

TEST(AdapterTest, SeesAnAnswerTwiceAmongMany) {
  auto adapter = Adapter::Start(Scripted("say({'id':1,'ok':{}}); say({'id':1,'ok':{}})"), kTimeout);
  ASSERT_TRUE(adapter);
  const std::vector<ordered_json> requests(2, Place());
  const auto answers = adapter->Ask(requests, kTimeout);
  ASSERT_FALSE(answers);
  EXPECT_THAT(answers.error().message, HasSubstr("answered twice"));
}

TEST(AdapterTest, OneThatCannotBeStartedIsAnError) {
  EXPECT_FALSE(Adapter::Start({"/no/such/program"}, kTimeout));
  const auto ended = Adapter::Start({"sh", "-c", "echo gone >&2; exit 7"}, kTimeout);
  ASSERT_FALSE(ended);
  EXPECT_THAT(ended.error().message, HasSubstr("gone"));
}

}  // namespace
}  // namespace ocokit::conform
