#include "client/streams/wire.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

namespace ocokit::client::streams {

namespace asio = boost::asio;
using asio::ip::tcp;

class Wire::Link {
 public:
  virtual ~Link() = default;
  virtual tcp::socket& Socket() = 0;
  virtual void Secure(OnDone done) = 0;
  virtual void Read(asio::mutable_buffer into, OnMoved moved) = 0;
  virtual void Write(std::string&& bytes, OnMoved moved) = 0;
  virtual void ShutDown(OnDone done) = 0;
};

namespace {

// Keeps what is written until it is.
template <typename Stream>
void WriteAll(Stream& stream, std::string&& bytes, Wire::OnMoved moved) {
  auto kept = std::make_shared<std::string>(std::move(bytes));
  const auto buffer = asio::buffer(*kept);
  asio::async_write(stream, buffer,
                    [kept = std::move(kept), moved = std::move(moved)](
                        const Wire::Error& error, std::size_t size) { moved(error, size); });
}

class PlainLink final : public Wire::Link {
 public:
  explicit PlainLink(asio::io_context& io) : socket_(io) {}

  tcp::socket& Socket() override { return socket_; }
  void Secure(Wire::OnDone done) override { done({}); }
  void Read(asio::mutable_buffer into, Wire::OnMoved moved) override {
    socket_.async_read_some(into, std::move(moved));
  }
  void Write(std::string&& bytes, Wire::OnMoved moved) override {
    WriteAll(socket_, std::move(bytes), std::move(moved));
  }
  void ShutDown(Wire::OnDone done) override {
    Wire::Error error;
    socket_.shutdown(tcp::socket::shutdown_both, error);
    asio::post(socket_.get_executor(), [done = std::move(done)] { done({}); });
  }

 private:
  tcp::socket socket_;
};

class TlsLink final : public Wire::Link {
 public:
  TlsLink(asio::io_context& io, asio::ssl::context& tls, const std::string& host, bool verify)
      : stream_(io, tls) {
    SSL_set_tlsext_host_name(stream_.native_handle(), host.c_str());
    stream_.set_verify_mode(verify ? asio::ssl::verify_peer : asio::ssl::verify_none);
    if (verify) stream_.set_verify_callback(asio::ssl::host_name_verification(host));
  }

  tcp::socket& Socket() override { return stream_.next_layer(); }
  void Secure(Wire::OnDone done) override {
    stream_.async_handshake(asio::ssl::stream_base::client, std::move(done));
  }
  void Read(asio::mutable_buffer into, Wire::OnMoved moved) override {
    stream_.async_read_some(into, std::move(moved));
  }
  void Write(std::string&& bytes, Wire::OnMoved moved) override {
    WriteAll(stream_, std::move(bytes), std::move(moved));
  }
  void ShutDown(Wire::OnDone done) override { stream_.async_shutdown(std::move(done)); }

 private:
  asio::ssl::stream<tcp::socket> stream_;
};

}  // namespace

Wire::Wire(asio::io_context& io) : link_(std::make_unique<PlainLink>(io)) {}
Wire::Wire(asio::io_context& io, asio::ssl::context& tls, const std::string& host, bool verify)
    : link_(std::make_unique<TlsLink>(io, tls, host, verify)) {}
Wire::~Wire() = default;
Wire::Wire(Wire&&) noexcept = default;
Wire& Wire::operator=(Wire&&) noexcept = default;

void Wire::Connect(const std::vector<tcp::endpoint>& endpoints, OnDone done) {
  asio::async_connect(
      link_->Socket(), endpoints,
      [link = link_.get(), done = std::move(done)](Error error, const tcp::endpoint&) {
        // Where the call was given up, the link may be gone.
        if (error) return done(error);
        link->Socket().set_option(tcp::no_delay(true), error);
        done({});
      });
}

void Wire::Secure(OnDone done) { link_->Secure(std::move(done)); }

void Wire::Close() {
  Error ignored;
  link_->Socket().close(ignored);
}

Wire::executor_type Wire::get_executor() { return link_->Socket().get_executor(); }

void Wire::Read(asio::mutable_buffer into, OnMoved moved) { link_->Read(into, std::move(moved)); }

void Wire::Write(std::string&& bytes, OnMoved moved) {
  link_->Write(std::move(bytes), std::move(moved));
}

void Wire::ShutDown(OnDone done) { link_->ShutDown(std::move(done)); }

}  // namespace ocokit::client::streams
