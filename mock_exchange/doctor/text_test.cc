#include "mock_exchange/doctor/text.h"

#include <gtest/gtest.h>

namespace ocokit::mock::doctor {
namespace {

TEST(Show, CutsAfterItHasRedacted) {
  // The cut would fall into the secret.
  const std::string text = std::string(75, 'x') + "test-secret";
  EXPECT_EQ(Show(text, Credentials{"", "test-secret"}), "`" + std::string(75, 'x') + "[secr...`");
}

TEST(Show, ControlCharactersAreDigits) {
  EXPECT_EQ(Show("a\nb\x7f", Credentials{}), "`a\\x0ab\\x7f`");
}

TEST(FirstDifference, IsAByteOrNothing) {
  EXPECT_EQ(FirstDifference("abc", "abd"), 2u);
  EXPECT_EQ(FirstDifference("abc", "abcd"), 3u);
  EXPECT_EQ(FirstDifference("", ""), std::nullopt);
}

TEST(EditDistance, CountsUpToItsBound) {
  EXPECT_EQ(EditDistance("signature", "signature", 2), 0u);
  EXPECT_EQ(EditDistance("signature", "signatrue", 2), 2u);
  EXPECT_EQ(EditDistance("signature", "ignatures", 2), 2u);
  EXPECT_EQ(EditDistance("signature", "", 2), 3u);
  EXPECT_EQ(EditDistance("abc", "xyz", 2), 3u);
}

TEST(Trim, TakesOffWhatCopyingLeaves) {
  EXPECT_EQ(Trim("\xEF\xBB\xBF \"key\"\r\n"), "key");
  EXPECT_EQ(Trim(" \n"), "");
}

}  // namespace
}  // namespace ocokit::mock::doctor
