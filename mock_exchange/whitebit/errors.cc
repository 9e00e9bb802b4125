#include "mock_exchange/whitebit/errors.h"

#include <algorithm>

#include "mock_exchange/core/json_response.h"

namespace ocokit::mock::whitebit {
namespace {

Refusal Plain(int status, int code, std::string message, std::string rule) {
  return {.status = status,
          .code = code,
          .message = std::move(message),
          .errors = {},
          .rule = std::move(rule)};
}

}  // namespace

Refusal Invalid(int code, FieldErrors errors, std::string rule) {
  return {.status = 422,
          .code = code,
          .message = "Validation failed",
          .errors = std::move(errors),
          .rule = std::move(rule)};
}

Refusal Invalid(int code, std::string field, std::string text, std::string rule) {
  FieldErrors errors;
  errors.emplace_back(std::move(field), std::vector<std::string>{std::move(text)});
  return Invalid(code, std::move(errors), std::move(rule));
}

Refusal InnerInvalid(int code, std::string field, std::string text, std::string rule) {
  Refusal refusal = Invalid(code, std::move(field), std::move(text), std::move(rule));
  refusal.status = 400;
  refusal.message = "Inner validation failed";
  return refusal;
}

Refusal UnknownKey() { return Plain(401, 0, "This action is unauthorized.", "api_key"); }

Refusal DisabledKey() {
  return Plain(401, 2, "This action is unauthorized. Enable your key in API settings",
               "key_enabled");
}

Refusal PayloadMissing() { return Plain(400, 0, "Payload not provided.", "payload_present"); }
Refusal PayloadInvalid() { return Plain(400, 9, "Invalid payload.", "payload"); }
Refusal SignatureWrong() { return Plain(401, 10, "Unauthorized request.", "signature"); }
Refusal RequestMissing() { return Plain(401, 0, "Request not provided.", "request_present"); }
Refusal RequestWrong() { return Plain(401, 10, "Unauthorized request.", "request_path"); }
Refusal NonceMissing() { return Plain(401, 0, "Nonce not provided.", "nonce_present"); }
Refusal NonceWindowInvalid() { return Plain(401, 0, "Invalid nonceWindow.", "nonce_window"); }

Refusal NonceTooOld() {
  return Plain(401, 0, "Your nonce is more than 5 seconds lesser than the current nonce.",
               "nonce_too_old");
}

Refusal NonceTooNew() {
  return Plain(401, 0, "Your nonce is more than 5 seconds greater than the current nonce.",
               "nonce_too_new");
}

Refusal NonceUsed() { return Plain(429, 0, "Too many requests.", "nonce_used"); }

Refusal EndpointNotAllowed() {
  return Plain(401, 4, "This API Key is not authorized to perform this action.", "permission");
}

Refusal RegionBlocked() {
  Refusal refusal = Invalid(30, "orderType", "This order type is not available", "region");
  refusal.status = 453;
  return refusal;
}

Reply WriteRefusal(const Refusal& refusal, Stage stage) {
  FieldErrors errors = refusal.errors;
  std::ranges::sort(errors, {},
                    [](const auto& entry) -> const std::string& { return entry.first; });
  JsonWriter json;
  json.BeginObject().Key("code").Integer(refusal.code).Key("errors").BeginObject();
  for (const auto& [field, texts] : errors) {
    json.Key(field).BeginArray();
    for (const std::string& text : texts) json.String(text);
    json.EndArray();
  }
  json.EndObject().Key("message").String(refusal.message).EndObject();
  Reply reply;
  reply.response = JsonResponse(json, refusal.status);
  reply.decision = {.stage = stage, .code = refusal.code, .rule = refusal.rule};
  return reply;
}

Reply WriteRateLimited() {
  Reply reply;
  reply.response.status = 429;
  reply.response.headers.push_back({"Content-Type", "text/html"});
  reply.response.body =
      "<html><head><title>429 Too Many Requests</title></head><body><center><h1>429 Too Many "
      "Requests</h1></center></body></html>";
  reply.decision = {.stage = Stage::kLimit, .rule = "rate_limit"};
  return reply;
}

Reply WriteNotFound() {
  Reply reply;
  reply.response.status = 404;
  reply.decision = {.stage = Stage::kRoute, .rule = "route"};
  return reply;
}

std::vector<std::string> OrderRefusalNames() { return {}; }

}  // namespace ocokit::mock::whitebit
