#include "bench/load/subscriber.h"

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <utility>

#include "bench/load/now.h"
#include "client/streams/wire.h"

namespace ocokit::load {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using client::streams::Wire;

// What the handlers of a socket share with the subscriber, and outlives it until they have run.
struct Socket {
  explicit Socket(Wire wire) : stream(std::move(wire)) {}

  beast::websocket::stream<Wire> stream;
  beast::flat_buffer read;
  std::deque<std::string> unsent;  // the first is being written
  bool closed = false;
};

Wire MakeWire(asio::io_context& io, const ConnectionPlan& plan) {
  if (plan.tls == nullptr) return Wire(io);
  return Wire(io, *plan.tls, plan.host, /*verify=*/true);
}

class WebSocketSubscriber final : public Subscriber {
  // A handler that runs only while this object is there.
  template <typename Do>
  auto Alive(Do handler) {
    return [shared = socket_, handler = std::move(handler)](const error_code& error,
                                                            auto... values) mutable {
      if (!shared->closed) handler(error, values...);
    };
  }

 public:
  WebSocketSubscriber(asio::io_context& io, const ConnectionPlan& plan, std::string host,
                      std::unique_ptr<client::streams::Protocol> protocol, SubscriberOwner& owner)
      : plan_(plan),
        host_(std::move(host)),
        protocol_(std::move(protocol)),
        owner_(owner),
        socket_(std::make_shared<Socket>(MakeWire(io, plan))) {}
  ~WebSocketSubscriber() override { Close(); }
  WebSocketSubscriber(const WebSocketSubscriber&) = delete;
  WebSocketSubscriber& operator=(const WebSocketSubscriber&) = delete;

  void Open(const std::string& target) override {
    target_ = target;
    socket_->stream.next_layer().Connect(plan_.endpoints, Alive([this](const error_code& error) {
                                           error ? End("no connection: " + error.message())
                                                 : OnConnected();
                                         }));
  }

  void Ping() override {
    for (std::string& text : protocol_->OnTick(/*ping=*/true).answers) Send(std::move(text));
  }

  void Close() override {
    socket_->closed = true;
    socket_->stream.next_layer().Close();
  }

 private:
  void OnConnected() {
    socket_->stream.next_layer().Secure(Alive(
        [this](const error_code& error) { error ? End("no TLS: " + error.message()) : Shake(); }));
  }

  void Shake() {
    socket_->stream.async_handshake(host_, target_, Alive([this](const error_code& error) {
                                      error ? End("no WebSocket: " + error.message()) : Begin();
                                    }));
  }

  void Begin() {
    for (std::string& text : protocol_->Greet()) Send(std::move(text));
    Read();
  }

  void Read() {
    socket_->stream.async_read(socket_->read, Alive([this](const error_code& error, std::size_t) {
                                 error ? End(error.message()) : OnRead(UnixNow());
                               }));
  }

  void OnRead(std::int64_t at) {
    owner_.OnFrame();
    const client::streams::Message message{.bytes = beast::buffers_to_string(socket_->read.data()),
                                           .binary = socket_->stream.got_binary()};
    socket_->read.consume(socket_->read.size());
    client::streams::Heard heard = protocol_->OnMessage(message);
    if (!heard.end.empty()) return End(heard.end);
    for (std::string& text : heard.answers) Send(std::move(text));
    for (const client::streams::Sighting& order : heard.sightings) owner_.OnOrder(*this, order, at);
    if (!ready_) {
      // What is asked for once the venue knows who asks.
      for (std::string& text : protocol_->OnTick(/*ping=*/false).answers) Send(std::move(text));
      ready_ = protocol_->IsReady();
      if (ready_) owner_.OnReady(*this);
    }
    Read();
  }

  void Send(std::string text) {
    socket_->unsent.push_back(std::move(text));
    if (socket_->unsent.size() == 1) Write();
  }

  void Write() {
    socket_->stream.text(true);
    socket_->stream.async_write(asio::buffer(socket_->unsent.front()),
                                Alive([this](const error_code& error, std::size_t) {
                                  if (error) return;  // the read says it
                                  socket_->unsent.pop_front();
                                  if (!socket_->unsent.empty()) Write();
                                }));
  }

  void End(const std::string& why) {
    Close();
    owner_.OnEnd(*this, why);
  }

  const ConnectionPlan& plan_;
  std::string host_;
  std::string target_;
  std::unique_ptr<client::streams::Protocol> protocol_;
  SubscriberOwner& owner_;
  std::shared_ptr<Socket> socket_;
  bool ready_ = false;
};

}  // namespace

std::unique_ptr<Subscriber> MakeSubscriber(asio::io_context& io, const ConnectionPlan& plan,
                                           const std::string& host,
                                           std::unique_ptr<client::streams::Protocol> protocol,
                                           SubscriberOwner& owner) {
  return std::make_unique<WebSocketSubscriber>(io, plan, host, std::move(protocol), owner);
}

}  // namespace ocokit::load
