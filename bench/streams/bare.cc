#include "bench/streams/bare.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdio>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ocokit::bench {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using tcp = net::ip::tcp;
using Frame = std::shared_ptr<const std::string>;

class Session : public std::enable_shared_from_this<Session> {
 public:
  explicit Session(tcp::socket socket) : ws_(std::move(socket)) {}

  template <typename Accepted>
  void Start(Accepted accepted) {
    ws_.async_accept([self = shared_from_this(), accepted](error_code error) {
      if (error) return;
      accepted(self);
      self->Read();
    });
  }
  void Say(Frame frame) {
    net::post(ws_.get_executor(), [self = shared_from_this(), frame = std::move(frame)] {
      self->waiting_.push_back(frame);
      if (self->waiting_.size() == 1) self->Write();
    });
  }

 private:
  void Read() {
    ws_.async_read(buffer_, [self = shared_from_this()](error_code error, std::size_t size) {
      if (error) return;
      self->buffer_.consume(size);
      self->Read();
    });
  }
  void Write() {
    ws_.async_write(net::buffer(*waiting_.front()),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      if (error) return;
                      self->waiting_.pop_front();
                      if (!self->waiting_.empty()) self->Write();
                    });
  }

  beast::websocket::stream<tcp::socket, false> ws_;
  beast::flat_buffer buffer_;
  std::deque<Frame> waiting_;
};

}  // namespace

class BareServer::Impl {
 public:
  Impl() : acceptor_(contexts_[0], tcp::endpoint(net::ip::address_v4::loopback(), 0)) {
    Accept();
    for (net::io_context& context : contexts_) {
      threads_.emplace_back([&context] {
        const auto work = net::make_work_guard(context);
        context.run();
      });
    }
  }
  ~Impl() {
    Stop();
    for (net::io_context& context : contexts_) context.stop();
    for (std::thread& thread : threads_) thread.join();
  }

  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void Start(std::chrono::microseconds pace) {
    sending_ = true;
    sender_ = std::thread([this, pace] {
      auto next = std::chrono::steady_clock::now();
      for (std::int64_t id = 1; sending_; ++id) {
        next += pace;
        std::this_thread::sleep_until(next);
        const Frame frame = std::make_shared<const std::string>(MakeFrame(id));
        const std::lock_guard lock(mutex_);
        for (const auto& session : sessions_) session->Say(frame);
      }
    });
  }
  void Stop() {
    sending_ = false;
    if (sender_.joinable()) sender_.join();
  }

 private:
  void Accept() {
    acceptor_.async_accept(contexts_[next_++ % 2], [this](error_code error, tcp::socket socket) {
      if (error) return;
      socket.set_option(tcp::no_delay(true));
      std::make_shared<Session>(std::move(socket))->Start([this](auto session) {
        const std::lock_guard lock(mutex_);
        sessions_.push_back(std::move(session));
      });
      Accept();
    });
  }

  // As WhiteBIT's of a trade.
  static std::string MakeFrame(std::int64_t id) {
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
    char text[256];
    std::snprintf(text, sizeof text,
                  R"({"method": "trades_update", "params": ["BTC_USDT", [{"id": %lld, "time": )"
                  R"(%lld.%06lld, "price": "40000", "amount": "0.001", "type": "buy", "rpi": )"
                  R"(false}]], "id": null})",
                  static_cast<long long>(id), static_cast<long long>(now / 1'000'000),
                  static_cast<long long>(now % 1'000'000));
    return text;
  }

  net::io_context contexts_[2];
  tcp::acceptor acceptor_;
  std::size_t next_ = 0;
  std::vector<std::thread> threads_;
  std::mutex mutex_;  // guards the sessions
  std::vector<std::shared_ptr<Session>> sessions_;
  std::atomic<bool> sending_ = false;
  std::thread sender_;
};

BareServer::BareServer() : impl_(std::make_unique<Impl>()) {}
BareServer::~BareServer() = default;
std::uint16_t BareServer::port() const { return impl_->port(); }
void BareServer::Start(std::chrono::microseconds pace) { impl_->Start(pace); }
void BareServer::Stop() { impl_->Stop(); }

}  // namespace ocokit::bench
