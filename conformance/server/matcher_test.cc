#include "conformance/server/matcher.h"

#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace ocokit::conform::server {
namespace {

using nlohmann::json;

struct MatchRow {
  const char* wanted;
  const char* got;  // nothing stands there: nullptr
  bool holds;
};

std::optional<Mismatch> Matched(const char* wanted, const char* got) {
  static const Saved saved = {{"id", ParseJson("17").value()},
                              {"name", ParseJson("\"17\"").value()}};
  const auto value = got ? ParseJson(got) : ParseJson("null");
  return Match(json::parse(wanted), got ? &*value : nullptr, saved);
}

TEST(Matcher, RowByRow) {
  const MatchRow rows[] = {
      {R"("a")", R"("a")", true},
      {R"("a")", R"("b")", false},
      {R"("1")", R"(1)", false},
      {R"(1)", R"("1")", false},
      {R"(1)", R"(1.0)", true},
      {R"(0.001)", R"(1e-3)", true},
      {R"(1)", R"(2)", false},
      {R"(true)", R"(true)", true},
      {R"(true)", R"(1)", false},
      {R"(true)", R"("true")", false},
      {R"(null)", R"(null)", true},
      {R"(null)", R"(0)", false},
      {R"(null)", nullptr, false},
      {R"("a")", nullptr, false},
      {R"([])", R"([])", true},
      {R"([])", R"([1])", false},
      {R"([])", R"({})", false},
      {R"([])", R"(null)", false},
      {R"([1,2])", R"([1,2])", true},
      {R"([1,2])", R"([2,1])", false},
      {R"({})", R"({"a":1})", true},
      {R"({})", R"([])", false},
      {R"({"a":1})", R"({"a":1,"b":2})", true},
      {R"({"a":1})", R"({"b":2})", false},
      {R"({"a":1})", R"({"a":1,"a":1})", false},
      {R"({"a":1,"$only":true})", R"({"a":1})", true},
      {R"({"a":1,"$only":true})", R"({"a":1,"b":2})", false},
      {R"({"$only":true})", R"({})", true},
      {R"({"$only":true})", R"([])", false},
      {R"({"a":{"$absent":true}})", R"({"b":1})", true},
      {R"({"a":{"$absent":true}})", R"({"a":null})", false},
      {R"({"a":{"$absent":false}})", R"({"a":null})", true},
      {R"({"a":{"$absent":false}})", R"({})", false},
      {R"({"$type":"integer"})", R"(7)", true},
      {R"({"$type":"integer"})", R"(7.0)", false},
      {R"({"$type":"integer"})", R"(7e1)", false},
      {R"({"$type":"integer"})", R"("7")", false},
      {R"({"$type":"number"})", R"(7.5)", true},
      {R"({"$type":"string"})", R"("")", true},
      {R"({"$type":"string"})", nullptr, false},
      {R"({"$type":"array"})", R"({})", false},
      {R"({"$type":"object"})", R"({})", true},
      {R"({"$type":"boolean"})", R"(false)", true},
      {R"({"$type":"null"})", R"(null)", true},
      {R"({"$number":"0.001"})", R"(0.001)", true},
      {R"({"$number":"0.001"})", R"(0.0010)", false},
      {R"({"$number":"0.001"})", R"(1e-3)", false},
      {R"({"$number":"0.001"})", R"("0.001")", false},
      {R"({"$decimal":"40000"})", R"("40000.00")", true},
      {R"({"$decimal":"40000"})", R"(40000)", false},
      {R"({"$decimal":"40000"})", R"("40000x")", false},
      {R"({"$amount":"40000"})", R"(40000.0)", true},
      {R"({"$amount":"40000"})", R"("40000")", true},
      {R"({"$amount":"40000"})", R"("4")", false},
      {R"({"$matches":"[0-9]+"})", R"("17")", true},
      {R"({"$matches":"[0-9]+"})", R"(17)", true},
      {R"({"$matches":"[0-9]+"})", R"("17a")", false},
      {R"({"$matches":".*"})", nullptr, false},
      {R"({"$matches":"a.c"})", R"("a\u00ffc")", false},
      {R"({"$matches":"a..c"})", R"("a\u00ffc")", true},
      {R"({"$matches":".*"})", R"("a\nb")", false},
      {R"({"$in":[1,2]})", R"(2)", true},
      {R"({"$in":[1,2]})", R"(3)", false},
      {R"({"$in":[[],null,{"$absent":true}]})", nullptr, true},
      {R"({"$all":[{"$type":"integer"},{"$not":0}]})", R"(1)", true},
      {R"({"$all":[{"$type":"integer"},{"$not":0}]})", R"(0)", false},
      {R"({"$not":1})", R"(2)", true},
      {R"({"$not":1})", R"(1)", false},
      {R"({"$saved":"id"})", R"(17)", true},
      {R"({"$saved":"id"})", R"("17")", false},
      {R"({"$saved_text":"id"})", R"("17")", true},
      {R"({"$saved_text":"name"})", R"(17)", true},
      {R"({"$saved_text":"id"})", R"(18)", false},
      {R"({"$next_of_saved":"id"})", R"(18)", true},
      {R"({"$next_of_saved":"id"})", R"("18")", true},
      {R"({"$next_of_saved":"id"})", R"(17)", false},
      {R"({"$next_of_saved":"id"})", R"(19)", false},
      {R"({"$next_of_saved":"id"})", R"("x")", false},
      {R"({"$next_of_saved":"id"})", nullptr, false},
      {R"({"$length":2})", R"([1,2])", true},
      {R"({"$length":2})", R"([1])", false},
      {R"({"$length":0})", R"({})", false},
      {R"({"$each":{"$type":"string"}})", R"(["a","b"])", true},
      {R"({"$each":{"$type":"string"}})", R"(["a",1])", false},
      {R"({"$each":{"$type":"string"}})", R"({})", false},
      {R"({"$contains":{"a":1}})", R"([{"a":0},{"a":1}])", true},
      {R"({"$contains":{"a":1}})", R"([{"a":0}])", false},
      {R"({"$contains":{"a":1}})", R"([])", false},
      {R"({"$between":[1,2.5]})", R"(2.5)", true},
      {R"({"$between":[1,2.5]})", R"("1")", true},
      {R"({"$between":[1,2.5]})", R"(2.51)", false},
      {R"({"$between":[1,2.5]})", R"("x")", false},
      {R"({"$order":["a","b"]})", R"({"a":1,"x":0,"b":2})", true},
      {R"({"$order":["a","b"]})", R"({"b":2,"a":1})", false},
      {R"({"$order":["a","b"]})", R"({"a":1})", false},
      {R"({"$empty":true})", R"([])", true},
      {R"({"$empty":true})", R"({})", true},
      {R"({"$empty":true})", R"(null)", true},
      {R"({"$empty":true})", R"([null])", false},
      {R"({"$empty":true})", R"({"a":1})", false},
      {R"({"$empty":true})", R"("")", false},
      {R"({"$empty":true})", R"(0)", false},
      {R"({"$empty":true})", nullptr, false},
      {R"({"$empty":false})", R"([0])", true},
      {R"({"$empty":false})", R"([])", false},
      {R"({"$members":{"$type":"number"}})", R"({"A":1,"B":2.5})", true},
      {R"({"$members":{"$type":"number"}})", R"({"A":1,"B":"2"})", false},
      {R"({"$members":{"$type":"number"}})", R"([1])", false},
      {R"({"$media_type":"application/json"})", R"("application/json")", true},
      {R"({"$media_type":"application/json"})", R"("Application/JSON ;charset=utf-8")", true},
      {R"({"$media_type":"application/json"})", R"("application/json; charset=utf-8")", true},
      {R"({"$media_type":"application/json"})", R"("application/jsonp")", false},
      {R"({"$media_type":"application/json"})", R"("text/html; application/json")", false},
      {R"({"$media_type":"application/json"})", nullptr, false},
      {R"({"$type":"object","a":{"$in":["x","y"]}})", R"({"a":"y"})", true},
      {R"({"$type":"object","a":{"$in":["x","y"]}})", R"({"a":"z"})", false},
  };
  for (const MatchRow& row : rows) {
    EXPECT_EQ(!Matched(row.wanted, row.got), row.holds)
        << row.wanted << " of " << (row.got ? row.got : "nothing");
  }
}

TEST(Matcher, SaysWhereAndWhat) {
  const auto mismatch =
      Matched(R"({"data":[{"price":{"$number":"1"}}]})", R"({"data":[{"price":"1"}]})");
  ASSERT_TRUE(mismatch);
  EXPECT_EQ(mismatch->where, "/data/0/price");
  EXPECT_EQ(mismatch->wanted, "the number 1, written so");
  EXPECT_EQ(mismatch->got, "\"1\"");
  EXPECT_EQ(Matched(R"({"a":1})", R"({})")->got, "nothing");
  EXPECT_EQ(Matched("1", "2")->where, "the body");
}

// A case that is wrong is never the subject's failure.
TEST(Matcher, ThrowsForACaseThatIsWrong) {
  EXPECT_THROW((void)Matched(R"({"$like":1})", "1"), std::invalid_argument);
  EXPECT_THROW((void)Matched(R"({"$saved":"nobody"})", "1"), std::invalid_argument);
  EXPECT_THROW((void)Matched(R"({"$type":1})", "1"), json::exception);
  EXPECT_ANY_THROW((void)Matched(R"({"$matches":"["})", "1"));
}

// A text that a server chooses must not cost more than its length.
TEST(Matcher, PatternsTakeNoTimeForTextsMadeForThem) {
  const std::string text = "\"" + std::string(1990, 'a') + "\"";
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_TRUE(Matched(R"({"$matches":"(a*)*(a*)*b"})", text.c_str()));
  EXPECT_FALSE(Matched(R"({"$matches":"(a|aa)+"})", text.c_str()));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

}  // namespace
}  // namespace ocokit::conform::server
