#include "ocokit/base/text.h"

#include <gtest/gtest.h>

#include <string>

namespace ocokit {
namespace {

TEST(Text, LettersAreThoseOfAscii) {
  EXPECT_TRUE(EqualIgnoringCase("X-Txc-APIKEY", "x-txc-apikey"));
  EXPECT_TRUE(EqualIgnoringCase("", ""));
  EXPECT_FALSE(EqualIgnoringCase("host", "hosts"));
  EXPECT_FALSE(EqualIgnoringCase("content-type", "content-typ"));
  EXPECT_FALSE(EqualIgnoringCase("a", "b"));
  EXPECT_FALSE(EqualIgnoringCase("a[", "A{"));
  EXPECT_FALSE(EqualIgnoringCase("\xC3\xA4", "\xC3\x84"));
}

TEST(Text, EachIsReplacedOnceFromTheLeft) {
  EXPECT_EQ(Replaced("a//b///", "//", "/"), "a/b//");
  EXPECT_EQ(Replaced("/", "/", "\\/"), "\\/");
  EXPECT_EQ(Replaced("", "x", "y"), "");
  EXPECT_EQ(Replaced("xx", "x", ""), "");
}

TEST(Text, WhatIsReplacedIsNotLookedAtAgain) {
  EXPECT_EQ(Replaced("{n} and {n}", "{n}", "{n}7"), "{n}7 and {n}7");
  EXPECT_EQ(Replaced("none", "{n}", "7"), "none");
}

// Each place moved all that follows it: a page of a megabyte of them took minutes.
TEST(Text, ReplacingTakesTheTimeOfTheText) {
  const std::string out = Replaced(std::string(4 << 20, '<'), "<", "\\u003c");
  EXPECT_EQ(out.size(), std::size_t{24} << 20);
  EXPECT_EQ(out.substr(0, 12), "\\u003c\\u003c");
}

}  // namespace
}  // namespace ocokit
