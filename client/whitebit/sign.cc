#include "ocokit/base/encoding.h"
#include "ocokit/client/whitebit_signer.h"

namespace ocokit::client::whitebit {

void Signer::SignPayloadTo(std::string_view payload, std::span<char, kSignatureSize> out) const {
  FormatHexTo(hmac_.Sign(payload), out.data());
}

void Signer::SignTo(std::string_view body, SignedPayload& out) const {
  out.payload.resize(Base64Size(body.size()));
  FormatBase64To(body, out.payload.data());
  out.signature.resize(kSignatureSize);
  SignPayloadTo(out.payload, std::span<char, kSignatureSize>(out.signature.data(), kSignatureSize));
}

SignedPayload Signer::Sign(std::string_view body) const {
  SignedPayload result;
  SignTo(body, result);
  return result;
}

}  // namespace ocokit::client::whitebit
