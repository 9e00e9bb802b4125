// What a stream is asked and answers, its heartbeat and its key.

#include "mock_exchange/bingx/streams/stream.h"

#include "mock_exchange/testing/bingx_stream.h"

namespace ocokit::mock::bingx {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::string BadTopic(const std::string& id = "1") {
  return R"({"code":80015,"id":")" + id +
         R"(","msg":"dataType not support","timestamp":1700000000000})";
}
const char* const kUnauthorized =
    R"({"code":100401,"id":"1","msg":"AUTHENTICATION_FAIL","timestamp":1700000000000})";
const char* const kBadRequest = R"({"code":100400,"msg":"","timestamp":1700000000000})";

TEST_F(BingxStreamTest, SubscribesAndUnsubscribes) {
  const auto client = Open();
  EXPECT_THAT(client->Ask(Sub("BTC-USDT@trade", "24dd0e35")), ElementsAre(Ack("24dd0e35")));
  // Without reqType it is a subscription; members come in any order, and others are ignored.
  EXPECT_THAT(client->Ask(R"({"dataType":"BTC-USDT@lastPrice","more":[1],"id":"b"})"),
              ElementsAre(Ack("b")));
  EXPECT_THAT(client->Ask(Sub("spot.executionReport", "c")), ElementsAre(Ack("c")));
  EXPECT_THAT(client->State().topics,
              ElementsAre("BTC-USDT@trade", "BTC-USDT@lastPrice", "spot.executionReport"));
  EXPECT_TRUE(client->State().authorized);
  EXPECT_THAT(client->Ask(R"({"id":"d","reqType":"unsub","dataType":"BTC-USDT@trade"})"),
              ElementsAre(Ack("d")));
  EXPECT_THAT(client->Ask(R"({"id":"e","reqType":"unsub","dataType":"never@there"})"),
              ElementsAre(Ack("e")));
  EXPECT_THAT(client->State().topics, ElementsAre("BTC-USDT@lastPrice", "spot.executionReport"));
}

TEST_F(BingxStreamTest, EveryMessageIsOneGzipMember) {
  const auto client = Open();
  client->Ask(Sub("BTC-USDT@ticker"));
  ASSERT_THAT(client->last(), SizeIs(2));
  for (const auto& message : client->last()) {
    EXPECT_TRUE(message->binary);
    EXPECT_THAT(message->bytes, StartsWith("\x1f\x8b\x08"));
  }
}

TEST_F(BingxStreamTest, ATopicTwiceIsOneStream) {
  const auto client = Open();
  client->Ask(Sub("BTC-USDT@trade"));
  EXPECT_THAT(client->Ask(Sub("BTC-USDT@trade", "2")), ElementsAre(Ack("2")));
  EXPECT_THAT(client->State().topics, SizeIs(1));
  SetLast("64001");
  EXPECT_THAT(client->Take(), SizeIs(1));
}

TEST_F(BingxStreamTest, RefusesATopicThatThereIsNot) {
  const auto client = Open();
  for (const char* topic :
       {"btc-usdt@trade", "BTC-USDT@depth7", "BTC-USDT@kline_1s", "BTC-USDT@kline_", "BTC-USDT@",
        "BTC-USDT", "XRP-USDT@trade", "@trade", "spot.executionreport", "@", "BTC-USDT@Trade"}) {
    EXPECT_THAT(client->Ask(Sub(topic)), ElementsAre(BadTopic())) << topic;
  }
  account_->settings.bad_topic_code = 100400;
  EXPECT_THAT(client->Ask(Sub("BTC-USDT@depth7")),
              ElementsAre(R"({"code":100400,"msg":"code:100400:depth7 dataType is not supported",)"
                          R"("timestamp":1700000000000})"));
  EXPECT_THAT(client->State().topics, IsEmpty());
}

TEST_F(BingxStreamTest, KnowsAllTopics) {
  const auto client = Open();
  for (const char* kind :
       {"trade",       "ticker",      "bookTicker",   "lastPrice",    "incrDepth",   "depth",
        "depth5",      "depth10",     "depth20",      "depth50",      "depth100",    "kline_1min",
        "kline_3min",  "kline_5min",  "kline_15min",  "kline_30min",  "kline_60min", "kline_2hour",
        "kline_4hour", "kline_6hour", "kline_8hour",  "kline_12hour", "kline_1day",  "kline_3day",
        "kline_1week", "kline_1mon",  "kline_1month", "kline_1m",     "kline_1h",    "kline_4h",
        "kline_1d",    "kline_1w",    "kline_1M"}) {
    EXPECT_EQ(client->Ask(Sub("ETH-USDT@" + std::string(kind))).front(), Ack()) << kind;
  }
}

