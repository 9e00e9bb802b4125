#include "client/transport/base_url.h"

#include <gtest/gtest.h>

namespace ocokit::client {
namespace {

TEST(BaseUrl, TakesSchemeHostAndPort) {
  struct Case {
    const char* url;
    const char* want;
  };
  const Case cases[] = {
      {"https://whitebit.com", "https://whitebit.com"},
      {"https://whitebit.com/", "https://whitebit.com"},
      {"http://127.0.0.1:8787", "http://127.0.0.1:8787"},
      {"http://127.0.0.1:8787/", "http://127.0.0.1:8787"},
      {"http://[::1]:80", "http://[::1]:80"},
      {"https://Open-API.bingx.com:65535", "https://Open-API.bingx.com:65535"},
  };
  for (const Case& c : cases) EXPECT_EQ(NormalizeBaseUrl(c.url), c.want) << c.url;
}

TEST(BaseUrl, RefusesEverythingElse) {
  const char* cases[] = {
      "",
      "whitebit.com",
      "ftp://whitebit.com",
      "HTTP://whitebit.com",
      "https://",
      "https:///",
      "https://whitebit.com//",
      "https://whitebit.com/api/v4",
      "https://whitebit.com?x=1",
      "https://whitebit.com:",
      "https://whitebit.com:0",
      "https://whitebit.com:65536",
      "https://whitebit.com:+80",
      "https://user@whitebit.com",
      "https://white bit.com",
      "http://[::1",
      "http://[]",
      "http://[::1]x",
  };
  for (const char* url : cases) EXPECT_EQ(NormalizeBaseUrl(url), std::nullopt) << url;
}

}  // namespace
}  // namespace ocokit::client
