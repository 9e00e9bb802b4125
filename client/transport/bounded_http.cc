#include "client/transport/bounded_http.h"

#include <openssl/ssl.h>
#include <poll.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <functional>
#include <utility>

namespace ocokit::client {
namespace {

using std::chrono::milliseconds;

// Passes on what the bound has left.
class BoundedStream final : public httplib::Stream {
 public:
  BoundedStream(httplib::Stream& inner, ReplyBound& bound) : inner_(inner), bound_(bound) {}

  bool is_readable() const override { return inner_.is_readable(); }
  bool is_writable() const override { return inner_.is_writable(); }
  ssize_t read(char* data, std::size_t size) override {
    // A reply without a length may end here, which only another read shows.
    const bool spent = bound_.left == 0;
    const ssize_t count = inner_.read(data, spent ? 1 : std::min(size, bound_.left));
    if (count <= 0) return count;
    if (spent) {
      bound_.exceeded = true;
      return -1;
    }
    bound_.left -= static_cast<std::size_t>(count);
    return count;
  }
  ssize_t write(const char* data, std::size_t size) override { return inner_.write(data, size); }
  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    inner_.get_remote_ip_and_port(ip, port);
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    inner_.get_local_ip_and_port(ip, port);
  }
  socket_t socket() const override { return inner_.socket(); }

 private:
  httplib::Stream& inner_;
  ReplyBound& bound_;
};

// httplib keeps its own stream over TLS to itself.
class TlsStream final : public httplib::Stream {
 public:
  TlsStream(socket_t socket, SSL* ssl, milliseconds read_timeout, milliseconds write_timeout)
      : socket_(socket), ssl_(ssl), read_timeout_(read_timeout), write_timeout_(write_timeout) {
    SSL_clear_mode(ssl_, SSL_MODE_AUTO_RETRY);
  }

  bool is_readable() const override { return SSL_pending(ssl_) > 0 || Wait(POLLIN); }
  bool is_writable() const override { return Wait(POLLOUT); }
  ssize_t read(char* data, std::size_t size) override {
    return Run(
        POLLIN, [&](int most) { return SSL_read(ssl_, data, most); }, size);
  }
  ssize_t write(const char* data, std::size_t size) override {
    return Run(
        POLLOUT, [&](int most) { return SSL_write(ssl_, data, most); }, size);
  }
  // Of servers' requests alone.
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return socket_; }

 private:
  // The system's own limit on a read of a socket may end one in the middle of a record, hence the
  // further attempts; each waits for the socket first. Records that carry nothing for us (session
  // tickets) are few: who sends nothing else is cut off.
  template <typename Call>
  ssize_t Run(short event, Call call, std::size_t size) {
    constexpr int kMostAttempts = 1000;
    const int most = static_cast<int>(std::min<std::size_t>(size, 1 << 30));
    for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
      if ((event == POLLOUT || SSL_pending(ssl_) == 0) && !Wait(event)) return -1;
      const int count = call(most);
      if (count > 0) return count;
      switch (SSL_get_error(ssl_, count)) {
        case SSL_ERROR_ZERO_RETURN:
          return 0;
        case SSL_ERROR_WANT_READ:
          event = POLLIN;
          break;
        case SSL_ERROR_WANT_WRITE:
          event = POLLOUT;
          break;
        default:
          return count < 0 ? count : -1;
      }
    }
    return -1;
  }

  bool Wait(short event) const {
    const auto until =
        std::chrono::steady_clock::now() + (event == POLLIN ? read_timeout_ : write_timeout_);
    for (;;) {
      const auto left =
          std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now()).count();
      pollfd descriptor{.fd = socket_, .events = event, .revents = 0};
      const int ready = poll(&descriptor, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
      if (ready >= 0 || errno != EINTR) return ready > 0;
    }
  }

  const socket_t socket_;
  SSL* const ssl_;
  const milliseconds read_timeout_;
  const milliseconds write_timeout_;
};

milliseconds Milliseconds(time_t seconds, time_t microseconds) {
  return milliseconds(seconds * 1000 + microseconds / 1000);
}

class PlainClient final : public httplib::ClientImpl {
 public:
  PlainClient(const std::string& host, int port, ReplyBound& bound)
      : ClientImpl(host, port), bound_(bound) {}

 private:
  bool process_socket(const Socket& socket,
                      std::function<bool(httplib::Stream&)> callback) override {
    return httplib::detail::process_client_socket(
        socket.sock, read_timeout_sec_, read_timeout_usec_, write_timeout_sec_, write_timeout_usec_,
        [&](httplib::Stream& stream) {
          BoundedStream bounded(stream, bound_);
          return callback(bounded);
        });
  }

  ReplyBound& bound_;
};

class TlsClient final : public httplib::SSLClient {
 public:
  TlsClient(const std::string& host, int port, ReplyBound& bound)
      : SSLClient(host, port), bound_(bound) {}

 private:
  bool process_socket(const Socket& socket,
                      std::function<bool(httplib::Stream&)> callback) override {
    TlsStream stream(socket.sock, socket.ssl, Milliseconds(read_timeout_sec_, read_timeout_usec_),
                     Milliseconds(write_timeout_sec_, write_timeout_usec_));
    BoundedStream bounded(stream, bound_);
    return callback(bounded);
  }

  ReplyBound& bound_;
};

}  // namespace

std::unique_ptr<httplib::ClientImpl> MakeBoundedHttp(const std::string& base_url,
                                                     ReplyBound& bound) {
  const bool tls = base_url.starts_with("https://");
  std::string host = base_url.substr(base_url.find("://") + 3);
  int port = tls ? 443 : 80;
  // After the brackets of an IPv6 address, whose own colons stand within.
  const std::size_t colon =
      host.find(':', host.find(']') == std::string::npos ? 0 : host.find(']'));
  if (colon != std::string::npos) {
    std::from_chars(host.data() + colon + 1, host.data() + host.size(), port);
    host.resize(colon);
  }
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  if (tls) return std::make_unique<TlsClient>(host, port, bound);
  return std::make_unique<PlainClient>(host, port, bound);
}

}  // namespace ocokit::client
