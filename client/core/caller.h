#pragma once

// Caller: one call from the first attempt to the last. Takes the rate limit, signs anew for every
// attempt, sends, reads, and decides whether to try again. The one place that knows when a repeat
// is safe. Thread-safe.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "client/core/rate_limiter.h"
#include "ocokit/base/clock.h"
#include "ocokit/client/errors.h"
#include "ocokit/client/options.h"
#include "ocokit/client/transport.h"

namespace ocokit::client {

struct Endpoint {
  std::string_view path{};
  HttpMethod method = HttpMethod::kGet;
  bool acts = false;  // places or cancels; others only read
  RateLimit limit{};
};

class Caller {
 public:
  // `endpoints` must outlive this object. `api_key` is what Finish takes out of errors.
  Caller(std::shared_ptr<Transport> transport, std::shared_ptr<Clock> clock,
         RateLimitOptions rate_limit, RetryOptions retry, std::span<const Endpoint> endpoints,
         std::string api_key);

  // sign(endpoint) makes a Result of an HttpRequest or of what derives from it, which lasts until
  // read(response) has made a Result<Reply>. Errors of `read` say what may be repeated as for a
  // call that acts.
  template <typename Reply, typename Sign, typename Read>
  [[nodiscard]] Result<Reply> Call(std::size_t endpoint, const Sign& sign, const Read& read) {
    for (int attempt = 1;; ++attempt) {
      Result<Reply> reply = Attempt<Reply>(endpoint, sign, read);
      if (reply || !PauseForRetry(reply.error(), attempt)) return reply;
    }
  }

 private:
  template <typename Reply, typename Sign, typename Read>
  [[nodiscard]] Result<Reply> Attempt(std::size_t endpoint, const Sign& sign, const Read& read) {
    // Before signing: a request must not grow old while it waits.
    if (auto allowed = limiter_.Acquire(endpoint); !allowed) {
      return tl::unexpected<Error>(std::move(allowed.error()));
    }
    const TimePoint sent_at = clock_->Now();
    const auto request = sign(endpoints_[endpoint]);
    if (!request) return tl::unexpected<Error>(request.error());
    const Result<HttpResponse> response = Send(endpoint, *request);
    Result<Reply> reply =
        response ? read(*response) : Result<Reply>(tl::unexpected<Error>(response.error()));
    if (!reply) Finish(endpoint, sent_at, &reply.error());
    return reply;
  }

  [[nodiscard]] Result<HttpResponse> Send(std::size_t endpoint, const HttpRequest& request);
  // Completes an error with what is known here: when it was sent, and what a read-only call means
  // for a retry.
  void Finish(std::size_t endpoint, TimePoint sent_at, Error* error);
  // Sleeps before the next attempt; false when there is to be none.
  [[nodiscard]] bool PauseForRetry(const Error& error, int attempt);

  std::shared_ptr<Transport> transport_;
  std::shared_ptr<Clock> clock_;
  RetryOptions retry_;
  std::span<const Endpoint> endpoints_;
  std::string api_key_;
  RateLimiter limiter_;
  std::atomic<std::uint64_t> jitter_;
};

}  // namespace ocokit::client
