#include "mock_exchange/http/session.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/string_body.hpp>
#include <exception>
#include <optional>

namespace ocokit::mock::http {

namespace net = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using tcp = net::ip::tcp;

namespace {

// WhiteBIT answers 453 in some regions; the registry of status codes has no such entry.
std::string_view Reason(int status) {
  if (status == 453) return "Region Not Available";
  const auto reason =
      beast::http::obsolete_reason(beast::http::int_to_status(static_cast<unsigned>(status)));
  return {reason.data(), reason.size()};
}

std::string Serialize(const Response& response, bool keep_alive, bool with_body) {
  std::string out;
  out.reserve(256 + response.body.size());
  out += "HTTP/1.1 ";
  out += std::to_string(response.status);
  out += ' ';
  out += Reason(response.status);
  out += "\r\n";
  for (const Header& header : response.headers) {
    out += header.name;
    out += ": ";
    out += header.value;
    out += "\r\n";
  }
  out += "Content-Length: ";
  out += std::to_string(response.body.size());
  out += keep_alive ? "\r\nConnection: keep-alive\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
  if (with_body) out += response.body;
  return out;
}

Response PlainText(int status, std::string text) {
  return {.status = status,
          .headers = {{"Content-Type", "text/plain"}},
          .body = std::move(text) + "\n"};
}

}  // namespace

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const ListenOptions& options, const Handler& handler, SessionSet& set)
      : socket_(std::move(socket)),
        timer_(socket_.get_executor()),
        options_(options),
        handler_(handler),
        set_(set) {
    set_.sessions.insert(this);
  }

  ~Session() { set_.sessions.erase(this); }

  void Start() {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    const auto peer = socket_.remote_endpoint(ignored);
    if (!ignored) remote_ip_ = peer.address().to_string();
    WaitForRequest();
  }

  // Closes the connection when it is between requests; otherwise after the answer.
  void Stop() {
    if (idle_) Close();
  }

  void Close() {
    error_code ignored;
    timer_.cancel();
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

 private:
  static constexpr std::size_t kFirstRead = 4096;
  using Parser = beast::http::request_parser<beast::http::string_body>;

  // An idle connection holds no buffer and no parser.
  void WaitForRequest() {
    if (set_.stopping) return Close();
    parser_.reset();
    if (buffer_.size() != 0) return OnFirstBytes();
    buffer_ = beast::flat_buffer();
    idle_ = true;
    Arm(options_.idle_timeout);
    socket_.async_wait(tcp::socket::wait_read,
                       [self = shared_from_this()](error_code error) { self->OnReadable(error); });
  }

  void OnReadable(error_code error) {
    if (error || timed_out_) return Close();
    socket_.async_read_some(buffer_.prepare(kFirstRead),
                            [self = shared_from_this()](error_code failed, std::size_t size) {
                              if (failed || self->timed_out_) return self->Close();
                              self->buffer_.commit(size);
                              self->OnFirstBytes();
                            });
  }

  // Empty lines before a request line are ignored (RFC 9112 section 2.2).
  void OnFirstBytes() {
    while (buffer_.size() != 0) {
      const char first = *static_cast<const char*>(buffer_.data().data());
      if (first != '\r' && first != '\n') break;
      buffer_.consume(1);
    }
    if (buffer_.size() == 0) return WaitForRequest();
    idle_ = false;
    ReadHeader();
  }

  void ReadHeader() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(options_.max_header_bytes));
    parser_->body_limit(options_.max_body_bytes);
    Arm(options_.request_timeout);
    beast::http::async_read_header(
        socket_, buffer_, *parser_,
        [self = shared_from_this()](error_code error, std::size_t) { self->OnHeader(error); });
  }

  void OnHeader(error_code error) {
    // The time may run out while the header is being delivered.
    if (error || timed_out_) return OnReadError(error);
    const auto& head = parser_->get();
    if (beast::iequals(head[beast::http::field::expect], "100-continue")) {
      static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      return net::async_write(socket_, net::buffer(kContinue),
                              [self = shared_from_this()](error_code failed, std::size_t) {
                                if (failed || self->timed_out_) return self->Close();
                                self->ReadBody();
                              });
    }
    ReadBody();
  }

  void ReadBody() {
    if (parser_->is_done()) return AnswerRequest();
    beast::http::async_read(socket_, buffer_, *parser_,
                            [self = shared_from_this()](error_code error, std::size_t) {
                              if (error) return self->OnReadError(error);
                              self->AnswerRequest();
                            });
  }

  void OnReadError(error_code error) {
    namespace http = beast::http;
    if (timed_out_) {
      return Refuse(408, "the request did not arrive within " +
                             std::to_string(options_.request_timeout.count()) + " ms");
    }
    if (error == http::error::header_limit) {
      return Refuse(
          431, "the header is longer than " + std::to_string(options_.max_header_bytes) + " bytes");
    }
    if (error == http::error::body_limit) {
      return Refuse(
          413, "the body is longer than " + std::to_string(options_.max_body_bytes) + " bytes");
    }
    // The peer went away, in between requests or in the middle of one.
    if (error == http::error::end_of_stream || error == http::error::partial_message ||
        error.category() != http::make_error_code(http::error::bad_method).category()) {
      return Close();
    }
    Refuse(400, "not an HTTP/1.1 request: " + error.message());
  }

  // Answers what cannot be read, and closes: where the next request starts is not known.
  void Refuse(int status, std::string text) {
    Write(Serialize(PlainText(status, std::move(text)), /*keep_alive=*/false, /*with_body=*/true),
          /*keep_alive=*/false);
  }

  void AnswerRequest() {
    auto message = parser_->release();
    Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    for (const auto& field : message) {
      request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    request.body = std::move(message.body());
    request.remote_ip = remote_ip_;
    const bool keep_alive = message.keep_alive() && !set_.stopping;
    const bool with_body = request.method != "HEAD";
    Write(Serialize(Handle(std::move(request)).response, keep_alive, with_body), keep_alive);
  }

  Answer Handle(Request request) {
    try {
      return handler_(std::move(request));
    } catch (const std::exception& error) {
      return {.response = PlainText(500, std::string("the handler failed: ") + error.what())};
    } catch (...) {
      return {.response = PlainText(500, "the handler failed")};
    }
  }

  void Write(std::string bytes, bool keep_alive) {
    out_ = std::move(bytes);
    Arm(options_.request_timeout);
    net::async_write(socket_, net::buffer(out_),
                     [self = shared_from_this(), keep_alive](error_code error, std::size_t) {
                       if (error) return self->Close();
                       if (!keep_alive) return self->CloseGently();
                       self->WaitForRequest();
                     });
  }

  // Closing with unread bytes would reset the connection and could destroy the answer on its way:
  // ends our side first and discards what still comes, for a moment.
  void CloseGently() {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    Arm(std::chrono::milliseconds(500));
    Discard();
  }

  void Discard() {
    buffer_.clear();
    socket_.async_read_some(buffer_.prepare(4096),
                            [self = shared_from_this()](error_code error, std::size_t) {
                              if (error || self->timed_out_) return self->Close();
                              self->Discard();
                            });
  }

  // Cancels whatever the socket waits for when the time is up.
  void Arm(std::chrono::milliseconds timeout) {
    timed_out_ = false;
    timer_.expires_after(timeout);
    timer_.async_wait([weak = weak_from_this()](error_code error) {
      const auto self = weak.lock();
      // A timer set again has cancelled this wait, or its time is not yet come.
      if (error || !self || self->timer_.expiry() > net::steady_timer::clock_type::now()) return;
      self->timed_out_ = true;
      error_code ignored;
      self->socket_.cancel(ignored);
    });
  }

  tcp::socket socket_;
  net::steady_timer timer_;
  const ListenOptions& options_;
  const Handler& handler_;
  SessionSet& set_;
  std::string remote_ip_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::string out_;
  bool idle_ = false;
  bool timed_out_ = false;
};

void StartSession(tcp::socket socket, const ListenOptions& options, const Handler& handler,
                  SessionSet& set) {
  std::make_shared<Session>(std::move(socket), options, handler, set)->Start();
}

void StopSessions(SessionSet& set) {
  set.stopping = true;
  for (Session* session : set.sessions) session->Stop();
}

void AbortSessions(SessionSet& set) {
  for (Session* session : set.sessions) session->Close();
}

}  // namespace ocokit::mock::http
