#include "mock_exchange/whitebit/signature.h"

#include <array>

#include "ocokit/base/encoding.h"

namespace ocokit::mock::whitebit {

Result<JsonValue> VerifyPayload(std::string_view payload, std::string_view body,
                                PayloadCheck check) {
  Result<std::string> decoded = ParseBase64(payload);
  if (!decoded) return tl::unexpected<Error>(decoded.error());
  Result<JsonValue> sent = ReadJson(body);
  if (!sent)
    return tl::unexpected<Error>(
        {ErrorKind::kInvalidArgument, "the body is " + sent.error().message});
  if (!sent->Is(JsonValue::Kind::kObject)) {
    return Fail(ErrorKind::kInvalidArgument, "the body is not a JSON object");
  }
  // The usual client sends the very bytes it signed; nothing is left to compare then.
  const bool same_bytes = *decoded == body;
  if (check == PayloadCheck::kBytes && !same_bytes) {
    return Fail(ErrorKind::kInvalidArgument, "the payload is not the body, byte for byte");
  }
  if (check == PayloadCheck::kCanonical) {
    std::string compact;
    AppendCompact(*sent, compact);
    if (*decoded != compact) {
      return Fail(ErrorKind::kInvalidArgument, "the payload is not the body written compactly");
    }
  }
  if (check == PayloadCheck::kJson && !same_bytes) {
    const Result<JsonValue> signed_json = ReadJson(*decoded);
    if (!signed_json || !SameJson(*signed_json, *sent)) {
      return Fail(ErrorKind::kInvalidArgument,
                  "the payload does not hold the members and values of the body");
    }
  }
  return sent;
}

bool VerifySignature(std::string_view payload, std::string_view signature, const HmacSha512& key,
                     Hex hex) {
  const HmacSha512::Digest digest = key.Sign(payload);
  std::array<char, 2 * std::tuple_size_v<HmacSha512::Digest>> expected;
  FormatHexTo(digest, expected.data());
  const std::string_view lower(expected.data(), expected.size());
  if (ConstantTimeEqual(lower, signature)) return true;
  if (hex == Hex::kLowerCase) return false;
  for (char& c : expected) c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
  return ConstantTimeEqual(lower, signature);
}

}  // namespace ocokit::mock::whitebit
