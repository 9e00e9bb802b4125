// What BingX clients leave out, put in, order or join differently.

#include <algorithm>
#include <array>
#include <set>

#include "mock_exchange/doctor/bingx_texts.h"
#include "mock_exchange/doctor/text.h"

namespace ocokit::mock::doctor::bingx {
namespace {

using Texts = std::vector<std::string>;

template <typename Keep>
Pairs Only(const Pairs& pairs, Keep keep) {
  Pairs out;
  std::ranges::copy_if(pairs, std::back_inserter(out), keep);
  return out;
}

Pairs Without(const Pairs& pairs, std::string_view name) {
  return Only(pairs, [&](const Pair& pair) { return pair.name != name; });
}

// The pairs sorted and as they stand.
Texts BothOrders(const Pairs& pairs) { return {Join(Sorted(pairs)), Join(pairs)}; }

Pairs Concat(Pairs a, const Pairs& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Pairs InQuery(const View& view) {
  return Only(view.pairs, [](const Pair& pair) { return !pair.in_body; });
}

Pairs InBody(const View& view) {
  return Only(view.pairs, [](const Pair& pair) { return pair.in_body; });
}

bool IsMixed(const View& view) { return !InQuery(view).empty() && !InBody(view).empty(); }

Texts SentTwice(const View& view) {
  const Pairs query = Sorted(InQuery(view));
  const Pairs body = Sorted(InBody(view));
  if (query.empty() || Join(query) != Join(body)) return {};
  Texts out = BothOrders(InQuery(view));
  out.push_back(Join(InBody(view)));
  return out;
}

Texts OneTimestamp(const View& view) {
  Texts out;
  if (view.Count("timestamp") < 2) return out;
  for (const Pair& kept : view.pairs) {
    if (kept.name != "timestamp") continue;
    const Pairs rest = Only(
        view.pairs, [&](const Pair& pair) { return pair.name != "timestamp" || &pair == &kept; });
    for (const std::string& text : BothOrders(rest)) out.push_back(text);
  }
  return out;
}

Texts QueryAlone(const View& view) { return IsMixed(view) ? BothOrders(InQuery(view)) : Texts{}; }

Texts BodyAlone(const View& view) { return IsMixed(view) ? BothOrders(InBody(view)) : Texts{}; }

Texts BodyFirst(const View& view) {
  if (!IsMixed(view)) return {};
  return {Join(Concat(InBody(view), InQuery(view))),
          Join(Concat(Sorted(InBody(view)), Sorted(InQuery(view))))};
}

Texts NoTimestamp(const View& view) { return BothOrders(Without(view.pairs, "timestamp")); }

Texts TimestampLast(const View& view) {
  const Pairs stamp = Only(view.pairs, [](const Pair& pair) { return pair.name == "timestamp"; });
  const Pairs rest = Without(view.pairs, "timestamp");
  return {Join(Concat(Sorted(rest), stamp)), Join(Concat(rest, stamp))};
}

// Timestamp and recvWindow put behind the sorted rest, in either order.
Texts TimeLast(const View& view) {
  const Pairs rest = Sorted(Without(Without(view.pairs, "timestamp"), "recvWindow"));
  const Pairs stamp = Only(view.pairs, [](const Pair& pair) { return pair.name == "timestamp"; });
  const Pairs window = Only(view.pairs, [](const Pair& pair) { return pair.name == "recvWindow"; });
  return {Join(Concat(Concat(rest, stamp), window)), Join(Concat(Concat(rest, window), stamp))};
}

// The timestamp before the others; or all of them from the last name to the first.
Texts TimeFirstOrReversed(const View& view) {
  const Pairs stamp = Only(view.pairs, [](const Pair& pair) { return pair.name == "timestamp"; });
  const Pairs rest = Without(view.pairs, "timestamp");
  return {Join(Concat(stamp, Sorted(rest))), Join(Concat(stamp, rest)),
          Join(Pairs(view.sorted.rbegin(), view.sorted.rend()))};
}

Texts NoRecvWindow(const View& view) { return BothOrders(Without(view.pairs, "recvWindow")); }

Texts NoTimestampOrWindow(const View& view) {
  return BothOrders(Without(Without(view.pairs, "timestamp"), "recvWindow"));
}

Texts NoEmpties(const View& view) {
  return BothOrders(
      Only(view.pairs, [](const Pair& pair) { return !pair.value.empty() && !pair.is_null; }));
}

// Of a name that stands several times, one value.
Texts RepeatedOnce(const View& view) {
  Pairs first;
  std::set<std::string_view> seen;
  for (const Pair& pair : view.pairs) {
    if (seen.insert(pair.name).second) first.push_back(pair);
  }
  Pairs last;
  seen.clear();
  for (auto it = view.pairs.rbegin(); it != view.pairs.rend(); ++it) {
    if (seen.insert(it->name).second) last.insert(last.begin(), *it);
  }
  if (first.size() == view.pairs.size()) return {};
  Texts out = BothOrders(first);
  for (const std::string& text : BothOrders(last)) out.push_back(text);
  return out;
}

Texts SortedIgnoringCase(const View& view) {
  Pairs pairs = view.pairs;
  std::ranges::stable_sort(pairs, {}, [](const Pair& pair) { return Lower(pair.name); });
  return {Join(pairs)};
}

Texts PairsSorted(const View& view) {
  Pairs pairs = view.pairs;
  std::ranges::stable_sort(pairs, {}, [](const Pair& p) { return p.name + "=" + p.value; });
  return {Join(pairs)};
}

// The orders in which the documents, and clients that do not sort, write the parameters of an
// order.
constexpr std::array<std::array<std::string_view, 11>, 4> kWrittenOrders = {{
    {"symbol", "side", "quantity", "limitPrice", "orderPrice", "triggerPrice", "listClientOrderId",
     "aboveClientOrderId", "belowClientOrderId"},
    {"symbol", "side", "quantity", "listClientOrderId", "aboveClientOrderId", "belowClientOrderId",
     "orderPrice", "limitPrice", "triggerPrice"},
    {"symbol", "side", "quantity", "limitPrice", "triggerPrice", "orderPrice", "listClientOrderId",
     "aboveClientOrderId", "belowClientOrderId"},
    {"symbol", "type", "side", "positionSide", "price", "quantity", "quoteOrderQty", "stopPrice",
     "orderListId", "orderId", "clientOrderId"},
}};

Texts Written(const View& view) {
  const auto time_or_window = [](const Pair& pair) {
    return pair.name == "timestamp" || pair.name == "recvWindow";
  };
  const Pairs tail = Only(view.sorted, time_or_window);
  Pairs reversed(tail.rbegin(), tail.rend());
  Texts out;
  for (const auto& order : kWrittenOrders) {
    Pairs head;
    for (const std::string_view name : order) {
      for (const Pair& pair : view.pairs) {
        if (pair.name == name && !name.empty()) head.push_back(pair);
      }
    }
    for (const Pair& pair : view.sorted) {
      const bool listed = std::ranges::find(order, pair.name) != order.end();
      if (!listed && !time_or_window(pair)) head.push_back(pair);
    }
    out.push_back(Join(Concat(head, tail)));
    out.push_back(Join(Concat(head, reversed)));
    out.push_back(Join(Concat(reversed, head)));
    out.push_back(Join(Concat(tail, head)));
    // The time before all others, the window behind them, and the other way round.
    if (tail.size() != 2) continue;
    out.push_back(Join(Concat(Concat({tail[1]}, head), {tail[0]})));
    out.push_back(Join(Concat(Concat({tail[0]}, head), {tail[1]})));
  }
  return out;
}

// What only an account of strict signing refuses.
Texts AsSent(const View& view) { return RightTexts(view, /*strict=*/false); }

Texts Received(const View& view) { return {Join(view.pairs)}; }

Texts QuestionMark(const View& view) { return {"?" + Join(view.sorted), "?" + Join(view.pairs)}; }

Texts TrailingAmpersand(const View& view) {
  return {Join(view.sorted) + "&", Join(view.pairs) + "&"};
}

Texts NoAmpersands(const View& view) { return {Join(view.sorted, ""), Join(view.pairs, "")}; }

// The beginnings of the whole URL: the venue's hosts, and the one that was asked.
Texts Bases(const View& view) {
  Texts out = {"https://open-api.bingx.com", "https://open-api-vst.bingx.com",
               "https://open-api.bingx.io", "open-api.bingx.com"};
  if (const auto host = view.request->FindHeader("Host")) {
    for (const char* scheme : {"https://", "http://", ""}) {
      out.push_back(std::string(scheme).append(*host));
    }
  }
  return out;
}

Texts MethodAndPath(const View& view) {
  const std::string path(view.request->Path());
  const std::string& method = view.request->method;
  std::vector<std::string> before = {method, method + "\n" + path + "\n"};
  for (const char* between : {"", "?", "\n", "&"}) {
    for (const std::string_view verb : {std::string_view(method), std::string_view()}) {
      before.push_back(std::string(verb).append(path).append(between));
    }
  }
  if (const Pair* stamp = view.Find("timestamp")) {
    before.push_back(stamp->value + method + path);
    before.push_back(stamp->value + method + path + "?");
  }
  for (const std::string& base : Bases(view)) before.push_back(base + path + "?");
  Texts out;
  for (const std::string& text : BothOrders(view.pairs)) {
    for (const std::string& head : before) out.push_back(head + text);
  }
  return out;
}

struct JsonStyle {
  std::string_view comma;
  std::string_view colon;
};
constexpr JsonStyle kCompact{",", ":"};
constexpr JsonStyle kSpaced{", ", ": "};

std::string Quoted(const std::string& text) {
  JsonValue value;
  value.kind = JsonValue::Kind::kString;
  value.text = text;
  std::string out;
  AppendCompact(value, out);
  return out;
}

std::string AsJson(const Pairs& pairs, const JsonStyle& style, bool all_in_quotes) {
  std::string out = "{";
  for (const Pair& pair : pairs) {
    if (&pair != &pairs.front()) out += style.comma;
    out += Quoted(pair.name);
    out += style.colon;
    out += pair.is_json_string || all_in_quotes ? Quoted(pair.value) : pair.value;
  }
  return out + "}";
}

Texts AllJson(const View& view, const JsonStyle& style) {
  Texts out;
  for (const Pairs& pairs : {view.pairs, view.sorted}) {
    // In a query nothing tells a number from a string.
    if (view.body == Body::kJson) out.push_back(AsJson(pairs, style, false));
    out.push_back(AsJson(pairs, style, true));
  }
  return out;
}

// Also behind the query, as it came or with blanks.
Texts CompactJson(const View& view) {
  Texts out = AllJson(view, kCompact);
  if (view.body != Body::kJson) return out;
  const std::string query = Join(InQuery(view));
  for (const std::string& json : {view.request->body, AsJson(InBody(view), kCompact, false)}) {
    if (query.empty()) continue;
    for (const char* between : {"", "&", "?"})
      out.push_back(std::string(query).append(between).append(json));
    out.push_back(json + query);
  }
  return out;
}

Texts SpacedJson(const View& view) {
  Texts out = AllJson(view, kSpaced);
  if (view.body == Body::kJson) out.push_back(view.request->body);
  return out;
}

struct Structure {
  std::string_view row;
  Texts (*texts)(const View& view);
  // The first of its texts is also tried under the wrong secrets that are used most.
  bool with_keys;
  // A second mistake in these texts.
  std::string_view also = {};
};

// A text that two of them make belongs to the first.
constexpr std::array kStructures = {
    Structure{"timestamp_twice", &OneTimestamp, false},
    Structure{"parameters_sent_twice", &SentTwice, false},
    Structure{"body_not_signed", &QueryAlone, false},
    Structure{"query_not_signed", &BodyAlone, false},
    Structure{"body_signed_before_query", &BodyFirst, false},
    Structure{"keys_in_written_order", &Received, false},
    Structure{"encoded_text_signed", &AsSent, false},
    Structure{"timestamp_appended_last", &TimestampLast, true},
    Structure{"timestamp_appended_last", &TimeLast, false},
    Structure{"keys_in_written_order", &TimeFirstOrReversed, false},
    Structure{"timestamp_not_signed", &NoTimestamp, true},
    Structure{"recv_window_not_signed", &NoRecvWindow, true},
    Structure{"timestamp_not_signed", &NoTimestampOrWindow, false, "recv_window_not_signed"},
    Structure{"empty_parameter_not_signed", &NoEmpties, false},
    Structure{"repeated_key_signed_once", &RepeatedOnce, false},
    Structure{"sorted_ignoring_case", &SortedIgnoringCase, false},
    Structure{"pairs_sorted_not_keys", &PairsSorted, false},
    Structure{"keys_in_written_order", &Written, true},
    Structure{"leading_question_mark", &QuestionMark, true},
    Structure{"trailing_ampersand", &TrailingAmpersand, true},
    Structure{"pairs_joined_without_ampersand", &NoAmpersands, true},
    Structure{"method_and_path_signed", &MethodAndPath, false},
    Structure{"json_body_signed", &CompactJson, true},
    Structure{"spaced_json_body_signed", &SpacedJson, true},
};

}  // namespace

void TryStructures(const View& view, Search& search) {
  for (const Structure& structure : kStructures) {
    for (const std::string& text : structure.texts(view)) {
      search.Try(structure.row, text, structure.also);
    }
    if (search.done()) return;
  }
}

void TryStructuresWithKeys(const View& view, Search& search) {
  for (const Structure& structure : kStructures) {
    if (search.done()) return;
    const Texts texts = structure.with_keys ? structure.texts(view) : Texts();
    if (!texts.empty()) search.TryCommonKeys(structure.row, texts.front());
  }
}

}  // namespace ocokit::mock::doctor::bingx
