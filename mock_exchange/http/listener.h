#pragma once

// Listener: HTTP/1.1 on a TCP port, plain or in TLS. The only room that knows sockets. Keep-alive,
// pipelined and chunked requests; of `Upgrade` offers, those for WebSocket that the handler takes
// up (Answer::channel), and no other. Each of its threads runs its own connections, and answers one
// request of a connection at a time. An exception ends the connection it came in, never the thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mock_exchange/http/certificate.h"
#include "mock_exchange/wire/answer.h"
#include "ocokit/base/clock.h"
#include "ocokit/base/result.h"

namespace ocokit::mock::http {

// An exception that has ended a request, and with it a connection.
struct Failure {
  std::string_view what;             // as the exception says it
  const Request* request = nullptr;  // the one that was being answered; null: none was read
  std::string_view remote_ip;        // empty: of no connection
};

struct ListenOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  // 0: a free one
  int threads = 2;
  std::size_t max_header_bytes = 16384;               // more: 431
  std::size_t max_body_bytes = 1048576;               // more: 413
  std::chrono::milliseconds request_timeout{30'000};  // of a handshake, of a request; then 408
  std::chrono::milliseconds idle_timeout{120'000};    // without a request; then closed silently
  std::chrono::milliseconds stop_timeout{5'000};      // for requests under way when stopping
  std::optional<Certificate> tls = {};                // none: plain HTTP
  // For the Date header of replies; null: they have none, as RFC 9110 wants it of a server without
  // a clock. Outlives the listener.
  const Clock* clock = nullptr;
  // Called from the listener's threads; what they throw is lost. Of a failure, and of a request
  // that the listener refuses by itself, with its status.
  std::function<void(const Failure&)> on_failure = {};
  std::function<void(int)> on_refusal = {};
};

// Answers a request; called from any of the listener's threads, as is what the answer brings along.
// What it throws is answered with 500 and reported as a Failure.
using Handler = std::function<Answer(Request&&)>;

class Listener {
 public:
  // Listens when it returns. Errors: kUnavailable when the address cannot be bound,
  // kInvalidArgument for a host that is not an IP address, and those of CheckCertificate.
  static Result<std::unique_ptr<Listener>> Start(const ListenOptions& options, Handler handler);
  // Stops.
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Accepts nothing more, closes idle connections, ends texts that come as time goes on, lets
  // requests under way be answered within stop_timeout, and returns when all is closed. May be
  // called again and from several threads, each call waiting for the end; not from a handler.
  void Stop();

  [[nodiscard]] std::uint16_t port() const;
  // Connections that are open now, and all that were accepted so far.
  [[nodiscard]] std::size_t connections() const;
  [[nodiscard]] std::uint64_t accepted() const;

 private:
  class Impl;
  explicit Listener(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace ocokit::mock::http
