#include "conformance/net/connection.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "conformance/net/look_up.h"
#include "conformance/net/reply_reader.h"

namespace ocokit::conform {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

std::string Milliseconds(milliseconds time) { return std::to_string(time.count()) + " ms"; }

tl::unexpected<Error> Unavailable(const Url& url, const std::string& why) {
  return Fail(ErrorKind::kUnavailable, "no connection to " + FormatUrl(url) + ": " + why);
}

}  // namespace

struct Connection::State {
  asio::io_context io;
  tcp::socket socket{io};
  std::optional<asio::ssl::context> tls;
  std::optional<asio::ssl::stream<tcp::socket&>> stream;
  std::string unread;  // beyond the last reply

  // Runs what `start` starts until it is done, or cancels it. Nothing when the time was up.
  template <typename Start>
  std::optional<error_code> Run(steady_clock::time_point until, Start start) {
    std::optional<error_code> result;
    start([&result](const error_code& error, auto&&...) { result = error; });
    io.restart();
    io.run_until(until);
    if (result) return result;
    error_code ignored;
    socket.close(ignored);
    io.restart();
    io.run();  // what was cancelled reports that
    return std::nullopt;
  }

  // Into the beginning of `buffer`; how many bytes, in `count`.
  std::optional<error_code> ReadInto(steady_clock::time_point until, std::vector<char>& buffer,
                                     std::size_t& count) {
    count = 0;
    return Run(until, [&](auto handler) {
      const auto read = [&count, handler](const error_code& error, std::size_t bytes) {
        count = bytes;
        handler(error);
      };
      if (stream) {
        stream->async_read_some(asio::buffer(buffer), read);
      } else {
        socket.async_read_some(asio::buffer(buffer), read);
      }
    });
  }
};

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result<Connection> Connection::Open(const Url& url, milliseconds timeout,
                                    const std::string& ca_file) {
  const auto until = steady_clock::now() + timeout;
  auto state = std::make_unique<State>();
  error_code error;
  const Result<Endpoints> found = LookUpEndpoints(url.host, url.port, until);
  if (!found) return Unavailable(url, found.error().message);
  auto done = state->Run(
      until, [&](auto handler) { asio::async_connect(state->socket, *found, std::move(handler)); });
  if (!done) return Unavailable(url, "none within " + Milliseconds(timeout));
  if (*done) return Unavailable(url, done->message());
  state->socket.set_option(tcp::no_delay(true), error);
  if (url.tls) {
    state->tls.emplace(asio::ssl::context::tls_client);
    state->tls->set_default_verify_paths(error);
    if (!ca_file.empty()) {
      state->tls->load_verify_file(ca_file, error);
      if (error) return Unavailable(url, "no certificates in " + ca_file + ": " + error.message());
    }
    state->stream.emplace(state->socket, *state->tls);
    state->stream->set_verify_mode(asio::ssl::verify_peer);
    state->stream->set_verify_callback(asio::ssl::host_name_verification(url.host));
    SSL_set_tlsext_host_name(state->stream->native_handle(), url.host.c_str());
    done = state->Run(until, [&](auto handler) {
      state->stream->async_handshake(asio::ssl::stream_base::client, std::move(handler));
    });
    if (!done) return Unavailable(url, "no TLS within " + Milliseconds(timeout));
    if (*done) return Unavailable(url, "TLS: " + done->message());
  }
  return Connection(std::move(state));
}

Result<void> Connection::Write(std::string_view bytes, milliseconds timeout) {
  const auto buffer = asio::buffer(bytes.data(), bytes.size());
  const auto done = state_->Run(steady_clock::now() + timeout, [&](auto handler) {
    if (state_->stream) {
      asio::async_write(*state_->stream, buffer, std::move(handler));
    } else {
      asio::async_write(state_->socket, buffer, std::move(handler));
    }
  });
  if (!done) {
    return Fail(ErrorKind::kUnavailable,
                "the server did not take the request within " + Milliseconds(timeout));
  }
  if (*done) {
    return Fail(ErrorKind::kUnavailable,
                "the server closed the connection while it was written to: " + done->message());
  }
  return {};
}

tl::expected<std::string, ReadFailure> Connection::ReadSome(milliseconds timeout) {
  if (!state_->unread.empty()) return std::exchange(state_->unread, std::string());
  std::vector<char> buffer(16384);
  std::size_t count = 0;
  const auto done = state_->ReadInto(steady_clock::now() + timeout, buffer, count);
  if (count > 0) return std::string(buffer.data(), count);
  const auto fail = [](NoReply why, std::string message) {
    return tl::unexpected<ReadFailure>(ReadFailure{why, std::move(message), ""});
  };
  if (!done) return fail(NoReply::kTimeout, "nothing came within " + Milliseconds(timeout));
  return fail(NoReply::kClosed, "the connection was closed (" + done->message() + ")");
}

void Connection::HalfClose() {
  error_code ignored;
  state_->socket.shutdown(tcp::socket::shutdown_send, ignored);
}

tl::expected<HttpReply, ReadFailure> Connection::Read(milliseconds timeout, bool head,
                                                      std::size_t most) {
  return ReadReply(timeout, head, most, nullptr);
}

tl::expected<HttpReply, ReadFailure> Connection::Follow(milliseconds timeout,
                                                        const OnPiece& on_piece) {
  return ReadReply(timeout, false, kMostOfAReply, &on_piece);
}

tl::expected<HttpReply, ReadFailure> Connection::ReadReply(milliseconds timeout, bool head,
                                                           std::size_t most,
                                                           const OnPiece* on_piece) {
  const auto until = steady_clock::now() + timeout;
  ReplyReader reader(head, most, on_piece == nullptr ? OnPiece() : std::cref(*on_piece));
  std::string& unread = state_->unread;
  const auto fail = [&](NoReply why, std::string message) {
    return tl::unexpected<ReadFailure>(ReadFailure{why, std::move(message), reader.raw() + unread});
  };
  std::vector<char> buffer(on_piece == nullptr ? 16384 : 262144);
  while (true) {
    unread.erase(0, reader.Take(unread));
    if (reader.state() == ReplyReader::State::kRefused) {
      return fail(NoReply::kMalformed, reader.refusal());
    }
    if (reader.state() == ReplyReader::State::kDone) return reader.Release();
    std::size_t count = 0;
    const auto read_done = state_->ReadInto(until, buffer, count);
    const std::string so_far = std::to_string(reader.raw().size() + unread.size()) + " bytes came";
    if (!read_done) {
      return fail(NoReply::kTimeout,
                  "no whole reply within " + Milliseconds(timeout) + "; " + so_far);
    }
    unread.append(buffer.data(), count);
    if (!*read_done) continue;
    reader.TakeEnd();
    if (reader.state() == ReplyReader::State::kDone) return reader.Release();
    return fail(NoReply::kClosed, "the connection was closed before the reply was whole (" +
                                      read_done->message() + "); " + so_far);
  }
}

}  // namespace ocokit::conform
