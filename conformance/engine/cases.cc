#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "conformance/engine/case.h"

namespace ocokit::conform {

using nlohmann::json;

namespace {

constexpr std::string_view kSources = "sources.json";

using Sources = std::map<std::string, Citation, std::less<>>;

tl::unexpected<Error> Bad(std::string where, const std::string& what) {
  return Fail(ErrorKind::kInvalidArgument, std::move(where) + ": " + what);
}

// The text of a member, or nothing when it is not there or no text.
std::optional<std::string> Text(const json& object, const char* name) {
  const auto it = object.find(name);
  if (it == object.end() || !it->is_string()) return std::nullopt;
  return it->get<std::string>();
}

std::string TextOr(const json& object, const char* name, std::string otherwise = "") {
  return Text(object, name).value_or(std::move(otherwise));
}

template <typename T>
std::optional<T> Named(std::string_view name, std::initializer_list<T> values) {
  for (const T value : values) {
    if (Name(value) == name) return value;
  }
  return std::nullopt;
}

Result<Sources> ReadSources(std::span<const CaseFile> files) {
  Sources out;
  for (const CaseFile& file : files) {
    if (file.name != kSources) continue;
    const json table = json::parse(file.text, nullptr, false);
    if (!table.is_object() || !table.contains("sources") || !table["sources"].is_object()) {
      return Bad(std::string(kSources), "is no JSON object with a member `sources`");
    }
    for (const auto& [key, row] : table["sources"].items()) {
      if (!row.is_object() || TextOr(row, "document").empty()) {
        return Bad(std::string(kSources), key + " has no text `document`");
      }
      out[key] = Citation{.document = TextOr(row, "document"),
                          .section = "",
                          .url = TextOr(row, "url"),
                          .date = TextOr(row, "date")};
    }
  }
  return out;
}

Result<std::vector<Citation>> ReadCitations(const json& row, const std::string& where,
                                            const Sources& sources) {
  std::vector<Citation> out;
  const json cites = row.value("cites", json());
  if (!cites.is_array() || cites.empty())
    return Bad(where, "`cites` must be an array of at least one");
  for (const json& cite : cites) {
    const std::string key = cite.is_object() ? TextOr(cite, "source") : "";
    const auto source = sources.find(key);
    if (source == sources.end()) {
      return Bad(where, "cites `" + key + "`, which " + std::string(kSources) + " does not have");
    }
    out.push_back(source->second);
    out.back().section = TextOr(cite, "section");
  }
  return out;
}

Result<Case> ReadCase(const json& row, Case out, const std::string& file, const Sources& sources) {
  if (!row.is_object()) return Bad(file, "a case is no object");
  out.id = TextOr(row, "id");
  const std::string where = file + ", " + (out.id.empty() ? "a case without an id" : out.id);
  for (const char* member : {"id", "title", "requirement", "level"}) {
    if (TextOr(row, member).empty()) {
      return Bad(where, "`" + std::string(member) + "` must be a text");
    }
  }
  out.title = TextOr(row, "title");
  out.requirement = TextOr(row, "requirement");
  const std::optional<Level> level = Named(TextOr(row, "level"), {Level::kMust, Level::kShould});
  if (!level) return Bad(where, "`level` must be must or should");
  out.level = *level;
  Result<std::vector<Citation>> cites = ReadCitations(row, where, sources);
  if (!cites) return tl::unexpected(cites.error());
  out.cites = std::move(*cites);
  for (const auto& [name, flag] :
       {std::pair("harmless", &out.harmless), std::pair("observed", &out.observed)}) {
    const json value = row.value(name, json(false));
    if (!value.is_boolean()) {
      return Bad(where, "`" + std::string(name) + "` must be true or false");
    }
    *flag = value.get<bool>();
  }
  const json dialects = row.value("dialects", json::array({"docs", "live"}));
  if (!dialects.is_array() || dialects.empty()) return Bad(where, "`dialects` must be an array");
  for (const json& dialect : dialects) {
    if (dialect != "docs" && dialect != "live") return Bad(where, "a dialect is docs or live");
    out.dialects.push_back(dialect.get<std::string>());
  }
  out.script = std::make_shared<const json>(row);
  return out;
}

Result<void> ReadFile(const CaseFile& file, const Sources& sources, std::vector<Case>& cases) {
  const std::string name(file.name);
  const json text = json::parse(file.text, nullptr, false);
  if (!text.is_object()) return Bad(name, "is no JSON object");
  Case common;
  common.section = TextOr(text, "title");
  if (common.section.empty()) return Bad(name, "`title` must be a text");
  const auto subject = Named(TextOr(text, "subject"), {Subject::kServer, Subject::kClient});
  if (!subject) return Bad(name, "`subject` must be server or client");
  common.subject = *subject;
  const auto venue = Named(TextOr(text, "venue"), {Venue::kBingx, Venue::kWhitebit});
  if (!venue) return Bad(name, "`venue` must be bingx or whitebit");
  common.venue = *venue;
  if (!text.contains("cases") || !text["cases"].is_array()) {
    return Bad(name, "`cases` must be an array");
  }
  for (const json& row : text["cases"]) {
    Result<Case> read = ReadCase(row, common, name, sources);
    if (!read) return tl::unexpected(read.error());
    cases.push_back(std::move(*read));
  }
  return {};
}

}  // namespace

Result<std::vector<Case>> ReadCases(std::span<const CaseFile> files) {
  const Result<Sources> sources = ReadSources(files);
  if (!sources) return tl::unexpected(sources.error());
  std::vector<Case> cases;
  for (const CaseFile& file : files) {
    if (file.name == kSources) continue;
    const Result<void> read = ReadFile(file, *sources, cases);
    if (!read) return tl::unexpected(read.error());
  }
  std::set<std::string_view> ids;
  for (const Case& tried : cases) {
    if (!ids.insert(tried.id).second) return Bad(tried.id, "is the id of two cases");
  }
  return cases;
}

Result<std::vector<Case>> BuiltInCases() { return ReadCases(BuiltInCaseFiles()); }

std::string_view Name(Subject subject) { return subject == Subject::kServer ? "server" : "client"; }
std::string_view Name(Venue venue) { return venue == Venue::kBingx ? "bingx" : "whitebit"; }
std::string_view Name(Level level) { return level == Level::kMust ? "must" : "should"; }

}  // namespace ocokit::conform
