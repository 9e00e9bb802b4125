#pragma once

// Transport: carries one HTTP request to the venue and its reply back. MakeHttpTransport
// (http_transport.h) makes the real one; a test passes its own. Implementations must allow Send
// from several threads at once, must send `target` and `body` byte for byte, and must never send a
// request twice.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ocokit/base/result.h"

namespace ocokit::client {

enum class HttpMethod { kGet, kPost, kPut, kDelete };

// "GET", "POST", "PUT", "DELETE".
[[nodiscard]] std::string_view MethodName(HttpMethod method);

struct HttpRequest {
  HttpMethod method = HttpMethod::kGet;
  std::string target{};        // path and query, as they go on the request line
  std::string content_type{};  // empty: no such header
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};

  friend bool operator==(const HttpRequest&, const HttpRequest&) = default;
};

struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};

  // Value of the first header of this name, in any case of letters; empty when there is none.
  [[nodiscard]] std::string_view Header(std::string_view name) const;

  friend bool operator==(const HttpResponse&, const HttpResponse&) = default;
};

// Why no complete reply came.
enum class TransportFailure {
  kConnect,   // no connection: refused, unreachable, name not found, connect timeout
  kTls,       // no connection: certificate not accepted, handshake failed
  kSend,      // the connection broke while the request was written
  kReceive,   // the connection broke, or a read timed out, before the reply was complete
  kTimeout,   // the total time allowed ran out
  kTooLarge,  // the reply is larger than allowed
  kInvalid,   // the request cannot go out as it is: a line break in a header or the target
};

struct TransportError {
  TransportFailure failure = TransportFailure::kConnect;
  // False only when it is certain that no byte of the request left: the venue cannot have acted.
  bool may_have_been_sent = true;
  std::string message{};

  friend bool operator==(const TransportError&, const TransportError&) = default;
};

class Transport {
 public:
  virtual ~Transport() = default;
  [[nodiscard]] virtual ocokit::Result<HttpResponse, TransportError> Send(
      const HttpRequest& request) = 0;
};

}  // namespace ocokit::client
