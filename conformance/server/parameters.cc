#include "conformance/server/parameters.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace ocokit::conform::server {
namespace {

using nlohmann::json;

std::string EscapeSlashes(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '/') out += '\\';
    out += c;
  }
  return out;
}

// An array or object, with the values in it as they are written.
std::string StructureText(const json& value, const Maker& maker, const Saved& saved) {
  std::string out;
  for (const auto& [name, element] : value.items()) {
    if (!out.empty()) out += ',';
    if (value.is_object()) out += QuoteJson(name) + ':';
    out += ValueText(element, maker, saved);
  }
  return value.is_object() ? '{' + out + '}' : '[' + out + ']';
}

// Texts with commas between them, as BingX takes lists of ids.
std::string JoinedText(const json& values, const Maker& maker, const Saved& saved) {
  std::string out;
  for (const json& each : values) {
    if (!out.empty()) out += ',';
    out += Write("", ValueText(each, maker, saved)).text;
  }
  return QuoteJson(out);
}

}  // namespace

Written Write(std::string name, std::string json) {
  std::string text = json;
  if (json.starts_with('"')) {
    const auto parsed = ParseJson(json);
    if (parsed) text = parsed->text;
  }
  return {std::move(name), std::move(json), std::move(text)};
}

std::string ValueText(const json& value, const Maker& maker, const Saved& saved) {
  if (!value.is_structured()) return value.dump();
  const auto member = value.begin();
  if (value.size() != 1 || value.is_array() || !member.key().starts_with('$')) {
    return StructureText(value, maker, saved);
  }
  const auto kept = [&]() -> const JsonValue& {
    const auto found = saved.find(member->get<std::string>());
    if (found == saved.end()) throw std::invalid_argument("nothing is saved as " + member->dump());
    return found->second;
  };
  if (member.key() == "$text") return member->get<std::string>();
  if (member.key() == "$saved") return FormatJson(kept());
  if (member.key() == "$saved_text") return QuoteJson(kept().text);
  if (member.key() == "$joined") return JoinedText(*member, maker, saved);
  if (member.key() == "$now_ms") return std::to_string(maker.now_ms + member->get<std::int64_t>());
  if (member.key() == "$repeat") {
    std::string text;
    for (int i = 0; i < member->at(1).get<int>(); ++i) text += member->at(0).get<std::string>();
    return QuoteJson(text);
  }
  throw std::invalid_argument("no value " + member.key());
}

void Set(Parameters& parameters, const json& values, const Maker& maker, const Saved& saved) {
  for (const auto& [name, value] : values.items()) {
    Written written = Write(name, ValueText(value, maker, saved));
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const Written& p) { return p.name == written.name; });
    if (found == parameters.end()) {
      parameters.push_back(std::move(written));
    } else {
      *found = std::move(written);
    }
  }
}

Parameters ParametersOf(const Call& call, Parameters first, const json& step, const Maker& maker,
                        const Saved& saved) {
  Parameters parameters = std::move(first);
  for (const Parameter& own : call.defaults) {
    parameters.push_back(Write(std::string(own.name), std::string(own.json)));
  }
  if (step.contains("set")) Set(parameters, step.at("set"), maker, saved);
  if (step.contains("again")) {
    for (const auto& [name, value] : step.at("again").items()) {
      parameters.push_back(Write(name, ValueText(value, maker, saved)));
    }
  }
  for (const json& name : step.value("remove", json::array())) {
    std::erase_if(parameters, [&](const Written& p) { return p.name == name; });
  }
  return parameters;
}

std::string FormatObject(const Parameters& parameters, std::string_view form) {
  Parameters members = parameters;
  if (form == "reversed") std::reverse(members.begin(), members.end());
  const bool spaced = form == "spaced";
  std::string out = "{";
  for (const Written& member : members) {
    if (out.size() > 1) out += spaced ? ", " : ",";
    const std::string value = form == "escaped_slashes" ? EscapeSlashes(member.json) : member.json;
    out += QuoteJson(member.name) + (spaced ? ": " : ":") + value;
  }
  out += '}';
  if (form == "newline") out += '\n';
  return out;
}

}  // namespace ocokit::conform::server
