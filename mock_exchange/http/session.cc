#include "mock_exchange/http/session.h"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "mock_exchange/http/request.h"
#include "mock_exchange/http/sender.h"
#include "mock_exchange/http/stream.h"
#include "mock_exchange/http/wire.h"

namespace ocokit::mock::http {

namespace net = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using tcp = net::ip::tcp;

class Session final : public Connection, public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const SessionContext& context, SessionSet& set)
      : stream_(std::move(socket), context.tls),
        options_(context.options),
        handler_(context.handler),
        set_(set) {
    set_.sessions.insert(this);
    ++set_.open;
  }

  ~Session() override {
    set_.sessions.erase(this);
    --set_.open;
  }

  void Start() {
    error_code ignored;
    stream_.socket().set_option(tcp::no_delay(true), ignored);
    const auto peer = stream_.socket().remote_endpoint(ignored);
    if (!ignored) remote_ip_ = peer.address().to_string();
    if (!stream_.is_tls()) return WaitForRequest();
    idle_ = true;
    Arm(options_.request_timeout);
    stream_.Handshake([self = shared_from_this()](error_code error) {
      if (error || self->stream_.timed_out()) return self->Close();
      self->WaitForRequest();
    });
  }

  // Closes the connection when it is between requests; otherwise after the answer.
  void Stop() {
    if (idle_) Close();
  }

  void Close() { stream_.Close(); }

  [[nodiscard]] bool MayGoOn() const override { return keep_alive_ && !set_.stopping; }
  void OnEndless() override {
    idle_ = true;
    if (set_.stopping) Close();
  }
  void OnSent(Then then) override {
    switch (then) {
      case Then::kNextRequest:
        return WaitForRequest();
      case Then::kClose:
        return stream_.is_tls() ? SayGoodbye() : CloseGently(kLinger);
      case Then::kCutOff:
        return CloseGently(kLinger);
      case Then::kHalfClose:
        // Nothing is lost when it is closed now.
        idle_ = true;
        return set_.stopping ? Close() : CloseGently(options_.idle_timeout);
      case Then::kReset:
        return stream_.Reset();
      case Then::kGone:
        return Close();
    }
  }

 private:
  static constexpr std::size_t kFirstRead = 4096;
  static constexpr std::chrono::milliseconds kLinger{500};
  using SteadyClock = std::chrono::steady_clock;
  using Parser = beast::http::request_parser<beast::http::string_body>;

  // An idle connection holds no parser, and a plain one no buffer: TLS may have read on already.
  void WaitForRequest() {
    if (set_.stopping) return Close();
    parser_.reset();
    if (buffer_.size() != 0) return OnFirstBytes();
    buffer_ = beast::flat_buffer();
    idle_ = true;
    Arm(options_.idle_timeout);
    if (stream_.is_tls()) return OnReadable({});
    stream_.socket().async_wait(
        tcp::socket::wait_read,
        [self = shared_from_this()](error_code error) { self->OnReadable(error); });
  }

  void OnReadable(error_code error) {
    if (error || stream_.timed_out()) return Close();
    stream_.async_read_some(buffer_.prepare(kFirstRead),
                            [self = shared_from_this()](error_code failed, std::size_t size) {
                              if (failed || self->stream_.timed_out()) return self->Close();
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
    first_byte_at_ = SteadyClock::now();
    ReadHeader();
  }

  void ReadHeader() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(options_.max_header_bytes));
    parser_->body_limit(options_.max_body_bytes);
    Arm(options_.request_timeout);
    beast::http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](error_code error, std::size_t) { self->OnHeader(error); });
  }

  void OnHeader(error_code error) {
    // The time may run out while the header is being delivered.
    if (error || stream_.timed_out()) return OnReadError(error);
    const auto& head = parser_->get();
    if (beast::iequals(head[beast::http::field::expect], "100-continue")) {
      static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      return net::async_write(stream_, net::buffer(kContinue),
                              [self = shared_from_this()](error_code failed, std::size_t) {
                                if (failed || self->stream_.timed_out()) return self->Close();
                                self->ReadBody();
                              });
    }
    ReadBody();
  }

  void ReadBody() {
    if (parser_->is_done()) return AnswerRequest();
    beast::http::async_read(stream_, buffer_, *parser_,
                            [self = shared_from_this()](error_code error, std::size_t) {
                              if (error) return self->OnReadError(error);
                              self->AnswerRequest();
                            });
  }

  void OnReadError(error_code error) {
    namespace http = beast::http;
    if (stream_.timed_out()) {
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
    keep_alive_ = false;
    Reply({.response = PlainText(status, std::move(text))}, /*with_body=*/true);
  }

  void AnswerRequest() {
    auto message = parser_->release();
    keep_alive_ = message.keep_alive();
    Request request = ToRequest(std::move(message));
    request.remote_ip = remote_ip_;
    request.read_time = SteadyClock::now() - first_byte_at_;
    const bool with_body = request.method != "HEAD";
    Reply(AnswerOf([&] { return handler_(std::move(request)); }), with_body);
  }

  void Reply(Answer answer, bool with_body) {
    Send(std::move(answer), {.with_body = with_body, .timeout = options_.request_timeout}, stream_,
         shared_from_this());
  }

  void SayGoodbye() {
    Arm(kLinger);
    stream_.SayGoodbye([self = shared_from_this()](error_code) { self->CloseGently(kLinger); });
  }

  // Closing with unread bytes would reset the connection and could destroy the answer on its way:
  // ends our side first and discards what still comes, for a moment.
  void CloseGently(std::chrono::milliseconds moment) {
    stream_.ShutdownSend();
    Arm(moment);
    Discard();
  }

  void Discard() {
    buffer_.clear();
    stream_.socket().async_read_some(buffer_.prepare(4096),
                                     [self = shared_from_this()](error_code error, std::size_t) {
                                       if (error || self->stream_.timed_out()) return self->Close();
                                       self->Discard();
                                     });
  }

  void Arm(std::chrono::milliseconds timeout) { stream_.Arm(timeout, weak_from_this()); }

  Stream stream_;
  const ListenOptions& options_;
  const Handler& handler_;
  SessionSet& set_;
  std::string remote_ip_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  SteadyClock::time_point first_byte_at_;
  bool keep_alive_ = true;
  bool idle_ = false;  // nothing is lost when it is closed now
};

void StartSession(tcp::socket socket, const SessionContext& context, SessionSet& set) {
  std::make_shared<Session>(std::move(socket), context, set)->Start();
}

void StopSessions(SessionSet& set) {
  set.stopping = true;
  for (Session* session : set.sessions) session->Stop();
}

void AbortSessions(SessionSet& set) {
  for (Session* session : set.sessions) session->Close();
}

}  // namespace ocokit::mock::http
