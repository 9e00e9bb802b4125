#include "ocokit/client/http_transport.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

#include "client/core/bad_field.h"
#include "client/transport/base_url.h"
#include "client/transport/bounded_http.h"
#include "client/transport/deadline.h"
#include "client/transport/sigpipe.h"
#include "ocokit/base/header_text.h"

namespace ocokit::client {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

// The library leaves a header out that holds a line break, without a word. Errors: one that names
// the header, never its value.
ocokit::Result<void> CheckHead(const HttpRequest& request) {
  if (auto ok = CheckHeaderValue(request.target, "the target"); !ok) return ok;
  if (request.target.find_first_of(" \t") != std::string::npos) {
    return Fail(ocokit::ErrorKind::kInvalidArgument, "the target must be without blanks");
  }
  if (auto ok = CheckHeaderValue(request.content_type, "Content-Type"); !ok) return ok;
  for (const auto& [name, value] : request.headers) {
    if (auto ok = CheckHeaderName(name, "a header's name"); !ok) return ok;
    if (auto ok = CheckHeaderValue(value, name); !ok) return ok;
  }
  return {};
}

// A second descriptor of a connection's socket. The library under us may close its own at any time,
// and the number may then mean another socket; through this one the right socket can always be
// asked and cut.
class SocketHandle {
 public:
  SocketHandle() = default;
  SocketHandle(const SocketHandle&) = delete;
  SocketHandle& operator=(const SocketHandle&) = delete;
  ~SocketHandle() { Reset(-1); }

  void Follow(int fd) { Reset(fcntl(fd, F_DUPFD_CLOEXEC, 0)); }

  void Cut() {
    const std::lock_guard lock(mutex_);
    if (fd_ >= 0) shutdown(fd_, SHUT_RDWR);
  }

  // An idle connection has nothing to read, unless it was closed or says something nobody asked
  // for.
  [[nodiscard]] bool IsQuiet() {
    const std::lock_guard lock(mutex_);
    pollfd poll_fd{.fd = fd_, .events = POLLIN, .revents = 0};
    return fd_ >= 0 && poll(&poll_fd, 1, 0) == 0;
  }

 private:
  void Reset(int fd) {
    const std::lock_guard lock(mutex_);
    if (fd_ >= 0) close(fd_);
    fd_ = fd;
  }

  std::mutex mutex_;
  int fd_ = -1;
};

struct Connection {
  explicit Connection(const std::string& base_url) : http(MakeBoundedHttp(base_url, bound)) {}

  SocketHandle socket;
  ReplyBound bound;
  std::unique_ptr<httplib::ClientImpl> http;
  SteadyTime idle_since{};
};

class HttpTransport final : public Transport {
 public:
  explicit HttpTransport(HttpTransportOptions options) : options_(std::move(options)) {}

  ocokit::Result<HttpResponse, TransportError> Send(const HttpRequest& request) override {
    if (auto ok = CheckHead(request); !ok) {
      return tl::unexpected(
          TransportError{TransportFailure::kInvalid, false, std::move(ok.error().message)});
    }
    try {
      return SendOn(Take(), request);
    } catch (const std::exception& e) {
      return tl::unexpected(
          TransportError{.failure = TransportFailure::kReceive, .message = e.what()});
    }
  }

 private:
  ocokit::Result<HttpResponse, TransportError> SendOn(std::unique_ptr<Connection> connection,
                                                      const HttpRequest& request);
  std::unique_ptr<Connection> Take();
  void PutBack(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> Open() const;

  const HttpTransportOptions options_;
  Deadlines deadlines_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;  // guarded by mutex_
};

httplib::Request ToHttplib(const HttpRequest& request) {
  httplib::Request out;
  out.method = MethodName(request.method);
  out.path = request.target;
  out.body = request.body;
  out.set_header("User-Agent", "ocokit");
  for (const auto& [name, value] : request.headers) out.set_header(name, value);
  if (!request.content_type.empty()) out.set_header("Content-Type", request.content_type);
  return out;
}

// Which failures leave no doubt that nothing was sent: those before the first write.
TransportError FromHttplib(httplib::Error error, bool timed_out, bool too_large,
                           const std::string& base_url) {
  using E = httplib::Error;
  TransportError out{.message = httplib::to_string(error)};
  switch (error) {
    case E::Connection:
    case E::ConnectionTimeout:
    case E::BindIPAddress:
      out.failure = TransportFailure::kConnect;
      out.may_have_been_sent = false;
      out.message = "no connection to " + base_url;
      return out;
    case E::SSLConnection:
    case E::SSLLoadingCerts:
    case E::SSLServerVerification:
      out.failure = TransportFailure::kTls;
      out.may_have_been_sent = false;
      out.message = error == E::SSLServerVerification
                        ? "the certificate of " + base_url + " is not accepted"
                        : "the TLS handshake with " + base_url + " failed";
      return out;
    default:
      break;
  }
  if (too_large) {
    out.failure = TransportFailure::kTooLarge;
    out.message = "the reply is larger than max_response_bytes";
  } else if (timed_out) {
    out.failure = TransportFailure::kTimeout;
    out.message = "no complete reply within the total timeout";
  } else if (error == E::Write) {
    out.failure = TransportFailure::kSend;
    out.message = "the connection broke while the request was sent";
  } else {
    out.failure = TransportFailure::kReceive;
    out.message =
        "no complete HTTP reply: the connection broke or fell silent, or what came is none";
  }
  return out;
}

ocokit::Result<HttpResponse, TransportError> HttpTransport::SendOn(
    std::unique_ptr<Connection> connection, const HttpRequest& request) {
  httplib::Request http_request = ToHttplib(request);
  HttpResponse response;
  bool too_large = false;
  http_request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t,
                                      std::uint64_t) {
    // The bound counts what comes; a compressed body grows here.
    too_large = size > options_.max_response_bytes - response.body.size();
    if (!too_large) response.body.append(data, size);
    return !too_large;
  };

