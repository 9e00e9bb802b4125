#include "mock_exchange/doctor/whitebit_payload.h"

#include <algorithm>

#include "mock_exchange/doctor/json_text.h"
#include "mock_exchange/doctor/numbers.h"
#include "mock_exchange/doctor/text.h"
#include "ocokit/base/encoding.h"
#include "ocokit/base/text.h"

namespace ocokit::mock::doctor::whitebit {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kGzip = "\x1f\x8b";

// Also behind a byte order mark, which is a finding of its own.
std::optional<JsonValue> ReadObject(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Result<JsonValue> json = ReadJson(text);
  if (!json || !json->Is(JsonValue::Kind::kObject)) return std::nullopt;
  return std::move(*json);
}

std::string WithPadding(std::string text) {
  while (!text.empty() && text.back() == '=') text.pop_back();
  while (text.size() % 4 != 0) text += '=';
  return text;
}

// The last character before the padding with its unused bits cleared.
std::string WithoutUnusedBits(const std::string& payload) {
  std::string text = payload;
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::size_t padding = text.size() - std::min(text.find('='), text.size());
  if (padding == 0 || padding > 2 || text.size() <= padding) return text;
  char& last = text[text.size() - padding - 1];
  const std::size_t digit = kDigits.find(last);
  if (digit == std::string_view::npos) return text;
  last = kDigits[padding == 1 ? digit & ~std::size_t{3} : digit & ~std::size_t{15}];
  return text;
}

// A way in which base64 goes wrong, undone.
struct Repair {
  std::string_view row;
  std::string (*undo)(const std::string& payload);
};

constexpr Repair kRepairs[] = {
    {"payload_bytes_repr",
     [](const std::string& p) {
       const bool is = p.size() > 3 && p[0] == 'b' && (p[1] == '\'' || p[1] == '"');
       return is ? p.substr(2, p.size() - 3) : p;
     }},
    {"base64_line_wrapped",
     [](const std::string& p) {
       std::string out;
       std::ranges::copy_if(p, std::back_inserter(out),
                            [](char c) { return c != ' ' && c != '\r' && c != '\n' && c != '\t'; });
       return out;
     }},
    {"base64_percent_encoded", [](const std::string& p) { return PercentDecode(p, false); }},
    {"base64_padding_missing",
     [](const std::string& p) { return p.find('=') == p.npos ? WithPadding(p) : p; }},
    {"base64_padding_wrong", [](const std::string& p) { return WithPadding(p); }},
    {"base64_unused_bits", &WithoutUnusedBits},
    {"base64url_payload",
     [](const std::string& p) { return WithPadding(Replaced(Replaced(p, "-", "+"), "_", "/")); }},
};

void Decode(View& view, const Patient& patient) {
  if (Result<std::string> decoded = ParseBase64(view.payload)) {
    view.decoded = std::move(*decoded);
    const Result<std::string> inner = ParseBase64(*view.decoded);
    if (inner && ReadObject(*inner)) {
      view.decoded = *inner;
      view.encoding =
          Finding{"base64_twice", {}, "The payload is the base64 of base64, which is the JSON's."};
    }
    return;
  }
  for (const Repair& repair : kRepairs) {
    const std::string repaired = repair.undo(view.payload);
    if (repaired == view.payload) continue;
    if (Result<std::string> decoded = ParseBase64(repaired)) {
      view.decoded = std::move(*decoded);
      view.encoding =
          Finding{repair.row, {}, "The payload is " + Show(view.payload, patient) + "."};
      return;
    }
  }
  view.encoding =
      Finding{"payload_not_base64", {}, "The payload is " + Show(view.payload, patient) + "."};
}

// RFC 1950 section 2.2: the first byte, and the two as a number that 31 divides.
bool IsDeflated(std::string_view body) {
  if (body.size() < 2 || body[0] != 0x78) return false;
  return (0x7800 + static_cast<unsigned char>(body[1])) % 31 == 0;
}

std::optional<Finding> CheckBody(const View& view, const Patient& patient) {
  const std::string& body = view.request->body;
  if (body.empty()) {
    const std::string_view query = view.request->Query();
    if (!query.empty()) {
      return Finding{"members_in_query", {}, "The query is " + Show(query, patient) + "."};
    }
    return Finding{"body_missing", {}, "The body is empty."};
  }
  if (body.starts_with(kByteOrderMark) ||
      (view.decoded && view.decoded->starts_with(kByteOrderMark))) {
    return Finding{
        "byte_order_mark_in_payload", {}, "The first three bytes are EF BB BF, a byte order mark."};
  }
  if (body.starts_with(kGzip)) {
    return Finding{"body_compressed", {}, "The body begins with 1F 8B, as gzip does."};
  }
  if (IsDeflated(body)) {
    return Finding{"body_compressed", {}, "The body begins with 78, as deflate does."};
  }
  if (view.body) return std::nullopt;
  const Result<JsonValue> json = ReadJson(body);
  if (json) {
    return Finding{"body_not_object", {}, "The body is " + Show(body, patient) + "."};
  }
  return Finding{"body_not_json", {}, "The body is " + json.error().message + "."};
}

std::string Describe(const JsonValue* value, const Patient& patient) {
  return value == nullptr ? "nothing" : Show(Compact(*value), patient);
}

using Kind = JsonValue::Kind;

bool AreKinds(const Difference& d, Kind one, Kind other) {
  return d.a && d.b && ((d.a->Is(one) && d.b->Is(other)) || (d.a->Is(other) && d.b->Is(one)));
}

bool IsReformatted(const Difference& d) {
  return AreKinds(d, Kind::kNumber, Kind::kNumber) && SameNumber(d.a->text, d.b->text);
}

bool IsNumberAsString(const Difference& d) {
  return AreKinds(d, Kind::kNumber, Kind::kString) && d.a->text == d.b->text;
}

bool IsBoolAsString(const Difference& d) {
  return AreKinds(d, Kind::kBool, Kind::kString) && Lower(d.a->text) == Lower(d.b->text);
}

bool IsNonce(const Difference& d) {
  return d.where == "nonce" && d.a && d.b && d.a->text != d.b->text;
}

// A double holds two nonces of many digits as one; they are two unless it rounded one of them.
bool IsRewritten(const Difference& d) {
  if (!IsReformatted(d)) return false;
  const bool both_whole = IsDigits(d.a->text) && IsDigits(d.b->text);
  return !both_whole || d.a->text.ends_with("00") || d.b->text.ends_with("00");
}

// What all the differences between what was signed and what was sent have in common.
std::string_view NameDifferences(const View& view, const std::vector<Difference>& differences) {
  if (RepeatsName(*view.signed_json) || RepeatsName(*view.body)) return "duplicate_key";
  if (std::ranges::all_of(differences, IsRewritten)) return "number_reformatted";
  if (std::ranges::all_of(differences, IsNonce)) return "nonce_made_twice";
  if (std::ranges::all_of(differences, IsReformatted)) return "number_reformatted";
  if (std::ranges::all_of(differences, IsNumberAsString)) return "number_as_string";
  if (std::ranges::all_of(differences, IsBoolAsString)) return "bool_as_string";
  return "changed_after_signing";
}

Finding DescribeValues(const View& view, const std::vector<Difference>& differences,
                       const Patient& patient) {
  const Difference& first = differences.front();
  std::string detail = "The payload has " + Describe(first.a, patient) + " for " +
                       Show(first.where, patient) + ", and the body " + Describe(first.b, patient) +
                       ".";
  if (differences.size() > 1) {
    detail += " There are " + std::to_string(differences.size() - 1) + " more differences.";
  }
  return {NameDifferences(view, differences), {}, detail};
}

// The ways of writing the same members that are not the compact one, in the order in which they
// are named when there are several.
struct Style {
  std::string_view row;
  std::string_view what;
  bool (*has)(const std::string& json);
};

constexpr Style kStyles[] = {
    {"spaced_json_in_payload", "blanks or line breaks outside the strings",
     [](const std::string& json) { return HasBlanks(Trim(json)); }},
    {"newline_in_payload", "a line break at its end",
     [](const std::string& json) { return json.ends_with('\n') || json.ends_with('\r'); }},
    {"escaped_slashes_in_payload", "`\\/` for `/`",
     [](const std::string& json) { return json.find("\\/") != json.npos; }},
    {"unicode_escaped_in_payload", "letters written as `\\u` and digits",
     [](const std::string& json) { return json.find("\\u") != json.npos; }},
};

// Members and values agree; the payload is not the body written compactly.
Finding DescribeWriting(const View& view) {
  const std::string in_order = Compact(*view.signed_json);
  if (RepeatsName(*view.signed_json)) {
    return {"duplicate_key", {}, "A name stands twice in one object; the last value counts."};
  }
  if (in_order != Compact(*view.body)) {
    const bool sorted = IsSorted(*view.signed_json) && !IsSorted(*view.body);
    return {sorted ? "keys_sorted_in_payload" : "body_reordered_after_signing",
            {},
            "The members of payload and body are the same and stand in another order."};
  }
  Finding out;
  for (const Style& style : kStyles) {
    if (!style.has(*view.decoded)) continue;
    if (out.id.empty()) {
      out.id = style.row;
      out.detail = "The payload's JSON has " + std::string(style.what) + ".";
    } else if (out.also.empty()) {
      out.also = style.row;
    }
  }
  if (out.id.empty())
    out = {"payload_not_compact", {}, "The payload's JSON escapes what it need not."};
  return out;
}

}  // namespace

