#include "ocokit/client/nonce.h"

#include <algorithm>
#include <utility>

namespace ocokit::client {

NonceSource::NonceSource(std::shared_ptr<const Clock> clock, std::int64_t last)
    : clock_(std::move(clock)), last_(last) {}

std::int64_t NonceSource::Next() {
  const std::int64_t now = ToUnixMillis(clock_->Now());
  std::int64_t last = last_.load(std::memory_order_relaxed);
  std::int64_t next;
  do {
    next = std::max(now, last + 1);
  } while (!last_.compare_exchange_weak(last, next, std::memory_order_relaxed));
  return next;
}

}  // namespace ocokit::client