TEST_F(BingxStreamTest, IsSilentToWhatIsNoRequest) {
  const auto client = Open();
  const std::string deep(5000, '[');
  const std::string deep_object = R"({"dataType":)" + deep;
  for (const std::string& text :
       {std::string("hello"), std::string(), std::string("Ping"), std::string("[]"),
        std::string("1e999"), std::string("null"), std::string("\"x\""), deep, deep_object,
        std::string(R"({"id":"1","dataType":["BTC-USDT@trade"]})"),
        std::string(R"({"id":"1","dataType":7})"), std::string(R"({"id":"1","dataType":{}})"),
        std::string(R"({"ping":1700000000000})"), std::string("\xff\xfe"),
        std::string("{\"id\":\"1\",\"dataType\":\"\xff\"}")}) {
    EXPECT_THAT(client->Ask(text), IsEmpty()) << text.substr(0, 50);
  }
  EXPECT_THAT(client->Ask(Sub("BTC-USDT@trade"), /*binary=*/true), IsEmpty());
  EXPECT_FALSE(client->end());
}

TEST_F(BingxStreamTest, AnyBytesAreTaken) {
  const auto client = Open();
  const std::string seed = R"({"id":"1","reqType":"sub","dataType":"BTC-USDT@kline_1min"})";
  std::uint32_t random = 1;
  const auto draw = [&](std::size_t below) {
    random = random * 1664525 + 1013904223;
    return (random >> 8) % below;
  };
  for (int i = 0; i < 3000; ++i) {
    std::string text = seed;
    for (std::size_t n = draw(4) + 1; n > 0; --n) {
      text[draw(text.size())] = static_cast<char>(draw(256));
    }
    text.resize(draw(4) == 0 ? draw(text.size()) : text.size());
    EXPECT_LE(client->Ask(text, draw(8) == 0).size(), 2U) << text;
  }
  EXPECT_FALSE(client->end());
}

TEST_F(BingxStreamTest, AnObjectThatAsksForNothingIsRefused) {
  const auto client = Open();
  for (const char* text :
       {"{}", R"({"id":"1"})", R"({"id":"1","dataType":null})", R"({"id":"1","dataType":""})",
        R"({"id":"1","reqType":"subscribe","dataType":"BTC-USDT@trade"})",
        R"({"id":"1","reqType":["sub"],"dataType":"BTC-USDT@trade"})"}) {
    EXPECT_THAT(client->Ask(text), ElementsAre(kBadRequest)) << text;
  }
}

TEST_F(BingxStreamTest, AnIdIsGivenBackAsText) {
  const auto client = Open();
  const auto ask = [&](const std::string& id) {
    return client->Ask(R"({"id":)" + id + R"(,"dataType":"BTC-USDT@trade"})").front();
  };
  EXPECT_EQ(ask("12"), Ack("12"));
  EXPECT_EQ(ask("1e400"), Ack("1e400"));
  EXPECT_EQ(ask(R"("a\"b\u00e9")"), Ack("a\\\"b\xc3\xa9"));
  EXPECT_EQ(ask("null"), Ack(""));
  EXPECT_EQ(ask("[1]"), Ack(""));
}

TEST_F(BingxStreamTest, HasTwoHundredTopicsAtMost) {
  std::vector<MarketSpec> markets;
  for (int i = 0; i < 201; ++i) {
    MarketSpec& spec = markets.emplace_back(DefaultMarkets(Venue::kBingx).front());
    spec.symbol = "A" + std::to_string(i) + "-USDT";
  }
  const AccountOptions options{
      .venue = Venue::kBingx, .markets = std::move(markets), .frozen_at = FromUnixMillis(kNow)};
  account_ = std::make_shared<Account>(CompleteOptions(options, 1).value(),
                                       std::make_shared<ManualClock>(FromUnixMillis(kNow)));
  const auto client = Open();
  for (int i = 0; i < 200; ++i) {
    EXPECT_THAT(client->Ask(Sub("A" + std::to_string(i) + "-USDT@trade")), ElementsAre(Ack()));
  }
  EXPECT_THAT(client->Ask(Sub("A200-USDT@trade", "x")),
              ElementsAre(R"({"code":80403,"id":"x","msg":"your topic num over max 200",)"
                          R"("timestamp":1700000000000})"));
  EXPECT_THAT(client->Ask(Sub("A7-USDT@trade")), ElementsAre(Ack()));
  account_->settings.rate_limits = false;
  EXPECT_THAT(client->Ask(Sub("A200-USDT@trade")), ElementsAre(Ack()));
}

