#include "ocokit/base/header_text.h"

#include <gtest/gtest.h>

#include <string>

namespace ocokit {
namespace {

TEST(HeaderText, AWordIsPrintableAsciiWithoutBlanks) {
  EXPECT_TRUE(CheckHeaderWord("a-Token_1~!", "the token"));
  EXPECT_EQ(CheckHeaderWord("", "the token").error().message, "the token is empty");
  struct Case {
    std::string value;
    const char* wrong;
  };
  for (const Case& c : {Case{"tok\r\nX: 1", "byte 4 of 9 is 0x0d"},
                        {"tok\nX", "byte 4 of 5 is 0x0a"},
                        {" tok", "byte 1 of 4 is 0x20"},
                        {"tok\t", "byte 4 of 4 is 0x09"},
                        {std::string("t\0k", 3), "byte 2 of 3 is 0x00"},
                        {"t\x7f", "byte 2 of 2 is 0x7f"},
                        {"\xEF\xBB\xBFtok", "byte 1 of 6 is 0xef"}}) {
    const Result<void> checked = CheckHeaderWord(c.value, "the token");
    ASSERT_FALSE(checked) << c.wrong;
    EXPECT_EQ(
        checked.error().message,
        std::string("the token must be printable ASCII without blanks or line breaks; ") + c.wrong);
  }
}

TEST(HeaderText, AValueMayHoldBlanksAndANameMayNot) {
  EXPECT_TRUE(CheckHeaderValue("", "a value"));
  EXPECT_TRUE(CheckHeaderValue("text/html;\tcharset=\xC3\xA9", "a value"));
  for (const char* bad : {"a\r\nX: 1", "a\nb", "a\rb", "a\x01", "a\x7f"}) {
    EXPECT_FALSE(CheckHeaderValue(bad, "a value")) << bad;
  }
  EXPECT_TRUE(CheckHeaderName("X-BX-APIKEY", "a name"));
  for (const char* bad : {"", "X: 1", "X Y", "X\r\nY", "X\xC3\xA9"}) {
    EXPECT_FALSE(CheckHeaderName(bad, "a name")) << bad;
  }
}

}  // namespace
}  // namespace ocokit
