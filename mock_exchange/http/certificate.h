#pragma once

// The certificate that a TLS listener shows, and one made up for it.

#include <string>

#include "ocokit/base/clock.h"
#include "ocokit/base/result.h"

namespace ocokit::mock::http {

// Both as PEM text.
struct Certificate {
  std::string certificate = {};  // its own first, then those that vouch for it
  std::string key = {};          // without a passphrase

  friend bool operator==(const Certificate&, const Certificate&) = default;
};

// A self-signed one with a new EC P-256 key, for 127.0.0.1, ::1, localhost and `host`, an IP
// address; valid from the day before `now` for two years. A client trusts it by taking it for a
// certificate authority. Errors: kInvalidArgument for a host that is no IP address, kUnavailable
// when OpenSSL cannot make it.
[[nodiscard]] Result<Certificate> MakeCertificate(const std::string& host, TimePoint now);

// Errors: kInvalidArgument saying which of the two texts is wrong, and how.
[[nodiscard]] Result<void> CheckCertificate(const Certificate& certificate);

}  // namespace ocokit::mock::http
