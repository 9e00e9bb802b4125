// Each rule on sockets, on literal frames and journal entries.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "conformance/client/sockets.h"
#include "conformance/testing/rule_rows.h"

namespace ocokit::conform {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::int64_t kStart = 1700000000000;
constexpr const char* kKeyCall = "/openApi/user/auth/userDataStream";
constexpr const char* kPing = R"({"ping":"a","time":"t"})";
constexpr const char* kPong = R"({"pong":"a","time":"t"})";
constexpr const char* kBxSub = R"({"id":"1","reqType":"sub","dataType":"spot.executionReport"})";
constexpr const char* kBxAck = R"({"code":0,"id":"1","msg":"SUCCESS","timestamp":1})";
constexpr const char* kWbSub =
    R"({"id":2,"method":"ordersPending_subscribe","params":["BTC_USDT"]})";
constexpr const char* kWbAck = R"({"error": null, "result": {"status": "success"}, "id": 2})";

StreamFrame Opened(std::int64_t ms, std::string stream = "stream-1") {
  return {.at_ms = kStart + ms, .stream = std::move(stream), .kind = FrameKind::kOpened};
}
StreamFrame FromClient(std::int64_t ms, std::string text, std::string stream = "stream-1") {
  return {.at_ms = kStart + ms,
          .stream = std::move(stream),
          .kind = FrameKind::kReceived,
          .text = std::move(text)};
}
StreamFrame FromVenue(std::int64_t ms, std::string text, std::string stream = "stream-1") {
  return {.at_ms = kStart + ms,
          .stream = std::move(stream),
          .kind = FrameKind::kSent,
          .text = std::move(text)};
}
StreamFrame Binary(StreamFrame frame) {
  frame.binary = true;
  return frame;
}
StreamFrame Dropped(std::int64_t ms, std::string stream = "stream-1", int code = 1006) {
  return {
      .at_ms = kStart + ms, .stream = std::move(stream), .kind = FrameKind::kClosed, .code = code};
}
StreamFrame Left(std::int64_t ms, int code, std::string stream = "stream-1") {
  StreamFrame frame = Dropped(ms, std::move(stream), code);
  frame.by_client = true;
  return frame;
}

// The entry whose connection became a socket.
JournalEntry Upgrade(std::string target, std::string stream = "stream-1") {
  JournalEntry entry = Bx(std::move(target));
  entry.method = "GET";
  entry.status = 101;
  entry.reply.clear();
  entry.stream = std::move(stream);
  return entry;
}
JournalEntry KeyCall(const char* method, std::int64_t ms, const std::string& query = "") {
  JournalEntry entry = At(Bx(kKeyCall + query), ms);
  entry.method = method;
  entry.reply = std::string(method) == "POST" ? R"({"listenKey":"k"})" : "";
  return entry;
}
JournalEntry Token(std::int64_t ms, const std::string& token) {
  JournalEntry entry = At(Wb("/api/v4/profile/websocket_token", "{}"), ms);
  entry.reply = R"({"websocket_token":")" + token + "\"}";
  return entry;
}

struct StreamRow {
  const char* name;
  const char* rule;
  Venue venue;
  std::vector<StreamFrame> frames;
  Kept want;
  const char* why = "";
  std::vector<JournalEntry> entries = {};
  bool is_frozen = false;
  bool is_told = false;  // an adapter has told the client what to do
};

void JudgeStreams(const std::vector<StreamRow>& rows) {
  for (const StreamRow& row : rows) {
    std::vector<StreamFrame> frames = row.frames;
    for (std::size_t i = 0; i < frames.size(); ++i)
      frames[i].seq = static_cast<std::int64_t>(i) + 1;
    std::vector<JournalEntry> entries = row.entries;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      entries[i].seq = static_cast<std::int64_t>(i) + 1;
    }
    const nlohmann::json none = nlohmann::json::object();
    const std::vector<Intent> intents(row.is_told ? 1 : 0,
                                      Intent{.op = "stream_stop", .args = &none});
    const Rule* rule = FindRule(row.rule);
    ASSERT_NE(rule, nullptr) << row.rule;
    const Finding finding = rule->judge({.venue = row.venue,
                                         .entries = entries,
                                         .intents = intents,
                                         .frames = frames,
                                         .clock_frozen = row.is_frozen});
    EXPECT_EQ(finding.kept, row.want) << row.rule << ": " << row.name << ": " << finding.why;
    EXPECT_THAT(finding.why, HasSubstr(row.why)) << row.rule << ": " << row.name;
    if (row.want == Kept::kBroken) {
      EXPECT_FALSE(finding.wanted.empty()) << row.name;
    }
  }
}

