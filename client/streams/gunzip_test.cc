#include "client/streams/gunzip.h"

#include <gtest/gtest.h>

#include "ocokit/base/encoding.h"

namespace ocokit::client::streams {
namespace {

// printf '{"ping":"1"}' | gzip -n
const std::string kPing =
    ParseHex("1f8b0800000000000003ab562ac8cc4b57b2523254aa0500af00657a0c000000").value();

TEST(Gunzip, UnpacksOneMember) { EXPECT_EQ(Gunzip(kPing, 100), R"({"ping":"1"})"); }

TEST(Gunzip, TakesNothingThatIsCutLongerOrAnythingElse) {
  for (std::size_t size = 0; size < kPing.size(); ++size) {
    EXPECT_EQ(Gunzip(kPing.substr(0, size), 100), std::nullopt) << size;
  }
  EXPECT_EQ(Gunzip(kPing + "x", 100), std::nullopt);
  EXPECT_EQ(Gunzip(R"({"ping":"1"})", 100), std::nullopt);
}

TEST(Gunzip, UnpacksNoMoreThanItMay) {
  EXPECT_TRUE(Gunzip(kPing, 12));
  EXPECT_EQ(Gunzip(kPing, 11), std::nullopt);
}

}  // namespace
}  // namespace ocokit::client::streams
