#pragma once

// The operations of the adapter protocol (docs/adapter.md) as calls of the client library.
// Everything here may be called by several threads at once.

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "ocokit/client/errors.h"
#include "ocokit/client/nonce.h"

namespace ocokit::adapter {

// Whom to be and how long to wait.
struct Setup {
  std::string base_url;
  std::string key;
  std::string secret;
  std::chrono::milliseconds timeout{5000};
  std::shared_ptr<client::NonceSource> nonces;  // of this key
};

// One client, for one key at one address.
class Operations {
 public:
  virtual ~Operations() = default;
  // `{"ok":...}`, `{"error":...}` or `{"unsupported":...}`.
  [[nodiscard]] virtual nlohmann::json CarryOut(const std::string& op,
                                                const nlohmann::json& args) = 0;
};

// Errors: the setup cannot be used.
[[nodiscard]] client::Result<std::unique_ptr<Operations>> MakeBingx(const Setup& setup);
[[nodiscard]] client::Result<std::unique_ptr<Operations>> MakeWhitebit(const Setup& setup);

}  // namespace ocokit::adapter
