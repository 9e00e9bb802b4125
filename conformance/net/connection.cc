#include "conformance/net/connection.h"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

#include "conformance/net/look_up.h"

namespace ocokit::conform {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t kMostHeader = std::size_t{256} << 10;

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

void Connection::HalfClose() {
  error_code ignored;
  state_->socket.shutdown(tcp::socket::shutdown_send, ignored);
}

namespace {

using Parser = http::response_parser<http::string_body>;

HttpReply ToReply(const Parser& parser, std::string raw) {
  HttpReply reply;
  const auto& message = parser.get();
  reply.status = static_cast<int>(message.result_int());
  for (const auto& field : message) {
    reply.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  reply.body = message.body();
  reply.raw = std::move(raw);
  return reply;
}

std::unique_ptr<Parser> NewParser(bool head, std::optional<std::size_t> most_of_a_body) {
  auto parser = std::make_unique<Parser>();
  parser->eager(true);
  parser->header_limit(kMostHeader);
  if (most_of_a_body) {
    parser->body_limit(*most_of_a_body);
  } else {
    parser->body_limit(boost::none);
  }
  parser->skip(head);
  return parser;
}

std::string Size(std::size_t bytes) {
  const std::size_t mebibytes = bytes >> 20;
  return mebibytes > 0 && bytes == mebibytes << 20 ? std::to_string(mebibytes) + " MiB"
                                                   : std::to_string(bytes) + " bytes";
}

std::string Why(const error_code& error, std::size_t most) {
  if (error == http::error::body_limit) return "the reply has a body of more than " + Size(most);
  if (error == http::error::header_limit) return "the reply has more than 256 KiB of headers";
  return "what came is no HTTP/1.x reply: " + error.message();
}

}  // namespace

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
  std::string raw;
  std::size_t taken = 0;  // by parsers, with what is not in `raw`
  bool wanted = true;
  std::string& unread = state_->unread;
  const auto new_parser = [&] {
    return NewParser(head, on_piece == nullptr ? std::optional(most) : std::nullopt);
  };
  auto parser = new_parser();
  const auto fail = [&](NoReply why, std::string message) {
    raw += unread;
    return tl::unexpected<ReadFailure>(ReadFailure{why, std::move(message), raw});
  };
  const auto hand_over = [&] {
    std::string piece = std::exchange(parser->get().body(), std::string());
    if (piece.empty()) return;
    wanted = (*on_piece)(static_cast<int>(parser->get().result_int()), piece);
    raw.clear();
    // Who sends a byte now and then between kilobytes of framing sends no reply.
    taken -= std::min(taken, 2 * piece.size());
  };
  // Feeds what is unread; an error that is none is that more is needed.
  const auto feed = [&]() -> error_code {
    error_code error;
    std::size_t fed = 0;
    while (wanted && fed < unread.size() && !parser->is_done()) {
      const std::size_t used = parser->put(asio::buffer(unread) + fed, error);
      raw.append(unread, fed, used);
      fed += used;
      taken += used;
      const bool more = error == http::error::need_more;
      if (more) error = {};
      if (!error && parser->is_header_done() && on_piece != nullptr) hand_over();
      if (error || more) break;
      if (parser->is_done() && parser->get().result_int() / 100 == 1) {
        parser = new_parser();
        raw.clear();
      } else if (used == 0) {
        break;
      }
    }
    unread.erase(0, fed);
    return error;
  };
  std::vector<char> buffer(on_piece == nullptr ? 16384 : 262144);
  while (true) {
    if (const error_code error = feed(); error) return fail(NoReply::kMalformed, Why(error, most));
    const bool done = parser->is_done() || !wanted;
    // The parser bounds a body and headers, but nothing beside the sizes of chunks, no trailers and
    // no interim replies.
    if (taken + (done ? 0 : unread.size()) > most) {
      return fail(NoReply::kMalformed,
                  "the reply has more than " + Size(most) + ", all its bytes counted");
    }
    if (done) return ToReply(*parser, std::move(raw));
    std::size_t count = 0;
    const auto read_done = state_->Run(until, [&](auto handler) {
      const auto read = [&count, handler](const error_code& error, std::size_t bytes) {
        count = bytes;
        handler(error);
      };
      if (state_->stream) {
        state_->stream->async_read_some(asio::buffer(buffer), read);
      } else {
        state_->socket.async_read_some(asio::buffer(buffer), read);
      }
    });
    const std::string so_far = std::to_string(raw.size() + unread.size()) + " bytes came";
    if (!read_done) {
      return fail(NoReply::kTimeout,
                  "no whole reply within " + Milliseconds(timeout) + "; " + so_far);
    }
    unread.append(buffer.data(), count);
    if (!*read_done) continue;
    error_code error;
    // A reply without a length ends where the connection does.
    if (parser->got_some() && parser->is_header_done()) parser->put_eof(error);
    if (!error && parser->is_done()) return ToReply(*parser, std::move(raw));
    return fail(NoReply::kClosed, "the connection was closed before the reply was whole (" +
                                      read_done->message() + "); " + so_far);
  }
}

}  // namespace ocokit::conform