View ReadView(const Request& request, const Patient& credentials) {
  View view;
  view.request = &request;
  view.payload = request.FindHeader("X-TXC-PAYLOAD").value_or("");
  view.body = ReadObject(request.body);
  if (view.payload.empty()) return view;
  Decode(view, credentials);
  if (view.decoded) view.signed_json = ReadObject(*view.decoded);
  return view;
}

std::string ExpectedPayload(const View& view, PayloadCheck check) {
  const bool fine = !view.encoding && view.signed_json;
  if (check == PayloadCheck::kBytes && view.body) return FormatBase64(view.request->body);
  if (check == PayloadCheck::kJson && fine && view.body &&
      Differences(*view.signed_json, *view.body).empty()) {
    return view.payload;
  }
  if (view.body) return FormatBase64(Compact(*view.body));
  return view.signed_json ? FormatBase64(Compact(*view.signed_json)) : std::string();
}

std::optional<Finding> CheckPayload(const View& view, const Patient& credentials,
                                    PayloadCheck check) {
  if (view.encoding) return view.encoding;
  if (auto body = CheckBody(view, credentials)) return body;
  if (!view.signed_json) {
    return Finding{
        "payload_not_json", {}, "The payload decodes to " + Show(*view.decoded, credentials) + "."};
  }
  const std::vector<Difference> differences = Differences(*view.signed_json, *view.body);
  if (!differences.empty()) return DescribeValues(view, differences, credentials);
  if (check == PayloadCheck::kBytes && *view.decoded != view.request->body) {
    return Finding{"body_rewritten_after_signing",
                   {},
                   "Payload and body hold the same members, and are not the same bytes."};
  }
  if (check == PayloadCheck::kCanonical && *view.decoded != Compact(*view.body)) {
    return DescribeWriting(view);
  }
  return std::nullopt;
}

}  // namespace ocokit::mock::doctor::whitebit
