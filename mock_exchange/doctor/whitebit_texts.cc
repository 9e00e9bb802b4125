#include "mock_exchange/doctor/whitebit_texts.h"

#include <algorithm>

#include "mock_exchange/doctor/json_text.h"
#include "mock_exchange/doctor/text.h"
#include "mock_exchange/wire/request.h"
#include "ocokit/base/encoding.h"
#include "ocokit/base/text.h"

namespace ocokit::mock::doctor::whitebit {
namespace {

// A longer body is not written anew in every way: it would take longer than it is worth.
constexpr std::size_t kLongestRewritten = 131'072;
// Two readings of a clock in one program are few milliseconds apart.
constexpr std::int64_t kMostApart = 5;

// The bodies that a client may have had in hand in place of the one it encoded.
std::vector<std::string> OtherWritings(const JsonValue& body) {
  const std::string compact = Compact(body);
  const JsonValue sorted = SortedByName(body);
  return {compact,
          compact + "\n",
          Spaced(body),
          Spaced(body) + "\n",
          Replaced(compact, "/", "\\/"),
          Compact(sorted),
          Spaced(sorted)};
}

JsonValue Without(JsonValue body, std::string_view name) {
  std::erase_if(body.members, [&](const JsonValue& member) { return member.name == name; });
  return body;
}

// The JSON before its nonce was put in, and with one that was made a moment before or after.
std::vector<std::string> OtherNonces(const JsonValue& body) {
  const JsonValue bare = Without(body, "nonce");
  std::vector<std::string> out = {Compact(bare), Compact(Without(bare, "request")),
                                  Compact(Without(body, "request"))};
  const JsonValue* nonce = body.Find("nonce");
  if (nonce == nullptr || !IsDigits(nonce->text) || nonce->text.size() > 17) return out;
  const std::int64_t sent = std::stoll(nonce->text);
  JsonValue other = body;
  for (std::int64_t apart = 1; apart <= kMostApart; ++apart) {
    for (const std::int64_t made : {sent - apart, sent + apart}) {
      for (JsonValue& member : other.members) {
        if (member.name == "nonce") member.text = std::to_string(made);
      }
      out.push_back(Compact(other));
    }
  }
  return out;
}

// `encoded`: as in a URL, a blank as `+`.
std::string FormString(const JsonValue& body, bool encoded) {
  const auto write = [&](const std::string& text) {
    return encoded ? Replaced(PercentEncode(text, ""), "%20", "+") : text;
  };
  std::string out;
  for (const JsonValue& member : body.members) {
    if (!out.empty()) out += '&';
    out += write(member.name) + "=";
    out += write(member.Is(JsonValue::Kind::kString) ? member.text : Compact(member));
  }
  return out;
}

std::string Wrapped(const std::string& payload, std::size_t columns, std::string_view line_end) {
  std::string out;
  for (std::size_t at = 0; at < payload.size(); at += columns) {
    out.append(payload, at, columns).append(line_end);
  }
  return out;
}

void TryJson(const View& view, Search& search) {
  constexpr std::string_view kRow = "signed_json_not_base64";
  search.Try(kRow, view.request->body);
  if (view.decoded) search.Try(kRow, *view.decoded);
  if (!view.body || search.done()) return;
  for (const std::string& json : OtherWritings(*view.body)) search.Try(kRow, json);
}

void TryOtherPayloads(const View& view, Search& search) {
  constexpr std::string_view kRow = "other_payload_signed";
  const std::string& payload = view.payload;
  std::string bare = payload;
  while (!bare.empty() && bare.back() == '=') bare.pop_back();
  search.Try(kRow, bare);
  search.Try(kRow, Replaced(Replaced(payload, "+", "-"), "/", "_"));
  search.Try(kRow, PercentEncode(payload, ""));
  search.Try(kRow, FormatBase64(view.request->body));
  search.Try(kRow, FormatBase64(payload));
  search.Try(kRow, "b'" + payload + "'");
  // A variable that was not filled.
  search.Try(kRow, "");
  if (!view.body || search.done()) return;
  for (const std::string& json : OtherWritings(*view.body)) {
    search.Try(kRow, FormatBase64(json));
  }
}

void TryLineBreaks(const View& view, Search& search) {
  constexpr std::string_view kRow = "payload_newline_signed";
  const std::string& payload = view.payload;
  for (const std::string_view end : {"\n", "\r\n"}) {
    search.Try(kRow, payload + std::string(end));
    // As ruby, openssl and MIME break lines.
    for (const std::size_t columns : {60u, 64u, 76u}) {
      const std::string lines = Wrapped(payload, columns, end);
      search.Try(kRow, lines);
      search.Try(kRow, lines.substr(0, lines.size() - std::min(lines.size(), end.size())));
    }
  }
}

// Last, since they are many.
void TryOtherNonces(const View& view, Search& search) {
  if (!view.body) return;
  for (const std::string& json : OtherNonces(*view.body)) {
    search.Try("other_payload_signed", FormatBase64(json));
    search.Try("signed_json_not_base64", json);
  }
}

void TryNeighbours(const View& view, const Patient& credentials, Search& search) {
  const std::string& payload = view.payload;
  const std::string path(view.request->Path());
  const std::string& method = view.request->method;
  const std::string on_lines = std::string(method).append("\n").append(path).append("\n");
  const std::string url = "https://whitebit.com" + path;
  const std::string asked = std::string(view.request->FindHeader("Host").value_or("")) + path;
  for (const std::string& before :
       {path, method + path, on_lines, method, url, "https://" + asked, "http://" + asked}) {
    search.Try("path_signed", before + payload);
    search.Try("path_signed", before + view.request->body);
  }
  search.Try("path_signed", payload + path);
  search.Try("key_signed", credentials.key + payload);
  search.Try("key_signed", payload + credentials.key);
  if (!view.body) return;
  if (const JsonValue* nonce = view.body->FindGiven("nonce")) {
    const std::string& digits = nonce->text;
    search.Try("nonce_signed", payload + digits);
    search.Try("nonce_signed", digits + payload);
    search.Try("nonce_signed", path + digits + payload);
    search.Try("nonce_signed", digits + path + payload);
    search.Try("nonce_signed", digits + view.request->body);
    search.Try("nonce_signed", digits + path + view.request->body);
  }
  for (const bool encoded : {false, true}) {
    search.Try("form_string_signed", FormString(*view.body, encoded));
    search.Try("form_string_signed", FormString(SortedByName(*view.body), encoded));
  }
}

}  // namespace

void TryTexts(const View& view, const Patient& credentials, Search& search) {
  if (view.request->body.size() > kLongestRewritten) search.CutOff();
  if (!search.done()) TryJson(view, search);
  if (!search.done()) TryOtherPayloads(view, search);
  if (!search.done()) TryLineBreaks(view, search);
  if (!search.done()) TryNeighbours(view, credentials, search);
  if (!search.done()) TryOtherNonces(view, search);
}

void TryTextsWithKeys(const View& view, Search& search) {
  search.TryCommonKeys("signed_json_not_base64", view.request->body);
}

}  // namespace ocokit::mock::doctor::whitebit
