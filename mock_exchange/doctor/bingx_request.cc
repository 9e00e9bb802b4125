#include "mock_exchange/doctor/bingx_request.h"

#include <algorithm>

#include "ocokit/base/encoding.h"

namespace ocokit::mock::doctor::bingx {
namespace {

void ReadPairs(std::string_view text, bool in_body, Pairs& out) {
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    out.push_back({.name = PercentDecode(pair.substr(0, equals), false),
                   .value = PercentDecode(value, false),
                   .sent = std::string(pair),
                   .in_body = in_body});
  }
}

void ReadMembers(const JsonValue& object, Pairs& out) {
  for (const JsonValue& member : object.members) {
    Pair pair{.name = member.name,
              .value = {},
              .sent = {},
              .in_body = true,
              .is_null = member.Is(JsonValue::Kind::kNull),
              .is_json_string = member.Is(JsonValue::Kind::kString)};
    if (pair.is_json_string) {
      pair.value = member.text;
    } else {
      AppendCompact(member, pair.value);
    }
    pair.sent = pair.name + "=" + pair.value;
    out.push_back(std::move(pair));
  }
}

// How a pair is written in the text that is signed.
enum class Form { kDecoded, kSent, kPlusIsBlank };

std::string Write(const Pair& pair, Form form) {
  if (form == Form::kSent) return pair.sent;
  if (form == Form::kPlusIsBlank) return PercentDecode(pair.sent, true);
  return pair.name + "=" + pair.value;
}

std::string JoinAs(const Pairs& pairs, Form form, bool joint_without_ampersand) {
  std::string out;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const bool joint = i > 0 && pairs[i].in_body != pairs[i - 1].in_body;
    if (i > 0 && !(joint && joint_without_ampersand)) out += '&';
    out += Write(pairs[i], form);
  }
  return out;
}

}  // namespace

const Pair* View::Find(std::string_view name) const {
  const auto found = std::ranges::find_if(pairs, [&](const Pair& pair) {
    return pair.name == name && !pair.value.empty() && !pair.is_null;
  });
  return found == pairs.end() ? nullptr : &*found;
}

std::size_t View::Count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count(pairs, name, &Pair::name));
}

View ReadView(const Request& request) {
  View view;
  view.request = &request;
  Pairs all;
  ReadPairs(request.Query(), /*in_body=*/false, all);
  const std::size_t start = request.body.find_first_not_of(" \t\r\n");
  if (start != std::string::npos && request.body[start] != '{') {
    view.body = Body::kForm;
    ReadPairs(request.body, /*in_body=*/true, all);
  } else if (start != std::string::npos) {
    Result<JsonValue> json = ReadJson(request.body);
    view.body = json ? Body::kJson : Body::kBrokenJson;
    if (json) {
      view.json = std::move(*json);
      ReadMembers(view.json, all);
    }
  }
  for (Pair& pair : all) {
    if (pair.name != "signature") {
      view.pairs.push_back(std::move(pair));
    } else if (!view.signature && !pair.value.empty() && !pair.is_null) {
      view.signature = pair.value;
      view.signature_in_body = pair.in_body;
    }
  }
  view.sorted = Sorted(view.pairs);
  return view;
}

std::string JoinWritten(const Pairs& pairs, const Writer& write) {
  std::string out;
  for (const Pair& pair : pairs) {
    if (&pair != &pairs.front()) out += '&';
    out += pair.name;
    out += '=';
    out += write(pair);
  }
  return out;
}

std::string Join(const Pairs& pairs, std::string_view between) {
  std::string out;
  for (const Pair& pair : pairs) {
    if (&pair != &pairs.front()) out += between;
    out += pair.name;
    out += '=';
    out += pair.value;
  }
  return out;
}

Pairs Sorted(Pairs pairs) {
  std::ranges::stable_sort(pairs, {}, &Pair::name);
  return pairs;
}

std::string DocumentedText(const View& view) { return Join(view.sorted); }

std::vector<std::string> RightTexts(const View& view, bool strict) {
  std::vector<std::string> out = {DocumentedText(view)};
  if (strict) return out;
  for (const Form form : {Form::kDecoded, Form::kSent, Form::kPlusIsBlank}) {
    out.push_back(JoinAs(view.sorted, form, false));
    out.push_back(JoinAs(view.pairs, form, false));
    out.push_back(JoinAs(view.pairs, form, true));
  }
  // Mostly they are the same.
  std::vector<std::string> distinct;
  for (std::string& text : out) {
    if (std::ranges::find(distinct, text) == distinct.end()) distinct.push_back(std::move(text));
  }
  return distinct;
}

}  // namespace ocokit::mock::doctor::bingx
