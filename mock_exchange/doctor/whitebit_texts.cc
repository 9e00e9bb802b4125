#include "mock_exchange/doctor/whitebit_texts.h"

#include "mock_exchange/doctor/json_text.h"
#include "mock_exchange/doctor/text.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::doctor::whitebit {
namespace {

// The bodies that a client may have had in hand in place of the one it encoded.
std::vector<std::string> OtherWritings(const JsonValue& body) {
  const std::string compact = Compact(body);
  const JsonValue sorted = SortedByName(body);
  return {compact,
          compact + "\n",
          Spaced(body),
          Spaced(body) + "\n",
          Replace(compact, "/", "\\/"),
          Compact(sorted),
          Spaced(sorted)};
}

std::string FormString(const JsonValue& body) {
  std::string out;
  for (const JsonValue& member : body.members) {
    if (!out.empty()) out += '&';
    out += member.name + "=";
    out += member.Is(JsonValue::Kind::kString) ? member.text : Compact(member);
  }
  return out;
}

void TryJson(const View& view, Search& search) {
  constexpr std::string_view kRow = "signed_json_not_base64";
  search.Try(kRow, view.request->body);
  if (view.decoded) search.Try(kRow, *view.decoded);
  if (!view.body) return;
  for (const std::string& json : OtherWritings(*view.body)) search.Try(kRow, json);
  search.TryCommonKeys(kRow, view.request->body);
}

void TryOtherPayloads(const View& view, Search& search) {
  constexpr std::string_view kRow = "other_payload_signed";
  const std::string& payload = view.payload;
  std::string bare = payload;
  while (!bare.empty() && bare.back() == '=') bare.pop_back();
  search.Try(kRow, bare);
  search.Try(kRow, Replace(Replace(payload, "+", "-"), "/", "_"));
  search.Try(kRow, FormatBase64(view.request->body));
  search.Try(kRow, FormatBase64(payload));
  search.Try(kRow, "b'" + payload + "'");
  if (!view.body) return;
  for (const std::string& json : OtherWritings(*view.body)) {
    search.Try(kRow, FormatBase64(json));
  }
}

void TryNeighbours(const View& view, const Credentials& credentials, Search& search) {
  const std::string& payload = view.payload;
  const std::string path(view.request->Path());
  const std::string& method = view.request->method;
  search.Try("payload_newline_signed", payload + "\n");
  search.Try("payload_newline_signed", payload + "\r\n");
  const std::string on_lines = std::string(method).append("\n").append(path).append("\n");
  for (const std::string& before : {path, method + path, on_lines, method}) {
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
  }
  search.Try("form_string_signed", FormString(*view.body));
  search.Try("form_string_signed", FormString(SortedByName(*view.body)));
}

}  // namespace

void TryTexts(const View& view, const Credentials& credentials, Search& search) {
  TryJson(view, search);
  if (!search.done()) TryOtherPayloads(view, search);
  if (!search.done()) TryNeighbours(view, credentials, search);
}

}  // namespace ocokit::mock::doctor::whitebit
