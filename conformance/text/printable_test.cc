#include "conformance/text/printable.h"

#include <gtest/gtest.h>

#include "conformance/text/utf8.h"

namespace ocokit::conform {
namespace {

TEST(ForTerminalTest, LetsNothingThroughThatATerminalObeys) {
  struct Row {
    const char* text;
    const char* want;
  };
  const Row rows[] = {
      {"plain, \xC3\xA9 and \xE2\x82\xAC and \xF0\x9F\x99\x82", nullptr},
      {"a\tb\nc", nullptr},
      {"over\rwritten\r\n", "overwritten\n"},
      {"\x1b[2J\x07\x7f\x08", "\\x1b[2J\\x07\\x7f\\x08"},
      {"\xC2\x9B"
       "2J \xC2\x80 \xC2\x9F \xC2\xA0",
       "\\xc2\\x9b2J \\xc2\\x80 \\xc2\\x9f \xC2\xA0"},
      {"\xff \xC3 \xED\xA0\x80", "\\xff \\xc3 \\xed\\xa0\\x80"},
      {"\xE2\x80\xAE"
       "evil\xE2\x80\xAC",
       "\\u202Eevil\\u202C"},
      {"\xE2\x81\xA6 \xE2\x81\xA9 \xE2\x80\x8E \xE2\x80\x8F \xD8\x9C",
       "\\u2066 \\u2069 \\u200E \\u200F \\u061C"},
      {"\xE2\x80\xA8 \xE2\x80\xA9 \xEF\xBB\xBF", "\\u2028 \\u2029 \\uFEFF"},
      {"\xEF\xBF\xBE \xEF\xBF\xBF", "\\uFFFE \\uFFFF"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(ForTerminal(row.text), row.want == nullptr ? row.text : row.want);
  }
}

TEST(ForTerminalTest, WhateverBytesComeItIsUtf8WithoutControls) {
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      const std::string text{static_cast<char>(first), static_cast<char>(second), 'x'};
      const std::string shown = ForTerminal(text);
      EXPECT_TRUE(IsUtf8(shown));
      for (const char c : shown) {
        EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') << first;
      }
      EXPECT_EQ(shown.back(), 'x');
    }
  }
}

TEST(ShortenedTest, CutsNoCharacter) {
  const std::string euros = "\xE2\x82\xAC\xE2\x82\xAC";
  EXPECT_EQ(Shortened(euros, 6), euros);
  EXPECT_EQ(Shortened(euros, 5), "\xE2\x82\xAC... 3 bytes more");
  EXPECT_EQ(Shortened(euros, 3), "\xE2\x82\xAC... 3 bytes more");
  EXPECT_EQ(Shortened(euros, 2), "... 6 bytes more");
  EXPECT_EQ(Shortened(std::string(10, '\x80'), 5), "\x80\x80... 8 bytes more");
  EXPECT_EQ(Shortened("", 0), "");
}

}  // namespace
}  // namespace ocokit::conform
