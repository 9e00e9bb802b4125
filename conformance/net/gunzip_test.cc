#include "conformance/net/gunzip.h"

#include <gtest/gtest.h>

#include "ocokit/base/encoding.h"

namespace ocokit::conform {
namespace {

// printf '{"ping":"1"}' | gzip -n
const std::string kPing =
    ParseHex("1f8b0800000000000003ab562ac8cc4b57b2523254aa0500af00657a0c000000").value();

TEST(KitGunzipTest, UnpacksOneMember) { EXPECT_EQ(Gunzip(kPing, 100), R"({"ping":"1"})"); }

TEST(KitGunzipTest, SaysWhatIsNotExactlyOne) {
  for (std::size_t size = 0; size < kPing.size(); ++size) {
    EXPECT_FALSE(Gunzip(kPing.substr(0, size), 100)) << size;
  }
  EXPECT_EQ(Gunzip(kPing.substr(0, 20), 100).error().message, "gzip that is not whole");
  EXPECT_EQ(Gunzip(kPing + "x", 100).error().message, "bytes behind the gzip");
  EXPECT_EQ(Gunzip(R"({"ping":"1"})", 100).error().message, "no gzip");
  std::string wrong_sum = kPing;
  wrong_sum[wrong_sum.size() - 5] ^= 1;
  EXPECT_EQ(Gunzip(wrong_sum, 100).error().message, "no gzip");
}

TEST(KitGunzipTest, UnpacksNoMoreThanItMay) {
  EXPECT_TRUE(Gunzip(kPing, 12));
  EXPECT_EQ(Gunzip(kPing, 11).error().message, "gzip of more than 11 bytes");
}

}  // namespace
}  // namespace ocokit::conform
