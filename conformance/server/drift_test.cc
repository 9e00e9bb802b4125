#include "conformance/server/drift.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

namespace ocokit::conform {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::SizeIs;

Judged Told(const std::string& id, const std::string& follows, bool can_tell = true) {
  Judged judged;
  judged.tried.id = id;
  judged.tried.title = "Title of " + id;
  const json step =
      can_tell ? json{{"follows", {{"docs", json()}, {"live", json()}}}} : json::object();
  judged.tried.script = std::make_shared<const json>(json{{"steps", {step}}});
  judged.result.verdict = Verdict::kPass;
  judged.result.follows = follows;
  return judged;
}

TEST(Drift, IsTheDialectThatAllCasesTell) {
  EXPECT_EQ(ReadDrift({Told("a", "docs"), Told("b", "both"), Told("c", "docs")}).dialect, "docs");
  EXPECT_EQ(ReadDrift({Told("a", "live"), Told("b", "neither")}).dialect, "live");
  EXPECT_EQ(ReadDrift({Told("a", "live"), Told("b", "docs")}).dialect, "mixed");
  EXPECT_EQ(ReadDrift({Told("a", "both"), Told("b", "neither")}).dialect, "unknown");
  EXPECT_EQ(ReadDrift({}).dialect, "unknown");
}

TEST(Drift, LeavesOutWhatTellsNothing) {
  Judged skipped = Told("c", "");
  skipped.result.verdict = Verdict::kSkipped;
  const Drift drift = ReadDrift({Told("a", "docs"), Told("b", "", false), skipped, Told("d", "")});
  EXPECT_THAT(drift.rows, SizeIs(2));
  EXPECT_EQ(drift.docs, 1);
}

TEST(Drift, IsTextForPeople) {
  Judged odd = Told("wb-x-020", "neither");
  odd.result.reason = "balance: /USDT is null";
  EXPECT_EQ(FormatDrift(ReadDrift({Told("wb-auth-220", "live"), odd})),
            "The server speaks the dialect live (1 of 2 cases, the others are of neither).\n"
            "  wb-auth-220  live      Title of wb-auth-220\n"
            "  wb-x-020     neither   Title of wb-x-020\n"
            "      balance: /USDT is null\n");
  EXPECT_THAT(FormatDrift(ReadDrift({Told("a", "docs"), Told("b", "live")})),
              HasSubstr("mixes the dialects: docs in 1, live in 1 of 2 cases"));
  EXPECT_EQ(FormatDrift({}), "No case tells which dialect the server speaks.\n");
}

}  // namespace
}  // namespace ocokit::conform
