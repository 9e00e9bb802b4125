#include "mock_exchange/doctor/bingx_checks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "mock_exchange/doctor/credentials.h"
#include "mock_exchange/doctor/paths.h"
#include "mock_exchange/doctor/text.h"
#include "ocokit/mock/account.h"

namespace ocokit::mock::doctor::bingx {
namespace {

constexpr std::string_view kKeyHeader = "X-BX-APIKEY";
constexpr std::array<std::string_view, 8> kWrongKeyHeaders = {
    "X-TXC-APIKEY", "X-BX-API-KEY", "X-BX-KEY", "X-API-KEY",
    "X-APIKEY",     "APIKEY",       "API-KEY",  "X-MBX-APIKEY"};
constexpr std::array<std::string_view, 7> kWrongSignatureNames = {
    "sign", "sig", "hmac", "hash", "digest", "x-bx-signature", "x-signature"};
constexpr std::size_t kDigits = 64;
constexpr std::array<std::string_view, 4> kSignatureHeaders = {"X-BX-SIGNATURE", "signature",
                                                               "X-BX-SIGN", "X-SIGNATURE"};
constexpr std::int64_t kDefaultWindow = 5000;
// For a timestamp of more digits than a number may have.
constexpr std::int64_t kFarAhead = std::numeric_limits<std::int64_t>::max() / 2;

// The calls that change something are POST, the others GET.
bool IsPost(std::string_view path) {
  constexpr std::array<std::string_view, 9> kPosts = {"/openApi/spot/v1/oco/order",
                                                      "/openApi/spot/v1/oco/cancel",
                                                      "/openApi/spot/v1/trade/order",
                                                      "/openApi/spot/v1/trade/batchOrders",
                                                      "/openApi/spot/v1/trade/order/cancelReplace",
                                                      "/openApi/spot/v1/trade/cancel",
                                                      "/openApi/spot/v1/trade/cancelOrders",
                                                      "/openApi/spot/v1/trade/cancelOpenOrders",
                                                      "/openApi/spot/v1/trade/cancelAllAfter"};
  return std::ranges::find(kPosts, path) != kPosts.end();
}

bool IsGet(std::string_view path) {
  const std::vector<std::string> calls = EndpointPaths(Venue::kBingx);
  return !IsPost(path) && std::ranges::find(calls, path) != calls.end();
}

bool NeedsJson(std::string_view path) {
  return path.starts_with("/openApi/subAccount/") || path.find("/subAccount/") != path.npos ||
         path.starts_with("/openApi/account/transfer/");
}

std::optional<std::int64_t> ReadInteger(std::string_view text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

// As the venue reads it: none when it is no number, the default when it is zero.
std::optional<std::int64_t> ReadWindow(const View& view, std::int64_t largest) {
  const Pair* given = view.Find("recvWindow");
  if (given == nullptr) return std::min(kDefaultWindow, largest);
  // Typed float64 in the documents; the fraction does not count.
  const std::string& text = given->value;
  const std::size_t point = std::min(text.find('.'), text.size());
  if (!IsDigits(std::string_view(text).substr(0, point))) return std::nullopt;
  if (point < text.size() && !IsDigits(std::string_view(text).substr(point + 1))) {
    return std::nullopt;
  }
  const std::int64_t value = ReadInteger(text.substr(0, point)).value_or(largest);
  return std::min(value == 0 ? kDefaultWindow : value, largest);
}

// A symbol or JSON text at the end of what arrived that ends in its middle.
bool LooksCut(const View& view) {
  if (view.pairs.empty() || view.body != Body::kEmpty) return false;
  const Pair& last = view.pairs.back();
  if (last.name == "symbol" && last.value.find('-') == std::string::npos) return true;
  const auto count = [&](char c) { return std::ranges::count(last.value, c); };
  return count('[') != count(']') || count('{') != count('}') || count('"') % 2 != 0;
}

// A parameter that was to be the signature: by its name, or because nothing else looks like that.
bool IsAlmostSignature(const Pair& pair) {
  constexpr std::string_view kName = "signature";
  constexpr std::size_t kMostTypos = 2;
  const std::string name = Lower(pair.name);
  if (pair.name == kName) return false;
  if (std::ranges::find(kWrongSignatureNames, name) != kWrongSignatureNames.end()) return true;
  return EditDistance(name, kName, kMostTypos) <= kMostTypos;
}

std::optional<Finding> CheckUnit(const std::string& timestamp, const Patient& credentials) {
  if (!IsDigits(timestamp)) {
    return Finding{
        "timestamp_not_a_number", {}, "The timestamp is " + Show(timestamp, credentials) + "."};
  }
  // Until the year 2286 the seconds since 1970 have ten digits, the milliseconds thirteen.
  if (timestamp.size() == 10) {
    return Finding{"timestamp_in_seconds",
                   {},
                   "The timestamp " + timestamp + " has ten digits, as seconds have; in " +
                       "milliseconds it is " + timestamp + "000."};
  }
  if (timestamp.size() == 16 || timestamp.size() == 19) {
    return Finding{"timestamp_in_microseconds",
                   {},
                   "The timestamp " + timestamp + " has " + std::to_string(timestamp.size()) +
                       " digits; in milliseconds it is " + timestamp.substr(0, 13) + "."};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Finding> CheckEnvelope(const View& view, const Patient& credentials) {
  const std::string_view path = view.request->Path();
  if (auto wrong = CheckPath(Venue::kBingx, *view.request)) return wrong;
  if (IsPost(path) && view.request->method == "GET") {
    return Finding{"get_instead_of_post", {}, "The call was made with GET."};
  }
  if (view.request->method == "POST" && IsGet(path)) {
    return Finding{"post_instead_of_get", {}, "The call was made with POST."};
  }
  if (auto wrong = CheckKey(*view.request, {kKeyHeader, kWrongKeyHeaders}, credentials)) {
    return wrong;
  }
  if (NeedsJson(path) && view.request->method == "POST" && view.body == Body::kEmpty) {
    return Finding{"json_only_call_by_query",
                   {},
                   "The parameters of " + std::string(path) + " stand in the query."};
  }
  if (view.body == Body::kBrokenJson) {
    return Finding{"body_not_json",
                   {},
                   "The body begins with a brace and is " +
                       ReadJson(view.request->body).error().message + "."};
  }
  return std::nullopt;
}

std::optional<Finding> CheckPresence(const View& view, const Patient& credentials,
                                     const DoctorContext& context) {
  if (view.signature) {
    const bool outside = view.body == Body::kJson && !view.signature_in_body;
    if (!context.strict_signing || !outside) return std::nullopt;
    return Finding{"signature_outside_json_body",
                   {},
                   "The body is JSON, and the signature stands in the URL."};
  }
  const bool fragment = view.request->target.find('#') != std::string::npos;
  if (fragment || (view.Count("timestamp") == 0 && LooksCut(view))) {
    std::string detail = "Neither timestamp nor signature arrived";
    if (!view.pairs.empty()) {
      detail += ", and the last parameter, " + view.pairs.back().name + ", ends early";
    }
    return Finding{"fragment_cut_the_url",
                   {},
                   (fragment ? "There is a `#` in the URL" : detail) +
                       ": what follows an unencoded `#` is not sent."};
  }
  for (const Pair& pair : view.pairs) {
    if (!IsAlmostSignature(pair)) continue;
    return Finding{
        "signature_misnamed",
        {},
        "There is a parameter " + Show(pair.name, credentials) + " and none named `signature`."};
  }
  const std::string_view header =
      FindMisnamed(*view.request, {"", kSignatureHeaders}, [&](std::string_view value) {
        return value.size() == kDigits && IsHex(value) && value != credentials.key;
      });
  if (!header.empty()) {
    return Finding{"signature_in_header",
                   {},
                   "There is a header " + std::string(header) + " and no parameter `signature`."};
  }
  return Finding{"signature_missing", {}, "No parameter `signature` arrived, or an empty one."};
}

std::optional<Finding> CheckTime(const View& view, const Patient& credentials,
                                 const DoctorContext& context) {
  const Pair* stamp = view.Find("timestamp");
  if (stamp == nullptr) {
    return Finding{"timestamp_missing", {}, "There is no parameter `timestamp`, or an empty one."};
  }
  if (auto unit = CheckUnit(stamp->value, credentials)) return unit;
  const std::int64_t largest = context.max_recv_window.count();
  const std::optional<std::int64_t> window = ReadWindow(view, largest);
  if (context.now) {
    const std::int64_t now = ToUnixMillis(*context.now);
    const std::int64_t age = now - ReadInteger(stamp->value).value_or(kFarAhead);
    const std::int64_t allowed = window.value_or(std::min(kDefaultWindow, largest));
    const std::string times = "The timestamp is " + stamp->value + ", and the venue's clock said " +
                              std::to_string(now) + ": ";
    if (age > allowed && age <= kDefaultWindow && view.Find("recvWindow") != nullptr) {
      return Finding{"recv_window_too_short",
                     {},
                     times + "it was " + std::to_string(age) + " ms old, and recvWindow allows " +
                         std::to_string(allowed) + "."};
    }
    // The first one counts; a second may be the timely one.
    const std::string_view also = view.Count("timestamp") > 1 ? "timestamp_twice" : "";
    const std::string limit = ", and " + std::to_string(allowed) + " ms are allowed.";
    if (age > allowed) {
      return Finding{"timestamp_too_old", also,
                     times + "it was " + std::to_string(age) + " ms old" + limit};
    }
    if (age < -allowed) {
      return Finding{"timestamp_in_future", also,
                     times + "it lay " + std::to_string(-age) + " ms ahead" + limit};
    }
  }
  return std::nullopt;
}

std::optional<Finding> CheckWindow(const View& view, const Patient& credentials,
                                   const DoctorContext& context) {
  if (ReadWindow(view, context.max_recv_window.count())) return std::nullopt;
  return Finding{"recv_window_invalid",
                 {},
                 "recvWindow is " + Show(view.Find("recvWindow")->value, credentials) + "."};
}

}  // namespace ocokit::mock::doctor::bingx
