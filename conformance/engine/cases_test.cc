#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "conformance/engine/case.h"

namespace ocokit::conform {
namespace {

using testing::HasSubstr;

constexpr std::string_view kSources =
    R"({"sources":{"page":{"document":"Auth page","url":"https://x.test/a","date":"2026-04"}}})";

std::string FileWith(std::string_view members) {
  return R"({"title":"Authentication","subject":"server","venue":"whitebit","cases":[{)" +
         std::string(members) + "}]}";
}

Result<std::vector<Case>> Read(std::string_view text) {
  const CaseFile files[] = {{"sources.json", kSources}, {"server/whitebit/a.json", text}};
  return ReadCases(files);
}

constexpr std::string_view kGood =
    R"("id":"wb-auth-010","title":"No key","requirement":"Refuse it.","level":"must",)"
    R"("cites":[{"source":"page","section":"Errors"}])";

TEST(CasesTest, ReadsWhatACaseSays) {
  const auto cases = Read(FileWith(std::string(kGood) + R"(,"harmless":true,"dialects":["live"])"));
  ASSERT_TRUE(cases) << cases.error().message;
  ASSERT_EQ(cases->size(), 1U);
  const Case& read = cases->front();
  EXPECT_EQ(read.id, "wb-auth-010");
  EXPECT_EQ(read.title, "No key");
  EXPECT_EQ(read.requirement, "Refuse it.");
  EXPECT_EQ(read.section, "Authentication");
  EXPECT_EQ(read.level, Level::kMust);
  EXPECT_EQ(read.subject, Subject::kServer);
  EXPECT_EQ(read.venue, Venue::kWhitebit);
  EXPECT_TRUE(read.harmless);
  EXPECT_EQ(read.dialects, std::vector<std::string>{"live"});
  const Citation want{"Auth page", "Errors", "https://x.test/a", "2026-04"};
  EXPECT_EQ(read.cites, std::vector<Citation>{want});
}

TEST(CasesTest, IsOfBothDialectsUnlessItSays) {
  const auto cases = Read(FileWith(kGood));
  ASSERT_TRUE(cases) << cases.error().message;
  EXPECT_EQ(cases->front().dialects, (std::vector<std::string>{"docs", "live"}));
  EXPECT_FALSE(cases->front().harmless);
}

TEST(CasesTest, NamesWhatIsWrong) {
  struct Row {
    const char* name;
    std::string text;
    const char* want;
  };
  const std::string good(kGood);
  const Row rows[] = {
      {"no JSON", "{", "server/whitebit/a.json: is no JSON object"},
      {"no title", R"({"subject":"server","venue":"bingx","cases":[]})", "`title`"},
      {"a subject there is not", R"({"title":"A","subject":"proxy","venue":"bingx","cases":[]})",
       "`subject` must be server or client"},
      {"a venue there is not", R"({"title":"A","subject":"server","venue":"kraken","cases":[]})",
       "`venue` must be bingx or whitebit"},
      {"no cases", R"({"title":"A","subject":"server","venue":"bingx"})", "`cases`"},
      {"no id", FileWith(R"("title":"x")"), "a case without an id: `id` must be a text"},
      {"no requirement", FileWith(R"("id":"wb-a-010","title":"x","level":"must")"),
       "wb-a-010: `requirement` must be a text"},
      {"a level there is not",
       FileWith(R"("id":"wb-a-010","title":"x","requirement":"y","level":"may")"),
       "must or should"},
      {"nothing cited",
       FileWith(R"("id":"wb-a-010","title":"x","requirement":"y","level":"must","cites":[])"),
       "`cites` must be an array"},
      {"an unknown source",
       FileWith(R"("id":"wb-a-010","title":"x","requirement":"y","level":"must",)"
                R"("cites":[{"source":"blog"}])"),
       "cites `blog`"},
      {"a dialect there is not", FileWith(good + R"(,"dialects":["demo"])"), "docs or live"},
      {"harmless as a text", FileWith(good + R"(,"harmless":"yes")"), "`harmless`"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const auto cases = Read(row.text);
    ASSERT_FALSE(cases);
    EXPECT_THAT(cases.error().message, HasSubstr(row.want));
  }
}

TEST(CasesTest, RefusesAnIdThatIsThereTwice) {
  const std::string text = FileWith(kGood);
  const CaseFile files[] = {{"sources.json", kSources}, {"a.json", text}, {"b.json", text}};
  const auto cases = ReadCases(files);
  ASSERT_FALSE(cases);
  EXPECT_THAT(cases.error().message, HasSubstr("wb-auth-010"));
}

// The id of a case tells its subject and venue: wb- and bx- for servers, wbc- and bxc- for clients.
TEST(CasesTest, BuiltInIdsSayWhatTheyAreOf) {
  const auto cases = BuiltInCases();
  ASSERT_TRUE(cases) << cases.error().message;
  for (const Case& built_in : *cases) {
    const std::string prefix = std::string(built_in.venue == Venue::kBingx ? "bx" : "wb") +
                               (built_in.subject == Subject::kClient ? "c" : "");
    EXPECT_TRUE(std::regex_match(built_in.id, std::regex(prefix + "-[a-z]+-[0-9]{3}")))
        << built_in.id << " should be like " << prefix << "-word-010";
  }
}

TEST(CasesTest, BuiltInTextsReadAsSentences) {
  const auto cases = BuiltInCases();
  ASSERT_TRUE(cases) << cases.error().message;
  std::set<std::string> titles;
  for (const Case& built_in : *cases) {
    EXPECT_EQ(built_in.requirement.back(), '.') << built_in.id;
    EXPECT_NE(built_in.title.back(), '.') << built_in.id;
    EXPECT_LE(built_in.title.size(), 90U) << built_in.id;
    EXPECT_TRUE(titles
                    .insert(std::string(Name(built_in.venue)) +
                            std::string(Name(built_in.subject)) + built_in.title)
                    .second)
        << built_in.id << " has the title of another case: " << built_in.title;
  }
}

}  // namespace
}  // namespace ocokit::conform
