#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/report/sample.h"
#include "conformance/text/utf8.h"

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

TEST(JUnitTest, ARunThatWasInterruptedDoesNotLookWhole) {
  Report report = SampleReport();
  report.not_run = 12;
  const std::string xml = FormatJUnit(report);
  EXPECT_THAT(xml, HasSubstr("tests=\"9\" failures=\"2\" errors=\"2\""));
  EXPECT_THAT(xml, HasSubstr("<error message=\"interrupted: 12 cases were not run\"/>"));
}

TEST(JUnitTest, HoldsOnlyWhatXmlCan) {
  const std::string xml = FormatJUnit(SampleReport());
  EXPECT_THAT(xml, HasSubstr("\xEF\xBF\xBD[2J\xEF\xBF\xBD&lt;/script&gt;"));
  EXPECT_THAT(xml, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\xff")), Not(HasSubstr("\r"))));
}

// Whether XML 1.0 has these characters (its production 2), all in UTF-8.
bool IsXmlText(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = Utf8Size(text);
    const auto byte = static_cast<unsigned char>(text.front());
    if (size == 0 || (byte < 0x20 && byte != '\n')) return false;
    const std::string_view character = text.substr(0, size);
    if (character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF") return false;
    text.remove_prefix(size);
  }
  return true;
}

// U+FFFE, U+FFFF or a control character made the file unreadable for a CI server.
TEST(JUnitTest, IsWellFormedWhateverASubjectSends) {
  std::string all;
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      all += {static_cast<char>(first), static_cast<char>(second)};
    }
  }
  for (const std::string& sent :
       {all.substr(0, 4000), all.substr(60'000, 4000), all.substr(126'000, 4000),
        std::string("\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD"), std::string("\xED\xA0\x80\xEF\xBF"),
        std::string("]]>"), std::string(1, '\0')}) {
    Report report = SampleReport();
    for (Judged& judged : report.judged) {
      judged.result.got = judged.result.sent = judged.result.reason = judged.result.wanted = sent;
    }
    report.subject = sent;
    EXPECT_TRUE(IsXmlText(FormatJUnit(report)));
    EXPECT_THAT(FormatJUnit(report), Not(HasSubstr("]]>")));
  }
}

TEST(JUnitTest, QuotesNoMoreThanACiServerShows) {
  Report report = SampleReport();
  for (Judged& judged : report.judged) judged.result.got = std::string(1 << 20, '<');
  const std::string xml = FormatJUnit(report);
  EXPECT_LT(xml.size(), std::size_t{500'000});
  EXPECT_THAT(xml, HasSubstr("... 1040384 bytes more"));
}

}  // namespace
}  // namespace ocokit::conform
