#include "conformance/server/matcher.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "conformance/server/operators.h"

namespace ocokit::conform::server {
namespace {

using nlohmann::json;
using Kind = JsonValue::Kind;
using Found = std::optional<Mismatch>;

bool IsOperator(const std::string& name) { return name.starts_with('$'); }

Found MatchObject(const json& wanted, const At& at) {
  const bool only = wanted.value("$only", false);
  bool has_members = only;
  for (const auto& [name, value] : wanted.items()) {
    if (!IsOperator(name)) {
      has_members = true;
    } else if (name != "$only") {
      Operator* const found = FindOperator(name);
      if (!found) throw std::invalid_argument("no operator " + name);
      if (auto mismatch = found(value, at)) return mismatch;
    }
  }
  if (!has_members && !wanted.empty()) return {};
  if (!at.got || at.got->kind != Kind::kObject) return Miss(at.where, "an object", at.got);
  for (const auto& [name, value] : wanted.items()) {
    if (IsOperator(name)) continue;
    const std::string where = at.where + "/" + name;
    if (auto mismatch = Match(value, at.got->Find(name), at.saved, where)) return mismatch;
  }
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : at.got->members) {
    const std::string where = at.where + "/" + name;
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      return Miss(where, "each member once", at.got);
    }
    seen.push_back(name);
    if (only && (!wanted.contains(name) || IsOperator(name))) {
      return Miss(where, "no such member", &value);
    }
  }
  return {};
}

Found MatchArray(const json& wanted, const At& at) {
  if (!at.got || at.got->kind != Kind::kArray || at.got->elements.size() != wanted.size()) {
    return Miss(at.where, "an array of " + std::to_string(wanted.size()), at.got);
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::string where = at.where + "/" + std::to_string(i);
    if (auto mismatch = Match(wanted[i], &at.got->elements[i], at.saved, where)) return mismatch;
  }
  return {};
}

Found MatchPlain(const json& wanted, const At& at) {
  const bool equal =
      at.got &&
      (wanted.is_string()
           ? at.got->kind == Kind::kString && at.got->text == wanted.get_ref<const std::string&>()
       : wanted.is_number()
           ? at.got->kind == Kind::kNumber && SameNumber(at.got->text, wanted.dump())
       : wanted.is_boolean() ? at.got->kind == Kind::kBoolean && at.got->text == wanted.dump()
                             : at.got->kind == Kind::kNull);
  if (equal) return {};
  return Miss(at.where, wanted.dump(), at.got);
}

}  // namespace

std::optional<Mismatch> Match(const json& wanted, const JsonValue* got, const Saved& saved,
                              const std::string& where) {
  const At at{got, saved, where};
  if (wanted.is_object()) return MatchObject(wanted, at);
  if (wanted.is_array()) return MatchArray(wanted, at);
  return MatchPlain(wanted, at);
}

}  // namespace ocokit::conform::server
