#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/report/sample.h"

namespace ocokit::conform {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(JUnitTest, CountsAndNames) {
  const std::string xml = FormatJUnit(SampleReport());
  EXPECT_THAT(xml,
              HasSubstr("<testsuites name=\"a server\" tests=\"8\" failures=\"2\" errors=\"1\" "
                        "skipped=\"3\" time=\"0.009872\">"));
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"bingx: Authentication\" tests=\"2\" failures=\"1\" "
                             "errors=\"0\" skipped=\"1\" time=\"0.002468\">"));
  EXPECT_THAT(xml,
              HasSubstr("<testcase name=\"wb-auth-010 An order signed with &quot;another&quot; "
                        "&lt;secret&gt; &amp; key\" classname=\"whitebit.Authentication\" "
                        "time=\"0.001234\"/>"));
}

TEST(JUnitTest, EachVerdictInTheWordsOfJUnit) {
  const std::string xml = FormatJUnit(SampleReport());
  EXPECT_THAT(xml, AllOf(HasSubstr("<failure message=\"the order was accepted\">"),
                         HasSubstr("<system-out>non-strict: the order was accepted"),
                         HasSubstr("<skipped message=\"unsupported: the order was accepted\"/>"),
                         HasSubstr("<skipped message=\"skipped: the order was accepted\"/>"),
                         HasSubstr("<error message=\"kit error: the order was accepted\">"),
                         HasSubstr("<skipped message=\"known to fail\"/>"),
                         HasSubstr("<failure message=\"it was known to fail: pass\">")));
}

TEST(JUnitTest, HoldsOnlyWhatXmlCan) {
  const std::string xml = FormatJUnit(SampleReport());
  EXPECT_THAT(xml, HasSubstr("\xEF\xBF\xBD[2J\xEF\xBF\xBD&lt;/script&gt;"));
  EXPECT_THAT(xml, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\xff")), Not(HasSubstr("\r"))));
}

}  // namespace
}  // namespace ocokit::conform
