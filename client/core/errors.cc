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

}  // namespace ocokit::client
