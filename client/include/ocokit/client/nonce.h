#pragma once

// NonceSource: strictly rising nonces in milliseconds for one API key. Thread-safe, lock-free.
// WhiteBIT refuses a nonce that is not above the last accepted one of the key, so every client that
// uses the same key must share one source. (WhiteBIT API docs: Authentication.)

#include <atomic>
#include <cstdint>
#include <memory>

#include "ocokit/base/clock.h"

namespace ocokit::client {

class NonceSource {
 public:
  // The first nonce is above `last`: give the last one used to go on after a restart.
  explicit NonceSource(std::shared_ptr<const Clock> clock, std::int64_t last = 0);

  // The clock's milliseconds, or one more than the last nonce when that is larger: two calls in one
  // millisecond, or a clock set back, still give two rising values.
  [[nodiscard]] std::int64_t Next();

  // The nonce given last.
  [[nodiscard]] std::int64_t last() const { return last_.load(std::memory_order_relaxed); }

 private:
  std::shared_ptr<const Clock> clock_;
  std::atomic<std::int64_t> last_;
};

}  // namespace ocokit::client
