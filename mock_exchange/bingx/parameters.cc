#include "mock_exchange/bingx/parameters.h"

#include "mock_exchange/json/reader.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::bingx {
namespace {

void ReadPairs(std::string_view text, bool in_body, std::vector<Parameter>& out) {
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string_view name = pair.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    out.push_back({.name = PercentDecode(name, false),
                   .value = PercentDecode(value, false),
                   .sent = std::string(pair),
                   .in_body = in_body});
  }
}

void ReadMembers(JsonValue object, std::vector<Parameter>& out) {
  out.reserve(out.size() + object.members.size());
  for (JsonValue& value : object.members) {
    Parameter& parameter = out.emplace_back();
    parameter.name = std::move(value.name);
    parameter.in_body = true;
    parameter.is_null = value.Is(JsonValue::Kind::kNull);
    if (value.Is(JsonValue::Kind::kArray) || value.Is(JsonValue::Kind::kObject)) {
      AppendCompact(value, parameter.value);
    } else {
      parameter.value = std::move(value.text);
    }
    parameter.sent.reserve(parameter.name.size() + parameter.value.size() + 1);
    parameter.sent += parameter.name;
    parameter.sent += '=';
    parameter.sent += parameter.value;
  }
}

}  // namespace

const Parameter* Parameters::Find(std::string_view name) const {
  for (const Parameter& parameter : all) {
    if (parameter.name == name && !parameter.value.empty() && !parameter.is_null) return &parameter;
  }
  return nullptr;
}

Parameters ReadParameters(const Request& request) {
  Parameters out;
  ReadPairs(request.Query(), /*in_body=*/false, out.all);
  const std::size_t start = request.body.find_first_not_of(" \t\r\n");
  if (start == std::string::npos) return out;
  if (request.body[start] != '{') {
    out.body = BodyKind::kForm;
    ReadPairs(request.body, /*in_body=*/true, out.all);
    return out;
  }
  Result<JsonValue> json = ReadJson(request.body);
  out.body = json ? BodyKind::kJson : BodyKind::kMalformedJson;
  if (json) ReadMembers(std::move(*json), out.all);
  return out;
}

Parameters ReadParameters(JsonValue object) {
  Parameters out;
  out.body = BodyKind::kJson;
  ReadMembers(std::move(object), out.all);
  return out;
}

}  // namespace ocokit::mock::bingx
