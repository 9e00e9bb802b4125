// What happens in an account and who hears of it, by the control API.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock_exchange/testing/control_fixture.h"

namespace ocokit::mock {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::StartsWith;

class StreamsTest : public ControlTest {
 protected:
  std::vector<std::string> EventsOf(const std::string& account) {
    std::vector<std::string> out;
    const Json page = Get("/accounts/" + account + "/events");
    for (const Json& event : page["events"]) out.push_back(event["event"].get<std::string>());
    return out;
  }
};

TEST_F(StreamsTest, TellsWhatHasHappened) {
  PlaceWhitebit();
  EXPECT_THAT(EventsOf("whitebit-1"), IsSupersetOf({"placed", "placed", "balance"}));
  const Json page = Get("/accounts/whitebit-1/events");
  const Json& placed = *std::ranges::find_if(
      page["events"], [](const Json& event) { return event["event"] == "placed"; });
  EXPECT_EQ(placed["market"], "BTC_USDT");
  EXPECT_EQ(placed["cause"], "request");
  EXPECT_EQ(page["next_after"], page["last_seq"]);
  const std::uint64_t before = page["last_seq"].get<std::uint64_t>();
  Do("PUT", "/accounts/whitebit-1/balances", {{"USDT", "5"}});
  const Json more = Get("/accounts/whitebit-1/events?after=" + std::to_string(before));
  std::set<std::string> wallets;
  for (const Json& event : more["events"]) {
    EXPECT_EQ(event["event"], "balance");
    EXPECT_EQ(event["command"].get<std::uint64_t>() > before, true);
    if (event["asset"] == "USDT") wallets.insert(event["wallet"].get<std::string>());
  }
  EXPECT_THAT(wallets, ElementsAre("collateral", "trade"));
  const Json one = Get("/accounts/whitebit-1/events?limit=1");
  EXPECT_EQ(one["events"].size(), 1U);
  EXPECT_EQ(one["next_after"], 1);
  EXPECT_EQ(Problem("GET", "/accounts/whitebit-1/events?limit=0")["member"], "limit");
}

TEST_F(StreamsTest, TellsWhatHappensAsItHappens) {
  const Answer stream = Ask("GET", "/accounts/whitebit-1/events/stream");
  ASSERT_NE(stream.more, nullptr);
  EXPECT_EQ(stream.more->Take(), "");
  int woken = 0;
  stream.more->WakeOnce([&] { ++woken; });
  EXPECT_EQ(woken, 0);
  PlaceWhitebit();
  EXPECT_GT(woken, 0);
  EXPECT_THAT(stream.more->Take().value(), HasSubstr("event: event\ndata: {\"seq\":"));
  EXPECT_EQ(stream.more->Take(), "");
  // Numbers begin anew, and so does the reader.
  (void)Do("POST", "/accounts/whitebit-1/reset", Json::object());
  EXPECT_THAT(stream.more->Take().value(), StartsWith("id: 1\n"));
  // A clock that stands brings nothing by itself.
  EXPECT_EQ(stream.more->Next(), std::nullopt);
  EXPECT_EQ(Ask("DELETE", "/accounts/whitebit-1").response->status, 204);
  while (stream.more->Take().value_or("") != "") continue;
  EXPECT_EQ(stream.more->Take(), std::nullopt);
}

TEST_F(StreamsTest, ListsWhoIsConnected) {
  EXPECT_THAT(Get("/accounts/bingx-1/streams")["streams"], IsEmpty());
  const auto bingx = Open("/@bingx-1/market");
  const auto whitebit = Open("/ws");
  bingx->OnMessage("hello", false);
  const Json listed = Get("/accounts/bingx-1/streams")["streams"];
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0]["stream"], "stream-1");
  EXPECT_EQ(listed[0]["remote_ip"], "127.0.0.9");
  EXPECT_EQ(listed[0]["opened_ms"], 1'700'000'000'000);
  EXPECT_EQ(listed[0]["received"], 1);
  EXPECT_EQ(Get("/accounts/whitebit-1/streams")["streams"][0]["stream"], "stream-2");
  whitebit->OnEnded({.by_peer = true, .code = 1000});
  EXPECT_THAT(Get("/accounts/whitebit-1/streams")["streams"], IsEmpty());
  const std::string metrics =
      control_.AnswerTo({.method = "GET", .target = "/metrics"}).response->body;
  EXPECT_THAT(metrics, HasSubstr("ocokit_streams{venue=\"bingx\"} 1"));
  EXPECT_THAT(metrics, HasSubstr("ocokit_streams{venue=\"whitebit\"} 0"));
  EXPECT_THAT(metrics, HasSubstr("ocokit_streams_total{venue=\"whitebit\"} 1"));
  EXPECT_THAT(metrics,
              HasSubstr("ocokit_stream_messages_total{venue=\"bingx\",way=\"received\"} 1"));
}