TEST(StreamRulesTest, OfMessages) {
  const char* number = R"({"id":1,"reqType":"sub","dataType":"BTC-USDT@trade"})";
  const char* other = R"({"id":"2","dataType":"BTC-USDT@trade"})";
  JudgeStreams({
      {"nothing said", "socket-ids-unique", kBx, {Opened(0)}, Kept::kNotExercised},
      {"two ids",
       "socket-ids-unique",
       kBx,
       {FromClient(0, kBxSub), FromClient(0, other)},
       Kept::kKept},
      {"one id",
       "socket-ids-unique",
       kBx,
       {FromClient(0, kBxSub), FromClient(1, kBxSub)},
       Kept::kBroken,
       "the id 1"},
      {"one id on two sockets",
       "socket-ids-unique",
       kBx,
       {FromClient(0, kBxSub), FromClient(1, kBxSub, "stream-2")},
       Kept::kKept},
      {"no id",
       "socket-ids-unique",
       kBx,
       {FromClient(0, R"({"dataType":"BTC-USDT@trade"})")},
       Kept::kBroken,
       "no id"},
      {"pongs need none", "socket-ids-unique", kBx, {FromClient(0, kPong)}, Kept::kNotExercised},
      {"one id",
       "socket-ids-unique",
       kWb,
       {FromClient(0, kWbSub), FromClient(1, kWbSub)},
       Kept::kBroken,
       "the id 2"},
      {"right",
       "socket-messages-documented",
       kBx,
       {FromClient(0, kBxSub), FromClient(0, "Pong"), FromClient(0, kPong)},
       Kept::kKept},
      {"a number",
       "socket-messages-documented",
       kBx,
       {FromClient(0, number)},
       Kept::kBroken,
       "id is no text"},
      {"an array",
       "socket-messages-documented",
       kBx,
       {FromClient(0, R"({"id":"1","dataType":["a"]})")},
       Kept::kBroken,
       "dataType is no text"},
      {"a word",
       "socket-messages-documented",
       kBx,
       {FromClient(0, "hello")},
       Kept::kBroken,
       "neither"},
      {"binary",
       "socket-messages-documented",
       kBx,
       {Binary(FromClient(0, kBxSub))},
       Kept::kBroken,
       "binary"},
      {"right", "socket-messages-documented", kWb, {FromClient(0, kWbSub)}, Kept::kKept},
      {"a text",
       "socket-messages-documented",
       kWb,
       {FromClient(0, R"({"id":"2","method":"ping","params":[]})")},
       Kept::kBroken,
       "whole number"},
      {"an object",
       "socket-messages-documented",
       kWb,
       {FromClient(0, R"({"id":2,"method":"ping","params":{}})")},
       Kept::kBroken,
       "no array"},
      {"no JSON",
       "socket-messages-documented",
       kWb,
       {FromClient(0, "ping")},
       Kept::kBroken,
       "no JSON"},
      {"no such method",
       "socket-messages-documented",
       kWb,
       {FromClient(0, R"({"id":2,"method":"orders_subscribe","params":[]})"),
        FromVenue(0, R"({"error":{"code":4,"message":"method not found"},"result":null,"id":2})")},
       Kept::kBroken,
       "no such method"},
      {"a listenKey",
       "socket-address-bare",
       kBx,
       {},
       Kept::kKept,
       "",
       {Upgrade("/market?listenKey=k")}},
      {"a key",
       "socket-address-bare",
       kBx,
       {},
       Kept::kBroken,
       "apiKey",
       {Upgrade("/market?listenKey=k&apiKey=a")}},
      {"none", "socket-address-bare", kWb, {}, Kept::kKept, "", {Upgrade("/ws")}},
      {"a token", "socket-address-bare", kWb, {}, Kept::kBroken, "token", {Upgrade("/ws?token=t")}},
      {"a secret",
       "secret-stays-home",
       kWb,
       {FromClient(0, R"({"id":1,"secret":"[secret]"})")},
       Kept::kBroken,
       "the secret"},
      {"a secret of the venue's",
       "secret-stays-home",
       kWb,
       {FromVenue(0, "[secret]")},
       Kept::kKept,
       "",
       {Wb(kWbList, "{}")}},
      {"no socket", "socket-address-bare", kWb, {}, Kept::kNotExercised, "", {Wb(kWbList, "{}")}},
      {"200", "socket-limits", kBx, {FromVenue(0, kBxAck)}, Kept::kKept},
      {"201",
       "socket-limits",
       kBx,
       {FromVenue(0, R"({"code":80403,"id":"201","msg":""})")},
       Kept::kBroken,
       "refused"},
      {"few", "socket-limits", kWb, {FromVenue(0, kWbAck)}, Kept::kKept},
      {"many",
       "socket-limits",
       kWb,
       {FromVenue(0, R"({"error":{"code":7,"message":"too many requests"},"result":null,"id":9})")},
       Kept::kBroken},
  });
}

