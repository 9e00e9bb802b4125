#pragma once

// RateLimiter: keeps calls within the venue's documented windows, per endpoint. Thread-safe.
// A venue counts in fixed windows whose phase a client cannot know; so this counts over a sliding
// window, which no fixed window of the same length can exceed, and is corrected by what the venue
// says is left.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/client/errors.h"
#include "ocokit/client/options.h"

namespace ocokit::client {

// At most `count` calls in any `window`.
struct RateLimit {
  std::size_t count = 0;
  milliseconds window{0};
};

class RateLimiter {
 public:
  // One limit per endpoint; an endpoint is named by its index.
  RateLimiter(std::shared_ptr<Clock> clock, RateLimitOptions options,
              const std::vector<RateLimit>& limits);

  // Takes one call, waiting for it as the options say. Errors: kRateLimit with retry_after, when
  // they say not to wait, or not so long.
  [[nodiscard]] Result<void> Acquire(std::size_t endpoint);

  // What the venue said: `remaining` calls are left for the next `expires_in`.
  void Correct(std::size_t endpoint, std::int64_t remaining, microseconds expires_in);

 private:
  struct State {
    RateLimit limit{};
    std::deque<TimePoint> taken{};  // calls of the last window, oldest first
    std::int64_t server_remaining = 0;
    TimePoint server_window_end{};  // server_remaining counts until then
  };

  // Takes a call and returns zero, or returns how long to wait before asking again.
  [[nodiscard]] microseconds TryTake(std::size_t endpoint);

  std::shared_ptr<Clock> clock_;
  RateLimitOptions options_;
  std::mutex mutex_;
  std::vector<State> states_;  // guarded by mutex_
};

}  // namespace ocokit::client
