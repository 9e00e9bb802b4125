#include "mock_exchange/http/date.h"

#include <gtest/gtest.h>

namespace ocokit::mock::http {
namespace {

// The first is RFC 9110's own example, section 5.6.7; the others are what `date -u` prints.
TEST(DateText, IsWrittenAsTheRfcHasIt) {
  EXPECT_EQ(DateText::Format(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(DateText::Format(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(DateText::Format(1709164799), "Wed, 28 Feb 2024 23:59:59 GMT");
  EXPECT_EQ(DateText::Format(1709164800), "Thu, 29 Feb 2024 00:00:00 GMT");
  EXPECT_EQ(DateText::Format(4102444799), "Thu, 31 Dec 2099 23:59:59 GMT");
}

TEST(DateText, FollowsTheTime) {
  DateText text;
  for (const std::time_t time : {-1, 0, 0, 1, 784111777, 0}) {
    EXPECT_EQ(text.Of(time), DateText::Format(time));
  }
}

}  // namespace
}  // namespace ocokit::mock::http
