#include "conformance/client/members.h"

#include <nlohmann/json.hpp>

namespace ocokit::conform {

const nlohmann::json& Member(const nlohmann::json& json, const char* name) {
  static const nlohmann::json kNull;
  if (!json.is_object()) return kNull;
  const auto member = json.find(name);
  return member == json.end() ? kNull : *member;
}

std::string Text(const nlohmann::json& json, const char* name) {
  const nlohmann::json& member = Member(json, name);
  return member.is_string() ? member.get<std::string>() : std::string();
}

std::int64_t Integer(const nlohmann::json& json, const char* name) {
  const nlohmann::json& member = Member(json, name);
  return member.is_number_integer() ? member.get<std::int64_t>() : 0;
}

bool Flag(const nlohmann::json& json, const char* name) {
  const nlohmann::json& member = Member(json, name);
  return member.is_boolean() && member.get<bool>();
}

}  // namespace ocokit::conform
