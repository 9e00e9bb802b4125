#include "conformance/server/operators.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "conformance/text/text.h"
#include "ocokit/base/decimal.h"

namespace ocokit::conform::server {
namespace {

using nlohmann::json;
using Kind = JsonValue::Kind;
using Found = std::optional<Mismatch>;

std::string Show(const JsonValue* got) {
  if (!got) return "nothing";
  std::string text = FormatJson(*got);
  if (text.size() > 400) text = text.substr(0, 400) + "...";
  return text;
}

bool IsOf(std::string_view type, const JsonValue& got) {
  switch (got.kind) {
    case Kind::kNull:
      return type == "null";
    case Kind::kBoolean:
      return type == "boolean";
    case Kind::kNumber:
      return type == "number" ||
             (type == "integer" && got.text.find_first_of(".eE") == std::string::npos);
    case Kind::kString:
      return type == "string";
    case Kind::kArray:
      return type == "array";
    case Kind::kObject:
      return type == "object";
  }
  return false;
}

const JsonValue& Recall(const Saved& saved, const json& name) {
  const auto found = saved.find(name.get<std::string>());
  if (found == saved.end()) {
    throw std::invalid_argument("the case recalls " + name.dump() + ", which no step has saved");
  }
  return found->second;
}

Found Type(const json& wanted, const At& at) {
  const auto type = wanted.get<std::string>();
  if (at.got && IsOf(type, *at.got)) return {};
  const bool vowel = type.find_first_of("aeio") == 0;
  return Miss(at.where, std::string(vowel ? "an " : "a ") + type, at.got);
}

Found Number(const json& wanted, const At& at) {
  const auto text = wanted.get<std::string>();
  if (at.got && at.got->kind == Kind::kNumber && at.got->text == text) return {};
  return Miss(at.where, "the number " + text + ", written so", at.got);
}

Found DecimalText(const json& wanted, const At& at) {
  const auto text = wanted.get<std::string>();
  if (at.got && at.got->kind == Kind::kString && SameNumber(at.got->text, text)) return {};
  return Miss(at.where, "a string that says " + text, at.got);
}

Found Amount(const json& wanted, const At& at) {
  const auto text = wanted.get<std::string>();
  const bool has_text = at.got && (at.got->kind == Kind::kString || at.got->kind == Kind::kNumber);
  if (has_text && SameNumber(at.got->text, text)) return {};
  return Miss(at.where, text + ", as a number or a string", at.got);
}

Found Matches(const json& wanted, const At& at) {
  const auto pattern = wanted.get<std::string>();
  const bool has_text = at.got && (at.got->kind == Kind::kString || at.got->kind == Kind::kNumber);
  // Byte by byte, as patterns are written. The time grows with the length alone, and no stack does.
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  const RE2 matcher(pattern, options);
  if (!matcher.ok()) throw std::invalid_argument("/" + pattern + "/: " + matcher.error());
  // A message of a venue is no longer.
  if (has_text && at.got->text.size() <= 2000 && RE2::FullMatch(at.got->text, matcher)) return {};
  return Miss(at.where, "text like /" + pattern + "/", at.got);
}

Found OneOf(const json& wanted, const At& at) {
  for (const json& choice : wanted) {
    if (!Match(choice, at.got, at.saved, at.where)) return {};
  }
  return Miss(at.where, "one of " + wanted.dump(), at.got);
}

Found All(const json& wanted, const At& at) {
  for (const json& each : wanted) {
    if (auto mismatch = Match(each, at.got, at.saved, at.where)) return mismatch;
  }
  return {};
}

Found Not(const json& wanted, const At& at) {
  if (Match(wanted, at.got, at.saved, at.where)) return {};
  return Miss(at.where, "something else than " + wanted.dump(), at.got);
}

Found Absent(const json& wanted, const At& at) {
  if ((at.got == nullptr) == wanted.get<bool>()) return {};
  return Miss(at.where, wanted.get<bool>() ? "nothing there" : "anything at all", at.got);
}

Found SameAs(const json& wanted, const At& at) {
  const JsonValue& kept = Recall(at.saved, wanted);
  if (at.got && FormatJson(*at.got) == FormatJson(kept)) return {};
  return Miss(at.where, FormatJson(kept) + ", as before (" + wanted.get<std::string>() + ")",
              at.got);
}

Found SameText(const json& wanted, const At& at) {
  const JsonValue& kept = Recall(at.saved, wanted);
  if (at.got && !at.got->text.empty() && at.got->text == kept.text) return {};
  return Miss(at.where, kept.text + ", as before (" + wanted.get<std::string>() + ")", at.got);
}

// What servers write for a list of nothing.
Found Empty(const json& wanted, const At& at) {
  const bool empty = at.got &&
                     (at.got->kind == Kind::kNull || at.got->kind == Kind::kArray ||
                      at.got->kind == Kind::kObject) &&
                     at.got->elements.empty() && at.got->members.empty();
  if (empty == wanted.get<bool>()) return {};
  return Miss(at.where, wanted.get<bool>() ? "[], {} or null" : "something in it", at.got);
}

// RFC 9110, 8.3.1: in any case, with blanks before the parameters or none.
Found MediaType(const json& wanted, const At& at) {
  std::string type = at.got ? at.got->text.substr(0, at.got->text.find(';')) : "";
  type.erase(type.find_last_not_of(" \t") + 1);
  if (LowerCase(type) == wanted.get_ref<const std::string&>()) return {};
  return Miss(at.where, "the media type " + wanted.dump(), at.got);
}

Found BelowSaved(const json& wanted, const At& at) {
  const JsonValue& kept = Recall(at.saved, wanted);
  const auto got = Decimal::Parse(at.got ? at.got->text : "");
  const auto old = Decimal::Parse(kept.text);
  if (got && old && *got < *old) return {};
  return Miss(at.where, "less than " + kept.text + ", as before", at.got);
}

Found NextOfSaved(const json& wanted, const At& at) {
  const JsonValue& kept = Recall(at.saved, wanted);
  const auto got = Decimal::Parse(at.got ? at.got->text : "");
  const auto old = Decimal::Parse(kept.text);
  if (got && old && *got == *old + Decimal(1)) return {};
  return Miss(at.where, "one more than " + kept.text + ", as before", at.got);
}

Found Length(const json& wanted, const At& at) {
  if (at.got && at.got->kind == Kind::kArray &&
      at.got->elements.size() == wanted.get<std::size_t>()) {
    return {};
  }
  return Miss(at.where, "an array of " + wanted.dump(), at.got);
}

Found Each(const json& wanted, const At& at) {
  if (!at.got || at.got->kind != Kind::kArray) return Miss(at.where, "an array", at.got);
  for (std::size_t i = 0; i < at.got->elements.size(); ++i) {
    const std::string where = at.where + "/" + std::to_string(i);
    if (auto mismatch = Match(wanted, &at.got->elements[i], at.saved, where)) return mismatch;
  }
  return {};
}

Found Members(const json& wanted, const At& at) {
  if (!at.got || at.got->kind != Kind::kObject) return Miss(at.where, "an object", at.got);
  for (const auto& [name, value] : at.got->members) {
    if (auto mismatch = Match(wanted, &value, at.saved, at.where + "/" + name)) return mismatch;
  }
  return {};
}

Found Contains(const json& wanted, const At& at) {
  if (at.got && at.got->kind == Kind::kArray) {
    for (const JsonValue& element : at.got->elements) {
      if (!Match(wanted, &element, at.saved, at.where)) return {};
    }
  }
  return Miss(at.where, "an array with " + wanted.dump() + " in it", at.got);
}

Found Between(const json& wanted, const At& at) {
  const auto got = at.got ? Decimal::Parse(at.got->text) : Decimal::Parse("");
  const auto low = Decimal::Parse(wanted.at(0).dump());
  const auto high = Decimal::Parse(wanted.at(1).dump());
  if (got && low && high && *low <= *got && *got <= *high) return {};
  return Miss(at.where, wanted.at(0).dump() + " to " + wanted.at(1).dump(), at.got);
}

// That the members stand in this order; others may stand between them.
Found Order(const json& wanted, const At& at) {
  std::vector<std::string> names;
  if (at.got) {
    for (const auto& [name, value] : at.got->members) {
      if (std::find(wanted.begin(), wanted.end(), name) != wanted.end()) names.push_back(name);
    }
  }
  if (names == wanted.get<std::vector<std::string>>()) return {};
  return Miss(at.where, "the members in the order " + wanted.dump(), at.got);
}

constexpr std::array<std::pair<std::string_view, Found (*)(const json&, const At&)>, 21>
    kOperators = {{
        {"$type", &Type},
        {"$number", &Number},
        {"$decimal", &DecimalText},
        {"$amount", &Amount},
        {"$matches", &Matches},
        {"$in", &OneOf},
        {"$all", &All},
        {"$not", &Not},
        {"$absent", &Absent},
        {"$saved", &SameAs},
        {"$saved_text", &SameText},
        {"$length", &Length},
        {"$each", &Each},
        {"$contains", &Contains},
        {"$between", &Between},
        {"$order", &Order},
        {"$empty", &Empty},
        {"$members", &Members},
        {"$below_saved", &BelowSaved},
        {"$next_of_saved", &NextOfSaved},
        {"$media_type", &MediaType},
    }};

}  // namespace

Found Miss(const std::string& where, std::string wanted, const JsonValue* got) {
  return Mismatch{where.empty() ? "the body" : where, std::move(wanted), Show(got)};
}

// Whether two texts of numbers say the same number.
bool SameNumber(std::string_view a, std::string_view b) {
  const auto x = Decimal::Parse(a);
  const auto y = Decimal::Parse(b);
  return x && y && *x == *y;
}

Operator* FindOperator(std::string_view name) {
  const auto* found = std::find_if(kOperators.begin(), kOperators.end(),
                                   [name](const auto& op) { return op.first == name; });
  return found == kOperators.end() ? nullptr : found->second;
}

}  // namespace ocokit::conform::server
