#pragma once

// Stream: the socket of one connection, in TLS or plain, and its one timer, for one thread's
// io_context.

#include <boost/asio/async_result.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>

namespace ocokit::mock::http {

class Stream {
 public:
  using tcp = boost::asio::ip::tcp;
  using error_code = boost::system::error_code;
  using executor_type = tcp::socket::executor_type;

  // Plain without `tls`.
  Stream(tcp::socket socket, boost::asio::ssl::context* tls)
      : socket_(std::move(socket)), timer_(socket_.get_executor()) {
    if (tls != nullptr) tls_ = std::make_unique<Tls>(socket_, *tls);
  }

  [[nodiscard]] executor_type get_executor() { return socket_.get_executor(); }
  // The bytes below TLS.
  [[nodiscard]] tcp::socket& socket() { return socket_; }
  [[nodiscard]] bool is_tls() const { return tls_ != nullptr; }

  // As Boost.Asio's AsyncReadStream and AsyncWriteStream.
  template <typename Buffers, typename Handler>
  auto async_read_some(const Buffers& buffers, Handler&& handler) {
    return boost::asio::async_initiate<Handler, void(error_code, std::size_t)>(
        [this](auto&& then, const Buffers& into) {
          using Then = decltype(then);
          if (tls_) return tls_->async_read_some(into, std::forward<Then>(then));
          socket_.async_read_some(into, std::forward<Then>(then));
        },
        handler, buffers);
  }
  template <typename Buffers, typename Handler>
  auto async_write_some(const Buffers& buffers, Handler&& handler) {
    return boost::asio::async_initiate<Handler, void(error_code, std::size_t)>(
        [this](auto&& then, const Buffers& from) {
          using Then = decltype(then);
          if (tls_) return tls_->async_write_some(from, std::forward<Then>(then));
          socket_.async_write_some(from, std::forward<Then>(then));
        },
        handler, buffers);
  }
  // In TLS alone.
  template <typename Handler>
  void Handshake(Handler handler) {
    tls_->async_handshake(Tls::server, std::move(handler));
  }
  // Says that no more comes (close_notify), and waits for the peer to say so.
  template <typename Handler>
  void SayGoodbye(Handler handler) {
    tls_->async_shutdown(std::move(handler));
  }

  // Cancels whatever the socket waits for when the time is up; in place of an earlier time. `owner`
  // keeps this stream, the same one each time. Every request sets the time three times and hardly
  // any runs out: the timer is left where it is as long as it rings before the time is up, and then
  // set anew.
  void Arm(std::chrono::milliseconds timeout, std::weak_ptr<const void> owner) {
    timed_out_ = false;
    deadline_ = Timer::clock_type::now() + timeout;
    if (!ticking_ || timer_.expiry() > deadline_) StartTimer(std::move(owner));
  }
  void Disarm() {
    timed_out_ = false;
    deadline_ = Timer::time_point::max();
  }
  // Whether the time given to Arm was up.
  [[nodiscard]] bool timed_out() const { return timed_out_; }

  // Calls `then` when the time is over, or never when the stream is closed before; in place of
  // Arm.
  template <typename Then>
  void Wait(std::chrono::microseconds time, Then then) {
    timed_out_ = false;
    ticking_ = false;
    // What the timer was set for is over, also when it has rung and is not yet heard.
    deadline_ = Timer::time_point::max();
    timer_.expires_after(time);
    timer_.async_wait([this, then = std::move(then)](error_code error) mutable {
      if (!error && is_open()) then();
    });
  }

  [[nodiscard]] bool is_open() const { return socket_.is_open(); }
  // Ends what the socket waits for.
  void Cancel() {
    error_code ignored;
    socket_.cancel(ignored);
  }
  // FIN: nothing more is sent.
  void ShutdownSend() {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }
  void Close() {
    error_code ignored;
    timer_.cancel();
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }
  // RST: what was not yet sent is thrown away.
  void Reset() {
    error_code ignored;
    timer_.cancel();
    socket_.set_option(boost::asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
  }

 private:
  using Tls = boost::asio::ssl::stream<tcp::socket&>;
  using Timer = boost::asio::steady_timer;

  void StartTimer(std::weak_ptr<const void> owner) {
    ticking_ = true;
    timer_.expires_at(deadline_);
    timer_.async_wait([this, owner = std::move(owner)](error_code error) mutable {
      const auto kept = owner.lock();
      // A timer set again has cancelled this wait, or its time is not yet come.
      if (error || !kept || timer_.expiry() > Timer::clock_type::now()) return;
      ticking_ = false;
      if (deadline_ == Timer::time_point::max()) return;
      if (deadline_ > Timer::clock_type::now()) return StartTimer(std::move(owner));
      timed_out_ = true;
      Cancel();
    });
  }

  tcp::socket socket_;
  std::unique_ptr<Tls> tls_;  // null: plain
  Timer timer_;
  Timer::time_point deadline_;
  bool ticking_ = false;  // the timer is set, to the deadline or before it
  bool timed_out_ = false;
};

}  // namespace ocokit::mock::http
