#include "conformance/server/drift.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ocokit::conform {
namespace {

using nlohmann::json;

bool CanTell(const Case& tried) {
  if (!tried.script) return false;
  const json steps = tried.script->value("steps", json::array());
  return std::any_of(steps.begin(), steps.end(),
                     [](const json& step) { return step.contains("follows"); });
}

std::string Overall(const Drift& drift) {
  if (drift.docs > 0 && drift.live > 0) return "mixed";
  if (drift.docs > 0) return "docs";
  if (drift.live > 0) return "live";
  return "unknown";
}

std::string Sentence(const Drift& drift) {
  const int told = drift.docs + drift.live + drift.neither;
  const std::string of = " of " + std::to_string(told) + " cases";
  if (drift.dialect == "docs" || drift.dialect == "live") {
    const int same = drift.dialect == "docs" ? drift.docs : drift.live;
    return "The server speaks the dialect " + drift.dialect + " (" + std::to_string(same) + of +
           (drift.neither ? ", the others are of neither).\n" : ").\n");
  }
  if (drift.dialect == "mixed") {
    return "The server mixes the dialects: docs in " + std::to_string(drift.docs) + ", live in " +
           std::to_string(drift.live) + of + ".\n";
  }
  return "No case tells which dialect the server speaks.\n";
}

}  // namespace

Drift ReadDrift(const std::vector<Judged>& judged) {
  Drift drift;
  for (const Judged& each : judged) {
    if (each.result.verdict == Verdict::kSkipped || !CanTell(each.tried)) continue;
    const std::string& follows = each.result.follows;
    drift.docs += follows == "docs";
    drift.live += follows == "live";
    drift.neither += follows == "neither";
    const bool shows = follows == "neither" || follows.empty();
    drift.rows.push_back(
        {each.tried.id, each.tried.title, follows, shows ? each.result.reason : ""});
  }
  drift.dialect = Overall(drift);
  return drift;
}

std::string FormatDrift(const Drift& drift) {
  std::size_t width = 0;
  for (const DriftRow& row : drift.rows) width = std::max(width, row.id.size());
  std::string out = Sentence(drift);
  for (const DriftRow& row : drift.rows) {
    std::string follows = row.follows.empty() ? "not told" : row.follows;
    follows.resize(std::max<std::size_t>(follows.size(), 8), ' ');
    out += "  " + row.id + std::string(width - row.id.size(), ' ') + "  " + follows + "  " +
           row.title + "\n";
    if (!row.got.empty()) out += "      " + row.got + "\n";
  }
  return out;
}

}  // namespace ocokit::conform