TEST_F(StreamsTest, EndsOneOfThem) {
  const auto end = [&](const std::string& query) {
    const auto channel = Open("/@bingx-1/market");
    const Json listed = Get("/accounts/bingx-1/streams")["streams"];
    const std::string path =
        "/accounts/bingx-1/streams/" + listed.back()["stream"].get<std::string>();
    woken_ = 0;
    EXPECT_EQ(Ask("DELETE", path + query).response->status, 204);
    EXPECT_EQ(woken_, 1);
    const ChannelTurn turn = channel->Take();
    channel->OnEnded({});
    return turn.end.value_or(ChannelEnd{ChannelEnd::Kind::kClose, 1});
  };
  EXPECT_EQ(end("").kind, ChannelEnd::Kind::kCut);
  EXPECT_EQ(end("?reset=true").kind, ChannelEnd::Kind::kReset);
  EXPECT_EQ(end("?code=1012").code, 1012);
  EXPECT_EQ(Problem("DELETE", "/accounts/bingx-1/streams/stream-1")["status"], 404);
  EXPECT_EQ(Problem("DELETE", "/accounts/bingx-1/streams/1")["status"], 404);
  EXPECT_EQ(Problem("DELETE", "/accounts/bingx-1/streams/stream-1?code=5")["member"], "code");
  EXPECT_EQ(Problem("DELETE", "/accounts/bingx-1/streams/stream-1?code=1000&reset=true")["member"],
            "code");
  // Of another account.
  const auto channel = Open("/@bingx-1/market");
  const Json listed = Get("/accounts/bingx-1/streams")["streams"];
  const std::string id = listed[0]["stream"].get<std::string>();
  EXPECT_EQ(Problem("DELETE", "/accounts/whitebit-1/streams/" + id)["status"], 404);
  channel->OnEnded({});
}

TEST_F(StreamsTest, AStreamEndsWithItsAccount) {
  const auto channel = Open("/@bingx-1/market");
  EXPECT_FALSE(channel->Take().end);
  EXPECT_EQ(Ask("DELETE", "/accounts/bingx-1").response->status, 204);
  EXPECT_GT(woken_, 0);
  EXPECT_TRUE(channel->Take().end);
}

TEST_F(StreamsTest, KeepsWhatWentThrough) {
  const Answer stream = Ask("GET", "/accounts/bingx-1/frames/stream?after=0");
  const auto channel = Open("/@bingx-1/market?listenKey=0123456789abcdef");
  channel->OnMessage("hello", false);
  channel->OnMessage(std::string("\xff\x00", 2), true);
  channel->OnEnded({.by_peer = true, .code = 1001});
  const Json page = Get("/accounts/bingx-1/frames");
  ASSERT_EQ(page["frames"].size(), 4U);
  EXPECT_EQ(page["frames"][0]["what"], "opened");
  EXPECT_EQ(page["frames"][0]["at_ms"], 1'700'000'000'000);
  EXPECT_EQ(page["frames"][1],
            Json::parse(R"({"seq":2,"at_ms":1700000000000,"stream":"stream-1","what":"received",
                            "binary":false,"text":"hello"})"));
  EXPECT_EQ(page["frames"][2]["text_base64"], "/wA=");
  EXPECT_EQ(page["frames"][3],
            Json::parse(R"({"seq":4,"at_ms":1700000000000,"stream":"stream-1","what":"closed",
                            "code":1001,"by":"client"})"));
  EXPECT_EQ(Get("/accounts/bingx-1/frames?after=2&limit=1")["frames"][0]["seq"], 3);
  EXPECT_THAT(Get("/accounts/bingx-1/frames?stream=stream-2")["frames"], IsEmpty());
  EXPECT_EQ(Get("/accounts/bingx-1/frames?stream=stream-1")["frames"].size(), 4U);
  EXPECT_THAT(stream.more->Take().value(), HasSubstr("id: 4\nevent: frame\ndata: {\"seq\":4,"));
  // The request that opened it says which it was, without its key.
  const Json entry = Get("/accounts/bingx-1/journal")["entries"][0];
  EXPECT_EQ(entry["stream"], "stream-1");
  EXPECT_EQ(entry["request"]["target"], "/market?listenKey=0123...");
}

TEST_F(StreamsTest, TheHarHasTheMessages) {
  const auto channel = Open("/@bingx-1/market");
  channel->OnMessage("hello", false);
  const Json entry = Get("/accounts/bingx-1/journal.har")["log"]["entries"][0];
  EXPECT_EQ(entry["_resourceType"], "websocket");
  EXPECT_EQ(entry["_webSocketMessages"][0],
            Json::parse(R"({"type":"send","time":1700000000.0,"opcode":1,"data":"hello"})"));
  channel->OnEnded({});
}

TEST_F(StreamsTest, MessagesHoldNoSecretAndShortenTokens) {
  const auto channel = Open("/ws");
  channel->OnMessage(
      R"({"id":0,"method":"authorize","params":["$2y$10$abcdefghij","test-secret"]})", false);
  const auto text = [&](const std::string& query) {
    return Get("/accounts/whitebit-1/frames" + query)["frames"][1]["text"].get<std::string>();
  };
  EXPECT_THAT(text(""), HasSubstr(R"("params":["$2y$...",)"));
  EXPECT_THAT(text("?full=true"), HasSubstr("$2y$10$abcdefghij"));
  EXPECT_THAT(text("?full=true"), Not(HasSubstr("test-secret")));
  channel->OnEnded({});
}

TEST_F(StreamsTest, KeepsNoMoreThanTheJournalMay) {
  Do("PUT", "/accounts/bingx-1/settings", {{"journal_bytes", 20'000}});
  const auto channel = Open("/@bingx-1/market");
  for (int i = 0; i < 100; ++i) channel->OnMessage(std::string(1000, 'x'), false);
  const Json page = Get("/accounts/bingx-1/frames?limit=1000");
  EXPECT_GT(page["frames"].size(), 5U);
  EXPECT_LT(page["frames"].size(), 20U);
  EXPECT_EQ(page["frames"].back()["seq"], 101);
  channel->OnEnded({});
}

}  // namespace
}  // namespace ocokit::mock
