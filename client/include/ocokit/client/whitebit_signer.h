#pragma once

// Signing of WhiteBIT requests (WhiteBIT API docs, "Authentication"): the payload is the base64
// text of the JSON body, the signature the lower-case hexadecimal HMAC-SHA512 of that text with the
// API secret. Both are headers; the body that is sent must be the very bytes that were signed.
// Usable without a Client:
//
//   Signer signer(secret);
//   SignedPayload headers =
//   signer.Sign(R"({"request":"/api/v4/oco-orders","nonce":1700000000001})");

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "ocokit/base/digest.h"

namespace ocokit::client::whitebit {

struct SignedPayload {
  std::string payload;    // X-TXC-PAYLOAD
  std::string signature;  // X-TXC-SIGNATURE

  friend bool operator==(const SignedPayload&, const SignedPayload&) = default;
};

// Signs with one secret. Immutable; any number of threads may use one at once.
class Signer {
 public:
  static constexpr std::size_t kSignatureSize = 128;

  // Keeps the state of the digest, not the secret.
  explicit Signer(std::string_view secret) : hmac_(secret) {}

  [[nodiscard]] SignedPayload Sign(std::string_view body) const;
  // The same into `out`. Allocates nothing where its strings have the room.
  void SignTo(std::string_view body, SignedPayload& out) const;

  // The signature of a payload that is base64 already, into kSignatureSize characters. Allocates
  // nothing.
  void SignPayloadTo(std::string_view payload, std::span<char, kSignatureSize> out) const;

 private:
  HmacSha512 hmac_;
};

}  // namespace ocokit::client::whitebit
