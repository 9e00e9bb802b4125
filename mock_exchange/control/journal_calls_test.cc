// The journal and the doctor, over the control API.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "mock_exchange/testing/control_fixture.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(ControlTest, TheJournalHoldsNoSecretAndShortensKeysAndSignatures) {
  PlaceWhitebit();
  Request swapped;
  swapped.method = "GET";
  swapped.target = "/openApi/spot/v1/account/balance?secret=test-secret&signature=abcdef0123456789";
  swapped.headers = {{"X-BX-APIKEY", "test-secret"}};
  swapped.body = R"({"signature" : "abcdef0123456789","key":"test-secret"})";
  (void)exchange_.AnswerTo(swapped);
  const std::string whitebit = Ask("GET", "/accounts/whitebit-1/journal").response->body;
  EXPECT_THAT(whitebit, Not(HasSubstr(last_signature_)));
  EXPECT_THAT(whitebit, Not(HasSubstr("\"test-key\"")));
  EXPECT_THAT(whitebit, HasSubstr(last_signature_.substr(0, 4) + "..."));
  const std::string bingx = Ask("GET", "/accounts/bingx-1/journal").response->body;
  EXPECT_THAT(bingx, Not(HasSubstr("abcdef0123456789")));
  for (const char* target : {"/accounts/bingx-1/journal", "/accounts/bingx-1/journal?full=true",
                             "/accounts/bingx-1/journal.har?full=true"}) {
    EXPECT_THAT(Ask("GET", target).response->body, Not(HasSubstr("test-secret"))) << target;
  }
  EXPECT_THAT(Ask("GET", "/accounts/whitebit-1/journal?full=true").response->body,
              HasSubstr(last_signature_));
}

TEST_F(ControlTest, TheJournalIsReadInPagesAndAsItGrows) {
  const Answer stream = Ask("GET", "/accounts/whitebit-1/journal/stream");
  ASSERT_NE(stream.more, nullptr);
  EXPECT_EQ(stream.more->Take(), "");
  int woken = 0;
  stream.more->WakeOnce([&] { ++woken; });
  for (int i = 0; i < 3; ++i) PlaceWhitebit();
  EXPECT_EQ(woken, 1);
  const std::string events = stream.more->Take().value();
  EXPECT_THAT(events, StartsWith("id: 1\nevent: request\ndata: {\"seq\":1,"));
  EXPECT_THAT(events, HasSubstr("\n\nid: 3\nevent: request\n"));
  stream.more->WakeOnce([&] { ++woken; });
  EXPECT_EQ(woken, 1);
  const Json page = Get("/accounts/whitebit-1/journal?after=1&limit=1");
  EXPECT_EQ(page["entries"][0]["seq"], 2);
  EXPECT_EQ(page["next_after"], 2);
  EXPECT_EQ(page["last_seq"], 3);
  const Answer again =
      Ask("GET", "/accounts/whitebit-1/journal/stream", "", {{"Last-Event-ID", "2"}});
  EXPECT_THAT(again.more->Take().value(), StartsWith("id: 3\n"));
}

std::string MillisecondsOf(const Json& nanoseconds) {
  const auto ns = nanoseconds.get<std::int64_t>();
  std::array<char, 40> text;
  std::snprintf(text.data(), text.size(), "%lld.%06lld", static_cast<long long>(ns / 1'000'000),
                static_cast<long long>(ns % 1'000'000));
  return text.data();
}

TEST_F(ControlTest, ARepliesServerTimingIsTheJournals) {
  const auto ask = [&] {
    Request request;
    request.method = "POST";
    request.target = "/openApi/spot/v1/oco/order";
    request.headers = {{"X-BX-APIKEY", "test-key"}};
    return *exchange_.AnswerTo(std::move(request)).response;
  };
  EXPECT_EQ(std::ranges::count(ask().headers, "Server-Timing", &Header::name), 0);
  Do("PUT", "/accounts/bingx-1/settings", {{"timing_header", true}});
  const Response response = ask();
  const auto header = std::ranges::find(response.headers, "Server-Timing", &Header::name);
  ASSERT_NE(header, response.headers.end());
  const Json timing = Get("/accounts/bingx-1/journal")["entries"][1]["timing_ns"];
  EXPECT_THAT(header->value,
              ::testing::MatchesRegex("authenticate;dur=" + MillisecondsOf(timing["authenticate"]) +
                                      ", decide;dur=" + MillisecondsOf(timing["decide"]) +
                                      ", delay;dur=0.000000, commit;desc=1[0-9]{18}"));
}

