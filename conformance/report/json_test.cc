#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "conformance/report/sample.h"
#include "fixtures/schema.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> SchemaErrors(const json& value) {
  return fixtures::SchemaErrors(value, fixtures::ReadSchema(OCOKIT_REPORT_SCHEMA));
}

TEST(JsonReportTest, IsAsItsSchemaSays) {
  const json value = json::parse(FormatJson(SampleReport()));
  EXPECT_THAT(SchemaErrors(value), IsEmpty());
  for (const char* member : {"subject", "totals", "cases", "seed"}) {
    json without = value;
    without.erase(member);
    EXPECT_THAT(SchemaErrors(without), Not(IsEmpty())) << member;
  }
  json verdict = value;
  verdict["cases"][0]["verdict"] = "passed";
  EXPECT_THAT(SchemaErrors(verdict), Not(IsEmpty()));
}

TEST(JsonReportTest, IsReadBack) {
  Report report = SampleReport();
  const Result<Report> read = ReadJson(FormatJson(report));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(FormatJson(*read), FormatJson(report));
  EXPECT_EQ(read->judged[1].tried.cites, report.judged[1].tried.cites);
  EXPECT_EQ(read->judged[0].result.follows, "docs");
  report.not_run = 3;
  EXPECT_EQ(ReadJson(FormatJson(report))->not_run, 3);
  EXPECT_EQ(read->judged[0].result.wire[0].got,
            "HTTP/1.1 200 OK\r\n\r\n\x1b[2J\xEF\xBF\xBD</script><!--");
}

TEST(JsonReportTest, EveryMemberIsNeeded) {
  const json value = json::parse(FormatJson(SampleReport()));
  for (const auto& [name, member] : value.items()) {
    if (name == "totals") continue;   // counted anew
    if (name == "not_run") continue;  // older reports lack it
    json without = value;
    without.erase(name);
    const Result<Report> read = ReadJson(without.dump());
    ASSERT_FALSE(read) << name;
    EXPECT_THAT(read.error().message, HasSubstr(name + " must be"));
  }
  for (const auto& [name, member] : value["cases"][1].items()) {
    if (name == "as_expected") continue;  // follows from the verdict
    json without = value;
    without["cases"][1].erase(name);
    const Result<Report> read = ReadJson(without.dump());
    ASSERT_FALSE(read) << name;
    EXPECT_THAT(read.error().message, HasSubstr("cases[1]." + name + " must be"));
  }
}

TEST(JsonReportTest, NamesWhatItIsNot) {
  EXPECT_THAT(ReadJson("{").error().message, HasSubstr("no JSON"));
  EXPECT_THAT(ReadJson("[]").error().message, HasSubstr("no report"));
  json value = json::parse(FormatJson(SampleReport()));
  value["format"] = 2;
  EXPECT_THAT(ReadJson(value.dump()).error().message, HasSubstr("format must be 1"));
  value["format"] = 1;
  value["cases"][2]["verdict"] = "green";
  EXPECT_THAT(ReadJson(value.dump()).error().message,
              HasSubstr("cases[2].verdict must be one of pass, fail"));
}

TEST(JsonReportTest, CutAnywhereIsNoReport) {
  Report report = SampleReport();
  report.judged.resize(1);
  const std::string text = FormatJson(report);
  for (std::size_t size = 0; size + 2 < text.size(); ++size) {
    ASSERT_FALSE(ReadJson(text.substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace ocokit::conform
