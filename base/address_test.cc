#include "ocokit/base/address.h"

#include <gtest/gtest.h>

#include <string>

namespace ocokit {
namespace {

TEST(Address, LoopbackIsThisMachineAlone) {
  for (const char* text : {"127.0.0.1", "127.255.0.9", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1",
                           "::FFFF:7f01:203"}) {
    EXPECT_TRUE(IsAddress(text)) << text;
    EXPECT_TRUE(IsLoopbackAddress(text)) << text;
  }
  for (const char* text : {"0.0.0.0", "::", "128.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "fe80::1",
                           "2001:db8::7f00:1"}) {
    EXPECT_TRUE(IsAddress(text)) << text;
    EXPECT_FALSE(IsLoopbackAddress(text)) << text;
  }
}

TEST(Address, NamesNumbersAndZonesAreNone) {
  for (const std::string text :
       {"", "localhost", "127.venue.example", "127.0.0.1.venue.example", "127.1", "127.0.0.1.",
        "0x7f.0.0.1", "0177.0.0.1", "2130706433", "256.0.0.1", " 127.0.0.1", "127.0.0.1 ",
        "127.0.0.1:80", "[::1]", "::1%lo", "fe80::1%eth0", "1:2", "abc", ":::1"}) {
    EXPECT_FALSE(IsAddress(text)) << text;
    EXPECT_FALSE(IsLoopbackAddress(text)) << text;
  }
  EXPECT_FALSE(IsLoopbackAddress(std::string("127.0.0.1\0x", 11)));
}

}  // namespace
}  // namespace ocokit
