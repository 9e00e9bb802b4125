#include "conformance/net/loopback.h"

#include <gtest/gtest.h>

#include "conformance/net/connection.h"
#include "ocokit/base/address.h"

namespace ocokit::conform {
namespace {

// A name that begins like an address was this machine; then orders went to whoever owns the name.
TEST(LoopbackTest, AddressesAloneAreLoopback) {
  for (const char* text : {"127.0.0.1", "127.255.0.9", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1",
                           "::FFFF:7f01:203"}) {
    EXPECT_TRUE(IsLoopbackAddress(text)) << text;
    EXPECT_TRUE(IsLoopbackHost(text)) << text;
  }
  const LookUp loopback = [](const std::string&) { return std::vector<std::string>{"127.0.0.1"}; };
  for (const char* text : {"127.venue.example", "127.0.0.1.venue.example", "127.1", "127.0.0.1.",
                           "0x7f.0.0.1", "2130706433", "0.0.0.0", "::", "128.0.0.1",
                           "::ffff:8.8.8.8", "::127.0.0.1", "fe80::1", "localhost.venue.example",
                           "localhost.", "mylocalhost", "", " 127.0.0.1", "venue.example"}) {
    EXPECT_FALSE(IsLoopbackAddress(text)) << text;
    // Not even when the name has the right address at this moment.
    EXPECT_FALSE(IsLoopbackHost(text, loopback)) << text;
  }
}

TEST(LoopbackTest, LocalhostIsWhatItsAddressesAre) {
  struct Row {
    std::vector<std::string> addresses;
    bool want;
  };
  const Row rows[] = {{{"127.0.0.1"}, true},
                      {{"::1", "127.0.0.1"}, true},
                      {{"127.0.0.1", "192.0.2.1"}, false},
                      {{"2001:db8::1"}, false},
                      {{}, false}};
  for (const Row& row : rows) {
    std::string asked;
    const LookUp look_up = [&](const std::string& name) {
      asked = name;
      return row.addresses;
    };
    EXPECT_EQ(IsLoopbackHost("LocalHost", look_up), row.want) << row.addresses.size();
    EXPECT_EQ(asked, "LocalHost");
  }
  EXPECT_FALSE(SystemLookUp("localhost").empty());
}

TEST(LoopbackTest, UrlsAreByTheirHosts) {
  for (const char* text : {"http://127.0.0.1:8787", "https://[::1]/a", "http://LOCALHOST:1"}) {
    const Result<Url> url = ParseUrl(text);
    ASSERT_TRUE(url) << url.error().message;
    EXPECT_TRUE(url->IsLoopback()) << text;
  }
  for (const char* text : {"http://127.venue.example", "http://localhost.venue.example:8787",
                           "http://venue.example/127.0.0.1", "http://venue.example/://127.0.0.1"}) {
    const Result<Url> url = ParseUrl(text);
    ASSERT_TRUE(url) << url.error().message;
    EXPECT_FALSE(url->IsLoopback()) << text;
  }
  for (const char* text : {"http://127.0.0.1@venue.example/", "http://127.0.0.1:1@venue.example",
                           "http://[venue.example]", "http://[127.0.0.1]", "http://[::1]x:80",
                           "http://127.0.0.1\\@venue.example", "http://[::1]@venue.example"}) {
    EXPECT_FALSE(ParseUrl(text)) << text;
  }
}

}  // namespace
}  // namespace ocokit::conform
