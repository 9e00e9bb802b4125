// Frames of the WebSocket: ids, errors, authorize, silence, limits, and what is no frame at all.

#include "mock_exchange/whitebit/streams/stream.h"

#include "mock_exchange/testing/whitebit_stream.h"

namespace ocokit::mock::whitebit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class StreamTest : public testing::WhitebitStreamTest {};

TEST_F(StreamTest, AnswersWithTheIdThatWasSent) {
  auto client = Open();
  const std::pair<const char*, const char*> cases[] = {
      {"0", "0"},
      {"1726000000000", "1726000000000"},
      {"123456789012345678901234567890", "123456789012345678901234567890"},
      {"-7", "-7"},
      {"1.50", "1.50"},
      {R"("a\"b")", R"("a\"b")"},
      {"[1, 2]", "[1,2]"},
  };
  for (const auto& [sent, got] : cases) {
    EXPECT_THAT(
        client->Ask(std::string(R"({"id": )") + sent + R"(,"method":"ping","params":[]})"),
        ElementsAre(std::string(R"({"error": null, "result": "pong", "id": )") + got + "}"));
  }
  EXPECT_THAT(client->Ask(Frame("time", "[]")),
              ElementsAre(R"({"error": null, "result": 1700000000, "id": 1})"));
}

TEST_F(StreamTest, RefusesWhatIsNoRequest) {
  const std::string argument =
      R"({"error": {"code": 1, "message": "invalid argument"}, "result": null, "id": )";
  const std::pair<const char*, std::string> cases[] = {
      {"{}", argument + "null}"},
      {"[]", argument + "null}"},
      {"7", argument + "null}"},
      {"null", argument + "null}"},
      {R"("ping")", argument + "null}"},
      {R"({"method":"ping","params":[]})", argument + "null}"},
      {R"({"id":null,"method":"ping","params":[]})", argument + "null}"},
      {R"({"id":1,"method":"ping"})", argument + "1}"},
      {R"({"id":1,"method":"ping","params":{}})", argument + "1}"},
      {R"({"id":1,"method":7,"params":[]})", argument + "1}"},
      {R"({"id":1,"params":[]})", argument + "1}"},
      {R"({"id":1,"method":"","params":[]})", Failure(4, "method not found")},
      {R"({"id":1,"method":"_subscribe","params":[]})", Failure(4, "method not found")},
      {R"({"id":1,"method":"kline_subscribe","params":[]})", Failure(4, "method not found")},
      {R"({"id":1,"method":"market_query","params":[]})", Failure(4, "method not found")},
      {R"({"id":1,"method":"deals_subscribe","params":[]})", Failure(6, "require authentication")},
      {R"({"id":1,"method":"deals_request","params":[]})", Failure(6, "require authentication")},
      {R"({"id":1,"method":"deals_unsubscribe","params":[]})",
       Failure(6, "require authentication")},
  };
  for (const auto& [sent, want] : cases) {
    auto client = Open();
    EXPECT_THAT(client->Ask(sent), ElementsAre(want)) << sent;
    EXPECT_FALSE(client->end()) << sent;
  }
}

TEST_F(StreamTest, DropsTheConnectionOverWhatIsNoJson) {
  const std::string deep(1000, '[');
  for (const std::string& sent :
       {std::string(), std::string("ping"), std::string("{"), std::string("{\"id\":1,}"), deep,
        std::string("\xff\xfe"), std::string(3, '\0'), std::string("{}{}")}) {
    auto client = Open();
    EXPECT_THAT(client->Ask(sent), IsEmpty());
    ASSERT_TRUE(client->end());
    EXPECT_EQ(client->end()->kind, ChannelEnd::Kind::kCut);
  }
}

TEST_F(StreamTest, ReadsABinaryFrameAsText) {
  EXPECT_THAT(Open()->Ask(Frame("ping", "[]"), /*binary=*/true), SizeIs(1));
}

TEST_F(StreamTest, IsAuthorizedByAToken) {
  auto client = Open();
  const std::string token = Token();
  EXPECT_FALSE(client->State().authorized);
  // The venue's own client sends another second member.
  for (const char* source : {"public", "go-sdk", ""}) {
    EXPECT_THAT(client->Ask(Frame("authorize", "[\"" + token + "\",\"" + source + "\"]")),
                ElementsAre(kSuccess));
  }
  EXPECT_TRUE(client->State().authorized);
  Advance(seconds(59));
  EXPECT_THAT(Open()->Ask(Frame("authorize", "[\"" + token + "\",\"public\"]")),
              ElementsAre(kSuccess));
  client->Ask(Frame("ping", "[]"));
  Advance(seconds(1));
  EXPECT_THAT(Open()->Ask(Frame("authorize", "[\"" + token + "\",\"public\"]")),
              ElementsAre(Failure(1, "invalid argument")));
  // Who has been authorized stays so.
  EXPECT_THAT(client->Ask(Frame("deals_subscribe", "[[]]")), ElementsAre(kSuccess));
}