TEST(StreamRulesTest, OfHeartbeats) {
  JudgeStreams({
      {"none", "bx-heartbeats-answered", kBx, {Opened(0)}, Kept::kNotExercised},
      {"answered",
       "bx-heartbeats-answered",
       kBx,
       {FromVenue(5000, kPing), FromClient(5001, kPong), FromVenue(10000, kPing)},
       Kept::kKept},
      {"not",
       "bx-heartbeats-answered",
       kBx,
       {FromVenue(5000, kPing), FromVenue(10000, kPing)},
       Kept::kBroken,
       "before the next"},
      {"cut for it",
       "bx-heartbeats-answered",
       kBx,
       {FromVenue(30000, "Ping"), Dropped(30500)},
       Kept::kBroken,
       "cut"},
      {"cut at once",
       "bx-heartbeats-answered",
       kBx,
       {FromVenue(5000, "Ping"), Dropped(5001)},
       Kept::kKept},
      {"as JSON", "bx-pong-fits", kBx, {FromVenue(0, kPing), FromClient(1, kPong)}, Kept::kKept},
      {"JSON by text",
       "bx-pong-fits",
       kBx,
       {FromVenue(0, kPing), FromClient(1, "Pong")},
       Kept::kKept},
      {"as text", "bx-pong-fits", kBx, {FromVenue(0, "Ping"), FromClient(1, "Pong")}, Kept::kKept},
      {"text by JSON",
       "bx-pong-fits",
       kBx,
       {FromVenue(0, "Ping"), FromClient(1, kPong)},
       Kept::kBroken,
       "Ping"},
      {"another's",
       "bx-pong-fits",
       kBx,
       {FromVenue(0, kPing), FromClient(1, R"({"pong":"b"})")},
       Kept::kBroken,
       "not the ping"},
      {"unasked", "bx-pong-fits", kBx, {FromClient(1, "Pong")}, Kept::kBroken, "nothing was asked"},
      {"binary",
       "bx-pong-fits",
       kBx,
       {FromVenue(0, "Ping"), Binary(FromClient(1, "Pong"))},
       Kept::kBroken,
       "binary"},
      {"short", "wb-not-idle", kWb, {Opened(0), FromClient(0, kWbSub)}, Kept::kNotExercised},
      {"says something",
       "wb-not-idle",
       kWb,
       {Opened(0), FromClient(0, kWbSub),
        FromClient(40000, R"({"id":3,"method":"ping","params":[]})")},
       Kept::kKept},
      {"says nothing",
       "wb-not-idle",
       kWb,
       {Opened(0), FromClient(0, kWbSub), Dropped(60500)},
       Kept::kBroken,
       "60500 ms"},
      {"dropped before",
       "wb-not-idle",
       kWb,
       {Opened(0), FromClient(50000, kWbSub), Dropped(60500)},
       Kept::kKept},
  });
}

