// JUnit XML, as Jenkins, GitLab and the test reporters of GitHub read it: the members common to
// them of the schema at https://github.com/jenkinsci/xunit-plugin (junit-10.xsd).

#include <array>
#include <cstdio>
#include <map>
#include <string>

#include "conformance/report/report.h"
#include "conformance/text/printable.h"
#include "conformance/text/utf8.h"

namespace ocokit::conform {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// XML 1.0 has no way to write most control characters, U+FFFE and U+FFFF, nor bytes that are no
// UTF-8: they are shown as U+FFFD.
std::string Escape(std::string_view text) {
  std::string out;
  const std::string utf8 = ToUtf8(text);
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const char c = utf8[i];
    if (c == '\xEF' && utf8[i + 1] == '\xBF' && static_cast<unsigned char>(utf8[i + 2]) >= 0xBE) {
      out += kReplacement;
      i += 2;
      continue;
    }
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':
      case '\n':
      case '\t':
        out += "&#" + std::to_string(c) + ";";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += kReplacement;
        } else {
          out += c;
        }
    }
  }
  return out;
}

std::string Seconds(std::chrono::microseconds time) {
  std::array<char, 32> text{};
  const auto us = static_cast<long long>(time.count());
  std::snprintf(text.data(), text.size(), "%lld.%06lld", us / 1000000, us % 1000000);
  return text.data();
}

std::string Attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + Escape(value) + "\"";
}

// A CI server shows no more; the JSON report has it.
std::string Quoted(const std::string& text) {
  constexpr std::size_t kMost = std::size_t{8} << 10;
  return Shortened(text, kMost);
}

std::string Details(const Report& report, const Judged& judged) {
  const CaseResult& result = judged.result;
  std::string out = result.reason + "\n\nrequirement: " + judged.tried.requirement + "\n";
  for (const Citation& cite : judged.tried.cites) {
    out +=
        "see: " + cite.document + ", " + cite.section + " (" + cite.date + ") " + cite.url + "\n";
  }
  if (!report.repeat.empty()) out += "repeat: " + RepeatCommand(report, judged.tried.id) + "\n";
  out += "\nsent:\n" + Quoted(result.sent) + "\n\ngot:\n" + Quoted(result.got) + "\n\nwanted:\n" +
         Quoted(result.wanted);
  return out;
}

// What stands within a test case: nothing for a pass.
std::string Outcome(const Report& report, const Judged& judged) {
  const CaseResult& result = judged.result;
  const auto element = [&](std::string_view name, std::string_view message) {
    return "      <" + std::string(name) + Attribute("message", message) + ">" +
           Escape(Details(report, judged)) + "</" + std::string(name) + ">\n";
  };
  if (result.verdict == Verdict::kKitError) return element("error", "kit error: " + result.reason);
  if (judged.known_failing) {
    if (AsExpected(judged)) return "      <skipped message=\"known to fail\"/>\n";
    return element("failure", "it was known to fail: " + std::string(Name(result.verdict)));
  }
  switch (result.verdict) {
    case Verdict::kFail:
      return element("failure", result.reason);
    case Verdict::kUnsupported:
    case Verdict::kSkipped:
      return "      <skipped" +
             Attribute("message", std::string(Name(result.verdict)) + ": " + result.reason) +
             "/>\n";
    case Verdict::kNonStrict:
      return "      <system-out>" + Escape("non-strict: " + Details(report, judged)) +
             "</system-out>\n";
    default:
      return "";
  }
}

struct Suite {
  int tests = 0, failures = 0, errors = 0, skipped = 0;
  std::chrono::microseconds took{0};
  std::string cases;
};

void Add(const Report& report, const Judged& judged, Suite& suite) {
  const std::string outcome = Outcome(report, judged);
  ++suite.tests;
  if (outcome.find("<failure") != std::string::npos) ++suite.failures;
  if (outcome.find("<error") != std::string::npos) ++suite.errors;
  if (outcome.find("<skipped") != std::string::npos) ++suite.skipped;
  suite.took += judged.result.took;
  suite.cases +=
      "    <testcase" + Attribute("name", judged.tried.id + " " + judged.tried.title) +
      Attribute("classname", std::string(Name(judged.tried.venue)) + "." + judged.tried.section) +
      Attribute("time", Seconds(judged.result.took));
  suite.cases += outcome.empty() ? "/>\n" : ">\n" + outcome + "    </testcase>\n";
}

std::string Counts(const Suite& suite) {
  return Attribute("tests", std::to_string(suite.tests)) +
         Attribute("failures", std::to_string(suite.failures)) +
         Attribute("errors", std::to_string(suite.errors)) +
         Attribute("skipped", std::to_string(suite.skipped)) +
         Attribute("time", Seconds(suite.took));
}

}  // namespace

std::string FormatJUnit(const Report& report) {
  std::vector<std::string> names;
  std::map<std::string, Suite> suites;
  Suite all;
  for (const Judged& judged : report.judged) {
    const std::string name = std::string(Name(judged.tried.venue)) + ": " + judged.tried.section;
    if (suites.find(name) == suites.end()) names.push_back(name);
    Add(report, judged, suites[name]);
  }
  std::string body;
  for (const std::string& name : names) {
    const Suite& suite = suites[name];
    all.tests += suite.tests;
    all.failures += suite.failures;
    all.errors += suite.errors;
    all.skipped += suite.skipped;
    all.took += suite.took;
    body += "  <testsuite" + Attribute("name", name) + Counts(suite) + ">\n" + suite.cases +
            "  </testsuite>\n";
  }
  // CI servers show totals and what went wrong: a run of which half is missing must not look whole.
  if (report.not_run > 0) {
    ++all.tests;
    ++all.errors;
    body +=
        "  <testsuite name=\"the run\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\">\n"
        "    <testcase name=\"all cases were run\" classname=\"run\">\n      <error" +
        Attribute("message",
                  "interrupted: " + std::to_string(report.not_run) + " cases were not run") +
        "/>\n    </testcase>\n  </testsuite>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
         Attribute("name", report.subject) + Counts(all) + ">\n" + body + "</testsuites>\n";
}

}  // namespace ocokit::conform
