#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "mock_exchange/json/reader.h"
#include "mock_exchange/json/writer.h"

namespace ocokit::mock {
namespace {

std::string Compact(std::string_view text) {
  std::string out;
  AppendCompact(ReadJson(text).value(), out);
  return out;
}

TEST(JsonReader, KeepsTextsAndOrder) {
  struct Case {
    const char* text;
    const char* want;
  };
  const Case cases[] = {
      {R"( { "b" : 1 , "a" : [ true , null ] } )", R"({"b":1,"a":[true,null]})"},
      {R"({"n":0.0010,"e":1e-7,"E":1E+5,"big":12345678901234567890123})",
       R"({"n":0.0010,"e":1e-7,"E":1E+5,"big":12345678901234567890123})"},
      {R"({"a":1,"b":3,"a":2})", R"({"a":2,"b":3})"},
      {R"(["\/","\u00e4","\"\\","\n\u0001"])", "[\"/\",\"\xc3\xa4\",\"\\\"\\\\\",\"\\n\\u0001\"]"},
      {"[-0,-0.0,1e400,1e-400,0e0]", "[-0,-0.0,1e400,1e-400,0e0]"},
      {"-12", "-12"}};
  for (const Case& c : cases) EXPECT_EQ(Compact(c.text), c.want);
}

TEST(JsonReader, RefusesWhatIsNotJson) {
  for (const char* text : {"", " ", "{", "{\"a\"}", "{\"a\":1,}", "[1 2]", "01", "1.", "+1", "nul",
                           "{} {}", "\"\x01\"", "\"\xff\"", "{'a':1}", "\xEF\xBB\xBF{}"}) {
    EXPECT_FALSE(ReadJson(text)) << text;
  }
  EXPECT_FALSE(ReadJson(std::string_view("{}\0", 3)));
  EXPECT_FALSE(ReadJson(std::string_view("\0{}", 3)));
  EXPECT_TRUE(ReadJson(std::string(64, '[') + std::string(64, ']')));
  EXPECT_FALSE(ReadJson(std::string(65, '[') + std::string(65, ']')));
  EXPECT_FALSE(ReadJson(std::string(1'000'000, '[')));
}

TEST(JsonReader, CutAnywhereIsRefused) {
  const std::string text = R"({"a":[1.5,"x\u00e4",true,null],"b":{"c":"d"}})";
  ASSERT_TRUE(ReadJson(text));
  for (std::size_t n = 0; n < text.size(); ++n) EXPECT_FALSE(ReadJson(text.substr(0, n))) << n;
}

TEST(JsonReader, SameJsonIgnoresOrderAloneAndComparesNumbersByText) {
  const auto same = [](const char* a, const char* b) {
    return SameJson(ReadJson(a).value(), ReadJson(b).value());
  };
  EXPECT_TRUE(same(R"({"a":1,"b":[2,3]})", R"({ "b":[2,3], "a":1 })"));
  EXPECT_TRUE(same(R"({"a":1,"a":2})", R"({"a":2})"));
  EXPECT_FALSE(same(R"({"a":1})", R"({"a":"1"})"));
  EXPECT_FALSE(same(R"({"a":0.10})", R"({"a":0.1})"));
  EXPECT_FALSE(same(R"({"a":1})", R"({"a":1,"b":null})"));
  EXPECT_FALSE(same(R"([1,2])", R"([2,1])"));
}

TEST(JsonWriter, WritesCompactlyInOrder) {
  JsonWriter json;
  json.BeginObject().Key("s").String("a\"/\n").Key("n").Number(Decimal(48000));
  json.Key("list").BeginArray().Integer(-1).Bool(true).BeginObject().EndObject().EndArray();
  json.Key("t").Seconds(TimePoint(microseconds(1594605801498150)));
  json.Key("d").DecimalString(Decimal::Parse("0.0010").value()).EndObject();
  EXPECT_EQ(json.Take(),
            R"({"s":"a\"/\n","n":48000,"list":[-1,true,{}],"t":1594605801.49815,"d":"0.001"})");
}

TEST(JsonWriter, CommasAndEscapesAnywhere) {
  JsonWriter json;
  const std::string name = "a\"b";
  json.BeginArray().BeginArray().EndArray().Null().BeginObject().Key(name).Null();
  json.Key("").String("").Key("x").BeginArray().String("\x01").EndArray().EndObject();
  json.Integer(std::numeric_limits<std::int64_t>::min()).EndArray();
  EXPECT_EQ(json.Take(),
            "[[],null,{\"a\\\"b\":null,\"\":\"\",\"x\":[\"\\u0001\"]},-9223372036854775808]");
}

// More than the room it begins with, however the pieces fall.
TEST(JsonWriter, GrowsAsItMust) {
  for (std::size_t size = 1; size < 3000; size += 7) {
    JsonWriter json;
    const std::string text(size, 'x');
    json.BeginArray();
    std::string want = "[";
    for (int i = 0; i < 5; ++i) {
      json.String(text);
      want += (i == 0 ? "\"" : ",\"") + text + "\"";
    }
    EXPECT_EQ(json.EndArray().Take(), want + "]") << size;
  }
}

}  // namespace
}  // namespace ocokit::mock