TEST(StreamRulesTest, OfKeysAndTokens) {
  const auto expired = FromVenue(3600000, R"({"e":"listenKeyExpired","listenKey":"k"})");
  const auto late = FromVenue(3700000, kPing);
  const char* authorize = R"({"id":1,"method":"authorize","params":["t","public"]})";
  const char* granted = R"({"error": null, "result": {"status": "success"}, "id": 1})";
  const std::vector<JournalEntry> made = {KeyCall("POST", 0), Upgrade("/market?listenKey=k")};
  const std::vector<JournalEntry> renewed = {KeyCall("POST", 0), Upgrade("/market?listenKey=k"),
                                             KeyCall("PUT", 1800000, "?listenKey=k")};
  JudgeStreams({
      {"short",
       "bx-listen-key-renewed",
       kBx,
       {Opened(0), FromVenue(1, kPing)},
       Kept::kNotExercised,
       "",
       made},
      {"renewed", "bx-listen-key-renewed", kBx, {Opened(0), late}, Kept::kKept, "", renewed},
      {"expired",
       "bx-listen-key-renewed",
       kBx,
       {Opened(0), expired},
       Kept::kBroken,
       "3600000 ms",
       made},
      // By a test that made its life short, or took it away.
      {"ended before",
       "bx-listen-key-renewed",
       kBx,
       {Opened(0), FromVenue(1900000, R"({"e":"listenKeyExpired"})")},
       Kept::kKept,
       "",
       made},
      {"each half hour", "bx-listen-key-seldom", kBx, {Opened(0)}, Kept::kKept, "", renewed},
      {"never", "bx-listen-key-seldom", kBx, {Opened(0)}, Kept::kNotExercised, "", made},
      {"at once",
       "bx-listen-key-seldom",
       kBx,
       {Opened(0)},
       Kept::kBroken,
       "10 ms",
       {KeyCall("POST", 0), KeyCall("PUT", 10, "?listenKey=k")}},
      {"for a new connection",
       "bx-listen-key-seldom",
       kBx,
       {Opened(0), Opened(30, "stream-2")},
       Kept::kKept,
       "",
       {KeyCall("POST", 0), Upgrade("/market?listenKey=k"), KeyCall("PUT", 20, "?listenKey=k"),
        Upgrade("/market?listenKey=k", "stream-2")}},
      {"with a key",
       "socket-authorized-first",
       kBx,
       {Opened(0), FromClient(1, kBxSub)},
       Kept::kKept,
       "",
       made},
      {"without",
       "socket-authorized-first",
       kBx,
       {Opened(0), FromClient(1, kBxSub)},
       Kept::kBroken,
       "nobody's",
       {Upgrade("/market")}},
      {"a public topic",
       "socket-authorized-first",
       kBx,
       {Opened(0), FromClient(1, R"({"id":"1","dataType":"BTC-USDT@trade"})")},
       Kept::kNotExercised,
       "",
       {Upgrade("/market")}},
      {"forgotten", "socket-authorized-first", kBx, {FromClient(1, kBxSub)}, Kept::kNotExercised},
      {"authorized",
       "socket-authorized-first",
       kWb,
       {Opened(0), FromClient(1, authorize), FromVenue(2, granted), FromClient(3, kWbSub)},
       Kept::kKept},
      {"not granted yet",
       "socket-authorized-first",
       kWb,
       {Opened(0), FromClient(1, authorize), FromClient(2, kWbSub), FromVenue(3, granted)},
       Kept::kBroken,
       "ordersPending"},
      {"refused",
       "socket-authorized-first",
       kWb,
       {Opened(0), FromClient(1, authorize), FromVenue(2, R"({"error":{"code":1},"id":1})"),
        FromClient(3, kWbSub)},
       Kept::kBroken},
      {"fresh",
       "wb-token-fresh",
       kWb,
       {FromClient(60000, authorize)},
       Kept::kKept,
       "",
       {Token(0, "t")}},
      {"old",
       "wb-token-fresh",
       kWb,
       {FromClient(60001, authorize)},
       Kept::kBroken,
       "60001 ms",
       {Token(0, "t")}},
      {"unknown",
       "wb-token-fresh",
       kWb,
       {FromClient(1, authorize)},
       Kept::kBroken,
       "none that was given",
       {Token(0, "u")}},
  });
}

