#include "client/core/rate_limiter.h"

#include <algorithm>
#include <string>
#include <utility>

namespace ocokit::client {
namespace {

tl::unexpected<Error> TooMany(microseconds wait) {
  const auto wait_ms = std::chrono::ceil<milliseconds>(wait);
  return tl::unexpected<Error>(Error{
      .kind = ErrorKind::kRateLimit,
      .message = "held back by the client: the documented rate limit allows the next call in " +
                 std::to_string(wait_ms.count()) + " ms",
      .retry_safe = true,
      .transient = true,
      .retry_after = wait_ms});
}

}  // namespace

RateLimiter::RateLimiter(std::shared_ptr<Clock> clock, RateLimitOptions options,
                         const std::vector<RateLimit>& limits)
    : clock_(std::move(clock)), options_(options) {
  for (const RateLimit& limit : limits) states_.push_back({.limit = limit});
}

Result<void> RateLimiter::Acquire(std::size_t endpoint) {
  if (!options_.enabled) return {};
  microseconds waited{0};
  for (;;) {
    const microseconds wait = TryTake(endpoint);
    if (wait == microseconds::zero()) return {};
    waited += wait;
    if (options_.policy == WaitPolicy::kReturn || waited > options_.max_wait) return TooMany(wait);
    clock_->SleepFor(wait);
  }
}

microseconds RateLimiter::TryTake(std::size_t endpoint) {
  const std::lock_guard lock(mutex_);
  State& state = states_[endpoint];
  const TimePoint now = clock_->Now();
  // A clock that was set back would hold every call until it has caught up again.
  if (!state.taken.empty() && now < state.taken.back()) state.taken.clear();
  while (!state.taken.empty() && state.taken.front() + state.limit.window <= now) {
    state.taken.pop_front();
  }
  const bool server_window_open = now < state.server_window_end;
  if (server_window_open && state.server_remaining <= 0) return state.server_window_end - now;
  if (state.taken.size() >= state.limit.count) {
    return state.taken.front() + state.limit.window - now;
  }
  state.taken.push_back(now);
  if (server_window_open) --state.server_remaining;
  return microseconds::zero();
}

void RateLimiter::Correct(std::size_t endpoint, std::int64_t remaining, microseconds expires_in) {
  const std::lock_guard lock(mutex_);
  State& state = states_[endpoint];
  const TimePoint now = clock_->Now();
  if (now < state.server_window_end) {
    // Replies of one window overtake each other: the lowest count is the latest.
    state.server_remaining = std::min(state.server_remaining, remaining);
    state.server_window_end = std::max(state.server_window_end, now + expires_in);
  } else {
    state.server_remaining = remaining;
    state.server_window_end = now + expires_in;
  }
}

}  // namespace ocokit::client
