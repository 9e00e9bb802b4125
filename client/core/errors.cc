#include "ocokit/client/errors.h"

namespace ocokit::client {

std::string_view KindName(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kBadRequest:
      return "bad_request";
    case ErrorKind::kAuth:
      return "auth";
    case ErrorKind::kPermission:
      return "permission";
    case ErrorKind::kTimestamp:
      return "timestamp";
    case ErrorKind::kNonce:
      return "nonce";
    case ErrorKind::kRateLimit:
      return "rate_limit";
    case ErrorKind::kInsufficientFunds:
      return "insufficient_funds";
    case ErrorKind::kReduceOnly:
      return "reduce_only";
    case ErrorKind::kNotFound:
      return "not_found";
    case ErrorKind::kUnavailable:
      return "unavailable";
    case ErrorKind::kProtocol:
      return "protocol";
    case ErrorKind::kTransport:
      return "transport";
  }
  return "unknown";
}

tl::unexpected<Error> BadField(std::string field, std::string message) {
  Error error{.kind = ErrorKind::kBadRequest, .message = field + ": " + message};
  error.retry_safe = true;
  error.fields.push_back({std::move(field), std::move(message)});
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace ocokit::client
