#pragma once

// Credentials: an API key and its secret on the way into a client. A client turns the secret into
// the state of its digest and keeps no copy; this object wipes its own when it goes. There is no
// way to print one. Not for use from several threads at once.

#include <string>
#include <string_view>

namespace ocokit::client {

class Credentials {
 public:
  // Takes both as they are: a blank or line break at an end is part of the text (a client refuses
  // such credentials, naming the field, when it is made).
  Credentials(std::string api_key, std::string secret);
  Credentials(Credentials&& other) noexcept;
  Credentials& operator=(Credentials&& other) noexcept;
  Credentials(const Credentials&) = delete;
  Credentials& operator=(const Credentials&) = delete;
  ~Credentials();

  [[nodiscard]] const std::string& api_key() const { return api_key_; }
  // For signing alone. The view ends with this object.
  [[nodiscard]] std::string_view RevealSecret() const { return secret_; }

 private:
  std::string api_key_;
  std::string secret_;
};

}  // namespace ocokit::client
