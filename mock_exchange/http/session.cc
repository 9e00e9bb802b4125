#include "mock_exchange/http/session.h"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "mock_exchange/http/request_reader.h"
#include "mock_exchange/http/sender.h"
#include "mock_exchange/http/stream.h"
#include "mock_exchange/http/websocket.h"
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
    Guard([this] {
      error_code ignored;
      stream_.socket().set_option(tcp::no_delay(true), ignored);
      const auto peer = stream_.socket().remote_endpoint(ignored);
      if (!ignored) remote_ip_ = peer.address().to_string();
      stream_.is_tls() ? ShakeHands() : WaitForRequest();
    });
  }

  // Closes the connection when it is between requests; otherwise after the answer.
  void Stop() {
    if (const auto socket = websocket_.lock()) return socket->GoAway();
    if (idle_) Close();
  }

  void Close() { stream_.Close(); }

  [[nodiscard]] bool MayGoOn() const override { return keep_alive_ && !set_.stopping; }
  void OnEndless() override {
    idle_ = true;
    if (set_.stopping) Close();
  }
  void OnException() noexcept override { Report(nullptr); }
  [[nodiscard]] std::string_view Date() override {
    if (options_.clock == nullptr) return {};
    return set_.date.Of(ToUnixMillis(options_.clock->Now()) / 1000);
  }
  void OnChannel(std::shared_ptr<Channel> channel, std::string websocket_key) override {
    const auto bytes = buffer_.data();
    WebSocketOptions options{
        .key = std::move(websocket_key),
        .received = std::string(static_cast<const char*>(bytes.data()), bytes.size()),
        .max_message_bytes = options_.max_body_bytes};
    buffer_ = beast::flat_buffer();
    const auto socket =
        StartWebSocket(stream_, shared_from_this(), std::move(channel), std::move(options));
    websocket_ = socket;
    if (set_.stopping) socket->GoAway();
  }
  void OnSent(Then then) override {
    answering_ = false;
    Guard([&] { GoOn(then); });
  }

 private:
  // A handler of asynchronous calls that keeps this session and lets no exception out of it.
  template <typename Step>
  auto Guarded(Step step) {
    return [self = shared_from_this(), step](error_code error, std::size_t size = 0) {
      self->Guard([&] { step(*self, error, size); });
    };
  }

  template <typename Step>
  void Guard(Step step) noexcept {
    try {
      step();
    } catch (...) {
      Report(nullptr);
      GiveUp();
    }
  }

  void GoOn(Then then) {
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

  static constexpr std::size_t kHeadRead = 4096;
  static constexpr std::size_t kBodyRead = 65536;
  static constexpr std::size_t kMostEmptyBytes = 256;
  static constexpr std::chrono::milliseconds kLinger{500};
  using SteadyClock = std::chrono::steady_clock;

  void ShakeHands() {
    idle_ = true;
    Arm(options_.request_timeout);
    stream_.Handshake(Guarded([](Session& self, error_code error, std::size_t) {
      if (error || self.stream_.timed_out()) return self.Close();
      self.WaitForRequest();
    }));
  }

  // An idle connection holds no parser, and a plain one no buffer: TLS may have read on already.
  void WaitForRequest() {
    if (set_.stopping) return Close();
    reader_.reset();
    if (buffer_.size() != 0) return OnFirstBytes();
    buffer_ = beast::flat_buffer();
    idle_ = true;
    Arm(options_.idle_timeout);
    if (stream_.is_tls()) return OnReadable({});
    stream_.socket().async_wait(
        tcp::socket::wait_read,
        Guarded([](Session& self, error_code error, std::size_t) { self.OnReadable(error); }));
  }

  void OnReadable(error_code error) {
    if (error || stream_.timed_out()) return Close();
    Read(kHeadRead);
  }

  // What is unread is bounded: the reader leaves less than a header, and a read adds `most`.
  void Read(std::size_t most) {
    stream_.async_read_some(buffer_.prepare(most),
                            Guarded([](Session& self, error_code error, std::size_t size) {
                              if (self.stream_.timed_out()) return self.OnTimeout();
                              // The peer went away, in between requests or in the middle of one.
                              if (error) return self.Close();
                              self.buffer_.commit(size);
                              self.reader_ ? self.ReadRequest() : self.OnFirstBytes();
                            }));
  }

  // Empty lines before a request line are ignored (RFC 9112 section 2.2).
  void OnFirstBytes() {
    while (buffer_.size() != 0) {
      const char first = *static_cast<const char*>(buffer_.data().data());
      if (first != '\r' && first != '\n') break;
      buffer_.consume(1);
      ++empty_bytes_;
    }
    // Without an end they would keep the connection for ever.
    if (empty_bytes_ > kMostEmptyBytes) return Refuse(400, "empty lines and no request");
    if (buffer_.size() == 0) return WaitForRequest();
    empty_bytes_ = 0;
    idle_ = false;
    first_byte_at_ = SteadyClock::now();
    Arm(options_.request_timeout);
    reader_.emplace(ReadLimits{.header_bytes = options_.max_header_bytes,
                               .body_bytes = options_.max_body_bytes});
    ReadRequest();
  }

  void ReadRequest() {
    const auto bytes = buffer_.data();
    buffer_.consume(reader_->Take({static_cast<const char*>(bytes.data()), bytes.size()}));
    using State = RequestReader::State;
    if (reader_->state() == State::kRefused) {
      return Refuse(reader_->refusal().status, reader_->refusal().text);
    }
    if (reader_->TakeContinue()) return SendContinue();
    reader_->state() == State::kDone ? AnswerRequest()
                                     : Read(reader_->in_body() ? kBodyRead : kHeadRead);
  }

  void SendContinue() {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    net::async_write(stream_, net::buffer(kContinue),
                     Guarded([](Session& self, error_code error, std::size_t) {
                       if (error || self.stream_.timed_out()) return self.Close();
                       self.ReadRequest();
                     }));
  }

  void OnTimeout() {
    if (!reader_) return Close();
    Refuse(408, "the request did not arrive within " +
                    std::to_string(options_.request_timeout.count()) + " ms");
  }

  // Answers what cannot be read, and closes: where the next request starts is not known.
  void Refuse(int status, std::string text) {
    keep_alive_ = false;
    if (options_.on_refusal) options_.on_refusal(status);
    Reply({.response = Share(PlainText(status, std::move(text)))}, /*with_body=*/true);
  }

  void AnswerRequest() {
    keep_alive_ = reader_->keep_alive();
    Request request = reader_->Release();
    reader_.reset();
    request.remote_ip = remote_ip_;
    request.read_time = SteadyClock::now() - first_byte_at_;
    const bool with_body = request.method != "HEAD";
    Reply(AnswerOf([&] { return handler_(std::move(request)); }, [&] { Report(&request); }),
          with_body);
  }

  void Reply(Answer answer, bool with_body) {
    answering_ = true;
    Send(std::move(answer), {.with_body = with_body, .timeout = options_.request_timeout}, stream_,
         shared_from_this());
  }

  // Says 500 to a request that was being read.
  void GiveUp() noexcept {
    try {
      if (answering_ || !reader_) return Close();
      reader_.reset();
      buffer_ = beast::flat_buffer();
      keep_alive_ = false;
      Reply({.response = Share(PlainText(500, "the simulator failed to read the request"))}, true);
    } catch (...) {
      Close();
    }
  }

  void Report(const Request* request) noexcept {
    if (!options_.on_failure) return;
    try {
      options_.on_failure({WhatOfException(), request, remote_ip_});
    } catch (...) {  // it has been told as well as can be
    }
  }

  void SayGoodbye() {
    Arm(kLinger);
    stream_.SayGoodbye(
        Guarded([](Session& self, error_code, std::size_t) { self.CloseGently(kLinger); }));
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
    stream_.socket().async_read_some(buffer_.prepare(kHeadRead),
                                     Guarded([](Session& self, error_code error, std::size_t) {
                                       if (error || self.stream_.timed_out()) return self.Close();
                                       self.Discard();
                                     }));
  }

  void Arm(std::chrono::milliseconds timeout) { stream_.Arm(timeout, weak_from_this()); }

  Stream stream_;
  const ListenOptions& options_;
  const Handler& handler_;
  SessionSet& set_;
  std::string remote_ip_;
  beast::flat_buffer buffer_;
  std::optional<RequestReader> reader_;
  SteadyClock::time_point first_byte_at_;
  std::size_t empty_bytes_ = 0;  // of the lines before the request that is to come
  bool keep_alive_ = true;
  bool answering_ = false;              // the sender has the connection
  bool idle_ = false;                   // nothing is lost when it is closed now
  std::weak_ptr<WebSocket> websocket_;  // that the connection has become
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
