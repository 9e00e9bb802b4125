#include "mock_exchange/http/listener.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "mock_exchange/http/sender.h"
#include "mock_exchange/http/session.h"

namespace ocokit::mock::http {

namespace net = boost::asio;
using boost::system::error_code;
using tcp = net::ip::tcp;

class Listener::Impl {
 public:
  Impl(const ListenOptions& options, Handler handler)
      : options_(options), handler_(std::move(handler)) {
    for (int i = 0; i < std::max(1, options.threads); ++i) {
      workers_.push_back(std::make_unique<Worker>());
    }
    acceptor_ = std::make_unique<tcp::acceptor>(workers_.front()->context);
    retry_ = std::make_unique<net::steady_timer>(workers_.front()->context);
  }

  Result<void> Open() {
    if (auto ok = OpenTls(); !ok) return ok;
    error_code error;
    const auto address = net::ip::make_address(options_.host, error);
    if (error) {
      return Fail(ErrorKind::kInvalidArgument,
                  "\"" + options_.host + "\" is not an IP address like 127.0.0.1");
    }
    const tcp::endpoint endpoint(address, options_.port);
    acceptor_->open(endpoint.protocol(), error);
    if (!error) acceptor_->set_option(net::socket_base::reuse_address(true), error);
    if (!error) acceptor_->bind(endpoint, error);
    if (!error) acceptor_->listen(net::socket_base::max_listen_connections, error);
    if (!error) port_ = acceptor_->local_endpoint(error).port();
    if (error) {
      return Fail(ErrorKind::kUnavailable, "cannot listen on " + options_.host + ":" +
                                               std::to_string(options_.port) + ": " +
                                               error.message());
    }
    return {};
  }

  void Run() {
    Accept();
    for (const auto& worker : workers_) {
      worker->thread = std::thread([this, w = worker.get()] { Work(*w); });
    }
  }

  void Stop() {
    std::call_once(stopped_, [this] { StopOnce(); });
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::uint64_t accepted() const { return accepted_; }
  [[nodiscard]] std::size_t connections() const {
    std::size_t sum = 0;
    for (const auto& worker : workers_) sum += worker->set.open;
    return sum;
  }

 private:
  Result<void> OpenTls() {
    if (!options_.tls) return {};
    if (auto ok = CheckCertificate(*options_.tls); !ok) return ok;
    namespace ssl = net::ssl;
    error_code error;
    auto& context = tls_.emplace(ssl::context::tls_server);
    context.set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1, error);
    if (!error) context.use_certificate_chain(net::buffer(options_.tls->certificate), error);
    if (!error) {
      context.use_private_key(net::buffer(options_.tls->key), ssl::context::pem, error);
    }
    if (error) {
      return Fail(ErrorKind::kInvalidArgument,
                  "the certificate cannot be used: " + error.message());
    }
    return {};
  }

  void StopOnce() {
    net::post(workers_.front()->context, [this] {
      error_code ignored;
      acceptor_->close(ignored);
      retry_->cancel();
    });
    for (const auto& worker : workers_) {
      net::post(worker->context, [this, w = worker.get()] {
        StopSessions(w->set);
        // What is still under way when the time is up is cut.
        w->deadline.expires_after(options_.stop_timeout);
        w->deadline.async_wait([w](error_code) { AbortSessions(w->set); });
        WatchForEnd(*w);
      });
    }
    for (const auto& worker : workers_) {
      if (worker->thread.joinable()) worker->thread.join();
    }
  }

  struct Worker {
    net::io_context context{1};
    SessionSet set;
    // Keeps run() going while there is no connection.
    net::executor_work_guard<net::io_context::executor_type> work{context.get_executor()};
    net::steady_timer deadline{context};
    net::steady_timer watch{context};
    std::thread thread;
  };

  // An exception that no session has caught came between two of its steps, and has ended it with
  // the step that was to come. The thread goes on with the others.
  void Work(Worker& worker) {
    while (true) {
      try {
        worker.context.run();
        return;
      } catch (...) {
        Report();
      }
      if (&worker == workers_.front().get()) AcceptAgain();
    }
  }

  void Report() noexcept {
    if (!options_.on_failure) return;
    try {
      options_.on_failure({.what = WhatOfException(), .remote_ip = {}});
    } catch (...) {  // it has been told as well as can be
    }
  }

  // The exception may have come in place of an accept's end: begins anew, whether it has or not.
  void AcceptAgain() noexcept {
    error_code ignored;
    while (acceptor_->is_open()) {
      try {
        acceptor_->cancel(ignored);
        return AcceptLater();
      } catch (...) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
    }
  }

  void Accept() {
    Worker& worker = *workers_[next_++ % workers_.size()];
    acceptor_->async_accept(worker.context, [this, &worker](error_code error, tcp::socket socket) {
      if (!acceptor_->is_open() || error == net::error::operation_aborted) return;
      if (error) return AcceptLater();
      ++accepted_;
      // The session belongs to its worker's thread.
      net::post(worker.context, [this, &worker, s = std::move(socket)]() mutable {
        if (worker.set.stopping) return;
        StartSession(std::move(s), {options_, handler_, tls_ ? &*tls_ : nullptr}, worker.set);
      });
      Accept();
    });
  }

  // Out of file descriptors, most likely: goes on when some may be free again.
  void AcceptLater() {
    retry_->expires_after(std::chrono::milliseconds(50));
    retry_->async_wait([this](error_code error) {
      if (!error && acceptor_->is_open()) Accept();
    });
  }

  // Lets the worker's run() return once its last connection is closed.
  static void WatchForEnd(Worker& worker) {
    if (worker.set.sessions.empty()) {
      worker.deadline.cancel();
      worker.work.reset();
      return;
    }
    worker.watch.expires_after(std::chrono::milliseconds(2));
    worker.watch.async_wait([&worker](error_code) { WatchForEnd(worker); });
  }

  const ListenOptions options_;
  const Handler handler_;
  std::optional<net::ssl::context> tls_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::unique_ptr<tcp::acceptor> acceptor_;
  std::unique_ptr<net::steady_timer> retry_;
  std::size_t next_ = 0;
  std::uint16_t port_ = 0;
  std::atomic<std::uint64_t> accepted_{0};
  std::once_flag stopped_;
};

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Listener::~Listener() { Stop(); }

Result<std::unique_ptr<Listener>> Listener::Start(const ListenOptions& options, Handler handler) {
  auto impl = std::make_unique<Impl>(options, std::move(handler));
  if (auto open = impl->Open(); !open) return tl::unexpected<Error>(open.error());
  impl->Run();
  return std::unique_ptr<Listener>(new Listener(std::move(impl)));
}

void Listener::Stop() { impl_->Stop(); }

std::uint16_t Listener::port() const { return impl_->port(); }

std::size_t Listener::connections() const { return impl_->connections(); }

std::uint64_t Listener::accepted() const { return impl_->accepted(); }

}  // namespace ocokit::mock::http
