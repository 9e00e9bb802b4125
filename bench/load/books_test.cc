#include "bench/load/books.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench/load/calls.h"

namespace ocokit::load {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(MetricsTest, CountersAreRead) {
  const auto counts = ReadMetrics(
      "# HELP ocokit_requests_total Requests decided\n"
      "# TYPE ocokit_requests_total counter\n"
      "ocokit_requests_total{venue=\"bingx\",call=\"/a/b\",status=\"200\",code=\"0\"} 12\n"
      "ocokit_requests_total{venue=\"bingx\",call=\"/a/b\",status=\"200\",code=\"100410\"} "
      "1.5e+06\n"
      "ocokit_requests_total{venue=\"whitebit\",call=\"other\",status=\"404\",code=\"0\"} 3\n"
      "ocokit_faults_applied_total{fault=\"reset\"} 4\n"
      "ocokit_connections 1\n");
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->requests.size(), 3u);
  EXPECT_EQ((counts->requests.at({"bingx", "/a/b", 200, 0})), 12u);
  EXPECT_EQ((counts->requests.at({"bingx", "/a/b", 200, 100410})), 1500000u);
  EXPECT_EQ((counts->requests.at({"whitebit", "other", 404, 0})), 3u);
  EXPECT_EQ(counts->faults.at("reset"), 4u);
  EXPECT_FALSE(ReadMetrics("ocokit_requests_total{venue=\"bingx\"} 12\n"));
  EXPECT_FALSE(ReadMetrics("ocokit_faults_applied_total{fault=\"reset\"} many\n"));
  EXPECT_TRUE(ReadMetrics("")->requests.empty());
}

class BooksTest : public testing::Test {
 protected:
  BooksTest() { before.requests[{"bingx", place, 200, 0}] = 1000; }

  // The load writes a request and gets this reply to it; the server decides the same.
  void Exchange(int status, int code) {
    tally.Sent({});
    tally.Ended(Call::kPlace, status, code);
    Decide(status, code);
  }
  // The server decides a request, and nothing of that is seen.
  void Decide(int status, int code) {
    ++journal;
    ++after.requests[{"bingx", place, status, code}];
  }
  void Lose(const char* label) {
    tally.Sent({});
    tally.Troubled(Trouble::kTransport, label, {}, 1);
  }
  std::vector<std::string> Differences() {
    ServerCounts sum = before;
    for (const auto& [key, count] : after.requests) sum.requests[key] += count;
    for (const auto& [key, count] : after.faults) sum.faults[key] += count;
    return CompareBooks(options, tally, journal, before, sum).differences;
  }

  const std::string place{Path(Venue::kBingx, Call::kPlace)};
  LoadOptions options;
  Tally tally{0};
  std::uint64_t journal = 0;
  ServerCounts before;
  ServerCounts after;
};

TEST_F(BooksTest, AgreeWhenAllWasCountedOnBothSides) {
  EXPECT_THAT(Differences(), IsEmpty());
  Exchange(200, 0);
  Exchange(200, 100410);
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(BooksTest, ARequestTooManyOrTooFewIsTold) {
  Exchange(200, 0);
  ++journal;
  EXPECT_THAT(Differences(), ElementsAre("the journal has 2 requests, the load wrote 1"));
  --journal;
  ++after.requests[{"bingx", place, 200, 0}];
  EXPECT_THAT(Differences(), ElementsAre("/metrics has 2 requests, the load wrote 1"));
}

TEST_F(BooksTest, AReplyOfAnotherCodeIsTold) {
  Decide(200, 0);
  tally.Sent({});
  tally.Ended(Call::kPlace, 200, 100410);
  EXPECT_THAT(Differences(),
              ElementsAre(HasSubstr("with HTTP 200 and code 100410, the load got 1")));
}

TEST_F(BooksTest, ALostReplyIsKnownAsLostAlone) {
  options.faults = {{"lost_reply", 0.5}, {"reset", 0.5}};
  Exchange(200, 0);
  Lose("reset");
  Decide(200, 0);
  Lose("reset");
  Decide(0, 0);
  EXPECT_THAT(Differences(),
              ElementsAre("the load saw 2 reset connections, the server's faults made 0"));
  after.faults = {{"lost_reply", 1}, {"reset", 1}};
  EXPECT_THAT(Differences(), IsEmpty());
  after.faults["reset"] = 2;
  EXPECT_THAT(Differences(),
              ElementsAre("the load saw 2 reset connections, the server's faults made 3"));
}

TEST_F(BooksTest, AFaultMayHideAnother) {
  options.faults = {{"status", 0.5}, {"reset", 0.5}};
  Exchange(500, 0);
  Lose("reset");
  Decide(500, 0);
  after.faults = {{"status", 2}, {"reset", 1}};
  EXPECT_THAT(Differences(), IsEmpty());
  after.faults["status"] = 3;
  EXPECT_THAT(Differences(),
              ElementsAre("the load saw 1 replies with HTTP 5xx, the server's faults made 3"));
}

// The server counts the code that the reply would have had.
TEST_F(BooksTest, AFaultsReplyHasNoCode) {
  options.faults = {{"status", 0.5}};
  tally.Sent({});
  tally.Ended(Call::kPlace, 500, 0);
  Decide(500, 100404);
  after.faults = {{"status", 1}};
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(BooksTest, WhatWasGivenUpMayHaveComeOrNot) {
  Exchange(200, 0);
  Lose("timeout");
  EXPECT_THAT(Differences(), testing::SizeIs(2));
  tally.CountUncertain();
  EXPECT_THAT(Differences(), IsEmpty());
  Decide(200, 0);
  EXPECT_THAT(Differences(), IsEmpty());
  Decide(200, 0);
  EXPECT_THAT(Differences(),
              ElementsAre("the journal has 3 requests, the load wrote 2, 1 of them for certain",
                          "/metrics has 3 requests, the load wrote 2, 1 of them for certain"));
}

}  // namespace
}  // namespace ocokit::load
