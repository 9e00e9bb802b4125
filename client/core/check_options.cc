#include "client/core/check_options.h"

#include "client/core/bad_field.h"

namespace ocokit::client {

Result<void> CheckOptions(const RateLimitOptions& rate_limit, const RetryOptions& retry) {
  constexpr milliseconds kLongestDelay = std::chrono::hours(1);
  if (rate_limit.max_wait.count() < 0) return BadField("max_wait", "must not be negative");
  if (retry.max_attempts < 1) return BadField("max_attempts", "must be at least 1");
  if (retry.first_delay.count() < 0 || retry.first_delay > kLongestDelay) {
    return BadField("first_delay", "must be 0 ms to 1 hour");
  }
  if (retry.max_delay.count() < 0 || retry.max_delay > kLongestDelay) {
    return BadField("max_delay", "must be 0 ms to 1 hour");
  }
  return {};
}

}  // namespace ocokit::client