// Sockets that fail one after the other, opened at these times.
std::vector<StreamFrame> Failing(std::initializer_list<std::int64_t> times) {
  std::vector<StreamFrame> frames;
  int number = 0;
  for (const std::int64_t at : times) {
    const std::string name = "stream-" + std::to_string(++number);
    frames.push_back(Opened(at, name));
    frames.push_back(Dropped(at + 1, name));
  }
  return frames;
}

TEST(StreamRulesTest, OfReconnects) {
  const std::string second = "stream-2";
  const auto then = [&](std::vector<StreamFrame> more) {
    std::vector<StreamFrame> frames = {Opened(0), FromClient(1, kBxSub), FromVenue(2, kBxAck),
                                       Dropped(10)};
    frames.insert(frames.end(), more.begin(), more.end());
    return frames;
  };
  const auto again =
      then({Opened(20, second), FromClient(21, kBxSub, second), FromVenue(22, kBxAck, second)});
  const std::vector<JournalEntry> sockets = {Upgrade("/market?listenKey=k"),
                                             Upgrade("/market?listenKey=k", second)};
  std::vector<JournalEntry> read = sockets;
  read.push_back(Bx("/openApi/spot/v1/trade/openOrders"));
  const std::vector<JournalEntry> read_before = {
      sockets[0], Bx("/openApi/spot/v1/trade/openOrders"), sockets[1]};
  auto growing = Failing({0, 100, 300, 700, 1500, 3100});
  auto even = Failing({0, 300, 600, 900, 1200, 1500});
  auto storm = Failing({0, 2, 6, 14, 30, 62, 126, 254});
  JudgeStreams({
      {"again", "subscribes-again", kBx, again, Kept::kKept},
      {"never came back", "subscribes-again", kBx, then({}), Kept::kNotExercised},
      {"left by the client",
       "subscribes-again",
       kBx,
       {Opened(0), FromClient(1, kBxSub), FromVenue(2, kBxAck), Left(10, 1000)},
       Kept::kNotExercised},
      {"a topic less",
       "subscribes-again",
       kBx,
       {Opened(0), FromClient(1, kBxSub), FromVenue(2, kBxAck),
        FromClient(3, R"({"id":"2","dataType":"ACCOUNT_UPDATE"})"),
        FromVenue(4, R"({"id":"2","code":0})"), Dropped(10), Opened(20, second),
        FromClient(21, kBxSub, second), FromVenue(22, kBxAck, second)},
       Kept::kBroken,
       "ACCOUNT_UPDATE"},
      {"a topic less at the second time",
       "subscribes-again",
       kBx,
       {Opened(0), FromClient(1, kBxSub), FromVenue(2, kBxAck), Dropped(10), Opened(20, second),
        FromClient(21, kBxSub, second), FromVenue(22, kBxAck, second), Dropped(30, second),
        Opened(40, "stream-3"),
        FromClient(41, R"({"id":"2","dataType":"ACCOUNT_UPDATE"})", "stream-3"),
        FromVenue(42, R"({"id":"2","code":0})", "stream-3")},
       Kept::kBroken,
       "on stream-2"},
      {"a topic that was given up",
       "subscribes-again",
       kBx,
       {Opened(0), FromClient(1, kBxSub), FromVenue(2, kBxAck),
        FromClient(3, R"({"id":"2","dataType":"ACCOUNT_UPDATE"})"),
        FromVenue(4, R"({"id":"2","code":0})"),
        FromClient(5, R"({"id":"3","reqType":"unsub","dataType":"ACCOUNT_UPDATE"})"), Dropped(10),
        Opened(20, second), FromClient(21, kBxSub, second), FromVenue(22, kBxAck, second)},
       Kept::kKept},
      {"read", "reads-after-reconnect", kBx, again, Kept::kKept, "", read},
      {"read before", "reads-after-reconnect", kBx, again, Kept::kBroken, "nothing has asked",
       read_before},
      {"not read", "reads-after-reconnect", kBx, again, Kept::kBroken, "", sockets},
      {"growing", "reconnects-with-pauses", kBx, growing, Kept::kKept},
      {"even", "reconnects-with-pauses", kBx, even, Kept::kBroken, "after the first"},
      {"a storm", "reconnects-with-pauses", kBx, storm, Kept::kBroken, "within a second"},
      {"a clock that stands",
       "reconnects-with-pauses",
       kBx,
       storm,
       Kept::kNotExercised,
       "",
       {},
       true},
      {"one drop", "reconnects-with-pauses", kBx, again, Kept::kNotExercised},
      {"closed", "socket-closed-by-frame", kBx, {Opened(0), Left(1, 1000)}, Kept::kKept},
      {"not",
       "socket-closed-by-frame",
       kBx,
       {Opened(0), Left(1, 1006)},
       Kept::kBroken,
       "no closing frame"},
      {"by the venue", "socket-closed-by-frame", kBx, {Opened(0), Dropped(1)}, Kept::kNotExercised},
      {"open", "socket-closed-by-frame", kBx, {Opened(0)}, Kept::kNotExercised},
      {"open after its stop",
       "socket-closed-by-frame",
       kBx,
       {Opened(0)},
       Kept::kBroken,
       "open still",
       {},
       false,
       true},
      {"one after the other", "socket-one-at-a-time", kBx, again, Kept::kKept},
      {"two",
       "socket-one-at-a-time",
       kBx,
       {Opened(0), FromClient(1, kBxSub), FromVenue(2, kBxAck), Opened(20, second),
        FromClient(21, kBxSub, second), FromVenue(22, kBxAck, second)},
       Kept::kBroken,
       "stream-1 is open, too"},
  });
}

