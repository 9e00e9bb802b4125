#include "bench/load/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace ocokit::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

TEST(DurationTest, IsReadWithItsUnit) {
  struct Case {
    const char* text;
    nanoseconds want;
  };
  for (const Case& c : {Case{"30s", seconds(30)}, Case{"500ms", milliseconds(500)},
                        Case{"2m", seconds(120)}, Case{"1.5s", milliseconds(1500)},
                        Case{"1h", seconds(3600)}, Case{"10us", nanoseconds(10000)},
                        Case{"7ns", nanoseconds(7)}, Case{"0s", nanoseconds(0)}}) {
    const Result<nanoseconds> got = ParseDuration(c.text);
    ASSERT_TRUE(got) << c.text;
    EXPECT_EQ(*got, c.want) << c.text;
    EXPECT_EQ(*ParseDuration(FormatDuration(*got)), c.want) << c.text;
  }
  EXPECT_EQ(FormatDuration(seconds(90)), "90s");
  EXPECT_EQ(FormatDuration(milliseconds(1500)), "1500ms");
}

TEST(DurationTest, OthersAreRefused) {
  for (const char* text : {"", "s", "30", "-1s", "1 s", "1e3s", "1.2.3s", "30sec", "nans", ".s"}) {
    const Result<nanoseconds> got = ParseDuration(text);
    ASSERT_FALSE(got) << text;
    EXPECT_THAT(got.error().message, HasSubstr("must be like 30s, 500ms or 2m")) << text;
  }
  EXPECT_EQ(ParseDuration("25h").error().kind, ErrorKind::kOutOfRange);
}

TEST(MixTest, NamesCallsAndWeights) {
  EXPECT_EQ(ParseMix("place=2,list=1")->weights, (std::array<int, kCalls>{2, 0, 1}));
  EXPECT_EQ(FormatMix(*ParseMix("cancel=3,place=4")), "place=4,cancel=3,list=0");
  struct Case {
    const char* text;
    const char* want;
  };
  for (const Case& c :
       {Case{"", "has no ="}, Case{"place", "has no ="}, Case{"place=1,place=2", "twice"},
        Case{"amend=1", "place, cancel or list"}, Case{"place=-1", "whole numbers from 0 to 1000"},
        Case{"place=1.5", "whole numbers"}, Case{"place=1001", "whole numbers"},
        Case{"place=", "whole numbers"}, Case{"place=0,list=0", "above 0"},
        Case{"place=1,", "has no ="}}) {
    const Result<Mix> got = ParseMix(c.text);
    ASSERT_FALSE(got) << c.text;
    EXPECT_THAT(got.error().message, HasSubstr(c.want)) << c.text;
  }
}

TEST(FaultsTest, NameTypesAndShares) {
  const auto faults = ParseFaults("lost_reply=0.01,delay=1");
  ASSERT_TRUE(faults);
  EXPECT_EQ(FormatFaults(*faults), "lost_reply=0.01,delay=1");
  EXPECT_THAT(ParseFaults("explode=0.1").error().message, HasSubstr("lost_reply"));
  EXPECT_THAT(ParseFaults("delay=1.1").error().message, HasSubstr("from 0 to 1"));
  EXPECT_THAT(ParseFaults("delay=0.1,delay=0.1").error().message, HasSubstr("twice"));
}

TEST(OptionsTest, WhatCannotBeTogetherIsRefused) {
  struct Case {
    void (*change)(LoadOptions&);
    const char* want;
  };
  for (const Case& c : {
           Case{[](LoadOptions& o) { o.rate = 0; }, "from 0.01 to 10000000"},
           Case{[](LoadOptions& o) { o.rate = 0.0099; }, "not 0.0099"},
           Case{[](LoadOptions& o) { o.rate = std::nan(""); }, "--rate"},
           Case{[](LoadOptions& o) { o.rate = 2e7; }, "--rate"},
           Case{[](LoadOptions& o) { o.duration = nanoseconds(0); }, "--duration"},
           Case{[](LoadOptions& o) { o.threads = 17; }, "--threads"},
           Case{[](LoadOptions& o) { o.accounts = 17; }, "--accounts"},
           Case{[](LoadOptions& o) {
                  o.key = "k";
                  o.accounts = 1;
                },
                "--accounts"},
           Case{[](LoadOptions& o) {
                  o.key = "k";
                  o.faults = {{"delay", 0.1}};
                },
                "--faults"},
           Case{[](LoadOptions& o) {
                  o.key = "k";
                  o.streams = 1;
                },
                "--streams is for the simulator"},
           Case{[](LoadOptions& o) {
                  o.streams = 1;
                  o.duration = std::chrono::minutes(50);
                },
                "at most 50m"},
           Case{[](LoadOptions& o) {
                  o.streams = 1;
                  o.mix = Mix{{0, 0, 1}};
                },
                "--mix must have place"},
           Case{[](LoadOptions& o) {
                  o.venue = Venue::kWhitebit;
                  o.key = "k";
                },
                "900"},
       }) {
    LoadOptions options;
    ASSERT_TRUE(CheckOptions(options));
    c.change(options);
    const Result<void> got = CheckOptions(options);
    ASSERT_FALSE(got) << c.want;
    EXPECT_THAT(got.error().message, HasSubstr(c.want));
  }
}

}  // namespace
}  // namespace ocokit::load
