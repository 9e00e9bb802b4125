#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "conformance/report/report.h"
#include "conformance/text/printable.h"

namespace ocokit::conform {
namespace {

// More of one message than this is no help on a terminal; the other reports have it whole.
constexpr std::size_t kMostShown = 1500;

// A block of text under a heading, each line indented.
void WriteBlock(std::ostream& out, std::string_view heading, std::string_view text,
                std::size_t most = kMostShown) {
  if (text.empty()) return;
  std::string shown = ForTerminal(text.substr(0, most));
  while (!shown.empty() && shown.back() == '\n') shown.pop_back();
  out << "  " << heading;
  if (shown.find('\n') == std::string::npos && shown.size() < 100) {
    out << std::string(13 - std::min<std::size_t>(heading.size(), 12), ' ') << shown;
  } else {
    out << "\n      ";
    for (const char c : shown) {
      out << c;
      if (c == '\n') out << "      ";
    }
  }
  if (text.size() > most) out << " ... (" << text.size() << " bytes)";
  out << '\n';
}

std::string Where(const Citation& cite) {
  std::string out = cite.document;
  if (!cite.section.empty()) out += ", " + cite.section;
  if (!cite.date.empty()) out += " (" + cite.date + ")";
  if (!cite.url.empty()) out += " " + cite.url;
  return out;
}

std::string_view Color(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "\033[32m";
    case Verdict::kFail:
      return "\033[31m";
    case Verdict::kKitError:
      return "\033[35m";
    default:
      return "\033[33m";
  }
}

std::string Shout(Verdict verdict, bool color) {
  std::string name(Name(verdict));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return color ? std::string(Color(verdict)) + name + "\033[0m" : name;
}

void WriteJudged(const Report& report, const Judged& judged, std::ostream& out, bool color) {
  const auto& [tried, result, known] = judged;
  const bool surprise = known && !AsExpected(judged) && result.verdict != Verdict::kKitError;
  out << '\n' << Shout(result.verdict, color) << ' ' << tried.id << ": " << tried.title;
  if (known) out << (surprise ? " (it was known to fail)" : " (known)");
  out << '\n';
  if (surprise && result.verdict == Verdict::kPass) {
    out << "  It passes now: take it out of the list of cases known to fail.\n";
    return;
  }
  WriteBlock(out, "why", result.reason);
  if (result.verdict == Verdict::kUnsupported || result.verdict == Verdict::kSkipped) return;
  WriteBlock(out, "sent", result.sent);
  WriteBlock(out, "got", result.got);
  WriteBlock(out, "wanted", result.wanted);
  WriteBlock(out, "requirement",
             std::string(tried.level == Level::kMust ? "MUST: " : "SHOULD: ") + tried.requirement);
  for (const Citation& cite : tried.cites) WriteBlock(out, "see", Where(cite));
  WriteBlock(out, "repeat", RepeatCommand(report, tried.id));
}

struct Column {
  const char* name;
  int Totals::*count;
};
constexpr std::array<Column, 6> kColumns{{{"pass", &Totals::pass},
                                          {"fail", &Totals::fail},
                                          {"non-strict", &Totals::non_strict},
                                          {"unsupported", &Totals::unsupported},
                                          {"skipped", &Totals::skipped},
                                          {"kit error", &Totals::kit_error}}};

void WriteTotals(std::string_view name, const Totals& totals, std::size_t width,
                 std::ostream& out) {
  out << "  " << name << std::string(width - name.size(), ' ');
  for (const Column& column : kColumns) {
    const int count = totals.*column.count;
    if (count > 0) out << "  " << count << ' ' << column.name;
  }
  out << '\n';
}

void WriteSections(const Report& report, std::ostream& out) {
  std::vector<std::string> names;
  std::map<std::string, Report> sections;
  std::size_t width = 5;
  for (const Judged& judged : report.judged) {
    const std::string name = std::string(Name(judged.tried.venue)) + ": " + judged.tried.section;
    if (sections.find(name) == sections.end()) names.push_back(name);
    sections[name].judged.push_back(judged);
    width = std::max(width, name.size());
  }
  out << '\n';
  for (const std::string& name : names) WriteTotals(name, Count(sections[name]), width, out);
  WriteTotals("all", Count(report), width, out);
}

}  // namespace

void WriteConsole(const Report& report, std::ostream& out, bool color) {
  int skipped = 0;
  for (const Judged& judged : report.judged) {
    const Verdict verdict = judged.result.verdict;
    if (verdict == Verdict::kSkipped) ++skipped;
    const bool shown = verdict == Verdict::kFail || verdict == Verdict::kNonStrict ||
                       verdict == Verdict::kKitError || verdict == Verdict::kUnsupported ||
                       !AsExpected(judged);
    if (shown) WriteJudged(report, judged, out, color);
  }
  if (skipped > 0) {
    std::map<std::string, int> reasons;
    for (const Judged& judged : report.judged) {
      if (judged.result.verdict == Verdict::kSkipped) ++reasons[judged.result.reason];
    }
    out << "\nskipped:\n";
    for (const auto& [reason, count] : reasons)
      out << "  " << count << ": " << ForTerminal(reason) << '\n';
  }
  WriteSections(report, out);
  const Totals totals = Count(report);
  out << '\n' << ForTerminal(report.subject);
  if (!report.dialect.empty()) out << " (dialect " << report.dialect << ")";
  out << ": " << (totals.unexpected == 0 ? "as expected" : "NOT as expected") << ", "
      << report.judged.size() << " cases, ";
  if (const int untried = totals.skipped + totals.unsupported; untried > 0) {
    out << untried << " of them not tried, ";
  }
  if (report.not_run > 0) out << report.not_run << " not run since it was interrupted, ";
  if (totals.known_failing > 0) out << totals.known_failing << " known to fail, ";
  out << report.took.count() << " ms, seed " << report.seed << '\n';
}

void WriteTrace(const Judged& judged, std::ostream& out) {
  const auto& [tried, result, known] = judged;
  out << tried.id << ": " << tried.title << '\n';
  WriteBlock(out, "requirement", tried.requirement);
  for (const WireEntry& entry : result.wire) {
    out << "\n-- " << entry.step << " (" << entry.took.count() << " us)\n";
    for (const auto& [mark, text] : {std::pair("> ", &entry.sent), std::pair("< ", &entry.got)}) {
      std::string_view rest = *text;
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        out << mark << ForTerminal(rest.substr(0, end)) << '\n';
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    if (!entry.note.empty()) out << "   " << ForTerminal(entry.note) << '\n';
  }
  out << "\n-- " << Name(result.verdict);
  if (!result.reason.empty()) out << ": " << ForTerminal(result.reason);
  out << '\n';
}

}  // namespace ocokit::conform
