#include "mock_exchange/config/schema.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "mock_exchange/json/reader.h"
#include "ocokit/base/check.h"
#include "ocokit/mock/config.h"

namespace ocokit::mock::config {
namespace {

using Json = nlohmann::json;
using Issue = valijson::ValidationResults::Error;

// What has been walked through to a member: "[accounts]", "[0]".
using Path = std::vector<std::string>;

// What a reference in `document` leads to.
const Json& Resolve(const Json& document, const Json& node) {
  if (!node.contains("$ref")) return node;
  const std::string ref = node["$ref"].get<std::string>();
  return document.at(Json::json_pointer(ref.substr(1)));
}

// A step's name without its brackets.
std::string NameOf(const std::string& step) { return step.substr(1, step.size() - 2); }

bool IsIndex(const std::string& step) {
  return std::ranges::all_of(NameOf(step), [](char c) { return c >= '0' && c <= '9'; });
}

// The object among the alternatives of an anyOf; the node itself when it has none.
const Json& ObjectOf(const Json& node) {
  if (!node.contains("anyOf")) return node;
  for (const Json& choice : node["anyOf"]) {
    if (choice.contains("properties")) return choice;
  }
  return node;
}

// The schema of the member that `step` leads to.
const Json& Descend(const Json& document, const Json& from, const std::string& step) {
  const Json& node = ObjectOf(Resolve(document, from));
  if (node.contains("properties") && node["properties"].contains(NameOf(step))) {
    return Resolve(document, node["properties"][NameOf(step)]);
  }
  if (node.contains("items") && IsIndex(step)) return Resolve(document, node["items"]);
  if (node.contains("additionalProperties") && node["additionalProperties"].is_object()) {
    return Resolve(document, node["additionalProperties"]);
  }
  return node;
}

// What a client has sent may be as long as a request: of a name or value in a message, the
// beginning.
std::string Shown(std::string text, std::size_t most = 80) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text + "...";
}

std::string Format(const Path& path) {
  std::string out;
  for (const std::string& step : path) {
    if (IsIndex(step)) {
      out += step;
    } else {
      out += (out.empty() ? "" : ".") + Shown(NameOf(step));
    }
  }
  return out;
}

constexpr std::string_view kMissing = "Missing required property '";
constexpr std::string_view kUnknown =
    "Object contains a property that could not be validated using 'properties' or "
    "'additionalProperties' constraints: '";

// The member that the library's message ends with, as in "...: 'name'."
std::string NameAfter(std::string_view start, const std::string& message) {
  return message.substr(start.size(), message.size() - start.size() - 2);
}

bool NamesAMember(const Issue& issue) {
  return issue.description.starts_with(kMissing) || issue.description.starts_with(kUnknown);
}

// Of a text that is too long for what it stands for; of any other value nothing.
std::optional<std::string> ExplainLength(const Json& found, const Json& expected) {
  if (!found.is_string() || !expected.contains("maxLength")) return std::nullopt;
  const std::size_t most = expected["maxLength"].get<std::size_t>();
  const std::size_t size = found.get_ref<const std::string&>().size();
  if (size <= most) return std::nullopt;
  return "has " + std::to_string(size) + " characters, and may have " + std::to_string(most) +
         " at most: it must be " + expected.value("description", "a text");
}

Mismatch Explain(const Json& document, const Json& schema, const Issue& issue) {
  const Path path(issue.context.begin() + 1, issue.context.end());
  const Json* expected = &schema;
  const Json* found = &document;
  for (const std::string& step : path) {
    expected = &Descend(schema, *expected, step);
    found = IsIndex(step) && found->is_array() ? &(*found)[std::stoul(NameOf(step))]
                                               : &(*found)[NameOf(step)];
  }
  const std::string member = Format(path);
  const std::string where = path.empty() ? "the document" : member;
  const auto inside = [&](const std::string& name) {
    return path.empty() ? name : member + "." + name;
  };
  if (issue.description.starts_with(kMissing)) {
    const std::string name = NameAfter(kMissing, issue.description);
    return {inside(name), where + " needs \"" + name + "\""};
  }
  if (issue.description.starts_with(kUnknown)) {
    std::string names;
    for (const auto& [name, value] : ObjectOf(*expected)["properties"].items()) {
      names += (names.empty() ? "" : ", ") + name;
    }
    const std::string name = Shown(NameAfter(kUnknown, issue.description));
    return {inside(name), where + " has no \"" + name + "\"; there are: " + names};
  }
  if (const auto length = ExplainLength(*found, *expected)) return {member, where + " " + *length};
  const std::string must = where + " must be " + expected->value("description", "an object");
  if (!path.empty() && NameOf(path.back()) == "secret") return {member, must};
  const std::string shown = Shown(found->dump(-1, ' ', false, Json::error_handler_t::replace));
  return {member, must + ", not " + shown};
}

// The path of the first member whose name stands twice in its object.
std::optional<std::string> FindRepeated(const JsonValue& value, const std::string& path) {
  const bool array = value.Is(JsonValue::Kind::kArray);
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < value.members.size(); ++i) {
    const JsonValue& member = value.members[i];
    std::string place = path;
    if (array) {
      place += "[" + std::to_string(i) + "]";
    } else {
      place += (path.empty() ? "" : ".") + Shown(member.name);
      if (!names.insert(member.name).second) return place;
    }
    if (auto found = FindRepeated(member, place)) return found;
  }
  return std::nullopt;
}

