// What BingX clients write differently in the text they sign than in what they send.

#include <algorithm>
#include <array>
#include <charconv>

#include "mock_exchange/doctor/bingx_texts.h"
#include "mock_exchange/doctor/numbers.h"
#include "mock_exchange/doctor/odd_numbers.h"
#include "mock_exchange/doctor/text.h"
#include "ocokit/base/encoding.h"
#include "ocokit/base/text.h"

namespace ocokit::mock::doctor::bingx {
namespace {

void TryBoth(const View& view, Search& search, std::string_view row, const Writer& write) {
  search.Try(row, JoinWritten(view.sorted, write));
  if (view.sorted != view.pairs) search.Try(row, JoinWritten(view.pairs, write));
}

bool IsTime(const Pair& pair) { return pair.name == "timestamp" || pair.name == "recvWindow"; }

// Ids are digits, too, but no client holds them as numbers with a point.
bool IsAmount(const Pair& pair) {
  const std::string name = Lower(pair.name);
  return !IsTime(pair) && name.find("id") == std::string::npos && IsNumber(pair.value);
}

void TryTimestamps(const View& view, Search& search) {
  const Pair* stamp = view.Find("timestamp");
  if (stamp == nullptr || !IsDigits(stamp->value) || stamp->value.size() > 17) return;
  const auto with = [&](std::string_view row, const std::string& value) {
    TryBoth(view, search, row,
            [&](const Pair& pair) { return pair.name == "timestamp" ? value : pair.value; });
  };
  if (stamp->value.size() > 3) {
    with("timestamp_in_seconds_signed", stamp->value.substr(0, stamp->value.size() - 3));
  }
  std::int64_t sent = 0;
  std::from_chars(stamp->value.data(), stamp->value.data() + stamp->value.size(), sent);
  // Two readings of a clock in one program are few milliseconds apart.
  for (int apart = 1; apart <= 10; ++apart) {
    with("timestamp_made_twice", std::to_string(sent - apart));
    with("timestamp_made_twice", std::to_string(sent + apart));
  }
}

void TryNumbers(const View& view, Search& search) {
  for (const NumberForm& form : NumberForms()) {
    TryBoth(view, search, form.row,
            [&](const Pair& pair) { return IsAmount(pair) ? form.write(pair.value) : pair.value; });
  }
}

// One parameter alone: the program holds it in another type than the others.
void TryLoneNumbers(const View& view, Search& search) {
  for (const Pair& changed : view.sorted) {
    const std::string name = Lower(changed.name);
    if (search.done()) return;
    if (IsTime(changed) || name.find("id") != std::string::npos) continue;
    for (const OddNumber& odd : OddNumbers(changed.value)) {
      TryBoth(view, search, odd.row,
              [&](const Pair& pair) { return pair.name == changed.name ? odd.text : pair.value; });
    }
  }
}

void TryBooleans(const View& view, Search& search) {
  constexpr std::array<std::array<std::string_view, 2>, 3> kWords = {
      {{"True", "False"}, {"TRUE", "FALSE"}, {"1", "0"}}};
  for (const auto& words : kWords) {
    TryBoth(view, search, "bool_formatted_by_language", [&](const Pair& pair) {
      if (pair.value == "true") return std::string(words[0]);
      if (pair.value == "false") return std::string(words[1]);
      return pair.value;
    });
  }
}

// A JSON null, as languages print it when they make a string of it.
void TryNulls(const View& view, Search& search) {
  if (std::ranges::none_of(view.pairs, &Pair::is_null)) return;
  for (const char* word : {"None", "", "nil", "<nil>", "undefined", "NULL"}) {
    TryBoth(view, search, "bool_formatted_by_language",
            [&](const Pair& pair) { return pair.is_null ? word : pair.value; });
  }
}

bool IsNested(const Pair& pair) {
  return pair.value.starts_with('[') || pair.value.starts_with('{');
}

// The JSON text with blanks after the commas or colons that are not inside a string.
std::string WithBlanks(const std::string& json, std::string_view after) {
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    out += json[i];
    if (json[i] == '"' && (i == 0 || json[i - 1] != '\\')) in_string = !in_string;
    if (!in_string && after.find(json[i]) != std::string_view::npos) out += ' ';
  }
  return out;
}

std::string WithoutBlanks(const std::string& json) {
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '"' && (i == 0 || json[i - 1] != '\\')) in_string = !in_string;
    if (in_string || json[i] != ' ') out += json[i];
  }
  return out;
}

