#include "ocokit/base/encoding.h"
#include "ocokit/client/whitebit_signer.h"

namespace ocokit::client::whitebit {

void Signer::SignPayloadTo(std::string_view payload, std::span<char, kSignatureSize> out) const {
  FormatHexTo(hmac_.Sign(payload), out.data());
}

SignedPayload Signer::Sign(std::string_view body) const {
  SignedPayload result;
  result.payload.resize(Base64Size(body.size()));
  FormatBase64To(body, result.payload.data());
  result.signature.resize(kSignatureSize);
  SignPayloadTo(result.payload,
                std::span<char, kSignatureSize>(result.signature.data(), kSignatureSize));
  return result;
}

}  // namespace ocokit::client::whitebit
