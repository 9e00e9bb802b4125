#include "conformance/engine/select.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "conformance/text/text.h"

namespace ocokit::conform {
namespace {

// `*` is any text; everything else is itself.
bool Matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t after_star = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++after_star;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::size_t CommonStart(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                                  a.begin());
}

// The ids that begin most like the pattern, at most five of them.
std::string Closest(std::string_view pattern, const std::vector<Case>& cases) {
  std::size_t best = 0;
  for (const Case& tried : cases) best = std::max(best, CommonStart(pattern, tried.id));
  std::string out;
  int named = 0;
  for (const Case& tried : cases) {
    if (CommonStart(pattern, tried.id) != best || named == 5) continue;
    out += (named++ == 0 ? "" : ", ") + tried.id;
  }
  return out;
}

Error FitsNone(std::string_view pattern, const std::vector<Case>& cases) {
  return Error{ErrorKind::kNotFound, "no case fits " + std::string(pattern) + "; there are " +
                                         Closest(pattern, cases) + " ...; --list shows all"};
}

bool FitsAny(const std::vector<std::string>& patterns, const Case& tried) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return Fits(pattern, tried); });
}

// Whether it could be run at all, whatever the patterns and the level.
bool IsCandidate(const Selection& selection, const Case& tried) {
  if (selection.subject && tried.subject != *selection.subject) return false;
  if (selection.venue && tried.venue != *selection.venue) return false;
  if (selection.dialect && std::find(tried.dialects.begin(), tried.dialects.end(),
                                     *selection.dialect) == tried.dialects.end()) {
    return false;
  }
  if (selection.harmless && !tried.harmless) return false;
  return !selection.observed || tried.observed;
}

bool Selected(const Selection& selection, const Case& tried) {
  if (selection.level == Level::kMust && tried.level != Level::kMust) return false;
  if (!selection.run.empty() && !FitsAny(selection.run, tried)) return false;
  return !FitsAny(selection.skip, tried);
}

std::vector<Case> Candidates(const std::vector<Case>& cases, const Selection& selection) {
  std::vector<Case> out;
  std::copy_if(cases.begin(), cases.end(), std::back_inserter(out),
               [&](const Case& tried) { return IsCandidate(selection, tried); });
  return out;
}

}  // namespace

bool Fits(std::string_view pattern, const Case& tried) {
  return Matches(pattern, tried.id) || Matches(LowerCase(pattern), LowerCase(tried.section));
}

Result<std::vector<Case>> Select(const std::vector<Case>& cases, const Selection& selection) {
  std::vector<Case> chosen = Candidates(cases, selection);
  std::vector<Case> of_subject = Candidates(cases, {.subject = selection.subject});
  for (const auto& [patterns, among] :
       {std::pair(&selection.run, &chosen), std::pair(&selection.skip, &of_subject)}) {
    for (const std::string& pattern : *patterns) {
      const auto fits = [&](const Case& tried) { return Fits(pattern, tried); };
      if (std::any_of(among->begin(), among->end(), fits)) continue;
      if (std::any_of(cases.begin(), cases.end(), fits)) {
        return Fail(ErrorKind::kNotFound, pattern +
                                              " fits only cases of another subject, venue or "
                                              "dialect, or that cannot be tried this way");
      }
      return tl::unexpected(FitsNone(pattern, *among));
    }
  }
  std::erase_if(chosen, [&](const Case& tried) { return !Selected(selection, tried); });
  if (chosen.empty()) return Fail(ErrorKind::kNotFound, "no case is left to run");
  return chosen;
}

Result<std::set<std::string, std::less<>>> ReadKnownFailing(std::string_view text,
                                                            const std::vector<Case>& cases) {
  std::set<std::string, std::less<>> ids;
  if (constexpr std::string_view kMark = "\xEF\xBB\xBF"; text.starts_with(kMark)) {
    text.remove_prefix(kMark.size());
  }
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    line = WithoutBlanks(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    bool found = false;
    for (const Case& tried : cases) {
      if (!Fits(line, tried)) continue;
      ids.insert(tried.id);
      found = true;
    }
    if (!found) {
      Error error = FitsNone(line, cases);
      error.message = "line " + std::to_string(number) + ": " + error.message;
      return tl::unexpected(error);
    }
  }
  return ids;
}

}  // namespace ocokit::conform