TEST_F(BingxStreamTest, AnAddressHasSixtyStreamsAtMost) {
  std::vector<std::unique_ptr<testing::StreamClient>> clients;
  for (int i = 0; i < 60; ++i) {
    clients.push_back(Open(""));
    EXPECT_FALSE(clients.back()->end()) << i;
  }
  EXPECT_TRUE(Open("")->end());
  clients.pop_back();
  EXPECT_FALSE(Open("")->end());
  clients.push_back(Open(""));
  account_->settings.rate_limits = false;
  EXPECT_FALSE(Open("")->end());
}

TEST_F(BingxStreamTest, TellsNothingOfAnAccountWithoutItsKey) {
  for (const char* key : {"", "another", "the-key-"}) {
    const auto client = Open(key);
    EXPECT_FALSE(client->State().authorized);
    EXPECT_THAT(client->Ask(Sub("spot.executionReport")), ElementsAre(kUnauthorized)) << key;
    EXPECT_THAT(client->Ask(Sub("ACCOUNT_UPDATE")), ElementsAre(kUnauthorized)) << key;
    EXPECT_THAT(client->Ask(Sub("BTC-USDT@trade")), ElementsAre(Ack())) << key;
  }
}

TEST_F(BingxStreamTest, AsksEveryFiveSecondsAndCutsASilentClient) {
  const auto client = Open();
  for (int i = 1; i <= 6; ++i) {
    Advance(std::chrono::milliseconds(4999));
    EXPECT_THAT(client->Take(), IsEmpty());
    Advance(std::chrono::milliseconds(1));
    const Texts texts = client->Take();
    ASSERT_THAT(texts, SizeIs(1));
    EXPECT_THAT(texts[0],
                ::testing::ContainsRegex(R"(^\{"ping":"[0-9a-f]{32}","time":"2023-11-15T06:13:)"));
  }
  Advance(std::chrono::milliseconds(499));
  EXPECT_THAT(client->Take(), IsEmpty());
  EXPECT_FALSE(client->end());
  // Asking for something is no answer.
  EXPECT_THAT(client->Ask(Sub("BTC-USDT@trade")), SizeIs(1));
  Advance(std::chrono::milliseconds(1));
  EXPECT_THAT(client->Take(), IsEmpty());
  ASSERT_TRUE(client->end());
  EXPECT_EQ(client->end()->kind, ChannelEnd::Kind::kCut);
}

// A client may move the clock as soon as it has the answer to its handshake.
TEST_F(BingxStreamTest, ItsTimeBeginsWhenItIsOpened) {
  const auto stream = std::make_shared<BingxStream>(host_, account_, "127.0.0.1", "");
  stream->OnOpen([] {});
  Advance(seconds(5));
  EXPECT_THAT(stream->Take().messages, SizeIs(1));
  stream->OnEnded({});
}

TEST_F(BingxStreamTest, BothAnswersKeepItOpen) {
  for (const char* answer : {"Pong", R"({"pong":"any","time":"any"})", R"({"pong":1})"}) {
    const auto client = Open();
    for (int i = 0; i < 20; ++i) {
      Advance(seconds(5));
      EXPECT_THAT(client->Take(), SizeIs(1));
      EXPECT_THAT(client->Ask(answer), IsEmpty());
    }
    EXPECT_FALSE(client->end()) << answer;
  }
}

TEST_F(BingxStreamTest, TheHeartbeatMayBeAText) {
  account_->settings.text_heartbeat = true;
  const auto client = Open();
  Advance(seconds(5));
  EXPECT_THAT(client->Take(), ElementsAre("Ping"));
  EXPECT_TRUE(client->last()[0]->binary);
}

TEST_F(BingxStreamTest, AKeyThatExpiresIsSaidAndEndsTheAccountsTopics) {
  const auto client = Open();
  client->Ask(Sub("spot.executionReport"));
  client->Ask(Sub("ACCOUNT_UPDATE"));
  client->Ask(Sub("BTC-USDT@trade"));
  Advance(std::chrono::hours(1) - milliseconds(1));
  EXPECT_THAT(client->Take(), SizeIs(1));  // the heartbeat
  Advance(milliseconds(1));
  EXPECT_THAT(client->Take(),
              ElementsAre(R"({"e":"listenKeyExpired","E":1700003600000,"listenKey":"the-key"})"));
  EXPECT_FALSE(client->State().authorized);
  EXPECT_THAT(client->State().topics, ElementsAre("BTC-USDT@trade"));
  Place(AtMarket("0.001"));
  EXPECT_THAT(client->Take(), ElementsAre(HasSubstr("BTC-USDT@trade")));
  EXPECT_THAT(client->Ask(Sub("ACCOUNT_UPDATE")), ElementsAre(HasSubstr("100401")));
  EXPECT_FALSE(client->end());
}

TEST_F(BingxStreamTest, AKeyThatIsWithdrawnIsSaidAtOnce) {
  const auto client = Open();
  client->Ask(Sub("spot.executionReport"));
  Place(AtMarket("0.001"));
  const AccountMarks before = account_->marks();
  {
    const AccountLock lock(*account_);
    EXPECT_TRUE(account_->stream_keys.Remove("the-key", account_->clock.Now()));
  }
  EXPECT_NE(account_->marks(), before);
  // What has happened before is told yet.
  const Texts texts = client->Take();
  ASSERT_THAT(texts, SizeIs(3));
  EXPECT_THAT(texts[1], HasSubstr("FILLED"));
  EXPECT_EQ(texts[2], R"({"e":"listenKeyExpired","E":1700000000000,"listenKey":"the-key"})");
}

TEST_F(BingxStreamTest, AKeyThatIsExtendedStaysGood) {
  const auto client = Open();
  {
    const AccountLock lock(*account_);
    account_->clock.Advance(std::chrono::minutes(59));
    const TimePoint now = account_->clock.Now();
    EXPECT_TRUE(account_->stream_keys.Extend("the-key", now + std::chrono::hours(1), now));
  }
  Advance(std::chrono::minutes(59));
  EXPECT_THAT(client->Take(), SizeIs(1));
  EXPECT_TRUE(client->State().authorized);
  Advance(std::chrono::minutes(1));
  EXPECT_THAT(client->Take(), ElementsAre(HasSubstr("listenKeyExpired"), HasSubstr("ping")));
}

TEST_F(BingxStreamTest, WhatHappensAfterTheKeysTimeIsNotSaid) {
  const auto client = Open();
  client->Ask(Sub("spot.executionReport"));
  Advance(std::chrono::minutes(50));
  {
    const AccountLock lock(*account_);
    const TimePoint now = account_->clock.Now();
    EXPECT_TRUE(account_->stream_keys.Extend("the-key", now + std::chrono::hours(1), now));
  }
  // The stream is not asked until then.
  Advance(std::chrono::minutes(59));
  Place(AtMarket("0.001"));
  Advance(std::chrono::minutes(1));
  Place(AtMarket("0.002"));
  EXPECT_THAT(client->Take(), ElementsAre(HasSubstr("\"x\":\"NEW\""), HasSubstr("\"l\":0.001"),
                                          HasSubstr("\"E\":1700006600000"), HasSubstr("ping")));
}

TEST_F(BingxStreamTest, AResetTakesTheKeyAndLeavesTheMarkets) {
  const auto client = Open();
  client->Ask(Sub("spot.executionReport"));
  client->Ask(Sub("BTC-USDT@trade"));
  SetLast("65000");
  {
    const AccountLock lock(*account_);
    account_->Reset();
  }
  EXPECT_THAT(client->Take(), ElementsAre(HasSubstr("listenKeyExpired")));
  SetLast("64001");
  EXPECT_THAT(client->Take(), ElementsAre(HasSubstr("\"p\":\"64001\"")));
}

TEST_F(BingxStreamTest, SaysWhenItWantsToBeAskedAgain) {
  account_->clock.Run();
  const auto client = Open();
  EXPECT_EQ(client->next(), seconds(5));
  client->Ask(Sub("BTC-USDT@depth5"));
  EXPECT_LE(*client->next(), milliseconds(300));
}

}  // namespace
}  // namespace ocokit::mock::bingx
