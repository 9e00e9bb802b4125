#include "ocokit/client/credentials.h"

#include <openssl/crypto.h>

#include <utility>

#include "client/core/bad_field.h"
#include "client/core/check_credentials.h"

namespace ocokit::client {
namespace {

void Wipe(std::string& text) {
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

// Key and secret travel in a header and through copy and paste: what is not a visible ASCII
// character was not issued by the venue.
bool IsVisibleAscii(std::string_view text) {
  for (char c : text) {
    if (c <= ' ' || c > '~') return false;
  }
  return !text.empty();
}

}  // namespace

Credentials::Credentials(std::string api_key, std::string secret)
    : api_key_(std::move(api_key)), secret_(secret) {
  Wipe(secret);
}

// Copies and wipes: a moved-from string may keep a short secret in its inline buffer.
Credentials::Credentials(Credentials&& other) noexcept
    : api_key_(std::move(other.api_key_)),
      secret_(other.secret_) {  // NOLINT(performance-move-constructor-init)
  Wipe(other.secret_);
}

Credentials& Credentials::operator=(Credentials&& other) noexcept {
  if (this == &other) return *this;
  api_key_ = std::move(other.api_key_);
  Wipe(secret_);
  secret_ = other.secret_;
  Wipe(other.secret_);
  return *this;
}

Credentials::~Credentials() { Wipe(secret_); }

Result<void> CheckCredentials(const Credentials& credentials) {
  constexpr std::string_view kWanted = "must be printable ASCII text without blanks or line breaks";
  if (!IsVisibleAscii(credentials.api_key())) return BadField("api_key", std::string(kWanted));
  if (!IsVisibleAscii(credentials.RevealSecret())) return BadField("secret", std::string(kWanted));
  return {};
}

}  // namespace ocokit::client
