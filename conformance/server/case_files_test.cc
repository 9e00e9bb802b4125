// The cases for servers keep their schema and what it cannot say.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "conformance/engine/case.h"
#include "conformance/server/calls.h"
#include "fixtures/schema.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;
using testing::IsEmpty;

std::vector<CaseFile> ServerFiles() {
  std::vector<CaseFile> out;
  for (const CaseFile& file : BuiltInCaseFiles()) {
    if (file.name.starts_with("server/")) out.push_back(file);
  }
  return out;
}

std::vector<Case> ServerCases() {
  std::vector<Case> out;
  const auto cases = BuiltInCases();
  EXPECT_TRUE(cases) << cases.error().message;
  for (const Case& each : cases.value()) {
    if (each.subject == Subject::kServer) out.push_back(each);
  }
  return out;
}

TEST(ServerCaseFiles, KeepTheirSchema) {
  const json schema = fixtures::ReadSchema(OCOKIT_SERVER_SCHEMA);
  ASSERT_GT(ServerFiles().size(), 10U);
  for (const CaseFile& each : ServerFiles()) {
    EXPECT_THAT(fixtures::SchemaErrors(json::parse(each.text), schema), IsEmpty()) << each.name;
  }
}

TEST(ServerCaseFiles, AreOfBothVenues) {
  std::map<Venue, int> count;
  for (const Case& each : ServerCases()) ++count[each.venue];
  EXPECT_GE(count[Venue::kBingx], 60);
  EXPECT_GE(count[Venue::kWhitebit], 60);
}

TEST(ServerCaseFiles, NameCallsThatThereAre) {
  for (const Case& each : ServerCases()) {
    EXPECT_TRUE(each.id.starts_with(each.venue == Venue::kBingx ? "bx-" : "wb-")) << each.id;
    for (const json& step : each.script->at("steps")) {
      if (!step.contains("call")) continue;
      EXPECT_NE(server::FindCall(each.venue, step.at("call").get<std::string>()), nullptr)
          << each.id << " " << step.at("call");
    }
  }
}

// A harmless case works with the user's own key alone, and says of each call that could order or
// cancel why it cannot.
TEST(ServerCaseFiles, AreHarmlessWhereTheySaySo) {
  int harmless = 0;
  for (const Case& each : ServerCases()) {
    if (!each.harmless) continue;
    ++harmless;
    EXPECT_FALSE(each.script->contains("given")) << each.id;
    for (const json& step : each.script->at("steps")) {
      EXPECT_FALSE(step.contains("control")) << each.id;
      if (!step.contains("call")) continue;
      const auto* call = server::FindCall(each.venue, step.at("call").get<std::string>());
      ASSERT_NE(call, nullptr) << each.id;
      EXPECT_NE(call->effect, server::Effect::kChange) << each.id;
      if (call->effect != server::Effect::kRead) {
        EXPECT_TRUE(step.contains("cannot_order")) << each.id;
      }
    }
  }
  EXPECT_GT(harmless, 40);
}

// Without a price, clock or account of its own a case that places would leave an order behind.
TEST(ServerCaseFiles, PlaceOnAccountsOfTheirOwn) {
  for (const Case& each : ServerCases()) {
    if (each.harmless) continue;
    EXPECT_TRUE(each.script->contains("given")) << each.id;
  }
}

}  // namespace
}  // namespace ocokit::conform
