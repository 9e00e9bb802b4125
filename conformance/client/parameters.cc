#include "conformance/client/parameters.h"

#include <nlohmann/json.hpp>

#include "conformance/text/bounded_json.h"
#include "conformance/text/text.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform {
namespace {

void ReadPairs(std::string_view text, std::vector<Parameter>& into) {
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::string_view name = pair.substr(0, pair.find('='));
    const std::string_view raw =
        name.size() == pair.size() ? std::string_view() : pair.substr(name.size() + 1);
    into.push_back({.name = PercentDecode(name),
                    .raw = std::string(raw),
                    .value = PercentDecode(raw),
                    .text = false,
                    .in_json = false});
  }
}

// Past the JSON value that begins at `at`; the text is known to be JSON.
std::size_t EndOfValue(std::string_view json, std::size_t at) {
  int depth = 0;
  bool quoted = false;
  for (; at < json.size(); ++at) {
    const char c = json[at];
    if (quoted) {
      if (c == '\\') ++at;
      if (c == '"') quoted = false;
      continue;
    }
    if (c == '"') quoted = true;
    if (c == '{' || c == '[') ++depth;
    if ((c == ',' || c == '}' || c == ']') && depth == 0) return at;
    if (c == '}' || c == ']') --depth;
  }
  return at;
}

// Past the closing quote of the JSON string that begins at `at`.
std::size_t EndOfString(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at + 1;
}

std::string Unquoted(std::string_view token) {
  const nlohmann::json value = ParseBoundedJson(token);
  return value.is_string() ? value.get<std::string>() : std::string(token);
}

}  // namespace

const Parameter* Parameters::Find(std::string_view name) const {
  for (const Parameter& parameter : all) {
    if (parameter.name == name) return &parameter;
  }
  return nullptr;
}

std::string Parameters::Value(std::string_view name) const {
  const Parameter* found = Find(name);
  return found ? found->value : std::string();
}

std::optional<std::vector<Parameter>> ReadJsonMembers(std::string_view text) {
  const nlohmann::json parsed = ParseBoundedJson(text);
  if (!parsed.is_object()) return std::nullopt;
  text = WithoutBlanks(text);
  text = text.substr(1, text.size() - 2);
  std::vector<Parameter> members;
  while (!WithoutBlanks(text).empty()) {
    // `"name" : value`, then a comma or the end.
    const std::size_t colon = text.find(':', EndOfString(text, text.find('"')));
    const std::size_t end = EndOfValue(text, colon + 1);
    const std::string_view raw = WithoutBlanks(text.substr(colon + 1, end - colon - 1));
    members.push_back({.name = Unquoted(WithoutBlanks(text.substr(0, colon))),
                       .raw = std::string(raw),
                       .value = Unquoted(raw),
                       .text = !raw.empty() && raw.front() == '"',
                       .in_json = true});
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return members;
}

Parameters ReadParameters(const JournalEntry& entry) {
  Parameters read;
  ReadPairs(entry.Query(), read.all);
  const std::string_view body = WithoutBlanks(entry.body);
  if (body.empty()) return read;
  if (body.front() != '{') {
    ReadPairs(body, read.all);
    return read;
  }
  read.json_body = true;
  const auto members = ReadJsonMembers(body);
  read.bad_json = !members.has_value();
  if (members) read.all.insert(read.all.end(), members->begin(), members->end());
  return read;
}

bool HasBlanksBetweenTokens(std::string_view json) {
  bool quoted = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (quoted && c == '\\') ++at;
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == ' ' || c == '\t' || c == '\r' || c == '\n')) return true;
  }
  return false;
}

}  // namespace ocokit::conform
