#pragma once

// Checks a BingX signature over what was received. The documents say: HMAC-SHA256, in hexadecimal,
// over `name=value` joined by `&`, names sorted, values not percent-encoded. Live clients also sign
// the order they send, or the encoded text, and are accepted; so they are here, unless `strict`.

#include <string_view>

#include "mock_exchange/bingx/parameters.h"
#include "ocokit/base/digest.h"

namespace ocokit::mock::bingx {

enum class SignatureVerdict { kMatch, kMismatch, kMissing };

struct SignatureCheck {
  SignatureVerdict verdict = SignatureVerdict::kMissing;
  // Which reading matched: "sorted_decoded" is the documents' own rule.
  std::string_view rule = {};
};

[[nodiscard]] SignatureCheck VerifySignature(const Parameters& parameters, const HmacSha256& key,
                                             bool strict);

inline constexpr std::string_view kDocumentedRule = "sorted_decoded";

}  // namespace ocokit::mock::bingx
