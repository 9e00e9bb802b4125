// Hides an account's secret in what is shown of its requests.

#include <cstdint>

#include "mock_exchange/core/request.h"
#include "ocokit/base/encoding.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock {
namespace {

std::string ReplaceAll(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

// Whether a stretch of base64 in either alphabet, anywhere in the text, holds the secret: what it
// makes of it depends on where in a group of three bytes the secret begins.
bool HoldsInBase64(std::string_view text, std::string_view secret) {
  const std::string in_standard = ReplaceAll(ReplaceAll(std::string(text), "-", "+"), "_", "/");
  for (std::size_t shift = 0; shift < 3; ++shift) {
    // The characters that the secret's neighbours have no part in.
    const std::string encoded = FormatBase64(std::string(shift, 'x') + std::string(secret));
    const std::size_t first = (shift * 8 + 5) / 6;
    const std::size_t last = (shift + secret.size()) * 8 / 6;
    if (last < first + 4) continue;
    if (in_standard.find(encoded.substr(first, last - first)) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string HideSecret(std::string_view text, std::string_view secret) {
  if (secret.empty()) return std::string(text);
  std::string out = ReplaceAll(std::string(text), secret, "[secret]");
  const std::string hex =
      FormatHex({reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size()});
  out = ReplaceAll(std::move(out), hex, "[secret]");
  const std::string escaped = ReplaceAll(std::string(secret), "/", "\\/");
  if (escaped != secret) out = ReplaceAll(std::move(out), escaped, "[secret]");
  const bool hidden = PercentDecode(out, false).find(secret) != std::string::npos ||
                      PercentDecode(out, true).find(secret) != std::string::npos ||
                      HoldsInBase64(out, secret);
  return hidden ? "[a text that holds the secret]" : out;
}

}  // namespace ocokit::mock
