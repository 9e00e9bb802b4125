#pragma once

// The transport over HTTP/1.1: keep-alive connections in a pool, TCP_NODELAY, TLS with the
// certificate checked. Thread-safe; threads that send at once use connections of their own.

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "ocokit/base/clock.h"
#include "ocokit/client/errors.h"
#include "ocokit/client/transport.h"

namespace ocokit::client {

struct HttpTransportOptions {
  // "https://open-api.bingx.com": scheme http or https, host, optional port. A single slash at the
  // end is allowed and dropped; a path is refused, since it would end up inside the signed request.
  std::string base_url{};
  // Each must be positive. Establishing a connection, TLS handshake apart:
  milliseconds connect_timeout{3000};
  // Silence while reading, and each step of the TLS handshake.
  milliseconds read_timeout{10000};
  milliseconds write_timeout{5000};
  // The whole exchange with connecting, however slowly its bytes drip; looking up the host's name
  // apart, which the system bounds.
  milliseconds total_timeout{15000};
  // PEM file of the certificate authorities to trust; empty for those of the system.
  std::string ca_file{};
  // Off only for experiments: without it anyone in between can read and change orders.
  bool verify_certificate = true;
  // Most bytes of a reply, all counted: status line, headers, framing of chunks, trailers, body,
  // interim replies before it; and most bytes of a compressed body that was unpacked. A longer
  // reply is an error and its connection is closed.
  std::size_t max_response_bytes = 4 << 20;
  // Connections kept open while nobody uses them, and for how long. Keep the time below the
  // server's own idle limit, so that a request seldom meets a connection just being closed.
  std::size_t max_idle_connections = 8;
  milliseconds max_idle_time{30000};
};

// Connects on first use. Errors: kBadRequest naming the option that cannot be used.
[[nodiscard]] Result<std::unique_ptr<Transport>> MakeHttpTransport(HttpTransportOptions options);

}  // namespace ocokit::client
