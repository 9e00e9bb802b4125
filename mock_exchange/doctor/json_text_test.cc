#include "mock_exchange/doctor/json_text.h"

#include <gtest/gtest.h>

namespace ocokit::mock::doctor {
namespace {

// `count` members whose names begin with `prefix`, all of them 1.
JsonValue Members(const std::string& prefix, int count) {
  JsonValue out;
  out.kind = JsonValue::Kind::kObject;
  for (int i = 0; i < count; ++i) {
    JsonValue& member = out.members.emplace_back();
    member.name = prefix + std::to_string(i);
    member.kind = JsonValue::Kind::kNumber;
    member.text = "1";
  }
  return out;
}

std::vector<std::string> Where(const std::vector<Difference>& differences) {
  std::vector<std::string> out;
  for (const Difference& d : differences) out.push_back(d.where);
  return out;
}

TEST(Differences, NamesWhatDiffersAtAnyDepth) {
  const JsonValue a = ReadJson(R"({"x":1,"in":{"y":2,"z":[1]},"gone":0})").value();
  const JsonValue b = ReadJson(R"({"new":0,"in":{"z":[2],"y":2},"x":1})").value();
  EXPECT_EQ(Where(Differences(a, b)), (std::vector<std::string>{"in.z", "gone", "new"}));
  EXPECT_TRUE(Differences(a, a).empty());
}

TEST(Differences, TheLastOfARepeatedNameCounts) {
  const JsonValue a = ReadJson(R"({"x":1,"y":1,"x":2})").value();
  const JsonValue b = ReadJson(R"({"x":2,"y":1})").value();
  EXPECT_TRUE(Differences(a, b).empty());
}

// As many members as a header and a body have room for: each is looked at once.
TEST(Differences, LooksAtEachMemberOnce) {
  for (const char* prefix : {"p", "q"}) {
    const JsonValue a = Members(prefix, 1300);
    const JsonValue b = Members("q", 118'000);
    std::size_t looked_at = 0;
    EXPECT_EQ(Differences(a, b, &looked_at).size(), 16u);
    EXPECT_EQ(looked_at, 119'300u);
  }
}

TEST(RepeatsName, AtAnyDepth) {
  EXPECT_TRUE(RepeatsName(ReadJson(R"({"a":{"b":1,"b":2}})").value()));
  EXPECT_FALSE(RepeatsName(ReadJson(R"({"a":{"a":1},"b":["a","a"]})").value()));
}

TEST(Spaced, AsPythonWritesIt) {
  const JsonValue value = ReadJson(R"({"a":[1,2,{"b":"x"}],"c":{}})").value();
  EXPECT_EQ(Spaced(value), R"({"a": [1, 2, {"b": "x"}], "c": {}})");
  EXPECT_EQ(Compact(SortedByName(ReadJson(R"({"b":{"d":1,"c":2},"a":0})").value())),
            R"({"a":0,"b":{"c":2,"d":1}})");
}

}  // namespace
}  // namespace ocokit::mock::doctor