TEST_F(StreamTest, RefusesABadToken) {
  for (const char* params : {"[]", "[\"x\"]", "[\"x\",\"public\"]", "[7,\"public\"]",
                             "[\"\",\"public\"]", "[null,null]", "[[],{}]"}) {
    EXPECT_THAT(Open()->Ask(Frame("authorize", params)),
                ElementsAre(Failure(1, "invalid argument")))
        << params;
  }
  account_->settings.token_unauthorized = true;
  EXPECT_THAT(Open()->Ask(Frame("authorize", R"(["x","public"])")),
              ElementsAre(Failure(11, "unauthorized")));
}

TEST_F(StreamTest, LeavesAClientThatIsSilent) {
  auto client = Open();
  Advance(seconds(59));
  client->Take();
  client->Ask(Frame("ping", "[]"));
  Advance(seconds(59));
  client->Take();
  EXPECT_FALSE(client->end());
  Advance(seconds(1));
  client->Take();
  ASSERT_TRUE(client->end());
  EXPECT_EQ(client->end()->kind, ChannelEnd::Kind::kCut);
}

TEST_F(StreamTest, ASubscriptionKeepsASilentClientWhereThatIsSet) {
  account_->settings.stream_idle = StreamIdle::kUnsubscribed;
  auto client = Open();
  Subscribe(*client, "trades", "[]");
  Advance(seconds(1000));
  client->Take();
  EXPECT_FALSE(client->end());
  client->Ask(Frame("trades_unsubscribe", "[]"));
  Advance(seconds(60));
  client->Take();
  EXPECT_TRUE(client->end());

  account_->settings.stream_idle = StreamIdle::kNone;
  auto other = Open();
  Advance(seconds(1000));
  other->Take();
  EXPECT_FALSE(other->end());
}

TEST_F(StreamTest, TakesSoManyRequestsInTenSeconds) {
  account_->settings.rate_limits = true;
  auto client = Open();
  for (int i = 0; i < 12000; ++i) {
    ASSERT_THAT(client->Ask(Frame("ping", "[]")),
                ElementsAre(R"({"error": null, "result": "pong", "id": 1})"));
  }
  EXPECT_THAT(client->Ask(Frame("ping", "[]")), ElementsAre(Failure(7, "too many requests")));
  EXPECT_FALSE(client->end());
  EXPECT_THAT(Open()->Ask(Frame("ping", "[]")),
              ::testing::Not(ElementsAre(Failure(7, "too many requests"))));
  Advance(seconds(10));
  EXPECT_THAT(client->Ask(Frame("ping", "[]")),
              ElementsAre(R"({"error": null, "result": "pong", "id": 1})"));
}

TEST_F(StreamTest, ListsWhatIsSubscribedTo) {
  auto client = OpenPrivate();
  Subscribe(*client, "ordersPending", R"(["BTC_USDT","ETH_USDT","BTC_USDT"])");
  Subscribe(*client, "balanceSpot", "[]");
  Subscribe(*client, "candles", R"(["BTC_USDT",900])");
  Subscribe(*client, "depth", R"(["BTC_PERP",5,"0.1",true])");
  EXPECT_THAT(client->State().topics,
              ElementsAre("ordersPending BTC_USDT", "ordersPending ETH_USDT", "balanceSpot",
                          "depth BTC_PERP 5 0.1", "candles BTC_USDT 900"));
  Subscribe(*client, "ordersPending", R"(["BTC_PERP"])");
  client->Ask(Frame("balanceSpot_unsubscribe", "[]"));
  EXPECT_THAT(client->State().topics, ElementsAre("ordersPending BTC_PERP", "depth BTC_PERP 5 0.1",
                                                  "candles BTC_USDT 900"));
}

TEST_F(StreamTest, SurvivesParametersOfAnyKind) {
  auto client = OpenPrivate();
  const char* const params[] = {
      "[]",
      "[null]",
      "[true,false]",
      "[{}]",
      "[[[[[]]]]]",
      R"(["",""])",
      R"(["BTC_USDT"])",
      R"(["BTC_USDT",-1,-1,-1])",
      R"(["BTC_USDT",1e999,1e999,1e999])",
      R"(["BTC_USDT",99999999999999999999,99999999999999999999,99999999999999999999])",
      R"(["BTC_USDT",0,0,0])",
      R"(["BTC_USDT","100","0",1])",
      R"(["BTC_USDT",100,"1e-400",true])",
      R"([["BTC_USDT"],[["BTC_USDT"]]])",
      R"([{"market":"BTC_USDT","order_types":{}}])",
      R"([{"market":"BTC_USDT","order_types":[-1]},0,30])",
      R"([{"market":[]},{},[]])",
      R"(["NOPE"])",
      R"(["USDT","NOPE"])",
  };
  for (const char* channel :
       {"ordersPending", "ordersExecuted", "deals", "balanceSpot", "balanceMargin",
        "positionsMargin", "borrowsMargin", "positionsAccountMargin", "borrowsAccountMargin",
        "lastprice", "market", "marketToday", "trades", "depth", "candles", "bookTicker",
        "premiumIndex"}) {
    for (const char* what : {"_subscribe", "_request", "_query", "_unsubscribe"}) {
      for (const char* given : params) {
        EXPECT_THAT(client->Ask(Frame(std::string(channel) + what, given)),
                    ::testing::Contains(::testing::StartsWith(R"({"error": )")));
      }
    }
  }
  EXPECT_FALSE(client->end());
}

}  // namespace
}  // namespace ocokit::mock::whitebit