TEST_F(ControlTest, WhatIsNobodysHasAJournalOfItsOwn) {
  Do("POST", "/accounts", {{"venue", "bingx"}});  // Two of them: it could be either's.
  Request request;
  request.method = "GET";
  request.target = "/openApi/spot/v1/account/balance";
  request.headers = {{"X-BX-APIKEY", "unknown-key"}};
  (void)exchange_.AnswerTo(request);
  request.target = "/elsewhere";
  (void)exchange_.AnswerTo(request);
  const Json entries = Get("/journal")["entries"];
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0]["request"]["headers"][0]["value"], "unk...");
  EXPECT_EQ(entries[1]["decision"]["stage"], "route");
}

TEST_F(ControlTest, WhatIsNobodysShowsNobodysSecret) {
  Do("POST", "/accounts", {{"venue", "bingx"}, {"secret", "another-secret"}});
  Request swapped;
  swapped.method = "GET";
  swapped.target = "/openApi/spot/v1/account/balance?secret=another-secret";
  swapped.headers = {{"X-BX-APIKEY", "test-secret"}};
  (void)exchange_.AnswerTo(swapped);
  const std::string text = Ask("GET", "/journal?full=true").response->body;
  EXPECT_THAT(text, HasSubstr("[secret]"));
  EXPECT_THAT(text, Not(HasSubstr("test-secret")));
  EXPECT_THAT(text, Not(HasSubstr("another-secret")));
}

TEST_F(ControlTest, TheJournalsEndIsReadWithTailAndForgottenWithDelete) {
  for (int i = 0; i < 4; ++i) PlaceWhitebit();
  const Json tail = Get("/accounts/whitebit-1/journal?tail=2")["entries"];
  ASSERT_EQ(tail.size(), 2U);
  EXPECT_EQ(tail[0]["seq"], 3);
  EXPECT_EQ(Problem("GET", "/accounts/whitebit-1/journal?tail=2&after=1")["member"], "after");
  EXPECT_EQ(Ask("DELETE", "/accounts/whitebit-1/journal").response->status, 204);
  EXPECT_THAT(Get("/accounts/whitebit-1/journal")["entries"], IsEmpty());
  // A smaller limit takes hold at once.
  PlaceWhitebit();
  Do("PUT", "/accounts/whitebit-1/settings", {{"journal_bytes", 0}});
  EXPECT_THAT(Get("/accounts/whitebit-1/journal")["entries"], IsEmpty());
}

TEST_F(ControlTest, AStreamSaysWhatItMissedAndEndsWithItsAccount) {
  Do("PUT", "/accounts/whitebit-1/settings", {{"journal_bytes", 5000}});
  const Answer stream = Ask("GET", "/accounts/whitebit-1/journal/stream");
  for (int i = 0; i < 20; ++i) PlaceWhitebit();
  EXPECT_THAT(stream.more->Take().value(), ContainsRegex("^: [0-9]+ requests were forgotten"));
  int woken = 0;
  stream.more->WakeOnce([&] { ++woken; });
  EXPECT_EQ(Ask("DELETE", "/accounts/whitebit-1").response->status, 204);
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(stream.more->Take(), std::nullopt);
}

