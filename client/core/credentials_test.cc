#include "ocokit/client/credentials.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "client/core/check_credentials.h"

namespace ocokit::client {
namespace {

// No way to print one, whatever stream it is.
template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
static_assert(!Printable<Credentials>);
static_assert(!std::is_copy_constructible_v<Credentials>);

TEST(Credentials, MovingLeavesNothingBehind) {
  Credentials first("key", "short-secret");
  Credentials second(std::move(first));
  EXPECT_EQ(second.RevealSecret(), "short-secret");
  EXPECT_TRUE(first.RevealSecret().empty());  // NOLINT(bugprone-use-after-move): that is the test
  Credentials third("other", "other-secret");
  third = std::move(second);
  EXPECT_EQ(third.api_key(), "key");
  EXPECT_EQ(third.RevealSecret(), "short-secret");
  EXPECT_TRUE(second.RevealSecret().empty());  // NOLINT(bugprone-use-after-move)
}

TEST(Credentials, WhatWasNotIssuedIsRefusedWithoutShowingIt) {
  struct Case {
    const char* key;
    const char* secret;
    const char* field;
  };
  const Case cases[] = {
      {"", "good-secret", "api_key"},
      {"good-key", "", "secret"},
      {"good-key\n", "good-secret", "api_key"},
      {"good-key", " good-secret", "secret"},
      {"good-key", "good-secret\r\n", "secret"},
      {"good-key", "\xef\xbb\xbfgood-secret", "secret"},
      {"good\tkey", "good-secret", "api_key"},
  };
  for (const Case& c : cases) {
    const auto checked = CheckCredentials(Credentials(c.key, c.secret));
    ASSERT_FALSE(checked) << c.field;
    EXPECT_EQ(checked.error().kind, ErrorKind::kBadRequest);
    EXPECT_EQ(checked.error().fields.at(0).field, c.field);
    EXPECT_EQ(checked.error().message.find("good"), std::string::npos);
  }
  EXPECT_TRUE(CheckCredentials(Credentials("k", "s")));
}

}  // namespace
}  // namespace ocokit::client