// Of several issues the one deepest in the document, since the others follow from it; of equally
// deep ones one that names a member.
Issue Deepest(valijson::ValidationResults& results) {
  std::optional<Issue> deepest;
  Issue issue;
  while (results.popError(issue)) {
    if (!deepest || issue.context.size() > deepest->context.size() ||
        (issue.context.size() == deepest->context.size() && NamesAMember(issue))) {
      deepest = issue;
    }
  }
  OCOKIT_CHECK(deepest.has_value(), "a document that does not match, and no reason");
  return *deepest;
}

// The library's message ends with what it has read: all of a text that does not end, a secret too.
std::string WithoutWhatWasRead(std::string message) {
  if (const std::size_t at = message.find("; last read: '"); at != std::string::npos) {
    // What was expected instead may follow.
    const std::size_t expected = message.rfind("'; expected ");
    message.replace(at, (expected == std::string::npos ? message.size() : expected + 1) - at, "");
  }
  return Shown(std::move(message), 300);
}

// The text as JSON without a name that stands twice in one object.
Result<Json, Mismatch> ParseJson(std::string_view text) {
  const auto fail = [](std::string member, std::string message) {
    return tl::unexpected<Mismatch>({std::move(member), std::move(message)});
  };
  Json document;
  try {
    document = Json::parse(text);
  } catch (const Json::exception& error) {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: ..."
    const std::string what = error.what();
    return fail("", "not JSON: " + WithoutWhatWasRead(what.substr(what.find("] ") + 2)));
  }
  // Read once more as it is written: the other reader knows depth and repeated names.
  const Result<JsonValue> written = ReadJson(text);
  if (!written) {
    return fail("", "not JSON that is read here: " + written.error().message);
  }
  if (const auto twice = FindRepeated(*written, "")) {
    return fail(*twice, *twice + " is given twice");
  }
  return document;
}

// valijson's patterns are std::regex, which recurses for each character: 26,000 of them are a stack
// of 8 MiB. Makes each pattern count only for a text that is within its maxLength.
void BoundPatterns(Json& node) {
  constexpr int kMost = 256;  // where a schema states none
  if (node.is_object() && node.contains("pattern") && node["pattern"].is_string()) {
    if (!node.contains("maxLength")) node["maxLength"] = kMost;
    node["if"] = {{"maxLength", node["maxLength"]}};
    node["then"] = {{"pattern", std::move(node["pattern"])}};
    node.erase("pattern");
    return;
  }
  if (!node.is_structured()) return;
  for (Json& member : node) BoundPatterns(member);
}

// A schema as it is written, and ready for use.
struct Compiled {
  Json json;  // with what it refers to
  valijson::Schema schema;
};

}  // namespace

struct SchemaSet::Impl {
  void Add(const std::string& name, Json json) {
    Compiled& added = schemas[name];
    added.json = std::move(json);
    Json bounded = added.json;
    BoundPatterns(bounded);
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(bounded), added.schema);
  }

  std::map<std::string, Compiled, std::less<>> schemas;
};

SchemaSet::SchemaSet(Json document, const std::string& where) {
  const auto impl = std::make_shared<Impl>();
  const Json::json_pointer parts(where);
  for (const auto& [name, schema] : document[parts].items()) {
    // With the others, so that its references hold.
    Json whole = schema;
    whole[parts] = document[parts];
    impl->Add(name, std::move(whole));
  }
  impl->Add("", std::move(document));
  impl_ = impl;
}

Result<void, Mismatch> SchemaSet::Check(const Json& value, std::string_view part) const {
  const auto found = impl_->schemas.find(part);
  OCOKIT_CHECK(found != impl_->schemas.end(), "no such schema");
  valijson::Validator validator;
  valijson::ValidationResults results;
  const valijson::adapters::NlohmannJsonAdapter adapter(value);
  if (validator.validate(found->second.schema, adapter, &results)) return {};
  return tl::unexpected<Mismatch>(Explain(value, found->second.json, Deepest(results)));
}

Result<Json, Mismatch> SchemaSet::Parse(std::string_view text, std::string_view part) const {
  Result<Json, Mismatch> document = ParseJson(text);
  if (!document) return document;
  if (auto ok = Check(*document, part); !ok) return tl::unexpected<Mismatch>(ok.error());
  return document;
}

Result<Json> ParseChecked(std::string_view text, std::string_view part) {
  static const SchemaSet schemas = [] {
    Json document = Json::parse(ConfigSchema());
    Json& definitions = document["definitions"];
    Json changes = definitions["settings"];
    for (const char* name : {"permissions", "ip_whitelist", "endpoints", "enabled"}) {
      changes["properties"][name] = definitions["account"]["properties"][name];
    }
    definitions["changes"] = std::move(changes);
    return SchemaSet(std::move(document), "/definitions");
  }();
  Result<Json, Mismatch> parsed = schemas.Parse(text, part);
  if (!parsed) return Fail(ErrorKind::kInvalidArgument, parsed.error().message);
  return std::move(*parsed);
}

}  // namespace ocokit::mock::config
