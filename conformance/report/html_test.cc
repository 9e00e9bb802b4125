#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "conformance/report/sample.h"

namespace ocokit::conform {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

// What stands in the element of the data.
std::string Data(const std::string& page) {
  const std::string begin = R"(<script type="application/json" id="data">)";
  const std::size_t at = page.find(begin) + begin.size();
  return page.substr(at, page.find("</script>", at) - at);
}

TEST(HtmlReportTest, HoldsTheReports) {
  Report other = SampleReport();
  other.subject = "another";
  const std::string page = FormatHtml({SampleReport(), other});
  const json data = json::parse(Data(page));
  ASSERT_EQ(data.size(), 2U);
  EXPECT_EQ(data[0], json::parse(FormatJson(SampleReport())));
  EXPECT_EQ(data[1]["subject"], "another");
}

TEST(HtmlReportTest, NeedsNothingElse) {
  const std::string page = FormatHtml({SampleReport()});
  EXPECT_THAT(page, Not(HasSubstr("{{")));
  // No style, script, image or font is fetched.
  EXPECT_FALSE(std::regex_search(page, std::regex("<link|@import|url\\(| src=")));
}

TEST(HtmlReportTest, TextsOfASubjectCannotEndTheScript) {
  const std::string page = FormatHtml({SampleReport()});
  EXPECT_THAT(Data(page), HasSubstr("\\u003c/script>\\u003c!--"));
  Report report = SampleReport();
  report.subject = "{{style}}{{script}}{{data}}";
  EXPECT_THAT(FormatHtml({report}), HasSubstr("\"{{style}}{{script}}{{data}}\""));
}

}  // namespace
}  // namespace ocokit::conform
