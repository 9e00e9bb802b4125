#include "mock_exchange/doctor/json_text.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace ocokit::mock::doctor {
namespace {

constexpr std::size_t kMostDifferences = 16;

std::string Quoted(const std::string& text) {
  JsonValue value;
  value.kind = JsonValue::Kind::kString;
  value.text = text;
  return Compact(value);
}

// The two members of one name; the last ones, where a name repeats.
struct Two {
  const JsonValue* a = nullptr;
  const JsonValue* b = nullptr;
};

// A body may have as many members as it has room for, so that each is looked at once.
class Comparison {
 public:
  void Compare(const JsonValue* a, const JsonValue* b) {
    if (full()) return;
    const bool both_objects =
        a && b && a->Is(JsonValue::Kind::kObject) && b->Is(JsonValue::Kind::kObject);
    if (both_objects) return CompareMembers(*a, *b);
    if (!a || !b || !SameJson(*a, *b)) found_.push_back({where_, a, b});
  }
  [[nodiscard]] std::vector<Difference>& found() { return found_; }
  [[nodiscard]] std::size_t looked_at() const { return looked_at_; }

 private:
  [[nodiscard]] bool full() const { return found_.size() >= kMostDifferences; }

  void CompareMembers(const JsonValue& a, const JsonValue& b) {
    std::unordered_map<std::string_view, Two> by_name;
    std::vector<std::string_view> names;  // in their order: those of `a`, and some that `b` adds
    for (const JsonValue& member : a.members) {
      ++looked_at_;
      const auto [place, added] = by_name.try_emplace(member.name);
      place->second.a = &member;
      if (added) names.push_back(member.name);
    }
    const std::size_t most = names.size() + kMostDifferences;
    for (const JsonValue& member : b.members) {
      ++looked_at_;
      const auto place = by_name.find(member.name);
      if (place != by_name.end()) {
        place->second.b = &member;
      } else if (names.size() < most) {
        by_name[member.name].b = &member;
        names.push_back(member.name);
      }
    }
    const std::size_t length = where_.size();
    for (const std::string_view name : names) {
      if (full()) return;
      if (length != 0) where_ += '.';
      where_ += name;
      const Two& two = by_name.at(name);
      Compare(two.a, two.b);
      where_.resize(length);
    }
  }

  std::string where_;
  std::vector<Difference> found_;
  std::size_t looked_at_ = 0;
};

void AppendSpaced(const JsonValue& value, std::string& out) {
  const bool object = value.Is(JsonValue::Kind::kObject);
  if (!object && !value.Is(JsonValue::Kind::kArray)) return AppendCompact(value, out);
  out += object ? '{' : '[';
  for (const JsonValue& member : value.members) {
    if (&member != &value.members.front()) out += ", ";
    if (object) out += Quoted(member.name) + ": ";
    AppendSpaced(member, out);
  }
  out += object ? '}' : ']';
}

void SortMembers(JsonValue& value) {
  for (JsonValue& member : value.members) SortMembers(member);
  if (value.Is(JsonValue::Kind::kObject)) {
    std::ranges::stable_sort(value.members, {}, &JsonValue::name);
  }
}

}  // namespace

std::string Compact(const JsonValue& value) {
  std::string out;
  AppendCompact(value, out);
  return out;
}

std::string Spaced(const JsonValue& value) {
  std::string out;
  AppendSpaced(value, out);
  return out;
}

JsonValue SortedByName(const JsonValue& value) {
  JsonValue out = value;
  SortMembers(out);
  return out;
}

bool IsSorted(const JsonValue& value) {
  const bool here = !value.Is(JsonValue::Kind::kObject) ||
                    std::ranges::is_sorted(value.members, {}, &JsonValue::name);
  return here && std::ranges::all_of(value.members, IsSorted);
}

bool RepeatsName(const JsonValue& value) {
  std::unordered_set<std::string_view> seen;
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

std::vector<Difference> Differences(const JsonValue& a, const JsonValue& b,
                                    std::size_t* looked_at) {
  Comparison comparison;
  comparison.Compare(&a, &b);
  if (looked_at != nullptr) *looked_at = comparison.looked_at();
  return std::move(comparison.found());
}

}  // namespace ocokit::mock::doctor