// With diagnoses, five times as much was kept as was counted.
TEST_F(ControlTest, WhatTheDoctorFindsCountsForTheJournal) {
  constexpr std::size_t kBytes = 100'000;
  Do("PUT", "/accounts/bingx-1/settings", {{"journal_bytes", kBytes}});
  const auto tenant = exchange_.FindId("bingx-1");
  for (int i = 0; i < 200; ++i) {
    (void)exchange_.AnswerTo(
        {.method = "GET",
         .target = "/openApi/spot/v1/oco/orderList?timestamp=1&signature=00&i=" + std::to_string(i),
         .headers = {{"X-BX-APIKEY", "test-key"}}});
  }
  const std::size_t before = tenant->journal.Latest(1000).size();
  const Json first = Get("/accounts/bingx-1/journal?limit=1000");
  ASSERT_FALSE(first["entries"].empty());
  EXPECT_TRUE(first["entries"][0].contains("diagnosis"));
  EXPECT_LT(tenant->journal.Latest(1000).size(), before);
  EXPECT_LE(tenant->journal.bytes(), kBytes);
  std::size_t bytes = 0;
  for (const auto& record : tenant->journal.Latest(1000)) {
    bytes += record->Bytes();
    EXPECT_EQ(record->counted, record->Bytes());
  }
  EXPECT_EQ(tenant->journal.bytes(), bytes);
}

TEST_F(ControlTest, AReaderThatGoesLeavesNothingInTheJournal) {
  const auto tenant = exchange_.FindId("whitebit-1");
  {
    const Answer stream = Ask("GET", "/accounts/whitebit-1/journal/stream");
    stream.more->WakeOnce([] {});
    EXPECT_EQ(tenant->journal.waiting(), 1U);
  }
  EXPECT_EQ(tenant->journal.waiting(), 0U);
}

TEST_F(ControlTest, ANumberOfAnotherRunBeginsWithWhatComesNow) {
  const Answer stream =
      Ask("GET", "/accounts/whitebit-1/journal/stream", "", {{"Last-Event-ID", "4711"}});
  PlaceWhitebit();
  EXPECT_THAT(stream.more->Take().value(), StartsWith("id: 1\n"));
}

TEST_F(ControlTest, ARequestThatCameIsNotHeldAgainstItself) {
  nonce_ = 1'700'000'000'000;
  PlaceWhitebit();
  const Json entry = Get("/accounts/whitebit-1/journal?full=true")["entries"][0];
  Json request = {{"method", "POST"}, {"target", entry["request"]["target"]}};
  request["headers"] = entry["request"]["headers"];
  request["body"] = entry["request"]["body"];
  const Json examination = {{"account", "whitebit-1"}, {"request", request}};
  EXPECT_EQ(Do("POST", "/doctor", examination)["id"], "nothing_wrong");
  Json other = examination;
  other["now_ms"] = 5;
  EXPECT_EQ(Problem("POST", "/doctor", other.dump())["member"], "now_ms");
}

TEST_F(ControlTest, ASkewedClockIsTheTimeThatTheDoctorGoesBy) {
  Do("POST", "/accounts/bingx-1/faults",
     {{"action", {{"type", "clock_skew"}, {"ms", 3'600'000}}}, {"times", 1}});
  const auto tenant = exchange_.FindId("bingx-1");
  const std::string query = "recvWindow=5000&timestamp=1700000000000";
  Request request;
  request.method = "GET";
  request.target = "/openApi/spot/v1/account/balance?" + query +
                   "&signature=" + FormatHex(tenant->account.sha256.Sign(query));
  request.headers = {{"X-BX-APIKEY", "test-key"}};
  (void)exchange_.AnswerTo(request);
  const Json entry = Get("/accounts/bingx-1/journal")["entries"][0];
  EXPECT_EQ(entry["decision"]["rule"], "timestamp");
  EXPECT_EQ(entry["diagnosis"]["id"], "timestamp_too_old");
}

TEST_F(ControlTest, APathThatIsLikeNoneHasNoDiagnosis) {
  PlaceWhitebit("/api/v4/something/else");
  PlaceWhitebit("//api/v4/order/collateral/oco");
  const Json entries = Get("/accounts/whitebit-1/journal")["entries"];
  EXPECT_FALSE(entries[0].contains("diagnosis")) << entries[0];
  EXPECT_EQ(entries[1]["diagnosis"]["id"], "double_slash_in_path");
}

}  // namespace
}  // namespace ocokit::mock
