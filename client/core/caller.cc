#include "client/core/caller.h"

#include <algorithm>
#include <vector>

#include "client/core/text.h"

namespace ocokit::client {
namespace {

std::vector<RateLimit> LimitsOf(std::span<const Endpoint> endpoints) {
  std::vector<RateLimit> limits;
  for (const Endpoint& endpoint : endpoints) limits.push_back(endpoint.limit);
  return limits;
}

Error FromTransport(const TransportError& failure) {
  Error error{.kind = ErrorKind::kTransport, .message = failure.message};
  if (failure.failure == TransportFailure::kTooLarge) error.kind = ErrorKind::kProtocol;
  if (failure.failure == TransportFailure::kInvalid) error.kind = ErrorKind::kBadRequest;
  error.outcome_unknown = failure.may_have_been_sent;
  error.retry_safe = !failure.may_have_been_sent;
  // A certificate that is not accepted will not be accepted the next time, nor a bad header.
  error.transient = error.retry_safe && failure.failure != TransportFailure::kTls &&
                    failure.failure != TransportFailure::kInvalid;
  return error;
}

void TakeOut(std::string& text, std::string_view part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 3)) {
    text.replace(at, part.size(), "***");
  }
}

// SplitMix64: spreads a counter over 64 bits.
std::uint64_t Scramble(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace

Caller::Caller(std::shared_ptr<Transport> transport, std::shared_ptr<Clock> clock,
               RateLimitOptions rate_limit, RetryOptions retry, std::span<const Endpoint> endpoints,
               std::string api_key)
    : transport_(std::move(transport)),
      clock_(std::move(clock)),
      retry_(retry),
      endpoints_(endpoints),
      api_key_(std::move(api_key)),
      limiter_(clock_, rate_limit, LimitsOf(endpoints)),
      jitter_(retry.seed) {}

Result<HttpResponse> Caller::Send(std::size_t endpoint, const HttpRequest& request) {
  ocokit::Result<HttpResponse, TransportError> response = transport_->Send(request);
  if (!response) return tl::unexpected<Error>(FromTransport(response.error()));
  // Expire is the milliseconds left in the window, not a time (BingX API, "Rate limitation").
  const auto remaining = ParseCount(response->Header("X-RateLimit-Requests-Remain"));
  const auto expires_in = ParseCount(response->Header("X-RateLimit-Requests-Expire"));
  constexpr std::int64_t kLongestWindow = 3'600'000;
  if (remaining && expires_in && *expires_in <= kLongestWindow) {
    limiter_.Correct(endpoint, *remaining, milliseconds(*expires_in));
  }
  return std::move(*response);
}

void Caller::Finish(std::size_t endpoint, TimePoint sent_at, Error* error) {
  error->sent_at = sent_at;
  if (!endpoints_[endpoint].acts) {
    // No usable answer to a question: ask again.
    if (error->outcome_unknown) error->transient = true;
    error->outcome_unknown = false;
    error->retry_safe = true;
  }
  if (error->kind == ErrorKind::kRateLimit && error->retry_after > milliseconds::zero()) {
    limiter_.Correct(endpoint, 0, error->retry_after);
  }
  TakeOut(error->message, api_key_);
  for (FieldError& field : error->fields) TakeOut(field.message, api_key_);
}

bool Caller::PauseForRetry(const Error& error, int attempt) {
  if (!error.transient || attempt >= retry_.max_attempts) return false;
  // Sending again cannot help before the clocks agree; the venue's client sees to that.
  if (error.kind == ErrorKind::kTimestamp) return false;
  if (error.retry_after > retry_.max_delay) return false;
  // Held back by our own limiter, which was told not to wait.
  if (error.kind == ErrorKind::kRateLimit && error.http_status == 0) return false;
  const int doublings = std::min(attempt - 1, 20);
  const microseconds full =
      std::min<microseconds>(retry_.first_delay * (1 << doublings), retry_.max_delay);
  microseconds delay = full / 2;
  if (delay > microseconds::zero()) {
    const std::uint64_t random = Scramble(jitter_.fetch_add(1, std::memory_order_relaxed));
    delay += microseconds(random % static_cast<std::uint64_t>((full - delay).count() + 1));
  }
  clock_->SleepFor(std::max<microseconds>(delay, error.retry_after));
  return true;
}

}  // namespace ocokit::client
