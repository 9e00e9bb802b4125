#include "conformance/client/parameters.h"

#include <gtest/gtest.h>

namespace ocokit::conform {
namespace {

TEST(ParametersTest, ReadsQueryThenForm) {
  JournalEntry entry{.target = "/p?b=1&a=x%2Fy&empty=&bare", .body = "c=%41+1&c=2"};
  const Parameters read = ReadParameters(entry);
  ASSERT_EQ(read.all.size(), 6u);
  EXPECT_EQ(read.all[0].name, "b");
  EXPECT_EQ(read.Value("a"), "x/y");
  EXPECT_EQ(read.Find("a")->raw, "x%2Fy");
  EXPECT_EQ(read.Value("empty"), "");
  EXPECT_NE(read.Find("bare"), nullptr);
  EXPECT_EQ(read.Value("c"), "A+1");  // the first; a plus sign stays one
  EXPECT_FALSE(read.json_body);
}

TEST(ParametersTest, KeepsTheTextOfJsonNumbers) {
  const auto members = ReadJsonMembers(
      R"( {"a": 0.0010,"b":"x,\"}:y" , "c":[1, {"d":"]"}],"e":1e-7,"f":{},"a":9007199254740993} )");
  ASSERT_TRUE(members);
  ASSERT_EQ(members->size(), 6u);
  EXPECT_EQ((*members)[0].value, "0.0010");
  EXPECT_FALSE((*members)[0].text);
  EXPECT_EQ((*members)[1].value, "x,\"}:y");
  EXPECT_TRUE((*members)[1].text);
  EXPECT_EQ((*members)[2].raw, R"([1, {"d":"]"}])");
  EXPECT_EQ((*members)[3].value, "1e-7");
  EXPECT_EQ((*members)[5].name, "a");
  EXPECT_EQ((*members)[5].value, "9007199254740993");
}

TEST(ParametersTest, ANameMayHaveAColonAndAQuote) {
  const auto members = ReadJsonMembers(R"({"a:\"b":1,"":2})");
  ASSERT_TRUE(members);
  ASSERT_EQ(members->size(), 2u);
  EXPECT_EQ((*members)[0].name, "a:\"b");
  EXPECT_EQ((*members)[1].name, "");
}

TEST(ParametersTest, WhatIsNoObjectHasNoMembers) {
  for (const char* text : {"", "[]", "1", "{", "{\"a\":1", "{\"a\":1}x", "{a:1}"}) {
    EXPECT_FALSE(ReadJsonMembers(text)) << text;
  }
  EXPECT_TRUE(ReadJsonMembers("{}")->empty());
  EXPECT_TRUE(ReadParameters({.body = "{\"a\":1"}).bad_json);
}

// Cut at every position: nothing but an answer or none.
TEST(ParametersTest, SurvivesEveryCut) {
  const std::string text = R"({"a":"\u0041\\","b":[1,{"c":null}],"d":-1.5e3})";
  for (std::size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(ReadJsonMembers(text.substr(0, size))) << size;
  }
  EXPECT_EQ(ReadJsonMembers(text)->size(), 3u);
}

TEST(ParametersTest, SeesBlanksBetweenTokensAlone) {
  EXPECT_FALSE(HasBlanksBetweenTokens(R"({"a b":"c \" d"})"));
  EXPECT_TRUE(HasBlanksBetweenTokens(R"({"a": 1})"));
  EXPECT_TRUE(HasBlanksBetweenTokens("{}\n"));
}

}  // namespace
}  // namespace ocokit::conform
