#include "client/whitebit/errors.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "client/core/text.h"
#include "client/json/json_reader.h"

namespace ocokit::client::whitebit {
namespace {

using Type = JsonValue::Type;

constexpr int kAnyStatus = 0;
constexpr std::int64_t kAnyCode = -1;

// What an error means for the next step.
enum class Next {
  kGiveUp,  // refused; the same request will be refused again
  kRetry,   // refused for a reason that passes
  kEqual,   // refused because an equal order exists
  kLook,    // may have taken effect
};

struct Rule {
  int status;
  std::int64_t code;
  std::string_view text;  // part of the message or of a field's text; empty: any
  ErrorKind kind;
  Next next;
};

// The first matching row counts.
// Source: WhiteBIT API docs, "Authentication", "Create collateral OCO order", "Reduce-only orders";
// error tables of the trade API.
constexpr std::array kRules{
    // JSON on a 429 is the nonce; the rate limit's reply is not JSON.
    Rule{429, kAnyCode, "", ErrorKind::kNonce, Next::kRetry},
    // With nonceWindow the nonce is a timestamp.
    Rule{kAnyStatus, 0, "Your nonce is more than", ErrorKind::kTimestamp, Next::kGiveUp},
    Rule{kAnyStatus, 0, "Nonce not provided", ErrorKind::kNonce, Next::kGiveUp},
    Rule{kAnyStatus, 0, "Invalid nonceWindow", ErrorKind::kNonce, Next::kGiveUp},
    Rule{kAnyStatus, 2, "This action is unauthorized", ErrorKind::kPermission, Next::kGiveUp},
    Rule{kAnyStatus, 4, "not authorized to perform", ErrorKind::kPermission, Next::kGiveUp},
    Rule{403, kAnyCode, "", ErrorKind::kPermission, Next::kGiveUp},
    Rule{453, kAnyCode, "", ErrorKind::kPermission, Next::kGiveUp},
    Rule{401, kAnyCode, "", ErrorKind::kAuth, Next::kGiveUp},
    Rule{kAnyStatus, kAnyCode, "Invalid payload", ErrorKind::kAuth, Next::kGiveUp},
    Rule{kAnyStatus, kAnyCode, "Payload not provided", ErrorKind::kAuth, Next::kGiveUp},
    Rule{kAnyStatus, 10, "Unauthorized request", ErrorKind::kAuth, Next::kGiveUp},
    Rule{kAnyStatus, 116, "", ErrorKind::kReduceOnly, Next::kGiveUp},
    Rule{kAnyStatus, 2, "Unexecuted order was not found", ErrorKind::kNotFound, Next::kGiveUp},
    Rule{kAnyStatus, kAnyCode, "Max. limit of margin stop limit", ErrorKind::kBadRequest,
         Next::kGiveUp},
    Rule{kAnyStatus, kAnyCode, "Not enough balance", ErrorKind::kInsufficientFunds, Next::kGiveUp},
    Rule{kAnyStatus, 10, "", ErrorKind::kInsufficientFunds, Next::kGiveUp},
    Rule{kAnyStatus, 17, "", ErrorKind::kInsufficientFunds, Next::kGiveUp},
    Rule{kAnyStatus, 152, "", ErrorKind::kInsufficientFunds, Next::kGiveUp},
    Rule{kAnyStatus, 153, "", ErrorKind::kInsufficientFunds, Next::kGiveUp},
    // Refused by the engine, which says when: later.
    Rule{kAnyStatus, 15, "Please try again later", ErrorKind::kUnavailable, Next::kRetry},
    Rule{kAnyStatus, 16, "Please try again later", ErrorKind::kUnavailable, Next::kRetry},
    Rule{kAnyStatus, 36, "already used", ErrorKind::kBadRequest, Next::kEqual},
    Rule{kAnyStatus, kAnyCode, "internal error", ErrorKind::kUnavailable, Next::kLook},
    Rule{kAnyStatus, 300, "", ErrorKind::kUnavailable, Next::kGiveUp},  // fee not found
    Rule{kAnyStatus, 330, "", ErrorKind::kUnavailable, Next::kGiveUp},
    Rule{kAnyStatus, 51, "", ErrorKind::kUnavailable, Next::kGiveUp},
    Rule{kAnyStatus, 30, "Empty history", ErrorKind::kUnavailable, Next::kGiveUp},
    Rule{404, kAnyCode, "", ErrorKind::kNotFound, Next::kGiveUp},
    // The documented envelopes of a refusal, whatever the code ("Inner" from the engine).
    Rule{400, kAnyCode, "Inner validation failed", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{422, kAnyCode, "Inner validation failed", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{400, kAnyCode, "Validation failed", ErrorKind::kBadRequest, Next::kGiveUp},
    Rule{422, kAnyCode, "Validation failed", ErrorKind::kBadRequest, Next::kGiveUp},
    // That a request was refused has to be documented; the rest may have taken effect.
    Rule{kAnyStatus, kAnyCode, "", ErrorKind::kProtocol, Next::kLook},
};

bool Mentions(const Error& error, std::string_view text) {
  if (Contains(error.message, text)) return true;
  for (const FieldError& field : error.fields) {
    if (Contains(field.message, text)) return true;
  }
  return false;
}

// Without a WhiteBIT error in the body the HTTP status is all there is: the gateway answered.
Error FromStatus(const HttpResponse& response, bool is_json) {
  Error error{.http_status = response.status};
  error.message = "HTTP " + std::to_string(response.status) + " without a WhiteBIT error";
  error.retry_safe = true;
  switch (response.status) {
    case 429:
    case 418:
      // An error in the shape of API version 1 is JSON too, and means the nonce.
      error.kind = is_json ? ErrorKind::kNonce : ErrorKind::kRateLimit;
      // A ban does not pass by trying again.
      error.transient = response.status == 429;
      return error;
    case 401:
      error.kind = ErrorKind::kAuth;
      return error;
    case 403:
    case 451:
    case 453:
      error.kind = ErrorKind::kPermission;
      return error;
    case 404:  // an unknown path has an empty body
      error.kind = ErrorKind::kNotFound;
      return error;
    default:
      error.kind = response.status >= 500 ? ErrorKind::kUnavailable : ErrorKind::kProtocol;
      error.retry_safe = false;
      error.outcome_unknown = true;
      return error;
  }
}

// {"field":["text",...]}; public calls have arrays or texts in other places, which are passed over.
std::vector<FieldError> ReadFields(const JsonValue& reply) {
  std::vector<FieldError> fields;
  const JsonValue* errors = reply.Find("errors");
  if (errors == nullptr) return fields;
  for (const auto& [name, texts] : errors->members) {
    if (texts.Is(Type::kString)) fields.push_back({name, texts.text});
    for (const JsonValue& text : texts.items) {
      if (text.Is(Type::kString)) fields.push_back({name, text.text});
    }
  }
  return fields;
}

}  // namespace

std::optional<Error> ReadError(const HttpResponse& response, const JsonValue* reply) {
  const bool success_status = response.status >= 200 && response.status < 300;
  const JsonValue* message = reply != nullptr ? reply->Find("message") : nullptr;
  const JsonValue* code = reply != nullptr ? reply->Find("code") : nullptr;
  const bool is_error_body = code != nullptr && message != nullptr && message->Is(Type::kString);
  if (!is_error_body) {
    if (success_status && reply != nullptr) return std::nullopt;
    Error error = FromStatus(response, reply != nullptr);
    if (success_status) error.message = "WhiteBIT reply: is not JSON";
    return error;
  }

  Error error{.message = message->text,
              .code = ReadInteger(*code),
              .http_status = response.status,
              .fields = ReadFields(*reply)};
  for (const Rule& rule : kRules) {
    if (rule.status != kAnyStatus && rule.status != response.status) continue;
    if (rule.code != kAnyCode && error.code != rule.code) continue;
    if (!Mentions(error, rule.text)) continue;
    error.kind = rule.kind;
    error.outcome_unknown = rule.next == Next::kLook;
    error.retry_safe = rule.next == Next::kGiveUp || rule.next == Next::kRetry;
    error.transient = rule.next == Next::kRetry;
    break;
  }
  if (response.status >= 500) {
    error.kind = ErrorKind::kUnavailable;
    error.retry_safe = false;
    error.transient = false;
    error.outcome_unknown = true;
  }
  return error;
}

}  // namespace ocokit::client::whitebit
