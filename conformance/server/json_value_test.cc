#include "conformance/server/json_value.h"

#include <gtest/gtest.h>

namespace ocokit::conform::server {
namespace {

TEST(JsonValue, KeepsNumbersOrderAndRepetition) {
  for (const std::string text : {R"({"b":0.0010,"a":1e-7,"b":[true,false,null]})", R"([])", R"({})",
                                 R"(12345678901234567890)", R"(123456789012345678901234567890)",
                                 R"("a\"\\\n")", R"([[{"x":[]}],{}])", R"([1e400,-2.5E-4000])"}) {
    const auto value = ParseJson(text);
    ASSERT_TRUE(value) << text;
    EXPECT_EQ(FormatJson(*value), text);
  }
}

TEST(JsonValue, FindsByNameAndPointer) {
  const JsonValue value = ParseJson(R"({"data":[{"id":"7"},{"id":"8"}],"n":1})").value();
  EXPECT_EQ(value.Find("n")->text, "1");
  EXPECT_EQ(value.Find("m"), nullptr);
  EXPECT_EQ(value.At("/data/1/id")->text, "8");
  EXPECT_EQ(value.At(""), &value);
  for (const char* nowhere : {"/data/2", "/data/x", "/data/-1", "/data/1/id/deeper", "n", "/m/n"}) {
    EXPECT_EQ(value.At(nowhere), nullptr) << nowhere;
  }
}

TEST(JsonValue, RefusesWhatIsNoJson) {
  for (const std::string text : {"", "{", "[1,]", "{\"a\":}", "nul", "{} {}", "'a'", "\"\xff\""}) {
    EXPECT_FALSE(ParseJson(text)) << text;
  }
  EXPECT_EQ(ParseJson("[1,]").error().message, "no JSON from byte 4 on");
}

// A subject that answers with four million brackets must not take the kit with it.
TEST(JsonValue, RefusesWhatIsNestedTooDeep) {
  const std::string deep(4 << 20, '[');
  EXPECT_EQ(ParseJson(deep).error().message, "JSON nested more than 64 deep");
  EXPECT_TRUE(ParseJson(std::string(64, '[') + std::string(64, ']')));
}

}  // namespace
}  // namespace ocokit::conform::server
