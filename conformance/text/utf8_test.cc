#include "conformance/text/utf8.h"

#include <gtest/gtest.h>

namespace ocokit::conform {
namespace {

TEST(Utf8Test, TellsCharactersFromOtherBytes) {
  struct Row {
    std::string_view text;
    std::size_t want;
  };
  const Row rows[] = {
      {"", 0},
      {"a", 1},
      {"\x7f", 1},
      {"\xC3\xA9x", 2},
      {"\xE2\x82\xAC", 3},
      {"\xF0\x9F\x98\x80", 4},
      {"\x80", 0},
      {"\xC0\x80", 0},
      {"\xC1\xBF", 0},
      {"\xE0\x9F\xBF", 0},
      {"\xED\xA0\x80", 0},
      {"\xF0\x8F\xBF\xBF", 0},
      {"\xF4\x8F\xBF\xBF", 4},
      {"\xF4\x90\x80\x80", 0},
      {"\xF8\x88\x80\x80", 0},
      {"\xC3", 0},
      {"\xE2\x82", 0},
      {"\xE2\x28\xA1", 0},
      {"\xFF", 0},
  };
  for (const Row& row : rows)
    EXPECT_EQ(Utf8Size(row.text), row.want) << testing::PrintToString(row.text);
}

TEST(Utf8Test, OtherBytesAreReplaced) {
  EXPECT_TRUE(IsUtf8("a\xC3\xA9"));
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_FALSE(IsUtf8("a\xff"));
  EXPECT_EQ(ToUtf8("a\xff\xC3\xA9\xE2\x82"), "a\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace ocokit::conform