void TryNested(const View& view, Search& search) {
  const auto nested = [&](std::string_view row, const Writer& write) {
    TryBoth(view, search, row,
            [&](const Pair& pair) { return IsNested(pair) ? write(pair) : pair.value; });
  };
  for (const char* after : {",:", ",", ":"}) {
    nested("blanks_in_nested_json", [&](const Pair& p) { return WithBlanks(p.value, after); });
  }
  nested("blanks_in_nested_json", [](const Pair& p) { return WithoutBlanks(p.value); });
  nested("array_quotes_lost", [](const Pair& p) { return Replaced(p.value, "\"", ""); });
  nested("array_quotes_lost", [](const Pair& p) {
    return Trim(p.value).size() < 2 ? p.value
                                    : Replaced(p.value.substr(1, p.value.size() - 2), "\"", "");
  });
  nested("array_quotes_lost", [](const Pair& p) { return Replaced(p.value, "\"", "'"); });
  // As python prints a list.
  nested("array_quotes_lost",
         [](const Pair& p) { return Replaced(WithBlanks(p.value, ",:"), "\"", "'"); });
  if (view.body != Body::kJson) return;
  TryBoth(view, search, "json_quotes_signed", [](const Pair& pair) {
    return pair.is_json_string ? "\"" + pair.value + "\"" : pair.value;
  });
}

void TryEncodings(const View& view, Search& search) {
  const auto each = [&](std::string_view row, const Writer& write) {
    TryBoth(view, search, row, write);
  };
  for (const char* safe : {"", "/", "!'()*", "-_.!~*'()", ":/", ","}) {
    for (const bool lower_case : {false, true}) {
      each("encoded_differently_than_sent",
           [&](const Pair& pair) { return PercentEncode(pair.value, safe, lower_case); });
    }
  }
  each("encoded_differently_than_sent",
       [](const Pair& pair) { return Replaced(PercentEncode(pair.value, "*"), "%20", "+"); });
  // What was a blank before it became the `+` that arrived.
  each("encoded_differently_than_sent", [](const Pair& pair) {
    return PercentEncode(PercentDecode(pair.sent.substr(pair.sent.find('=') + 1), true), "");
  });
  each("encoded_twice", [](const Pair& pair) { return PercentDecode(pair.value, false); });
  each("encoded_twice",
       [](const Pair& pair) { return PercentEncode(PercentEncode(pair.value, ""), ""); });
  // Blanks and plus signs that a library sent alike: each may have been either.
  std::vector<std::string_view> with_plus;
  for (const Pair& pair : view.pairs) {
    if (pair.sent.find('+') != std::string::npos) with_plus.push_back(pair.name);
  }
  if (with_plus.size() < 2 || with_plus.size() > 4) return;
  for (unsigned blanks = 1; blanks + 1 < 1u << with_plus.size(); ++blanks) {
    each("encoded_differently_than_sent", [&](const Pair& pair) {
      const auto at = std::ranges::find(with_plus, pair.name) - with_plus.begin();
      const bool blank = static_cast<std::size_t>(at) < with_plus.size() && (blanks >> at & 1u);
      return blank ? Replaced(pair.value, "+", " ") : pair.value;
    });
  }
}

}  // namespace

void TryValues(const View& view, Search& search) {
  TryNumbers(view, search);
  if (search.done()) return;
  TryLoneNumbers(view, search);
  TryBooleans(view, search);
  TryNulls(view, search);
  TryNested(view, search);
  TryEncodings(view, search);
  TryTimestamps(view, search);
}

}  // namespace ocokit::mock::doctor::bingx
