#pragma once

// What both venues' clients can be told about time, limits and retries. Plain values.

#include <cstdint>

#include "ocokit/base/clock.h"

namespace ocokit::client {

// What a call does that would exceed the venue's documented rate limit.
enum class WaitPolicy {
  kWait,    // sleeps on the client's clock until the limit allows the call
  kReturn,  // returns a rate_limit error at once, with retry_after set
};

struct RateLimitOptions {
  // False: calls are never held back; the venue's own refusals remain.
  bool enabled = true;
  WaitPolicy policy = WaitPolicy::kWait;
  // With kWait: a wait longer than this becomes the error of kReturn.
  milliseconds max_wait{10000};
};

// Which failed calls are tried again: those with Error::transient, and no others, whatever the
// numbers here. A create or cancel whose outcome is unknown is never repeated.
struct RetryOptions {
  // Attempts in all, at least 1; 1 turns retries off.
  int max_attempts = 3;
  // Before attempt n + 1 the client sleeps between half and all of first_delay * 2^(n - 1), at most
  // max_delay, and not less than Error::retry_after. If that is above max_delay the error returns.
  milliseconds first_delay{100};
  milliseconds max_delay{5000};
  // Seed of the random part. Equal seeds give equal delays.
  std::uint64_t seed = 1;
};

}  // namespace ocokit::client
