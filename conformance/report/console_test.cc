#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "conformance/report/sample.h"

namespace ocokit::conform {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string Console(const Report& report, bool color = false) {
  std::ostringstream out;
  WriteConsole(report, out, color);
  return out.str();
}

TEST(CountTest, CountsEachVerdictAndWhatIsUnexpected) {
  const Totals totals = Count(SampleReport());
  EXPECT_EQ(totals.pass, 2);
  EXPECT_EQ(totals.fail, 2);
  EXPECT_EQ(totals.non_strict, 1);
  EXPECT_EQ(totals.unsupported, 1);
  EXPECT_EQ(totals.skipped, 1);
  EXPECT_EQ(totals.kit_error, 1);
  EXPECT_EQ(totals.known_failing, 1);
  // A fail, a kit error, and a pass that was known to fail.
  EXPECT_EQ(totals.unexpected, 3);
}

TEST(ConsoleTest, AFailSaysAllThereIsToSay) {
  Report report = SampleReport();
  report.judged = {report.judged[1]};
  const std::string text = Console(report);
  EXPECT_THAT(text, AllOf(HasSubstr("FAIL wb-auth-020: An order signed"),
                          HasSubstr("the order was accepted"), HasSubstr("{\"a\":1}"),
                          HasSubstr("HTTP/1.1 200 OK"), HasSubstr("HTTP 401, code 10"),
                          HasSubstr("MUST: Refuse a signature made with another secret."),
                          HasSubstr("WhiteBIT, Authentication, Errors (2026-08-03) https://docs"),
                          HasSubstr("--url http://127.0.0.1:8787 --run wb-auth-020\n"),
                          HasSubstr("a server (dialect docs): NOT as expected, 1 cases")));
}

TEST(ConsoleTest, APassSaysNothing) {
  Report report = SampleReport();
  report.judged = {report.judged[0]};
  const std::string text = Console(report);
  EXPECT_THAT(text, Not(HasSubstr("wb-auth-010")));
  EXPECT_THAT(text, HasSubstr("a server (dialect docs): as expected, 1 cases"));
}

TEST(ConsoleTest, WhatASubjectSendsDoesNotActOnTheTerminal) {
  const std::string text = Console(SampleReport());
  EXPECT_THAT(text, HasSubstr("\\x1b[2J"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("\\xff</script>"));
  Report report = SampleReport();
  report.judged[1].result.got =
      "caf\xC3\xA9 \xC2\x9B"
      "2J \x7f \xC3";
  EXPECT_THAT(Console(report), HasSubstr("caf\xC3\xA9 \\xc2\\x9b"
                                         "2J \\x7f \\xc3\n"));
  EXPECT_THAT(Console(SampleReport(), true), HasSubstr("\033[31mFAIL\033[0m wb-auth-020"));
}

TEST(ConsoleTest, TellsOfWhatWasKnownToFail) {
  const std::string text = Console(SampleReport());
  EXPECT_THAT(text, HasSubstr("FAIL bx-auth-010: An order signed with \"another\" <secret> & key "
                              "(known)"));
  EXPECT_THAT(text, HasSubstr("PASS bx-auth-020"));
  EXPECT_THAT(text, HasSubstr("take it out of the list"));
  Report untried = SampleReport();
  untried.judged = {SampleJudged("wb-auth-050", Verdict::kSkipped, Level::kMust, true)};
  EXPECT_THAT(Console(untried), HasSubstr("SKIPPED wb-auth-050"));
  EXPECT_THAT(Console(untried), HasSubstr("NOT as expected, 1 cases, 1 of them not tried"));
}

TEST(ConsoleTest, SectionsAndTotals) {
  const std::string text = Console(SampleReport());
  EXPECT_THAT(text, HasSubstr("  bingx: Authentication     1 pass  1 fail\n"));
  EXPECT_THAT(text, HasSubstr("  all                       2 pass  2 fail  1 non-strict"));
  EXPECT_THAT(text, HasSubstr("skipped:\n  1: the order was accepted"));
}

TEST(ConsoleTest, LongMessagesAreCut) {
  Report report = SampleReport();
  report.judged = {report.judged[1]};
  report.judged[0].result.got = std::string(100000, 'x');
  const std::string text = Console(report);
  EXPECT_LT(text.size(), 4000U);
  EXPECT_THAT(text, HasSubstr("(100000 bytes)"));
}

TEST(TraceTest, ShowsAllThatWentOverTheWire) {
  std::ostringstream out;
  WriteTrace(SampleReport().judged[1], out);
  EXPECT_THAT(out.str(),
              AllOf(HasSubstr("-- place (321 us)\n> POST / HTTP/1.1\n> Host: x\n> \n"),
                    HasSubstr("> {\"a\":1}\n< HTTP/1.1 200 OK\n"), HasSubstr("   closed"),
                    HasSubstr("-- fail: the order was accepted\n")));
}

}  // namespace
}  // namespace ocokit::conform