  connection->bound = {.left = options_.max_response_bytes, .exceeded = false};
  // The library's own timeouts begin anew with every byte, so a slow drip would never end.
  std::atomic<bool> timed_out{false};
  httplib::Response http_response;
  httplib::Error error = httplib::Error::Success;
  bool complete = false;
  {
    const ScopedDeadline deadline(deadlines_,
                                  std::chrono::steady_clock::now() + options_.total_timeout, [&] {
                                    timed_out = true;
                                    connection->socket.Cut();
                                  });
    const IgnoreSigpipe ignore_sigpipe;
    complete = connection->http->send(http_request, http_response, error);
  }

  if (!complete) {
    return tl::unexpected(
        FromHttplib(error, timed_out, too_large || connection->bound.exceeded, options_.base_url));
  }
  response.status = http_response.status;
  for (auto& [name, value] : http_response.headers) response.headers.emplace_back(name, value);
  if (!timed_out) PutBack(std::move(connection));
  return response;
}

std::unique_ptr<Connection> HttpTransport::Take() {
  const auto oldest = std::chrono::steady_clock::now() - options_.max_idle_time;
  for (;;) {
    std::unique_ptr<Connection> connection;
    {
      const std::lock_guard lock(mutex_);
      if (idle_.empty()) break;
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
    // A request on a connection that the server just closed has an unknown outcome; asking first
    // makes that rare.
    if (connection->idle_since >= oldest && connection->socket.IsQuiet()) return connection;
  }
  return Open();
}

void HttpTransport::PutBack(std::unique_ptr<Connection> connection) {
  if (connection->http->is_socket_open() == 0) return;
  connection->idle_since = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  if (idle_.size() < options_.max_idle_connections) idle_.push_back(std::move(connection));
}

std::unique_ptr<Connection> HttpTransport::Open() const {
  auto connection = std::make_unique<Connection>(options_.base_url);
  httplib::ClientImpl& http = *connection->http;
  http.set_keep_alive(true);
  http.set_tcp_nodelay(true);
  // The target was signed as it stands.
  http.set_url_encode(false);
  http.set_follow_location(false);
  http.set_connection_timeout(options_.connect_timeout);
  http.set_read_timeout(options_.read_timeout);
  http.set_write_timeout(options_.write_timeout);
  http.enable_server_certificate_verification(options_.verify_certificate);
  if (!options_.ca_file.empty()) http.set_ca_cert_path(options_.ca_file);
  http.set_socket_options([socket = &connection->socket](socket_t fd) { socket->Follow(fd); });
  return connection;
}

Result<void> CheckTimeout(const char* name, milliseconds timeout) {
  constexpr milliseconds kLongest = std::chrono::hours(1);
  if (timeout.count() > 0 && timeout <= kLongest) return {};
  return BadField(name, "must be above 0 and at most 1 hour");
}

}  // namespace

Result<std::unique_ptr<Transport>> MakeHttpTransport(HttpTransportOptions options) {
  std::optional<std::string> base_url = NormalizeBaseUrl(options.base_url);
  if (!base_url) {
    return BadField("base_url", "must be http:// or https://, a host and perhaps a port; no path");
  }
  options.base_url = std::move(*base_url);
  const std::pair<const char*, milliseconds> timeouts[] = {
      {"connect_timeout", options.connect_timeout}, {"read_timeout", options.read_timeout},
      {"write_timeout", options.write_timeout},     {"total_timeout", options.total_timeout},
      {"max_idle_time", options.max_idle_time},
  };
  for (const auto& [name, timeout] : timeouts) {
    if (auto ok = CheckTimeout(name, timeout); !ok) return tl::unexpected<Error>(ok.error());
  }
  if (!options.ca_file.empty() && access(options.ca_file.c_str(), R_OK) != 0) {
    return BadField("ca_file", "cannot be read");
  }
  return std::make_unique<HttpTransport>(std::move(options));
}

}  // namespace ocokit::client
