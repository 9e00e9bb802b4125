#include "conformance/text/text.h"

#include <gtest/gtest.h>

namespace ocokit::conform {
namespace {

TEST(TextTest, LettersOfAsciiHaveNoCase) {
  EXPECT_EQ(LowerCase("X-TXC-ApiKey @[`{ \xC3\x89"), "x-txc-apikey @[`{ \xC3\x89");
  EXPECT_TRUE(EqualIgnoringCase("Content-TYPE", "content-type"));
  EXPECT_FALSE(EqualIgnoringCase("content-type", "content-typ"));
  EXPECT_FALSE(EqualIgnoringCase("a", "b"));
  EXPECT_TRUE(EqualIgnoringCase("", ""));
}

TEST(TextTest, BlanksAtTheEndsGo) {
  EXPECT_EQ(WithoutBlanks("\t a b\r\n"), "a b");
  EXPECT_EQ(WithoutBlanks(" \n"), "");
  EXPECT_EQ(WithoutBlanks(""), "");
}

TEST(TextTest, WhatIsReplacedIsNotLookedAtAgain) {
  EXPECT_EQ(Replaced("{n} and {n}", "{n}", "{n}7"), "{n}7 and {n}7");
  EXPECT_EQ(Replaced("none", "{n}", "7"), "none");
}

// Each place moved all that follows it: a page of a megabyte of them took minutes.
TEST(TextTest, ReplacingTakesTheTimeOfTheText) {
  const std::string out = Replaced(std::string(4 << 20, '<'), "<", "\\u003c");
  EXPECT_EQ(out.size(), std::size_t{24} << 20);
  EXPECT_EQ(out.substr(0, 12), "\\u003c\\u003c");
}

}  // namespace
}  // namespace ocokit::conform
