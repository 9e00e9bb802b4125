#include "bench/load/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fixtures/schema.h"

namespace ocokit::load {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> SchemaErrors(const json& value) {
  return fixtures::SchemaErrors(value, fixtures::ReadSchema(OCOKIT_LOAD_SCHEMA));
}

// A hundred accepted requests of 1 to 100 us, one refused, one lost.
Report Sample() {
  Report report;
  report.version = "1.2.3";
  report.started_ms = 1'700'000'000'000;
  report.options.accounts = 16;
  report.options.faults = {{"reset", 0.01}};
  report.machine = {"a </script> processor", 2, "Linux 6", "GCC 12"};
  report.measured = 1;
  RequestTimes times;
  for (int i = 1; i <= 100; ++i) {
    times.first_byte = times.done = i * 1000;
    times.server = 500;
    report.tally.Sent(times);
    report.tally.Accepted(times);
  }
  report.tally.Troubled(Trouble::kRefused, "code 100410", times, 2000);
  report.tally.Troubled(Trouble::kTransport, "reset", times, 3000);
  report.tally.Finish();
  report.intended = 102;
  report.threads = {{0.25, 0.01}, {0.5, -1}};
  report.books.kept = true;
  report.books.faults = {{"reset", 1}};
  StreamFigures streams;
  streams.subscribers = 8;
  streams.frames = 300;
  for (int i = 1; i <= 100; ++i) streams.delay.Record(i * 2000);
  report.options.streams = 8;
  report.streams = streams;
  return report;
}

TEST(LoadReportTest, IsAsItsSchemaSays) {
  const json value = json::parse(FormatJson(Sample()));
  EXPECT_THAT(SchemaErrors(value), IsEmpty());
  for (const auto& [member, ignored] : value.items()) {
    json without = value;
    without.erase(member);
    EXPECT_THAT(SchemaErrors(without), Not(IsEmpty())) << member;
  }
  json more = value;
  more["counts"]["other"] = 1;
  EXPECT_THAT(SchemaErrors(more), Not(IsEmpty()));
  Report empty;
  empty.version = "1";
  empty.started_ms = 0;
  empty.options.key = "key";
  empty.threads = {{0, 0}};
  EXPECT_THAT(SchemaErrors(json::parse(FormatJson(empty))), IsEmpty());
}

TEST(LoadReportTest, JsonHasTheFigures) {
  const json value = json::parse(FormatJson(Sample()));
  EXPECT_EQ(value["counts"]["accepted"], 100);
  EXPECT_EQ(value["counts"]["refused"], 1);
  EXPECT_EQ(value["latency_ns"]["p50"], 50175);
  EXPECT_EQ(value["latency_ns"]["max"], 100000);
  EXPECT_EQ(value["phases_ns"]["server"]["max"], 500);
  EXPECT_EQ(value["errors"][0]["label"], "code 100410");
  EXPECT_EQ(value["streams"]["frames"], 300);
  EXPECT_EQ(value["streams"]["delay_ns"]["max"], 200000);
  EXPECT_EQ(value["seconds"][0]["answered"], 100);
  EXPECT_EQ(value["seconds"][0]["errors"], 2);
  std::uint64_t sum = 0;
  for (const json& bin : value["latency_bins"]) sum += bin[1].get<std::uint64_t>();
  EXPECT_EQ(sum, 100u);
}

TEST(LoadReportTest, TextHasTheFigures) {
  const std::string text = FormatText(Sample());
  for (const char* part :
       {"accepted 100, refused 1, failed 1, unanswered 0", "code 100410", "100 us", "p99.99",
        "faults reset=0.01", "books: agree", "busy 50 %", "8 streams",
        "streams 8, frames 300, lost connections 0, missing frames 0", "200 us"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  Report differs = Sample();
  differs.books.differences = {"the journal has 2 requests, the load wrote 1"};
  EXPECT_THAT(FormatText(differs), HasSubstr("books: differ\n  the journal has 2"));
}

TEST(LoadReportTest, PageHoldsAllThatItNeeds) {
  const std::string page = FormatHtml(Sample());
  EXPECT_THAT(page, HasSubstr("<!doctype html>"));
  for (const char* place : {"{{style}}", "{{script}}", "{{data}}", "<link", "src=", "@import"}) {
    EXPECT_THAT(page, Not(HasSubstr(place)));
  }
  // What the data hold cannot end the element that they are in.
  const std::string start = "<script type=\"application/json\" id=\"data\">";
  const std::size_t begin = page.find(start) + start.size();
  const std::string data = page.substr(begin, page.find("</script>", begin) - begin);
  EXPECT_EQ(json::parse(data), json::parse(FormatJson(Sample())));
}

TEST(LoadReportTest, WarnsOfALateGenerator) {
  EXPECT_THAT(Warnings(Sample()), IsEmpty());
  Report busy = Sample();
  busy.threads[0].busy = 0.95;
  EXPECT_THAT(Warnings(busy), testing::ElementsAre(HasSubstr("bottleneck")));
  Report late = Sample();
  RequestTimes times;
  times.picked = 5'000'000;
  times.done = 6'000'000;
  for (int i = 0; i < 10; ++i) late.tally.Accepted(times);
  EXPECT_THAT(Warnings(late), testing::ElementsAre(HasSubstr("late by itself")));
  Report waits = Sample();
  for (int i = 0; i < 200; ++i) {
    times.free_since = times.picked;
    waits.tally.Accepted(times);
  }
  EXPECT_THAT(Warnings(waits), testing::ElementsAre(HasSubstr("waited for a free connection")));
}

TEST(LoadReportTest, WarnsOfWhatFailed) {
  Report fails = Sample();
  fails.tally.Troubled(Trouble::kReply, "HTTP 500", {}, 1000);
  fails.intended = 103;
  EXPECT_THAT(Warnings(fails), testing::ElementsAre("1.94 % of the requests failed or were "
                                                    "unanswered"));
  Report slow = Sample();
  slow.intended = 1000;
  slow.tally.TimedOut({}, 1000);
  EXPECT_THAT(Warnings(slow), testing::ElementsAre(HasSubstr("true figures are larger")));
  Report deaf = Sample();
  deaf.streams->lost = 2;
  deaf.streams->missing = 7;
  EXPECT_THAT(Warnings(deaf), testing::ElementsAre("2 streams ended before the load",
                                                   HasSubstr("7 times a subscriber did not hear")));
  Report none;
  none.intended = 1;
  none.tally.Troubled(Trouble::kTransport, "reset", {}, 1000);
  EXPECT_THAT(Warnings(none), testing::ElementsAre("no request was accepted", HasSubstr("100 %")));
}

TEST(LoadReportTest, ALongTextIsNotCut) {
  Report report = Sample();
  report.options.url = "http://127.0.0.1:8787/" + std::string(2000, 'x');
  report.options.connections = 1;
  EXPECT_THAT(FormatText(report), HasSubstr(report.options.url + ": 1000 requests a second"));
  EXPECT_THAT(FormatText(report), HasSubstr("  1 connection, 16 accounts"));
}

TEST(FormatTimeTest, HasThreeDigits) {
  struct Case {
    std::int64_t ns;
    const char* want;
  };
  for (const Case& c :
       {Case{0, "0 ns"}, Case{999, "999 ns"}, Case{63210, "63.2 us"}, Case{1'500'000, "1.5 ms"},
        Case{1'250'000'000, "1.25 s"}, Case{999'999, "1 ms"}}) {
    EXPECT_EQ(FormatTime(c.ns), c.want);
  }
}

}  // namespace
}  // namespace ocokit::load
