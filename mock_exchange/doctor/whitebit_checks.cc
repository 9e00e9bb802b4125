#include "mock_exchange/doctor/whitebit_checks.h"

#include <array>

#include "mock_exchange/doctor/credentials.h"
#include "mock_exchange/doctor/json_text.h"
#include "mock_exchange/doctor/paths.h"
#include "mock_exchange/doctor/text.h"
#include "ocokit/base/encoding.h"
#include "ocokit/base/text.h"

namespace ocokit::mock::doctor::whitebit {
namespace {

constexpr std::string_view kPrefix = "/api/v4";
constexpr std::array<std::string_view, 7> kWrongKeys = {
    "TXC-APIKEY", "X-BX-APIKEY", "X-TXC-API-KEY", "X-TXC-KEY", "X-API-KEY", "APIKEY", "API-KEY"};
constexpr std::array<std::string_view, 6> kWrongPayloads = {
    "TXC-PAYLOAD", "X-TXC-PAYLOD", "X-TXC-PAYLOADS", "X-TXC-DATA", "X-PAYLOAD", "PAYLOAD"};
constexpr std::array<std::string_view, 7> kWrongSignatures = {
    "TXC-SIGNATURE", "X-TXC-HMAC", "X-TXC-SIGN", "X-TXC-SIG", "X-SIGNATURE", "SIGNATURE", "SIGN"};

struct Needed {
  HeaderNames names;
  std::string_view missing_row;
  std::string_view misnamed_row;
  bool (*holds)(std::string_view value);
};

constexpr std::size_t kDigits = 128;

bool IsSignature(std::string_view value) { return value.size() == kDigits && IsHex(value); }

// The base64 of a JSON object.
bool IsPayload(std::string_view value) {
  const Result<std::string> bytes = ParseBase64(value);
  const Result<JsonValue> json = bytes ? ReadJson(*bytes) : Result<JsonValue>(JsonValue());
  return json && json->Is(JsonValue::Kind::kObject);
}

constexpr std::array kNeeded = {
    Needed{{"X-TXC-PAYLOAD", kWrongPayloads},
           "payload_header_missing",
           "payload_header_misnamed",
           &IsPayload},
    Needed{{"X-TXC-SIGNATURE", kWrongSignatures},
           "signature_header_missing",
           "signature_header_misnamed",
           &IsSignature},
};

bool HasBearer(const Request& request) {
  const auto header = request.FindHeader("Authorization");
  return header && Lower(header->substr(0, 7)) == "bearer ";
}

std::optional<Finding> CheckNeeded(const Request& request, const Needed& needed) {
  const auto header = request.FindHeader(needed.names.right);
  if (header && !header->empty()) return std::nullopt;
  const std::string right(needed.names.right);
  const std::string_view wrong = FindMisnamed(request, needed.names, needed.holds);
  if (wrong.empty()) return Finding{needed.missing_row, {}, "There is no header " + right + "."};
  return Finding{needed.misnamed_row,
                 {},
                 "There is a header " + std::string(wrong) + ", and none named " + right + "."};
}

// Shorter ends of a path may be anything.
constexpr std::size_t kShortestTail = 5;

// The path with its method, blanks, more slashes than it has, or percent-encoded.
bool IsWithinOther(std::string_view given, const std::string& path) {
  constexpr std::size_t kLongest = 500;
  if (given.size() > kLongest) return false;
  std::string text(Trim(given));
  if (text.starts_with("POST ")) text = std::string(Trim(std::string_view(text).substr(5)));
  text = PercentDecode(text, false);
  while (text.find("//") != std::string::npos) text = Replaced(text, "//", "/");
  return text == path;
}

// How a `request` that is not the path differs from it.
std::string_view NameRequest(std::string_view given, const std::string& path) {
  if (given.find("://") != std::string_view::npos) return "request_is_a_url";
  if (given != path && IsWithinOther(given, path)) return "request_not_plain";
  if (given.find('?') != std::string_view::npos) return "request_has_query";
  if (given == path + "/") return "request_has_trailing_slash";
  const std::string tail(given);
  if (path == std::string(kPrefix) + tail || path == std::string(kPrefix) + "/" + tail ||
      path == "/" + tail || (tail.size() > kShortestTail && path.ends_with(tail))) {
    return "request_lacks_prefix";
  }
  if (Lower(given) == Lower(path)) return "request_in_other_case";
  // A host without its scheme.
  if (given.ends_with(path)) return "request_is_a_url";
  return "request_of_another_call";
}

}  // namespace

std::optional<Finding> CheckEnvelope(const View& view, const Patient& credentials) {
  const Request& request = *view.request;
  if (auto wrong = CheckPath(Venue::kWhitebit, request)) return wrong;
  if (request.method == "GET" && request.Path().starts_with(kPrefix) &&
      request.Path().find("/public/") == std::string_view::npos) {
    return Finding{"get_instead_of_post", {}, "The call was made with GET."};
  }
  if (HasBearer(request) && !request.FindHeader("X-TXC-SIGNATURE")) {
    return Finding{"bearer_in_place_of_signature",
                   {},
                   "There is a header Authorization with a bearer token and no X-TXC-SIGNATURE."};
  }
  if (auto wrong = CheckKey(request, {"X-TXC-APIKEY", kWrongKeys}, credentials)) return wrong;
  const auto payload = request.FindHeader("X-TXC-PAYLOAD");
  const auto signature = request.FindHeader("X-TXC-SIGNATURE");
  if (payload && signature && IsSignature(*payload) && IsPayload(*signature)) {
    return Finding{"payload_and_signature_swapped",
                   {},
                   "X-TXC-PAYLOAD holds 128 hexadecimal digits, and X-TXC-SIGNATURE the base64 of "
                   "a JSON object."};
  }
  // A signature that is missing counts once the payload is right.
  return CheckNeeded(request, kNeeded[0]);
}

std::optional<Finding> CheckSignatureHeader(const View& view) {
  return CheckNeeded(*view.request, kNeeded[1]);
}

std::optional<Finding> CheckRequest(const View& view, const Patient& credentials) {
  const JsonValue* given = view.body ? view.body->FindGiven("request") : nullptr;
  if (given == nullptr || given->text.empty()) {
    return Finding{"request_missing", {}, "The body has no member `request`, or an empty one."};
  }
  const std::string path(view.request->Path());
  if (given->Is(JsonValue::Kind::kString) && given->text == path) return std::nullopt;
  return Finding{NameRequest(given->text, path),
                 {},
                 "The body says " + Show(Compact(*given), credentials) +
                     ", and the request went to " + Show(path, credentials) + "."};
}

}  // namespace ocokit::mock::doctor::whitebit
