#include "client/json/json_value.h"

#include <gtest/gtest.h>

#include <string>

#include "client/json/json_reader.h"
#include "client/json/json_writer.h"

namespace ocokit::client {
namespace {

TEST(ParseJson, KeepsNumbersAsTheyAreWritten) {
  const char* numbers[] = {"0",
                           "-5",
                           "0.1",
                           "40000.50",
                           "1e-7",
                           "1E+21",
                           "-0.0",
                           "9007199254740993",
                           "18446744073709551615",
                           "18446744073709551616",
                           "1594605801.49815"};
  for (const char* number : numbers) {
    const auto value = ParseJson(number);
    ASSERT_TRUE(value) << number;
    EXPECT_TRUE(value->Is(JsonValue::Type::kNumber));
    EXPECT_EQ(value->text, number);
  }
}

TEST(ParseJson, ReadsEveryType) {
  const auto value = ParseJson(R"({"a":[null,true,"x\u00e9\n",{"b":1.50}],"a":2})");
  ASSERT_TRUE(value);
  const JsonValue* a = value->Find("a");
  ASSERT_NE(a, nullptr);
  ASSERT_EQ(a->items.size(), 4u);
  EXPECT_TRUE(a->items[0].Is(JsonValue::Type::kNull));
  EXPECT_TRUE(a->items[1].boolean);
  EXPECT_EQ(a->items[2].text, "x\xc3\xa9\n");
  EXPECT_EQ(a->items[3].Find("b")->text, "1.50");
  EXPECT_EQ(value->Find("z", "a"), a);
  EXPECT_EQ(value->Find("z"), nullptr);
  EXPECT_EQ(a->Find("b"), nullptr);
}

TEST(ParseJson, RefusesEveryCut) {
  const std::string whole = R"({"code":0,"data":[{"orderId":"18","price":48000.5,"ok":true}]})";
  ASSERT_TRUE(ParseJson(whole));
  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_FALSE(ParseJson(whole.substr(0, i))) << i;
  }
}

TEST(ParseJson, RefusesGarbage) {
  const char* cases[] = {
      "",   " ",  "{",   "}",   "{]",       "[1,]",   "{\"a\":}", "nul",   "01",        "1.",
      ".5", "+1", "NaN", "1 2", "\"\xff\"", "\"\n\"", "<html>",   "1e999", "{\"a\" 1}", "\xef\xbb"};
  for (const char* text : cases) EXPECT_FALSE(ParseJson(text)) << text;
}

// The parser under us takes a NUL for the end of the text.
TEST(ParseJson, RefusesANulByteAnywhere) {
  const std::string whole = R"({"code":0,"data":["x"]})";
  for (std::size_t i = 0; i <= whole.size(); ++i) {
    std::string text = whole;
    text.insert(i, 1, '\0');
    EXPECT_FALSE(ParseJson(text)) << i;
    EXPECT_FALSE(ParseJson(whole + std::string(i + 1, '\0') + "<html>")) << i;
  }
  EXPECT_EQ(ParseJson(R"("a\u0000b")")->text, std::string("a\0b", 3));
}

TEST(ParseJson, RefusesDeepNesting) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(ParseJson(nested(JsonValue::kMaxDepth)));
  EXPECT_FALSE(ParseJson(nested(JsonValue::kMaxDepth + 1)));
  EXPECT_FALSE(ParseJson(std::string(1'000'000, '[')));
}

TEST(AppendJsonString, EscapesWhatJsonAsksForAndNothingElse) {
  struct Case {
    const char* text;
    const char* want;
  };
  const Case cases[] = {
      {"", R"("")"},
      {"BTC_USDT", R"("BTC_USDT")"},
      {"/api/v4", R"("/api/v4")"},
      {"a\"b\\c", R"("a\"b\\c")"},
      {"\n\t\x01", R"("\u000a\u0009\u0001")"},
      {"\xc3\xa9", "\"\xc3\xa9\""},
  };
  for (const Case& c : cases) {
    std::string out;
    AppendJsonString(out, c.text);
    EXPECT_EQ(out, c.want);
    EXPECT_EQ(ParseJson(out)->text, c.text);
  }
}

TEST(ReplyReader, NamesTheFirstMemberThatIsWrong) {
  struct Case {
    const char* json;
    const char* problem;
  };
  const Case cases[] = {
      {R"({"n":"1.5","i":7,"s":"x","b":1,"t":1.5})", ""},
      {R"({"i":7,"s":"x"})", "member `n` is missing"},
      {R"({"n":null,"i":7,"s":"x"})", "member `n` is missing"},
      {R"({"n":"abc","i":7,"s":"x"})", "member `n` is not a number"},
      {R"({"n":[],"s":{}})", "member `n` is not a number"},
      {R"({"n":1,"i":7.5,"s":"x"})", "member `i` is not an id"},
      {R"({"n":1,"i":-7,"s":"x"})", "member `i` is not an id"},
      {R"({"n":1,"i":7,"s":true})", "member `s` is not a string"},
      {R"({"n":1,"i":7,"s":"x","b":2})", "member `b` is not true or false"},
      {R"({"n":1,"i":7,"s":"x","b":"true"})", "member `b` is not true or false"},
      {R"({"n":1,"i":7,"s":"x","t":-1})", "member `t` is not a time"},
      {R"({"n":1,"i":7,"s":"x","t":1e30})", "member `t` is not a time"},
  };
  for (const Case& c : cases) {
    const auto value = ParseJson(c.json);
    ASSERT_TRUE(value) << c.json;
    ReplyReader reader;
    reader.Number(*value, "n");
    reader.Id(*value, "i");
    reader.String(*value, "s");
    reader.OptionalBool(*value, "b");
    reader.OptionalTime(*value, "t", 1);
    EXPECT_EQ(reader.problem(), c.problem) << c.json;
  }
}

TEST(ReplyReader, TakesEitherSpellingAndEitherType) {
  const auto value = ParseJson(R"({"dealMoney":0.10,"order_id":"117703764513","x":12.5})");
  ReplyReader reader;
  EXPECT_EQ(reader.Number(*value, {"deal_money", "dealMoney"}).Format(), "0.1");
  EXPECT_EQ(reader.Id(*value, {"order_id", "orderId"}), 117703764513u);
  EXPECT_EQ(reader.String(*value, "x"), "12.5");
  EXPECT_TRUE(reader.ok());
}

TEST(ReplyReader, ReadsTimesToTheMicrosecond) {
  const auto value = ParseJson(R"({"s":1594605801.49815,"ms":"1724656554890","zero":0})");
  ReplyReader reader;
  EXPECT_EQ(reader.OptionalTime(*value, "s", 1), TimePoint(microseconds(1594605801498150)));
  EXPECT_EQ(reader.OptionalTime(*value, "ms", 1000), FromUnixMillis(1724656554890));
  EXPECT_EQ(reader.OptionalTime(*value, "zero", 1000), std::nullopt);
  EXPECT_TRUE(reader.ok());
}

}  // namespace
}  // namespace ocokit::client
