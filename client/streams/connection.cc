#include "client/streams/connection.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <utility>
#include <vector>

#include "client/streams/wire.h"

namespace ocokit::client::streams {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

tl::unexpected<Error> Unavailable(std::string message) {
  return Fail(ErrorKind::kUnavailable, std::move(message));
}

// Of a reply to the handshake that is no 101.
std::string Refusal(const websocket::response_type& response) {
  return "the venue answered HTTP " + std::to_string(response.result_int());
}

}  // namespace

class Connection::Impl {
 public:
  explicit Impl(ConnectionOptions options) : options_(std::move(options)) {}

  ocokit::Result<void> Open(const StreamUrl& url, const std::string& query, Time deadline) {
    tcp::resolver resolver(io_);
    tcp::resolver::results_type addresses;
    error_code error = Run(deadline, [&](auto handler) {
      resolver.async_resolve(url.host, url.port,
                             [&addresses, handler](error_code e, auto results) mutable {
                               addresses = std::move(results);
                               handler(e);
                             });
    });
    if (error) return Unavailable("no address of " + url.host + ": " + error.message());
    if (url.tls) {
      if (auto ok = LoadAuthorities(); !ok) return ok;
      stream_.emplace(Wire(io_, tls_, url.host, options_.verify_certificate));
    } else {
      stream_.emplace(Wire(io_));
    }
    return OpenTo({addresses.begin(), addresses.end()}, url, query, deadline);
  }

  ocokit::Result<void> Send(const std::string& text, Time deadline) {
    const error_code error = Run(deadline, [&](auto handler) {
      stream_->text(true);
      stream_->async_write(asio::buffer(text),
                           [handler](error_code e, std::size_t) mutable { handler(e); });
    });
    if (error) return Unavailable("could not send: " + error.message());
    return {};
  }

  ocokit::Result<std::optional<Message>> Receive(Time deadline) {
    if (!reading_) {
      reading_ = true;
      read_.reset();
      stream_->async_read(buffer_, [this](error_code e, std::size_t) { read_ = e; });
    }
    RunUntil(deadline, [this] { return read_.has_value(); });
    if (!read_) return std::nullopt;
    reading_ = false;
    if (*read_) return Unavailable(HowItEnded(*read_));
    Message message{.bytes = beast::buffers_to_string(buffer_.data()),
                    .binary = stream_->got_binary()};
    buffer_.consume(buffer_.size());
    return message;
  }

  void Close(Time deadline) {
    interrupted_ = false;
    (void)Run(deadline,
              [&](auto handler) { stream_->async_close(websocket::close_code::normal, handler); });
  }

  void Interrupt() {
    interrupted_ = true;
    asio::post(io_, [] {});
  }

 private:
  template <typename Done>
  void RunUntil(Time deadline, Done done) {
    if (io_.stopped()) io_.restart();
    while (!done() && !interrupted_ && io_.run_one_until(deadline) != 0) {
    }
  }

  // Starts something and waits for its end. What does not end in time must not be waited for again:
  // its handler writes to what it shares with the caller alone.
  template <typename Start>
  error_code Run(Time deadline, Start start) {
    const auto result = std::make_shared<std::optional<error_code>>();
    start([result](error_code e) { *result = e; });
    RunUntil(deadline, [&] { return result->has_value(); });
    if (*result) return **result;
    // What `start` refers to goes with its caller.
    Cut();
    io_.restart();
    while (!*result && io_.run_one_for(std::chrono::seconds(1)) != 0) {
    }
    return interrupted_ ? asio::error::operation_aborted : asio::error::timed_out;
  }

  void Cut() {
    if (stream_) stream_->next_layer().Close();
  }

  ocokit::Result<void> LoadAuthorities() {
    error_code error;
    if (options_.ca_file.empty()) {
      tls_.set_default_verify_paths(error);
    } else {
      tls_.load_verify_file(options_.ca_file, error);
    }
    if (error) return Fail(ErrorKind::kInvalidArgument, "cannot read the file of authorities");
    return {};
  }

  ocokit::Result<void> OpenTo(const std::vector<tcp::endpoint>& addresses, const StreamUrl& url,
                              const std::string& query, Time deadline) {
    const std::string place = url.host + ":" + url.port;
    error_code error =
        Run(deadline, [&](auto handler) { stream_->next_layer().Connect(addresses, handler); });
    if (error) return Unavailable("no connection to " + place + ": " + error.message());
    error = Run(deadline, [&](auto handler) { stream_->next_layer().Secure(handler); });
    if (error) return Unavailable("no TLS with " + place + ": " + error.message());
    stream_->read_message_max(options_.max_message_bytes);
    stream_->set_option(websocket::stream_base::decorator([](websocket::request_type& request) {
      request.set(beast::http::field::user_agent, "ocokit");
    }));
    const bool usual_port = url.port == (url.tls ? "443" : "80");
    websocket::response_type response;
    error = Run(deadline, [&](auto handler) {
      stream_->async_handshake(response, usual_port ? url.host : place, url.path + query, handler);
    });
    if (error == websocket::error::upgrade_declined) return Unavailable(Refusal(response));
    if (error) return Unavailable("no WebSocket with " + place + ": " + error.message());
    return {};
  }

  std::string HowItEnded(error_code error) {
    if (error != websocket::error::closed) return "the connection ended: " + error.message();
    return "the venue closed with code " + std::to_string(stream_->reason().code);
  }

  ConnectionOptions options_;
  asio::io_context io_{1};
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  // Cut by hand: a call that runs out of time leaves nothing running behind it.
  std::optional<websocket::stream<Wire>> stream_;
  beast::flat_buffer buffer_;
  bool reading_ = false;
  std::optional<error_code> read_;
  std::atomic<bool> interrupted_{false};
};

Connection::Connection(ConnectionOptions options)
    : impl_(std::make_unique<Impl>(std::move(options))) {}
Connection::~Connection() = default;

ocokit::Result<void> Connection::Open(const StreamUrl& url, const std::string& query,
                                      Time deadline) {
  return impl_->Open(url, query, deadline);
}
ocokit::Result<void> Connection::Send(const std::string& text, Time deadline) {
  return impl_->Send(text, deadline);
}
ocokit::Result<std::optional<Message>> Connection::Receive(Time deadline) {
  return impl_->Receive(deadline);
}
void Connection::Close(Time deadline) { impl_->Close(deadline); }
void Connection::Interrupt() { impl_->Interrupt(); }

}  // namespace ocokit::client::streams
