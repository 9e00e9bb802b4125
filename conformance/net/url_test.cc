#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/net/connection.h"

namespace ocokit::conform {
namespace {

TEST(UrlTest, ReadsItsParts) {
  struct Row {
    const char* text;
    Url want;
    const char* authority;
    bool loopback;
  };
  const Row rows[] = {
      {"http://127.0.0.1:8787", {false, "127.0.0.1", "8787", ""}, "127.0.0.1:8787", true},
      {"http://127.0.0.1:8787/", {false, "127.0.0.1", "8787", ""}, "127.0.0.1:8787", true},
      {"https://whitebit.com", {true, "whitebit.com", "443", ""}, "whitebit.com", false},
      {"http://localhost", {false, "localhost", "80", ""}, "localhost", true},
      {"http://[::1]:80/a/b/", {false, "::1", "80", "/a/b"}, "[::1]", true},
      {"https://a.b-c_d:80", {true, "a.b-c_d", "80", ""}, "a.b-c_d:80", false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const Result<Url> url = ParseUrl(row.text);
    ASSERT_TRUE(url) << url.error().message;
    EXPECT_EQ(*url, row.want);
    EXPECT_EQ(url->Authority(), row.authority);
    EXPECT_EQ(url->IsLoopback(), row.loopback);
    EXPECT_EQ(ParseUrl(FormatUrl(*url)), *url);
  }
}

TEST(UrlTest, NamesWhatIsWrong) {
  struct Row {
    const char* text;
    const char* want;
  };
  const Row rows[] = {
      {"127.0.0.1:8787", "neither of the schemes"},
      {"ftp://host", "neither of the schemes"},
      {"http://", "names no host"},
      {"http://:80", "names no host"},
      {"http://host:0", "no number from 1"},
      {"http://host:65536", "no number from 1"},
      {"http://host:8x", "no number from 1"},
      {"http://host:", "no number from 1"},
      {"http://host/?a=b", "has a query"},
      {"http://user@host", "a user"},
      {"http://[::1", "without a ]"},
      {"http://[host]", "no IPv6 address in its brackets"},
      {"http://host/a\nb", "a control character in its path"},
      {"http://host/a\r\nX-A:b", "a control character in its path"},
      {"http://host/\n", "a control character in its path"},
      {"http://host/a\x01", "a control character in its path"},
      {"http://host/a\x7f", "a control character in its path"},
      {"http://ho\tst", "a host with other characters"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const Result<Url> url = ParseUrl(row.text);
    ASSERT_FALSE(url);
    EXPECT_THAT(url.error().message, testing::HasSubstr(row.want));
    EXPECT_THAT(url.error().message, testing::HasSubstr("it must be like http://HOST"));
  }
}

}  // namespace
}  // namespace ocokit::conform
