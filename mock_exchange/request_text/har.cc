#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocokit/base/encoding.h"
#include "ocokit/mock/request_text.h"

namespace ocokit::mock {
namespace {

using Json = nlohmann::json;

// ISO 8601, in UTC or with an offset; fractions of a second are cut to milliseconds.
std::optional<TimePoint> ReadTime(const std::string& text) {
  std::tm tm{};
  const char* rest = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &tm);
  if (rest == nullptr) return std::nullopt;
  std::int64_t ms = static_cast<std::int64_t>(timegm(&tm)) * 1000;
  if (*rest == '.') {
    std::int64_t unit = 100;
    for (++rest; *rest >= '0' && *rest <= '9'; ++rest, unit /= 10) ms += (*rest - '0') * unit;
  }
  if (*rest == 'Z' || *rest == '\0') return FromUnixMillis(ms);
  int hours = 0;
  int minutes = 0;
  char sign = 0;
  if (std::sscanf(rest, "%c%2d:%2d", &sign, &hours, &minutes) != 3) return std::nullopt;
  const std::int64_t offset = (hours * 60LL + minutes) * 60'000;
  return FromUnixMillis(sign == '-' ? ms + offset : ms - offset);
}

std::string Text(const Json& object, const char* name) {
  const auto it = object.find(name);
  return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
}

// As forms do it, by the WHATWG URL Standard section 5.2: a blank is `+`, and `~` is encoded.
std::string FormEncode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == ' ' ? "+" : c == '*' ? "*" : c == '~' ? "%7E" : PercentEncode({&c, 1});
  }
  return out;
}

Result<std::string> ReadBody(const Json& post, const std::string& where) {
  std::string text = Text(post, "text");
  if (Text(post, "encoding") == "base64") {
    Result<std::string> bytes = ParseBase64(text);
    if (bytes) return bytes;
    return Fail(ErrorKind::kInvalidArgument,
                where + ".request.postData.text is no base64: " + bytes.error().message);
  }
  if (!text.empty() || !post.contains("params") || !post["params"].is_array()) return text;
  // Some viewers tell a form by its fields alone.
  for (const Json& field : post["params"]) {
    if (!field.is_object()) continue;
    if (!text.empty()) text += '&';
    text += FormEncode(Text(field, "name")) + "=" + FormEncode(Text(field, "value"));
  }
  return text;
}

// At most four characters and three dots, as the simulator's exports have it.
bool IsShort(std::string_view value) { return value.size() <= 7 && value.ends_with("..."); }

// Whether a key or a signature was shortened.
bool IsShortened(const Request& request) {
  for (const char* name : {"X-BX-APIKEY", "X-TXC-APIKEY", "X-TXC-PAYLOAD", "X-TXC-SIGNATURE"}) {
    if (IsShort(request.FindHeader(name).value_or(""))) return true;
  }
  for (const std::string_view text :
       {std::string_view(request.target), std::string_view(request.body)}) {
    for (const std::string_view mark : {"signature=", "\"signature\":\""}) {
      const std::size_t at = text.find(mark);
      if (at == std::string_view::npos) continue;
      const std::size_t value = at + mark.size();
      const std::size_t end = std::min(text.find_first_of("&#\"", value), text.size());
      if (IsShort(text.substr(value, end - value))) return true;
    }
  }
  return false;
}

Result<Request> ReadEntry(const Json& entry, const std::string& where) {
  if (!entry.is_object() || !entry.contains("request") || !entry["request"].is_object()) {
    return Fail(ErrorKind::kInvalidArgument, where + " has no request");
  }
  const Json& given = entry["request"];
  Request out;
  out.method = Text(given, "method");
  const std::string url = Text(given, "url");
  const std::size_t scheme = url.find("://");
  if (out.method.empty() || scheme == std::string::npos) {
    return Fail(ErrorKind::kInvalidArgument,
                where + ".request must have a method and a url like https://host/path");
  }
  const std::size_t path = std::min(url.find_first_of("/?", scheme + 3), url.size());
  out.target = url.substr(path, url.find('#', path) - path);
  if (!out.target.starts_with('/')) out.target.insert(0, "/");
  if (given.contains("headers") && given["headers"].is_array()) {
    for (const Json& header : given["headers"]) {
      if (!header.is_object()) continue;
      // HTTP/2's own, as some browsers list them.
      std::string name = Text(header, "name");
      if (!name.starts_with(':')) out.headers.push_back({std::move(name), Text(header, "value")});
    }
  }
  if (given.contains("postData") && given["postData"].is_object()) {
    Result<std::string> body = ReadBody(given["postData"], where);
    if (!body) return tl::unexpected<Error>(body.error());
    out.body = std::move(*body);
  }
  if (IsShortened(out)) {
    return Fail(ErrorKind::kInvalidArgument,
                where + " was exported shortened; use ocokit ctl har --full");
  }
  return out;
}

}  // namespace

Result<std::vector<HarRequest>> ReadHar(std::string_view json) {
  const Json document = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) return Fail(ErrorKind::kInvalidArgument, "the file is not JSON");
  const Json::json_pointer entries("/log/entries");
  if (!document.is_object() || !document.contains(entries) || !document[entries].is_array()) {
    return Fail(ErrorKind::kInvalidArgument, "the file is no HAR: it has no log.entries");
  }
  std::vector<HarRequest> out;
  for (const Json& entry : document[entries]) {
    const std::string where = "log.entries[" + std::to_string(out.size()) + "]";
    Result<Request> request = ReadEntry(entry, where);
    if (!request) return tl::unexpected<Error>(request.error());
    out.push_back({std::move(*request), ReadTime(Text(entry, "startedDateTime"))});
  }
  return out;
}

}  // namespace ocokit::mock
