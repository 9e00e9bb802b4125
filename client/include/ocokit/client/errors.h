#pragma once

// client::Error: what went wrong with a call, and what the caller may do about it.
// The two questions that matter with real orders have members of their own: may the request be
// sent again (retry_safe), and could it have taken effect although no answer says so
// (outcome_unknown). Plain values.
//
//   auto placed = client.PlaceOco(request);
//   if (!placed && placed.error().outcome_unknown) {
//     placed = client.Reconcile(request, placed.error().sent_at);
//   }

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/base/result.h"

namespace ocokit::client {

enum class ErrorKind {
  kBadRequest,         // the request is wrong as it stands: a field, a price, a market
  kAuth,               // key, signature or payload not accepted
  kPermission,         // the key or account may not do this: right, IP address, region
  kTimestamp,          // BingX: the timestamp is outside recvWindow
  kNonce,              // WhiteBIT: the nonce is not above the last one, or outside its window
  kRateLimit,          // too many calls; see Error::retry_after
  kInsufficientFunds,  // not enough balance or margin
  kReduceOnly,         // a reduce-only order without a position it could reduce
  kNotFound,           // no such order, list or path
  kUnavailable,        // the venue or the market does not serve now
  kProtocol,           // the reply is not what the documents say
  kTransport,          // no complete reply came
};

// The kind in snake_case: "bad_request", "auth", ... "transport".
[[nodiscard]] std::string_view KindName(ErrorKind kind);

// One field the request, or the venue, objects to.
struct FieldError {
  std::string field{};  // as the wire spells it
  std::string message{};

  friend bool operator==(const FieldError&, const FieldError&) = default;
};

struct Error {
  ErrorKind kind = ErrorKind::kBadRequest;
  // For a person: the venue's text, or ours when the venue gave none. Never holds the secret, and
  // an API key that a venue echoes is taken out.
  std::string message{};
  // The venue's own error code; none when the error is ours or the reply had none.
  std::optional<std::int64_t> code{};
  // Status of the reply, 0 when there was none.
  int http_status = 0;
  std::vector<FieldError> fields{};
  // True when it is certain that nothing happened, so that the same request, signed anew, can be
  // sent again without acting twice: it was refused, never left this machine, or only reads.
  bool retry_safe = false;
  // True when such a repeat may also succeed, since what stood in the way passes: a rate limit, a
  // nonce, a lost connection. What RetryOptions acts on. Implies retry_safe.
  bool transient = false;
  // True when the request may have taken effect: no reply, or an error that the venue does not
  // document as a refusal. Never together with retry_safe; both are false when this attempt was
  // refused because an equal order exists, which may be one's own earlier attempt.
  bool outcome_unknown = false;
  // How long to wait before a retry can succeed, where that is known; else zero.
  milliseconds retry_after{0};
  // When the failed attempt was signed, by the client's clock; none when nothing was signed.
  std::optional<TimePoint> sent_at{};

  friend bool operator==(const Error&, const Error&) = default;
};

template <typename T>
using Result = ocokit::Result<T, Error>;

}  // namespace ocokit::client
