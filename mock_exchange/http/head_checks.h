#pragma once

// What a request's head must be before anything is done with it, beyond its grammar. RFC 9112 says
// for each whether a server must refuse it; docs/limits.md lists them with their tests.

#include <optional>
#include <string>
#include <string_view>

#include "ocokit/mock/message.h"

namespace ocokit::mock::http {

// Why a request is not taken. The connection ends with the answer: where the next request begins is
// not known, or not to be trusted.
struct Refusal {
  int status = 400;
  std::string text;  // for a person

  friend bool operator==(const Refusal&, const Refusal&) = default;
};

// `version`: 10 or 11. None: the head is fine. 400: a Host that is missing in HTTP/1.1, twice or no
// host; framing by Transfer-Encoding that does not end with chunked, stands beside Content-Length,
// or in HTTP/1.0; a target that is no path. 501: a transfer coding besides chunked.
[[nodiscard]] std::optional<Refusal> CheckHead(const Request& request, int version);

// RFC 3986 uri-host, not empty, with or without a port: "example.com", "127.0.0.1:8787",
// "[::1]:80".
[[nodiscard]] bool IsHostAndPort(std::string_view text);

}  // namespace ocokit::mock::http
