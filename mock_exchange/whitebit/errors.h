#pragma once

// Every refusal of the WhiteBIT endpoints: HTTP status, code, message and the field it is about.
// docs/wire-whitebit.md lists them with their sources; texts marked "ours" there have no published
// wording.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_exchange/core/reply.h"

namespace ocokit::mock::whitebit {

// Texts by field. Written in the order of the field names, as the venue does.
using FieldErrors = std::vector<std::pair<std::string, std::vector<std::string>>>;

struct Refusal {
  int status = 422;
  int code = 0;
  std::string message;
  FieldErrors errors;
  std::string rule;  // for the decision
};

// 422, "Validation failed": the request itself is wrong.
[[nodiscard]] Refusal Invalid(int code, std::string field, std::string text, std::string rule);
[[nodiscard]] Refusal Invalid(int code, FieldErrors errors, std::string rule);
// 400, "Inner validation failed": the engine refuses.
[[nodiscard]] Refusal InnerInvalid(int code, std::string field, std::string text, std::string rule);

// Refusals before the request is read.
[[nodiscard]] Refusal UnknownKey();
[[nodiscard]] Refusal DisabledKey();
[[nodiscard]] Refusal PayloadMissing();
[[nodiscard]] Refusal PayloadInvalid();
[[nodiscard]] Refusal SignatureWrong();
[[nodiscard]] Refusal RequestMissing();
[[nodiscard]] Refusal RequestWrong();
[[nodiscard]] Refusal NonceMissing();
[[nodiscard]] Refusal NonceWindowInvalid();
[[nodiscard]] Refusal NonceTooOld();
[[nodiscard]] Refusal NonceTooNew();
[[nodiscard]] Refusal NonceUsed();
[[nodiscard]] Refusal EndpointNotAllowed();
[[nodiscard]] Refusal RegionBlocked();

[[nodiscard]] Reply WriteRefusal(const Refusal& refusal, Stage stage);
// The gateway's own replies, which are not JSON.
[[nodiscard]] Reply WriteRateLimited();
[[nodiscard]] Reply WriteNotFound();

// What Settings::refuse_orders may name.
[[nodiscard]] std::vector<std::string> OrderRefusalNames();

}  // namespace ocokit::mock::whitebit
