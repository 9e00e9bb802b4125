#include "conformance/text/bounded_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace ocokit::conform {
namespace {

std::string Nested(int levels) {
  const auto count = static_cast<std::size_t>(levels);
  return std::string(count, '[') + std::string(count, ']');
}

// Writing down a value of a million levels ended the kit.
TEST(BoundedJsonTest, BoundsTheLevels) {
  EXPECT_FALSE(ParseBoundedJson(Nested(kMostJsonLevels)).is_discarded());
  EXPECT_TRUE(ParseBoundedJson(Nested(kMostJsonLevels + 1)).is_discarded());
  EXPECT_TRUE(ParseBoundedJson(Nested(2'000'000)).is_discarded());
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":[";
  EXPECT_TRUE(ParseBoundedJson(objects).is_discarded());
}

TEST(BoundedJsonTest, BracketsInTextsAreNoLevels) {
  const std::string text = "[\"" + std::string(1000, '[') + "\\\"" + std::string(1000, '{') + "\"]";
  EXPECT_EQ(ParseBoundedJson(text).at(0).get<std::string>().size(), 2001u);
  // What is closed again does not add up.
  std::string many = "[0";
  for (int i = 0; i < 1000; ++i) many += ",[]";
  EXPECT_EQ(ParseBoundedJson(many + "]").size(), 1001u);
}

TEST(BoundedJsonTest, NoJsonIsDiscarded) {
  for (const char* text : {"", "]", "\"", "\"\\", "[", "{]", "nul"}) {
    EXPECT_TRUE(ParseBoundedJson(text).is_discarded()) << text;
  }
}

}  // namespace
}  // namespace ocokit::conform
