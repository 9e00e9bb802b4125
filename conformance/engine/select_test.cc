#include "conformance/engine/select.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ocokit::conform {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Case Make(std::string id, std::string section, Subject subject = Subject::kServer,
          Venue venue = Venue::kWhitebit) {
  Case out;
  out.id = std::move(id);
  out.section = std::move(section);
  out.subject = subject;
  out.venue = venue;
  out.dialects = {"docs", "live"};
  return out;
}

std::vector<Case> Cases() {
  std::vector<Case> out{Make("wb-auth-010", "Authentication"),
                        Make("wb-auth-020", "Authentication"),
                        Make("wb-life-010", "Life of a pair"),
                        Make("bx-auth-010", "Authentication", Subject::kServer, Venue::kBingx),
                        Make("wbc-sign-010", "Signing", Subject::kClient)};
  out[1].level = Level::kShould;
  out[2].dialects = {"live"};
  out[3].harmless = true;
  out[4].observed = true;
  return out;
}

std::vector<std::string> Ids(const Selection& selection) {
  const auto selected = Select(Cases(), selection);
  std::vector<std::string> ids;
  if (!selected) return {selected.error().message};
  for (const Case& tried : *selected) ids.push_back(tried.id);
  return ids;
}

TEST(SelectTest, TakesWhatAllOfItSays) {
  EXPECT_THAT(Ids({}), testing::SizeIs(5));
  EXPECT_THAT(Ids({.subject = Subject::kClient}), ElementsAre("wbc-sign-010"));
  EXPECT_THAT(Ids({.venue = Venue::kBingx}), ElementsAre("bx-auth-010"));
  EXPECT_THAT(Ids({.subject = Subject::kServer, .venue = Venue::kWhitebit, .dialect = "docs"}),
              ElementsAre("wb-auth-010", "wb-auth-020"));
  EXPECT_THAT(Ids({.venue = Venue::kWhitebit, .level = Level::kMust}),
              ElementsAre("wb-auth-010", "wb-life-010", "wbc-sign-010"));
  EXPECT_THAT(Ids({.harmless = true}), ElementsAre("bx-auth-010"));
  EXPECT_THAT(Ids({.observed = true}), ElementsAre("wbc-sign-010"));
}

TEST(SelectTest, PatternsFitIdsAndSections) {
  EXPECT_THAT(Ids({.run = {"wb-auth-010"}}), ElementsAre("wb-auth-010"));
  EXPECT_THAT(Ids({.run = {"wb-*-010"}}), ElementsAre("wb-auth-010", "wb-life-010"));
  EXPECT_THAT(Ids({.run = {"life of A pair"}}), ElementsAre("wb-life-010"));
  EXPECT_THAT(Ids({.run = {"*-010"}, .skip = {"bx-*", "Life*"}}),
              ElementsAre("wb-auth-010", "wbc-sign-010"));
}

TEST(SelectTest, APatternThatFitsNothingIsAnError) {
  EXPECT_THAT(Ids({.run = {"wb-auth-030"}}).front(),
              testing::AllOf(HasSubstr("wb-auth-030"), HasSubstr("wb-auth-010")));
  EXPECT_THAT(Ids({.skip = {"wb-auht-*"}}).front(), HasSubstr("wb-auht-*"));
  // Of another subject alone is nothing, too.
  EXPECT_THAT(Ids({.subject = Subject::kClient, .run = {"wb-auth-010"}}).front(),
              HasSubstr("wb-auth-010 fits only cases of another subject, venue or dialect"));
  EXPECT_THAT(Ids({.venue = Venue::kBingx, .run = {"wb-auth-010"}}).front(),
              HasSubstr("another subject, venue"));
  EXPECT_THAT(Ids({.dialect = "docs", .run = {"wb-life-010"}}).front(), HasSubstr("dialect"));
  // What is skipped anyway may be of the other venue.
  EXPECT_THAT(Ids({.venue = Venue::kBingx, .skip = {"wb-*"}}), ElementsAre("bx-auth-010"));
}

TEST(SelectTest, ThatNothingIsLeftIsAnError) {
  EXPECT_THAT(Ids({.skip = {"*"}}).front(), HasSubstr("no case is left to run"));
  EXPECT_THAT(Ids({.level = Level::kMust, .run = {"wb-auth-020"}}).front(),
              HasSubstr("no case is left"));
}

TEST(KnownFailingTest, ReadsIdsPatternsAndComments) {
  const auto ids =
      ReadKnownFailing("\xEF\xBB\xBF# ours\nwb-auth-010\n\n  wb-life-* # later\r\n", Cases());
  ASSERT_TRUE(ids) << ids.error().message;
  EXPECT_THAT(*ids, ElementsAre("wb-auth-010", "wb-life-010"));
}

TEST(KnownFailingTest, NamesTheLineThatFitsNothing) {
  const auto ids = ReadKnownFailing("wb-auth-010\nwb-auth-999\n", Cases());
  ASSERT_FALSE(ids);
  EXPECT_THAT(ids.error().message, HasSubstr("line 2: no case fits wb-auth-999"));
}

}  // namespace
}  // namespace ocokit::conform
