#include "mock_exchange/doctor/text.h"

#include <gtest/gtest.h>

#include "ocokit/base/encoding.h"

namespace ocokit::mock::doctor {
namespace {

constexpr std::string_view kHidden = "[a text that holds the secret]";

TEST(Redact, TheSecretItself) {
  EXPECT_EQ(Redact("a=test-secret&b=test-secret", "test-secret"), "a=[secret]&b=[secret]");
  EXPECT_EQ(Redact("test-secre", "test-secret"), "test-secre");
  EXPECT_EQ(Redact("anything", ""), "anything");
}

TEST(Redact, TheSecretInHexadecimal) {
  EXPECT_EQ(Redact("sig=746573742d736563726574", "test-secret"), "sig=[secret]");
}

TEST(Redact, TheSecretPercentEncoded) {
  EXPECT_EQ(Redact("a=test%2Dsecret", "test-secret"), kHidden);
  EXPECT_EQ(Redact("a=my+secret", "my secret"), kHidden);
}

// Wherever it begins in a group of three bytes.
TEST(Redact, TheSecretInBase64) {
  for (const char* before : {"", "a", "ab", "abc"}) {
    const std::string text = std::string(before) + "test-secret" + "xyz";
    EXPECT_EQ(Redact(FormatBase64(text), "test-secret"), kHidden) << before;
  }
  EXPECT_EQ(Redact(FormatBase64("another text"), "test-secret"), FormatBase64("another text"));
}

TEST(Show, CutsAfterItHasRedacted) {
  // The cut would fall into the secret.
  const std::string text = std::string(75, 'x') + "test-secret";
  EXPECT_EQ(Show(text, "test-secret"), "`" + std::string(75, 'x') + "[secr...`");
}

TEST(Show, ControlCharactersAreDigits) { EXPECT_EQ(Show("a\nb\x7f", ""), "`a\\x0ab\\x7f`"); }

TEST(FirstDifference, IsAByteOrNothing) {
  EXPECT_EQ(FirstDifference("abc", "abd"), 2u);
  EXPECT_EQ(FirstDifference("abc", "abcd"), 3u);
  EXPECT_EQ(FirstDifference("", ""), std::nullopt);
}

TEST(Trim, TakesOffWhatCopyingLeaves) {
  EXPECT_EQ(Trim("\xEF\xBB\xBF \"key\"\r\n"), "key");
  EXPECT_EQ(Trim(" \n"), "");
}

}  // namespace
}  // namespace ocokit::mock::doctor