TEST(StreamRulesTest, OfRefusals) {
  const char* refusal = R"({"code":80015,"id":"1","msg":"dataType not support"})";
  JudgeStreams({
      {"told",
       "socket-refused-not-repeated",
       kBx,
       {FromClient(0, kBxSub), FromVenue(1, refusal)},
       Kept::kKept},
      {"granted",
       "socket-refused-not-repeated",
       kBx,
       {FromClient(0, kBxSub), FromVenue(1, kBxAck)},
       Kept::kNotExercised},
      {"repeated",
       "socket-refused-not-repeated",
       kBx,
       {FromClient(0, kBxSub), FromVenue(1, refusal),
        FromClient(2, R"({"id":"2","reqType":"sub","dataType":"spot.executionReport"})")},
       Kept::kBroken,
       "refused 1 ms before"},
      {"repeated later",
       "socket-refused-not-repeated",
       kBx,
       {FromClient(0, kBxSub), FromVenue(1, refusal),
        FromClient(1001, R"({"id":"2","reqType":"sub","dataType":"spot.executionReport"})")},
       Kept::kKept},
  });
}

TEST(StreamRulesTest, OfBooks) {
  const auto step = [](std::int64_t number, const char* action) {
    return FromVenue(number, R"({"dataType":"B@incrDepth","data":{"action":")" +
                                 std::string(action) + R"(","lastUpdateId":)" +
                                 std::to_string(number) + "}}");
  };
  const auto change = [](std::int64_t before, std::int64_t number, bool whole = false) {
    return FromVenue(number, R"({"method":"depth_update","params":[)" +
                                 std::string(whole ? "true" : "false") + R"(,{"update_id":)" +
                                 std::to_string(number) + R"(,"past_update_id":)" +
                                 std::to_string(before) + R"(},"B"],"id":null})");
  };
  const auto anew = FromClient(9, R"({"id":"2","reqType":"sub","dataType":"B@incrDepth"})");
  const auto wb_anew =
      FromClient(9, R"({"id":2,"method":"depth_subscribe","params":["B",100,"0",true]})");
  JudgeStreams({
      {"no gap", "book-gaps-healed", kBx, {step(1, "all"), step(2, "update")}, Kept::kNotExercised},
      {"a gap",
       "book-gaps-healed",
       kBx,
       {step(1, "all"), step(3, "update")},
       Kept::kBroken,
       "does not follow"},
      {"healed", "book-gaps-healed", kBx, {step(1, "all"), step(3, "update"), anew}, Kept::kKept},
      {"a whole again",
       "book-gaps-healed",
       kBx,
       {step(1, "all"), step(3, "update"), step(9, "all")},
       Kept::kKept},
      {"the same again",
       "book-gaps-healed",
       kBx,
       {step(1, "all"), step(2, "update"), step(2, "update")},
       Kept::kNotExercised},
      {"another socket",
       "book-gaps-healed",
       kBx,
       {step(1, "all"), step(3, "update"), Opened(5, "stream-2")},
       Kept::kKept},
      {"no gap", "book-gaps-healed", kWb, {change(0, 5, true), change(5, 9)}, Kept::kNotExercised},
      {"a gap", "book-gaps-healed", kWb, {change(0, 5, true), change(6, 9)}, Kept::kBroken},
      {"healed", "book-gaps-healed", kWb, {change(0, 5, true), change(6, 9), wb_anew}, Kept::kKept},
  });
}

