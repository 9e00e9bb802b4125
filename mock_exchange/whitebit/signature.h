#pragma once

// Checks what a WhiteBIT request is signed with: X-TXC-PAYLOAD is the base64 of the body, and
// X-TXC-SIGNATURE the lower-case hexadecimal HMAC-SHA512 over the payload's text.

#include <string_view>

#include "mock_exchange/json/reader.h"
#include "ocokit/base/digest.h"
#include "ocokit/mock/settings.h"

namespace ocokit::mock::whitebit {

// The body as JSON. Errors: it is not a JSON object, the payload is not base64 of one, or the two
// do not agree under `check`.
[[nodiscard]] Result<JsonValue> VerifyPayload(std::string_view payload, std::string_view body,
                                              PayloadCheck check);

// How a signature may be written.
enum class Hex { kLowerCase, kUpperCaseToo };

[[nodiscard]] bool VerifySignature(std::string_view payload, std::string_view signature,
                                   const HmacSha512& key, Hex hex = Hex::kLowerCase);

}  // namespace ocokit::mock::whitebit
