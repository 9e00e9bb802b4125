// Every case is well formed: as its schema says, and with nothing in it that nobody reads.

#include "conformance/client/script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "conformance/client/rules.h"
#include "fixtures/schema.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<Case> ClientCases() {
  std::vector<Case> cases;
  std::vector<Case> all = BuiltInCases().value();
  for (Case& one : all) {
    if (one.subject == Subject::kClient) cases.push_back(std::move(one));
  }
  return cases;
}

std::vector<std::string> SchemaErrors(const json& value) {
  return fixtures::SchemaErrors(value, fixtures::ReadSchema(OCOKIT_CLIENT_SCHEMA));
}

TEST(ClientCasesTest, AreAsTheirSchemaSays) {
  int files = 0;
  for (const CaseFile& file : BuiltInCaseFiles()) {
    if (file.name.rfind("client/", 0) != 0) continue;
    ++files;
    const json value = json::parse(file.text);
    EXPECT_THAT(SchemaErrors(value), IsEmpty()) << file.name;
    json more = value;
    more["cases"][0]["wanted"] = 1;
    EXPECT_THAT(SchemaErrors(more), Not(IsEmpty()));
  }
  EXPECT_GE(files, 18);
}

TEST(ClientCasesTest, CanBeRead) {
  const std::vector<Case> cases = ClientCases();
  EXPECT_GE(cases.size(), 60u);
  for (const Case& one : cases) {
    const Result<Script> script = ReadScript(*one.script);
    EXPECT_TRUE(script) << one.id << ": " << script.error().message;
    EXPECT_EQ(one.id.substr(0, 4), one.venue == Venue::kBingx ? "bxc-" : "wbc-");
  }
}

// A rule without a case would never be tried; one that no observed case has, never on a journal. A
// rule that two observed cases had would be told under a requirement that is not its own.
TEST(ClientCasesTest, UseEveryRule) {
  std::set<std::string> used;
  std::map<std::string, std::set<Venue>> observed;
  for (const Case& one : ClientCases()) {
    const Script script = ReadScript(*one.script).value();
    for (const RuleUse& use : script.rules) used.insert(use.name);
    if (!script.observed) continue;
    EXPECT_TRUE(observed[script.rules.front().name].insert(one.venue).second)
        << one.id << " is not alone";
  }
  for (const Rule& rule : Rules()) {
    const std::string name(rule.name);
    EXPECT_EQ(used.count(name), 1u) << name;
    // What a journal does not know: what was asked for, whether the client is done, the secret.
    const bool needs_more = name == "outcome-looked-up" || name == "numbers-as-asked" ||
                            name == "fields-as-asked" || name == "order-as-asked" ||
                            name == "bx-signature-fits" || name == "wb-signature-fits";
    const bool of_one_venue = name.rfind("bx-", 0) == 0 || name.rfind("wb-", 0) == 0;
    EXPECT_EQ(observed[name].size(), needs_more ? 0u : of_one_venue ? 1u : 2u) << name;
    EXPECT_FALSE(rule.what.empty()) << name;
  }
}

TEST(ScriptTest, NamesWhatIsWrong) {
  const struct {
    const char* script;
    const char* message;
  } rows[] = {
      {R"({"steps":[]})", "steps must have a step"},
      {R"({"steps":[{"op":"list_oco"}],"expect":{}})", "the case has no member expect"},
      {R"({"steps":[{"op":"buy"}]})", "steps[0].op must be an operation of the adapter, not buy"},
      {R"({"steps":[{"op":"list_oco","arg":{}}]})", "steps[0] has no member arg"},
      {R"({"steps":[{"op":"list_oco","args":[]}]})", "steps[0].args must be an object"},
      {R"({"steps":[{"op":"list_oco","times":0}]})", "steps[0].times must be 1 to 100"},
      {R"({"steps":[1]})", "steps[0] must be an object"},
      {R"({"steps":[{"op":"list_oco"},{"together":[{"do":1}]}]})",
       "steps[1].together has no member do"},
      {R"({"steps":[{"control":"PUT","url":"/x"}]})", "steps[0] has no member url"},
      {R"({"steps":[{"pause_ms":0}]})", "steps[0].pause_ms must be 1 to 5000"},
      {R"({"steps":[{"pause_ms":5,"op":"list_oco"}]})", "steps[0] has no member op"},
      {R"({"steps":[{"op":"stream_state","eventually":true}]})",
       "steps[0] is asked again and needs a want"},
      {R"({"steps":[{"op":"stream_state","stays_ms":6000}]})",
       "steps[0].stays_ms must be 1 to 5000"},
      {R"({"steps":[{"together":[{"op":"stream_state","eventually":true,"want":{"ok":{}}}]}]})",
       "steps[0].together is asked once"},
      {R"({"steps":[{"awaits":{"frame":"bent"}}]})", "steps[0].awaits must name a path, or one of"},
      {R"({"steps":[{"awaits":{"frame":"opened","path":"/ws"}}]})", "steps[0].awaits must name"},
      {R"({"steps":[{"awaits":{"frame":"sent","has":[1]}}]})", "steps[0].awaits.has must be texts"},
      {R"({"steps":[{"awaits":{"frame":"sent","at_least":0}}]})", "at_least must be 1 or more"},
      {R"({"steps":[{"awaits":{"frame":"sent","most":1}}]})", "steps[0].awaits has no member most"},
      {R"({"steps":[{"cut":{"how":"fast"}}]})", "steps[0].cut has no member how"},
      {R"({"steps":[{"op":"list_oco"}],"rules":["nonce-falls"]})", "rules has no rule nonce-falls"},
      {R"({"steps":[{"op":"list_oco"}],"rules":[{"rule":"documented-path","most":1}]})",
       "rules has no member most"},
      {R"({"steps":[{"op":"list_oco"}],"given":{"balance":{}}})", "given has no member balance"},
      {R"({"steps":[{"op":"list_oco"}],"given":{"prices":{"M":1}}})",
       "given.prices.M must be a text"},
      {R"({"steps":[{"op":"list_oco"}],"sent":[{"path":"/","most":1}]})",
       "sent has no member most"},
      {R"({"steps":[{"op":"list_oco"}],"orders":{"closed":1}})", "orders has no member closed"},
      {R"({"steps":[{"op":"list_oco"}],"orders":{"single_closed":1}})",
       "orders has no member single_closed"},
      {R"({"steps":[{"op":"list_oco"}],"observed":true})", "observed needs rules"},
  };
  for (const auto& row : rows) {
    const Result<Script> script = ReadScript(json::parse(row.script));
    ASSERT_FALSE(script) << row.script;
    EXPECT_THAT(script.error().message, HasSubstr(row.message)) << row.script;
  }
}

}  // namespace
}  // namespace ocokit::conform