// What a channel's list is after several subscriptions.
TEST(StreamRulesTest, KnowWhatIsSubscribedTo) {
  const auto request = [](int id, const char* method, const char* params) {
    return FromClient(id, R"({"id":)" + std::to_string(id) + R"(,"method":")" + method +
                              R"(","params":)" + params + "}");
  };
  const auto granted = [](int id) {
    return FromVenue(
        id, R"({"error":null,"result":{"status":"success"},"id":)" + std::to_string(id) + "}");
  };
  std::vector<StreamFrame> frames = {request(1, "ordersPending_subscribe", R"(["A","B"])"),
                                     granted(1),
                                     request(2, "ordersPending_subscribe", R"(["C"])"),
                                     granted(2),
                                     request(3, "deals_subscribe", R"([["A","B"]])"),
                                     granted(3),
                                     request(4, "depth_subscribe", R"(["A",5,"0",true])"),
                                     granted(4),
                                     request(5, "depth_subscribe", R"(["B",5,"0",true])"),
                                     granted(5),
                                     request(6, "depth_unsubscribe", R"(["A"])"),
                                     granted(6),
                                     request(7, "balanceSpot_subscribe", "[]"),
                                     granted(7),
                                     request(8, "trades_subscribe", R"(["A"])")};
  for (std::size_t i = 0; i < frames.size(); ++i) frames[i].seq = static_cast<std::int64_t>(i) + 1;
  const auto sockets = ReadSockets({.venue = kWb, .frames = frames});
  ASSERT_EQ(sockets.size(), 1u);
  EXPECT_THAT(TopicsAtTheEnd(kWb, sockets[0]),
              ElementsAre("balanceSpot", "deals A", "deals B", "depth B", "ordersPending C"));
  EXPECT_TRUE(IsOfAccount(kWb, "deals A"));
  EXPECT_FALSE(IsOfAccount(kWb, "depth B"));
}

TEST(StreamFramesTest, AreReadFromTheControlApi) {
  const auto read = ReadFrames(nlohmann::json::parse(R"({"frames":[
      {"seq":1,"at_ms":5,"stream":"stream-1","what":"opened"},
      {"seq":2,"at_ms":6,"stream":"stream-1","what":"received","binary":true,"text":"x"},
      {"seq":3,"at_ms":7,"stream":"stream-1","what":"closed","code":1012,"by":"server"}]})"));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 3u);
  EXPECT_EQ((*read)[1].text, "x");
  EXPECT_TRUE((*read)[1].binary);
  EXPECT_EQ((*read)[2].Describe(), "stream-1 closed #3 with 1012 by the venue");
  EXPECT_FALSE(ReadFrames(nlohmann::json::parse("{}")));
  EXPECT_FALSE(ReadFrames(nlohmann::json::parse(R"({"frames":[{"what":"bent"}]})")));
}

}  // namespace
}  // namespace ocokit::conform
