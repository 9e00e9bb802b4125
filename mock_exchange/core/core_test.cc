#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "mock_exchange/core/account.h"
#include "mock_exchange/core/account_options.h"
#include "mock_exchange/core/json_reader.h"
#include "mock_exchange/core/json_writer.h"
#include "mock_exchange/core/limits.h"
#include "mock_exchange/core/request.h"

namespace ocokit::mock {
namespace {

const TimePoint kNow = FromUnixMillis(1'700'000'000'000);

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

TEST(Request, PathAndQueryOfEitherForm) {
  struct Case {
    const char* target;
    const char* path;
    const char* query;
  };
  const Case cases[] = {{"/a/b?c=d?e", "/a/b", "c=d?e"},
                        {"/a", "/a", ""},
                        {"/a?", "/a", ""},
                        {"http://host:1/a?b", "/a", "b"},
                        {"https://host", "/", ""},
                        {"//a", "//a", ""},
                        {"*", "*", ""}};
  for (const Case& c : cases) {
    Request request;
    request.target = c.target;
    EXPECT_EQ(request.Path(), c.path) << c.target;
    EXPECT_EQ(request.Query(), c.query) << c.target;
  }
}

TEST(Limiter, CountsInWindowsThatStartWithTheirFirstRequest) {
  Limiter limiter;
  const std::vector<NamedLimit> limits = {{"a", {2, milliseconds(1000)}}};
  WindowState state = limiter.Count(limits, kNow);
  EXPECT_TRUE(state.allowed);
  EXPECT_EQ(state.remaining, 1);
  EXPECT_EQ(state.expires_in, milliseconds(1000));
  state = limiter.Count(limits, kNow + milliseconds(400));
  EXPECT_EQ(state.remaining, 0);
  EXPECT_EQ(state.expires_in, milliseconds(600));
  EXPECT_FALSE(limiter.Count(limits, kNow + milliseconds(999)).allowed);
  EXPECT_TRUE(limiter.Count(limits, kNow + milliseconds(1000)).allowed);
}

TEST(Limiter, AFullWindowLeavesTheOthersUncounted) {
  Limiter limiter;
  const std::vector<NamedLimit> both = {{"wide", {3, milliseconds(1000)}},
                                        {"narrow", {1, milliseconds(100)}}};
  EXPECT_TRUE(limiter.Count(both, kNow).allowed);
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(limiter.Count(both, kNow).allowed);
  EXPECT_EQ(limiter.Count({both.front()}, kNow).remaining, 1);
}

TEST(Limiter, ARefusedRequestStartsNoWindow) {
  Limiter limiter;
  const NamedLimit wide{"wide", {3, milliseconds(1000)}};
  const NamedLimit narrow{"narrow", {1, milliseconds(100)}};
  EXPECT_TRUE(limiter.Count({narrow}, kNow).allowed);
  EXPECT_FALSE(limiter.Count({wide, narrow}, kNow).allowed);
  // The wide window starts with the first request that is counted in it.
  WindowState state = limiter.Count({wide, narrow}, kNow + milliseconds(100));
  EXPECT_TRUE(state.allowed);
  EXPECT_EQ(state.expires_in, milliseconds(1000));
  // Neither is one that has ended renewed.
  EXPECT_TRUE(limiter.Count({narrow}, kNow + milliseconds(1150)).allowed);
  EXPECT_FALSE(limiter.Count({wide, narrow}, kNow + milliseconds(1150)).allowed);
  state = limiter.Count({wide, narrow}, kNow + milliseconds(1250));
  EXPECT_EQ(state.expires_in, milliseconds(1000));
}

TEST(Blocks, EndAtTheirTime) {
  Blocks blocks;
  EXPECT_EQ(blocks.Until("a", kNow), std::nullopt);
  blocks.Start("a", kNow, kNow + milliseconds(10));
  EXPECT_EQ(blocks.Until("a", kNow), kNow + milliseconds(10));
  EXPECT_EQ(blocks.Until("a", kNow + milliseconds(9)), kNow + milliseconds(10));
  EXPECT_EQ(blocks.Until("a", kNow + milliseconds(10)), std::nullopt);
  EXPECT_EQ(blocks.Until("b", kNow), std::nullopt);
  // A clock set back before the block has not seen it begin.
  EXPECT_EQ(blocks.Until("a", kNow - milliseconds(1)), std::nullopt);
}

TEST(ErrorFlood, CountsOneCodeOfOneNameWithinItsTime) {
  ErrorFlood flood(3, milliseconds(1000));
  flood.Add("a", 7, kNow);
  flood.Add("a", 7, kNow + milliseconds(500));
  flood.Add("a", 8, kNow + milliseconds(500));
  flood.Add("b", 7, kNow + milliseconds(500));
  EXPECT_FALSE(flood.Check("a", kNow + milliseconds(500)));
  flood.Add("a", 7, kNow + milliseconds(900));
  const auto found = flood.Check("a", kNow + milliseconds(999));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->code, 7);
  EXPECT_EQ(found->until, kNow + milliseconds(1000));
  EXPECT_FALSE(flood.Check("a", kNow + milliseconds(1000)));
  EXPECT_FALSE(flood.Check("b", kNow + milliseconds(999)));
  // The oldest gives way to a later one.
  flood.Add("a", 7, kNow + milliseconds(1000));
  ASSERT_TRUE(flood.Check("a", kNow + milliseconds(1000)));
  EXPECT_EQ(flood.Check("a", kNow + milliseconds(1000))->until, kNow + milliseconds(1500));
  // Before the errors there were none.
  EXPECT_FALSE(flood.Check("a", kNow + milliseconds(400)));
}

TEST(Bans, BeginWithTheRefusalThatMakesTheNumber) {
  const BanRule rule{.status = 418, .after = 2, .length = milliseconds(100)};
  Bans bans;
  bans.Count("x", rule, kNow);
  EXPECT_FALSE(bans.IsBanned("x", kNow));
  bans.Count("y", rule, kNow);
  EXPECT_FALSE(bans.IsBanned("y", kNow));
  bans.Count("x", rule, kNow + milliseconds(50));
  EXPECT_TRUE(bans.IsBanned("x", kNow + milliseconds(149)));
  EXPECT_FALSE(bans.IsBanned("x", kNow + milliseconds(150)));
  EXPECT_FALSE(bans.IsBanned("x", kNow + milliseconds(49)));
  EXPECT_FALSE(bans.IsBanned("y", kNow + milliseconds(60)));
  bans.Count("x", rule, kNow + milliseconds(150));
  EXPECT_FALSE(bans.IsBanned("x", kNow + milliseconds(150)));
}

TEST(Bans, CountRefusalsInARow) {
  const BanRule rule{.status = 418, .after = 2, .length = milliseconds(100)};
  Bans bans;
  bans.Count("x", rule, kNow);
  bans.Count("y", rule, kNow);
  bans.Forgive("x");
  bans.Count("x", rule, kNow);
  EXPECT_FALSE(bans.IsBanned("x", kNow));
  bans.Count("y", rule, kNow);
  EXPECT_TRUE(bans.IsBanned("y", kNow));
  bans.Forgive("y");
  EXPECT_TRUE(bans.IsBanned("y", kNow));
}

TEST(RecentSet, ForgetsAfterItsInterval) {
  RecentSet recent(seconds(1));
  recent.Add("x", kNow);
  EXPECT_TRUE(recent.Contains("x", kNow + milliseconds(999)));
  EXPECT_FALSE(recent.Contains("x", kNow + milliseconds(1000)));
  EXPECT_FALSE(recent.Contains("y", kNow));
  recent.Add("y", kNow + milliseconds(500));
  recent.Add("x", kNow + milliseconds(1200));
  recent.Add("z", kNow + milliseconds(1600));
  EXPECT_TRUE(recent.Contains("x", kNow + milliseconds(1600)));
  EXPECT_FALSE(recent.Contains("y", kNow + milliseconds(1600)));
}

TEST(AccountClock, FreezesMovesAndRunsOn) {
  const auto base = std::make_shared<ManualClock>(kNow);
  AccountClock clock(base);
  base->Advance(seconds(1));
  EXPECT_EQ(clock.Now(), kNow + seconds(1));
  clock.Freeze();
  base->Advance(seconds(10));
  EXPECT_EQ(clock.Now(), kNow + seconds(1));
  clock.Advance(milliseconds(5));
  EXPECT_EQ(clock.Now(), kNow + milliseconds(1005));
  clock.Run();
  base->Advance(seconds(1));
  EXPECT_EQ(clock.Now(), kNow + milliseconds(2005));
  clock.Set(kNow);
  base->Advance(seconds(1));
  EXPECT_EQ(clock.Now(), kNow + seconds(1));
}

TEST(AccountOptions, FillsInDefaults) {
  const auto options = CompleteOptions({.venue = Venue::kWhitebit}, 1);
  ASSERT_TRUE(options);
  EXPECT_FALSE(options->key.empty());
  EXPECT_NE(options->key, options->secret);
  EXPECT_EQ(options->markets->size(), 3U);
  EXPECT_EQ(options->last_prices.at("BTC_USDT"), Decimal(40500));
  EXPECT_NE(CompleteOptions({.venue = Venue::kWhitebit}, 2)->key, options->key);
  EXPECT_EQ(CompleteOptions({.venue = Venue::kWhitebit}, 1)->key, options->key);
}

TEST(AccountOptions, NamesTheMemberAtFault) {
  struct Case {
    const char* what;
    std::function<void(AccountOptions&)> spoil;
    const char* want;
  };
  const Case cases[] = {
      {"price of an unknown market", [](AccountOptions& o) { o.last_prices["X-Y"] = Decimal(1); },
       "last_prices: the account has no market X-Y"},
      {"negative price", [](AccountOptions& o) { o.last_prices["BTC_USDT"] = Decimal(-1); },
       "last_prices: BTC_USDT must be positive, below 10000000000, with at most 8 decimals, not "
       "-1"},
      {"negative balance",
       [](AccountOptions& o) {
         o.balances = {{"USDT", Decimal(-1)}};
       },
       "balance of USDT must be 0 to 10^15 with at most 8 decimals, not -1"},
      {"position without market",
       [](AccountOptions& o) { o.positions = {{.market = "X_Y", .amount = Decimal(1)}}; },
       "positions: X_Y is not a margin market of the account"},
      {"a market twice",
       [](AccountOptions& o) {
         o.markets = DefaultMarkets(Venue::kWhitebit);
         o.markets->push_back(o.markets->front());
       },
       "markets: BTC_USDT is given twice"},
      {"a spot market on WhiteBIT",
       [](AccountOptions& o) { o.markets = DefaultMarkets(Venue::kBingx); },
       "market BTC-USDT: BingX has spot markets here, WhiteBIT margin and futures markets"},
      {"a key with a blank", [](AccountOptions& o) { o.key = "my key"; },
       "key must be printable ASCII without blanks"},
      {"an unknown limit",
       [](AccountOptions& o) {
         o.settings.custom_rate_limits["oco_creat"] = {1, seconds(1)};
       },
       "custom_rate_limits: there are oco_create, oco_cancel, oco_query, order_cancel, "
       "order_query, position, account and market, not oco_creat"},
      {"a negative limit", [](AccountOptions& o) { o.settings.max_open_orders = -1; },
       "max_open_orders must be 0 (no limit) or more"},
      {"step of zero",
       [](AccountOptions& o) {
         o.markets = DefaultMarkets(Venue::kWhitebit);
         o.markets->front().price_step = Decimal();
       },
       "market BTC_USDT: price_step and amount_step must be positive, with at most 8 decimals"}};
  for (const Case& c : cases) {
    AccountOptions options{.venue = Venue::kWhitebit};
    c.spoil(options);
    const auto complete = CompleteOptions(options, 1);
    ASSERT_FALSE(complete) << c.what;
    EXPECT_EQ(complete.error().message, c.want);
  }
}

}  // namespace
}  // namespace ocokit::mock
