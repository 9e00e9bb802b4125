// Which faults hit which requests, and what a fault may be.

#include "mock_exchange/account/fault_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "mock_exchange/account/fault_kinds.h"

namespace ocokit::mock {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Request Post(const std::string& path) { return {.method = "POST", .target = path}; }

std::vector<std::string> Ids(const std::vector<FaultHit>& hits) {
  std::vector<std::string> out;
  out.reserve(hits.size());
  for (const FaultHit& hit : hits) out.push_back(hit.id);
  return out;
}

TEST(FaultSet, MatchesByPathAndMethod) {
  FaultSet set;
  ASSERT_TRUE(set.Add({.match = {.path = "/a"}}));
  ASSERT_TRUE(set.Add({.match = {.method = "POST"}}));
  ASSERT_TRUE(set.Add({.match = {.path = "/a", .method = "GET"}}));
  ASSERT_TRUE(set.Add({}));
  EXPECT_THAT(Ids(set.Match(Post("/a?x=1"))), ElementsAre("fault-1", "fault-2", "fault-4"));
  EXPECT_THAT(Ids(set.Match(Post("/a/b"))), ElementsAre("fault-2", "fault-4"));
  EXPECT_THAT(Ids(set.Match({.method = "GET", .target = "/a"})),
              ElementsAre("fault-1", "fault-3", "fault-4"));
}

TEST(FaultSet, CountsTheNthOfThoseThatMatch) {
  FaultSet set;
  ASSERT_TRUE(set.Add({.match = {.path = "/a", .nth = 2}}));
  EXPECT_THAT(set.Match(Post("/a")), IsEmpty());
  EXPECT_THAT(set.Match(Post("/b")), IsEmpty());
  EXPECT_THAT(Ids(set.Match(Post("/a"))), ElementsAre("fault-1"));
  EXPECT_THAT(set.Match(Post("/a")), IsEmpty());
  const FaultView view = set.List().front();
  EXPECT_EQ(view.matched, 3U);
  EXPECT_EQ(view.applied, 1U);
}

TEST(FaultSet, WhatIsNotCarriedOutDoesNotCountForWhatComesAfter) {
  FaultSet set;
  ASSERT_TRUE(set.Add({.match = {.nth = 1}, .at = FaultPoint::kBeforeCommit, .action = Html5xx{}}));
  ASSERT_TRUE(set.Add({.match = {.nth = 1}, .action = LostReply{}}));
  EXPECT_THAT(Ids(set.Match(Post("/a"))), ElementsAre("fault-1"));
  EXPECT_THAT(Ids(set.Match(Post("/a"))), ElementsAre("fault-2"));
}

TEST(FaultSet, StopsAfterItsTimes) {
  FaultSet set;
  ASSERT_TRUE(set.Add({.times = 2}));
  EXPECT_EQ(set.Match(Post("/a")).size(), 1U);
  EXPECT_EQ(set.Match(Post("/a")).size(), 1U);
  EXPECT_THAT(set.Match(Post("/a")), IsEmpty());
  EXPECT_EQ(set.List().front().applied, 2U);
}

// Which of 200 requests are hit, with a seed.
std::string Pattern(std::uint64_t seed, double probability) {
  FaultSet set(seed);
  EXPECT_TRUE(set.Add({.probability = probability}));
  std::string out;
  for (int i = 0; i < 200; ++i) out += set.Match(Post("/a")).empty() ? '.' : 'x';
  return out;
}

TEST(FaultSet, ChanceIsReplayedFromTheSeed) {
  EXPECT_EQ(Pattern(7, 0.3), Pattern(7, 0.3));
  EXPECT_NE(Pattern(7, 0.3), Pattern(8, 0.3));
  const std::string pattern = Pattern(7, 0.3);
  const auto hits = std::count(pattern.begin(), pattern.end(), 'x');
  EXPECT_GT(hits, 35);
  EXPECT_LT(hits, 85);
  EXPECT_EQ(Pattern(7, 0), std::string(200, '.'));
  EXPECT_EQ(Pattern(7, 1), std::string(200, 'x'));
}

TEST(FaultSet, GoesByPointsThenByOrder) {
  FaultSet set;
  ASSERT_TRUE(set.Add({.action = SlowDrip{}}));
  ASSERT_TRUE(set.Add({.action = LostReply{}}));
  ASSERT_TRUE(set.Add({.action = ClockSkew{milliseconds(5)}}));
  ASSERT_TRUE(set.Add({.action = MalformedJson{}}));
  ASSERT_TRUE(set.Add({.at = FaultPoint::kBeforeCommit, .action = Delay{.low = milliseconds(1)}}));
  EXPECT_THAT(Ids(set.Match(Post("/a"))),
              ElementsAre("fault-3", "fault-5", "fault-2", "fault-1", "fault-4"));
}

TEST(FaultSet, WhatIsAnsweredBeforeCommitHasNothingAfterIt) {
  FaultSet set;
  ASSERT_TRUE(set.Add({.action = LostReply{}, .times = 1}));
  ASSERT_TRUE(set.Add({.action = Html5xx{}, .times = 1}));
  EXPECT_THAT(Ids(set.Match(Post("/a"))), ElementsAre("fault-2"));
  // It was not used up.
  EXPECT_THAT(Ids(set.Match(Post("/a"))), ElementsAre("fault-1"));
}

TEST(FaultSet, RemovesAndNeverGivesAnIdTwice) {
  FaultSet set;
  EXPECT_EQ(set.Add({}).value(), "fault-1");
  EXPECT_TRUE(set.Remove("fault-1"));
  EXPECT_FALSE(set.Remove("fault-1"));
  EXPECT_EQ(set.Add({}).value(), "fault-2");
  set.Clear();
  EXPECT_TRUE(set.empty());
  EXPECT_EQ(set.Add({}).value(), "fault-3");
  for (int i = 0; i < 999; ++i) ASSERT_TRUE(set.Add({}));
  EXPECT_EQ(set.Add({}).error().kind, ErrorKind::kOutOfRange);
}

std::vector<std::int64_t> Draws(const Delay& delay, std::uint64_t seed, int count) {
  FaultSet set(seed);
  EXPECT_TRUE(set.Add({.action = delay}));
  std::vector<std::int64_t> out;
  out.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) out.push_back(set.Match(Post("/a")).front().delay.count());
  std::ranges::sort(out);
  return out;
}

