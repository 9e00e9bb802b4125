#include "mock_exchange/doctor/json_text.h"

#include <algorithm>
#include <set>

namespace ocokit::mock::doctor {
namespace {

constexpr std::size_t kMostDifferences = 16;

std::string Quoted(const std::string& text) {
  JsonValue value;
  value.kind = JsonValue::Kind::kString;
  value.text = text;
  return Compact(value);
}

void Compare(const std::string& where, const JsonValue* a, const JsonValue* b,
             std::vector<Difference>& out) {
  if (out.size() >= kMostDifferences) return;
  const bool both_objects =
      a && b && a->Is(JsonValue::Kind::kObject) && b->Is(JsonValue::Kind::kObject);
  if (!both_objects) {
    if (!a || !b || !SameJson(*a, *b)) out.push_back({where, a, b});
    return;
  }
  const std::string prefix = where.empty() ? "" : where + ".";
  std::set<std::string_view> seen;
  for (const JsonValue& member : a->members) {
    if (!seen.insert(member.name).second) continue;
    Compare(prefix + member.name, a->Find(member.name), b->Find(member.name), out);
  }
  for (const JsonValue& member : b->members) {
    if (!seen.insert(member.name).second) continue;
    Compare(prefix + member.name, nullptr, b->Find(member.name), out);
  }
}

}  // namespace

std::string Compact(const JsonValue& value) {
  std::string out;
  AppendCompact(value, out);
  return out;
}

std::string Spaced(const JsonValue& value) {
  const bool object = value.Is(JsonValue::Kind::kObject);
  if (!object && !value.Is(JsonValue::Kind::kArray)) return Compact(value);
  std::string out = object ? "{" : "[";
  for (const JsonValue& member : value.members) {
    if (&member != &value.members.front()) out += ", ";
    if (object) out += Quoted(member.name) + ": ";
    out += Spaced(member);
  }
  return out + (object ? "}" : "]");
}

JsonValue SortedByName(const JsonValue& value) {
  JsonValue out = value;
  for (JsonValue& member : out.members) member = SortedByName(member);
  if (out.Is(JsonValue::Kind::kObject)) {
    std::ranges::stable_sort(out.members, {}, &JsonValue::name);
  }
  return out;
}

bool IsSorted(const JsonValue& value) {
  const bool here = !value.Is(JsonValue::Kind::kObject) ||
                    std::ranges::is_sorted(value.members, {}, &JsonValue::name);
  return here && std::ranges::all_of(value.members, IsSorted);
}

bool RepeatsName(const JsonValue& value) {
  std::set<std::string_view> seen;
  for (const JsonValue& member : value.members) {
    if (value.Is(JsonValue::Kind::kObject) && !seen.insert(member.name).second) return true;
    if (RepeatsName(member)) return true;
  }
  return false;
}

bool HasBlanks(std::string_view json) {
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (in_string && json[i] == '\\') {
      ++i;
    } else if (json[i] == '"') {
      in_string = !in_string;
    } else if (!in_string && std::string_view(" \t\r\n").find(json[i]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

std::vector<Difference> Differences(const JsonValue& a, const JsonValue& b) {
  std::vector<Difference> out;
  Compare("", &a, &b, out);
  return out;
}

}  // namespace ocokit::mock::doctor
