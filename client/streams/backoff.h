#pragma once

// How long to pause before the next attempt: longer each time, and never the same for all clients.

#include <cstdint>

#include "ocokit/client/user_stream.h"

namespace ocokit::client::streams {

class Backoff {
 public:
  explicit Backoff(const BackoffOptions& options);

  // The pause before the next attempt.
  [[nodiscard]] milliseconds Next();
  // An attempt has succeeded.
  void Reset() { attempts_ = 0; }

 private:
  BackoffOptions options_;
  std::uint64_t state_;
  int attempts_ = 0;
};

}  // namespace ocokit::client::streams
