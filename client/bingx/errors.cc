#include "client/bingx/errors.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "client/core/text.h"
#include "client/json/json_reader.h"

namespace ocokit::client::bingx {
namespace {

// What an error means for the next step.
enum class Next {
  kGiveUp,  // refused; the same request will be refused again
  kRetry,   // refused for a reason that passes
  kEqual,   // refused because an equal order exists
  kLook,    // may have taken effect
};

constexpr std::int64_t kAnyCode = -1;

struct Rule {
  std::int64_t code;
  std::string_view text;  // part of the text; empty: any. The first matching row counts.
  ErrorKind kind;
  Next next;
};

// What no row matches may have taken effect: that a request was refused has to be documented.
// 100400 and 100421 are refusals by their known texts only, since services put their own there.
// Source: BingX API, error lists of the OCO pages, of "Place an order", and "Error Codes".
constexpr std::array kRules{
    // Said by the order service, which may have begun; seen under several codes.
    Rule{kAnyCode, "system is busy", ErrorKind::kUnavailable, Next::kLook},
    Rule{100500, "", ErrorKind::kUnavailable, Next::kLook},
    Rule{100503, "", ErrorKind::kUnavailable, Next::kLook},
    Rule{80001, "", ErrorKind::kUnavailable, Next::kLook},  // request failed
    Rule{80012, "", ErrorKind::kUnavailable, Next::kLook},  // service unavailable
    Rule{109500, "", ErrorKind::kUnavailable, Next::kLook},
    Rule{100001, "", ErrorKind::kAuth, Next::kGiveUp},  // signature mismatch
    Rule{100412, "", ErrorKind::kAuth, Next::kGiveUp},  // no signature
    Rule{100413, "", ErrorKind::kAuth, Next::kGiveUp},  // key
    Rule{100004, "", ErrorKind::kPermission, Next::kGiveUp},
    Rule{100403, "", ErrorKind::kPermission, Next::kGiveUp},
    Rule{100414, "", ErrorKind::kPermission, Next::kGiveUp},  // risk control
    Rule{100419, "", ErrorKind::kPermission, Next::kGiveUp},  // IP address
    Rule{100441, "", ErrorKind::kPermission, Next::kGiveUp},
    Rule{101402, "", ErrorKind::kPermission, Next::kGiveUp},
    // The gateway's use of the code, then the order service's.
    Rule{100421, "timestamp", ErrorKind::kTimestamp, Next::kRetry},
    Rule{100421, "order not exist", ErrorKind::kNotFound, Next::kGiveUp},
    Rule{100421, "prohibit", ErrorKind::kPermission, Next::kGiveUp},
    Rule{100421, "restricted from API", ErrorKind::kUnavailable, Next::kGiveUp},
    Rule{100421, "not available to place order", ErrorKind::kUnavailable, Next::kGiveUp},
    Rule{100421, "contract not exist", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100421, "number of pending orders", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{80014, "timestamp", ErrorKind::kTimestamp, Next::kRetry},
    Rule{80014, "", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100410, "", ErrorKind::kRateLimit, Next::kRetry},
    Rule{109429, "", ErrorKind::kRateLimit, Next::kRetry},
    Rule{100202, "", ErrorKind::kInsufficientFunds, Next::kGiveUp},
    Rule{100204, "", ErrorKind::kBadRequest, Next::kGiveUp},  // symbol unknown
    Rule{100440, "", ErrorKind::kBadRequest, Next::kGiveUp},  // price too far from the last
    Rule{100404, "", ErrorKind::kNotFound, Next::kGiveUp},
    Rule{80016, "", ErrorKind::kNotFound, Next::kGiveUp},
    Rule{109421, "", ErrorKind::kNotFound, Next::kGiveUp},
    Rule{100490, "", ErrorKind::kUnavailable, Next::kGiveUp},  // symbol offline
    Rule{100400, "order not exist", ErrorKind::kNotFound, Next::kGiveUp},
    Rule{100400, "FILLED or CANCELLED already", ErrorKind::kNotFound, Next::kGiveUp},
    Rule{100400, "already used", ErrorKind::kBadRequest, Next::kEqual},
    Rule{100400, "once per second", ErrorKind::kBadRequest, Next::kEqual},
    Rule{100400, "api is not exist", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100400, "miss arguments", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100400, "arguments invalid", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100400, "invalid symbol", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100400, "be lte 0", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100400, "check param fail", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100400, "check limit entrust value fail", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100400, "check market entrust volume fail", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100400, "mum amount per order is", ErrorKind::kBadRequest, Next::kGiveUp},
    // Rules that the documents state without a text; the texts are the simulator's.
    Rule{100400, "only supports numeric strings", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100400, "newClientOrderId must be", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100400, "must be different", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{100400, "than the last price", ErrorKind::kBadRequest, Next::kGiveUp},
};

// Without a code in the body the HTTP status is all there is (BingX API, "HTTP status codes").
Error FromStatus(const HttpResponse& response) {
  Error error{.http_status = response.status};
  error.message = "HTTP " + std::to_string(response.status) + " without a BingX reply";
  error.retry_safe = true;
  switch (response.status) {
    case 429:
    case 418:  // banned for going on after 429: every further request makes the ban longer
      error.kind = ErrorKind::kRateLimit;
      error.transient = response.status == 429;
      return error;
    case 400:
      error.kind = ErrorKind::kBadRequest;
      return error;
    case 401:
      error.kind = ErrorKind::kAuth;
      return error;
    case 403:
      error.kind = ErrorKind::kPermission;
      return error;
    case 404:
      error.kind = ErrorKind::kNotFound;
      return error;
    default:
      error.kind = response.status >= 500 ? ErrorKind::kUnavailable : ErrorKind::kProtocol;
      error.retry_safe = false;
      error.outcome_unknown = true;
      return error;
  }
}

// "... will be unblocked after 1727193814249", "... can retry after time: 1727193970155".
std::optional<std::int64_t> UnblockTime(std::string_view message) {
  const std::size_t last = message.find_last_of(' ');
  if (last == std::string_view::npos) return std::nullopt;
  const std::string_view digits = message.substr(last + 1);
  return digits.size() == 13 ? ParseCount(digits) : std::nullopt;
}

milliseconds RetryAfter(const HttpResponse& response, const JsonValue& reply,
                        std::string_view message) {
  constexpr std::int64_t kLongest = milliseconds(std::chrono::hours(24)).count();
  const JsonValue* timestamp = reply.Find("timestamp");
  const std::int64_t now = timestamp != nullptr ? ReadInteger(*timestamp).value_or(0) : 0;
  const std::int64_t unblock = UnblockTime(message).value_or(0);
  if (now > 0 && unblock > 0) {
    return milliseconds(std::clamp<std::int64_t>(unblock - now, 0, kLongest));
  }
  const auto expires = ParseCount(response.Header("X-RateLimit-Requests-Expire"));
  return milliseconds(std::min(expires.value_or(0), kLongest));
}

std::string TextOf(const JsonValue& reply) {
  for (const char* name : {"msg", "debugMsg", "transferErrorMsg"}) {
    const JsonValue* text = reply.Find(name);
    if (text != nullptr && text->Is(JsonValue::Type::kString) && !text->text.empty()) {
      return text->text;
    }
  }
  return {};
}

Rule FindRule(std::int64_t code, std::string_view message) {
  for (const Rule& rule : kRules) {
    if (rule.code != code && rule.code != kAnyCode) continue;
    if (Contains(message, rule.text)) return rule;
  }
  return {code, "", ErrorKind::kProtocol, Next::kLook};
}

}  // namespace

std::optional<Error> ReadError(const HttpResponse& response, const JsonValue* reply) {
  const JsonValue* code_member = reply != nullptr ? reply->Find("code") : nullptr;
  const auto code = code_member != nullptr ? ReadInteger(*code_member) : std::nullopt;
  const bool success_status = response.status >= 200 && response.status < 300;
  if (!code || (*code == 0 && !success_status)) {
    Error error = FromStatus(response);
    if (success_status) {
      error.message = reply == nullptr ? "BingX reply: is not JSON" : "BingX reply: has no code";
    }
    return error;
  }
  if (*code == 0) return std::nullopt;

  Error error{.message = TextOf(*reply), .code = code, .http_status = response.status};
  const Rule rule = FindRule(*code, error.message);
  error.kind = rule.kind;
  error.outcome_unknown = rule.next == Next::kLook || response.status >= 500;
  error.retry_safe = !error.outcome_unknown && rule.next != Next::kEqual;
  error.transient = error.retry_safe && rule.next == Next::kRetry;
  if (error.kind == ErrorKind::kRateLimit) {
    error.retry_after = RetryAfter(response, *reply, error.message);
  }
  return error;
}

}  // namespace ocokit::client::bingx