TEST(FaultSet, DelaysAreDrawnAsTheySay) {
  using Kind = Delay::Kind;
  EXPECT_THAT(Draws({.low = milliseconds(250)}, 1, 2), ElementsAre(250'000, 250'000));
  const Delay uniform{Kind::kUniform, milliseconds(10), milliseconds(20)};
  const auto even = Draws(uniform, 1, 2000);
  EXPECT_EQ(even, Draws(uniform, 1, 2000));
  EXPECT_GE(even.front(), 10'000);
  EXPECT_LE(even.back(), 20'000);
  EXPECT_NEAR(static_cast<double>(even[1000]), 15'000, 500);
  const Delay lognormal{Kind::kLognormal, milliseconds(100), milliseconds(400)};
  const auto skewed = Draws(lognormal, 3, 10'000);
  EXPECT_NEAR(static_cast<double>(skewed[5000]), 100'000, 5'000);
  EXPECT_NEAR(static_cast<double>(skewed[9900]), 400'000, 40'000);
  EXPECT_THAT(Draws({Kind::kLognormal, milliseconds(600'000), milliseconds(600'000)}, 1, 1),
              ElementsAre(600'000'000));
}

TEST(FaultSet, SaysWhatAFaultMayBe) {
  using enum FaultPoint;
  struct Case {
    Fault fault;
    ErrorKind kind;
    const char* says;
  };
  const auto range = ErrorKind::kOutOfRange;
  const auto argument = ErrorKind::kInvalidArgument;
  const Delay::Kind uniform = Delay::Kind::kUniform;
  const Delay::Kind lognormal = Delay::Kind::kLognormal;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Case cases[] = {
      {{.match = {.path = "a"}}, argument, "match.path"},
      {{.match = {.path = "/a?b"}}, argument, "match.path"},
      {{.match = {.method = "post"}}, argument, "match.method"},
      {{.match = {.nth = 0}}, range, "match.nth"},
      {{.times = 0}, range, "times"},
      {{.probability = 1.01}, range, "probability"},
      {{.probability = -0.01}, range, "probability"},
      {{.probability = nan}, range, "probability"},
      {{.at = kAfterCommit, .action = ClockSkew{}}, argument, "at must be before_commit for clock"},
      {{.at = kReply, .action = RateLimitNow{}}, argument, "at must be before_commit for rate"},
      {{.at = kReply, .action = BanUntil{}}, argument, "at must be before_commit for ban"},
      {{.at = kReply, .action = LostReply{}}, argument, "at must be after_commit for lost_reply"},
      {{.at = kBeforeCommit, .action = SlowDrip{}},
       argument,
       "after_commit or reply for slow_drip"},
      {{.action = Delay{.low = milliseconds(-1)}}, range, "0 ms to 10 minutes"},
      {{.action = Delay{.low = milliseconds(600'001)}}, range, "0 ms to 10 minutes"},
      {{.action = Delay{.high = milliseconds(1)}}, range, "no upper end"},
      {{.action = Delay{uniform, milliseconds(2), milliseconds(1)}}, range, "upper end"},
      {{.action = Delay{uniform, milliseconds(2), milliseconds(600'001)}}, range, "upper end"},
      {{.action = Delay{lognormal, milliseconds(0), milliseconds(1)}}, range, "median"},
      {{.action = SlowDrip{.bytes = 0}}, range, "bytes must be 1"},
      {{.action = SlowDrip{.interval = milliseconds(0)}}, range, "interval"},
      {{.action = SlowDrip{.interval = milliseconds(60'001)}}, range, "interval"},
      {{.action = Oversized{0}}, range, "64 MiB"},
      {{.action = Oversized{(64 << 20) + 1}}, range, "64 MiB"},
      {{.action = WrongLength{0}}, range, "difference"},
      {{.action = WrongLength{1'000'000'001}}, range, "difference"},
      {{.action = Html5xx{499}}, range, "500 to 599"},
      {{.action = Html5xx{600}}, range, "500 to 599"},
      {{.action = StatusFault{.status = 199}}, range, "200 to 599"},
      {{.action = StatusFault{.status = 600}}, range, "200 to 599"},
      {{.action = StatusFault{.body = std::string(1'048'577, 'x')}}, range, "1 MiB"},
      {{.action = ClockSkew{milliseconds(86'400'001)}}, range, "a day"},
      {{.action = ClockSkew{milliseconds(-86'400'001)}}, range, "a day"},
      {{.action = BanUntil{.length = milliseconds(0)}}, range, "31 days"},
      {{.action = BanUntil{.length = std::chrono::days(32)}}, range, "31 days"},
      {{.action = BanUntil{.status = 429}}, range, "418 or 403"}};
  for (const Case& c : cases) {
    FaultSet set;
    const auto added = set.Add(c.fault);
    ASSERT_FALSE(added) << c.says;
    EXPECT_EQ(added.error().kind, c.kind) << c.says;
    EXPECT_THAT(added.error().message, ::testing::HasSubstr(c.says));
    EXPECT_TRUE(set.empty());
  }
}

TEST(FaultSet, EachFaultMayBeAtItsNaturalPointAndWhereTheTableSays) {
  ASSERT_EQ(FaultKinds().size(), std::variant_size_v<FaultAction>);
  const FaultAction actions[] = {
      Delay{},          Reset{},         HalfClose{},      CloseEarly{},   SlowDrip{},
      WrongLength{},    Oversized{},     MalformedJson{},  WrongType{},    Html5xx{},
      StatusFault{},    EmptyReply{},    DuplicateReply{}, ClockSkew{},    RateLimitNow{},
      BanUntil{},       LostReply{},     DropStream{},     DelayFrames{},  LoseFrame{},
      DuplicateFrame{}, ReorderFrames{}, WrongSequence{},  SilentStream{}, StaleSnapshot{}};
  ASSERT_EQ(std::size(actions), FaultKinds().size());
  for (std::size_t i = 0; i < std::size(actions); ++i) {
    const FaultKind& kind = KindOf(actions[i]);
    EXPECT_EQ(&kind, &FaultKinds()[i]);
    FaultSet set;
    ASSERT_TRUE(set.Add({.action = actions[i]})) << kind.name;
    EXPECT_EQ(set.List().front().fault.at, kind.natural) << kind.name;
    for (const FaultPoint point : {FaultPoint::kBeforeCommit, FaultPoint::kAfterCommit,
                                   FaultPoint::kReply, FaultPoint::kFrame}) {
      EXPECT_EQ(set.Add({.at = point, .action = actions[i]}).has_value(), kind.May(point))
          << kind.name << " " << Name(point);
    }
  }
}

}  // namespace
}  // namespace ocokit::mock
