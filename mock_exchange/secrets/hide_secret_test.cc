
#include <gtest/gtest.h>

#include "ocokit/base/encoding.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock {
namespace {

constexpr std::string_view kHidden = "[a text that holds the secret]";

TEST(HideSecret, TheSecretItself) {
  EXPECT_EQ(HideSecret("a=test-secret&b=test-secret", "test-secret"), "a=[secret]&b=[secret]");
  EXPECT_EQ(HideSecret("test-secre", "test-secret"), "test-secre");
  EXPECT_EQ(HideSecret("anything", ""), "anything");
}

TEST(HideSecret, TheSecretInHexadecimal) {
  EXPECT_EQ(HideSecret("sig=746573742d736563726574", "test-secret"), "sig=[secret]");
}

TEST(HideSecret, TheSecretWithItsSlashesEscaped) {
  EXPECT_EQ(HideSecret(R"({"a":"se\/cr\/et"})", "se/cr/et"), R"({"a":"[secret]"})");
}

TEST(HideSecret, TheSecretPercentEncoded) {
  EXPECT_EQ(HideSecret("a=test%2Dsecret", "test-secret"), kHidden);
  EXPECT_EQ(HideSecret("a=my%2fsecret", "my/secret"), kHidden);
  EXPECT_EQ(HideSecret("a=my+secret", "my secret"), kHidden);
}

// Wherever it begins in a group of three bytes.
TEST(HideSecret, TheSecretInBase64) {
  for (const char* before : {"", "a", "ab", "abc"}) {
    const std::string text = std::string(before) + "test-secret" + "xyz";
    EXPECT_EQ(HideSecret(FormatBase64(text), "test-secret"), kHidden) << before;
  }
  EXPECT_EQ(HideSecret(FormatBase64("another text"), "test-secret"), FormatBase64("another text"));
}

}  // namespace
}  // namespace ocokit::mock
