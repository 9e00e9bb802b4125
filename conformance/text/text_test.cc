#include "conformance/text/text.h"

#include <gtest/gtest.h>

namespace ocokit::conform {
namespace {

TEST(TextTest, LettersOfAsciiHaveNoCase) {
  EXPECT_EQ(LowerCase("X-TXC-ApiKey @[`{ \xC3\x89"), "x-txc-apikey @[`{ \xC3\x89");
}

TEST(TextTest, BlanksAtTheEndsGo) {
  EXPECT_EQ(WithoutBlanks("\t a b\r\n"), "a b");
  EXPECT_EQ(WithoutBlanks(" \n"), "");
  EXPECT_EQ(WithoutBlanks(""), "");
}

}  // namespace
}  // namespace ocokit::conform
