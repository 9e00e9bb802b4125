#include "mock_exchange/control/openapi.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "mock_exchange/control/call.h"
#include "mock_exchange/control/control.h"
#include "mock_exchange/control/openapi_text.h"
#include "ocokit/mock/config.h"

namespace ocokit::mock::control {
namespace {

// References into the config's schema, as references into the components.
void Redirect(Json& node) {
  if (node.is_object() && node.contains("$ref")) {
    std::string ref = node["$ref"].get<std::string>();
    constexpr std::string_view kFrom = "#/definitions/";
    if (ref.starts_with(kFrom)) node["$ref"] = "#/components/schemas/" + ref.substr(kFrom.size());
  }
  if (node.is_structured()) {
    for (Json& member : node) Redirect(member);
  }
}

Json Compose() {
  Json out = Json::parse(OpenApiText());
  out["info"]["version"] = OCOKIT_VERSION;
  Json& components = out["components"]["schemas"];
  const Json config = Json::parse(ConfigSchema());
  for (const auto& [name, schema] : config["definitions"].items()) components[name] = schema;
  // Settings and rights in one object.
  Json& changes = components["changes"] = components["settings"];
  for (const char* name : {"permissions", "ip_whitelist", "endpoints", "enabled"}) {
    changes["properties"][name] = components["account"]["properties"][name];
  }
  Redirect(components);
  return out;
}

using Names = std::set<std::string, std::less<>>;

void AddMemberNames(const Json& node, Names& out) {
  if (!node.is_structured()) return;
  if (node.is_object() && node.contains("properties")) {
    for (const auto& [name, schema] : node["properties"].items()) out.insert(name);
  }
  for (const Json& member : node) AddMemberNames(member, out);
}

}  // namespace

bool IsMemberName(std::string_view name) {
  static const Names names = [] {
    Names out;
    AddMemberNames(OpenApi(), out);
    return out;
  }();
  return names.contains(name);
}

const Json& OpenApi() {
  static const Json document = Compose();
  return document;
}

const config::SchemaSet& Schemas() {
  static const config::SchemaSet schemas(nlohmann::json::parse(OpenApi().dump()),
                                         "/components/schemas");
  return schemas;
}

Answer GetOpenApi(const Call& /*call*/) {
  return WriteText(200, "application/json", ControlOpenApi());
}

Answer GetHealth(const Call& call) {
  return WriteJson(200, {{"status", "ok"},
                         {"version", OCOKIT_VERSION},
                         {"accounts", call.exchange.Tenants().size()}});
}

}  // namespace ocokit::mock::control

namespace ocokit::mock {

std::string ControlOpenApi() { return control::OpenApi().dump(2) + "\n"; }

}  // namespace ocokit::mock
