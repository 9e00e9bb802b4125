#include "mock_exchange/http/websocket.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>

#include "mock_exchange/http/waker.h"

namespace ocokit::mock::http {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

// Found by Beast: how a connection ends once both closing frames are through.
template <typename Handler>
void async_teardown(beast::role_type /*role*/, Stream& stream, Handler&& handler) {
  stream.ShutdownSend();
  net::post(stream.get_executor(),
            beast::bind_front_handler(std::forward<Handler>(handler), error_code()));
}
void beast_close_socket(Stream& stream) { stream.Close(); }

namespace {

class Socket final : public WebSocket, public std::enable_shared_from_this<Socket> {
  template <typename Step>
  auto Guarded(Step step) {
    return [self = shared_from_this(), step](error_code error, std::size_t size = 0) {
      self->Guard([&] {
        if (!self->finished_) step(*self, error, size);
      });
    };
  }

  template <typename Step>
  void Guard(Step step) noexcept {
    try {
      step();
    } catch (...) {
      owner_->OnException();
      Finish(Then::kReset);
    }
  }

 public:
  Socket(Stream& stream, std::shared_ptr<Connection> owner, std::shared_ptr<Channel> channel,
         WebSocketOptions options)
      : stream_(stream),
        owner_(std::move(owner)),
        channel_(std::move(channel)),
        options_(std::move(options)),
        ws_(stream),
        timer_(stream.get_executor()) {}

  ~Socket() override {
    if (waker_) waker_->End();
  }

  void Start() {
    Guard([this] {
      stream_.Disarm();
      // Before the client is told: from then on the channel is there.
      waker_ = std::make_shared<Waker<Socket>>(stream_.get_executor(), weak_from_this());
      opened_ = true;
      channel_->OnOpen([waker = waker_] { waker->Wake(); });
      ws_.set_option(websocket::stream_base::timeout{websocket::stream_base::none(),
                                                     websocket::stream_base::none(),
                                                     /*keep_alive_pings=*/false});
      // Without a name of ours Beast gives its own.
      ws_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
        response.set(beast::http::field::server, "ocokit");
      }));
      // A message is a frame, as the venues send it.
      ws_.auto_fragment(false);
      ws_.read_message_max(options_.max_message_bytes);
      // A short head in the place of the one that was read, whatever else that had.
      std::string head =
          "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ";
      head += options_.key + "\r\n\r\n" + std::exchange(options_.received, {});
      ws_.async_accept(net::buffer(head), Guarded([](Socket& self, error_code error, std::size_t) {
                         if (error) return self.Finish(Then::kGone);
                         self.OnAccepted();
                       }));
    });
  }

  void GoAway() override { End({ChannelEnd::Kind::kClose, websocket::close_code::going_away}); }

  // Takes what the channel has to say.
  void Pump() {
    Guard([this] {
      if (!accepted_ || finished_ || end_) return;
      ChannelTurn turn = channel_->Take();
      for (std::shared_ptr<const Message>& message : turn.messages) {
        waiting_bytes_ += message->bytes.size();
        waiting_.push_back(std::move(message));
      }
      if (waiting_bytes_ > channel_->max_waiting_bytes()) return End({});
      if (turn.end) end_ = turn.end;
      SetTimer(turn.next);
      WriteNext();
    });
  }

 private:
  void OnAccepted() {
    accepted_ = true;
    ws_.control_callback([this](websocket::frame_type type, beast::string_view) {
      if (type != websocket::frame_type::close) Guard([this] { channel_->OnControl(); });
    });
    Read();
    Pump();
  }

  void Read() {
    ws_.async_read(buffer_, Guarded([](Socket& self, error_code error, std::size_t) {
                     if (error) return self.OnReadError(error);
                     self.OnRead();
                   }));
  }

  void OnRead() {
    const auto data = buffer_.data();
    if (!end_)
      channel_->OnMessage({static_cast<const char*>(data.data()), data.size()}, ws_.got_binary());
    buffer_.consume(buffer_.size());
    // A quiet connection holds no more than the next small message needs.
    if (buffer_.capacity() > kKeptBytes) buffer_ = beast::flat_buffer();
    Pump();
    if (!finished_) Read();
  }

  void OnReadError(const error_code& error) {
    using websocket::condition;
    if (error == websocket::error::closed) {
      how_.by_peer = !closing_;
      if (how_.by_peer) {
        const auto code = ws_.reason().code;
        how_.code = code == websocket::close_code::none ? 1005 : code;
      }
    } else if (error == websocket::error::message_too_big) {
      how_.code = websocket::close_code::too_big;  // Beast has said so to the peer
    } else if (error == websocket::error::bad_frame_payload) {
      how_.code = websocket::close_code::bad_payload;
    } else if (error == condition::protocol_violation) {
      how_.code = websocket::close_code::protocol_error;
    } else {
      how_.by_peer = !closing_;
    }
    Finish(Then::kGone);
  }

  void WriteNext() {
    if (writing_ || finished_) return;
    if (waiting_.empty()) {
      if (end_) End(*end_);
      return;
    }
    writing_ = true;
    const Message& message = *waiting_.front();
    ws_.binary(message.binary);
    ws_.async_write(net::buffer(message.bytes),
                    Guarded([](Socket& self, error_code error, std::size_t) {
                      if (error) return self.Finish(Then::kGone);
                      self.writing_ = false;
                      self.waiting_bytes_ -= self.waiting_.front()->bytes.size();
                      self.waiting_.pop_front();
                      self.channel_->OnWritten(1);
                      self.WriteNext();
                    }));
  }

  void End(const ChannelEnd& how) {
    if (finished_ || closing_) return;
    end_ = how;
    if (how.kind == ChannelEnd::Kind::kReset) return Finish(Then::kReset);
    how_.code = how.kind == ChannelEnd::Kind::kClose ? how.code : 1006;
    if (how.kind == ChannelEnd::Kind::kCut || !accepted_) return Finish(Then::kGone);
    closing_ = true;
    timer_.expires_after(kClosing);
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (!error) self->Finish(Then::kGone);
    });
    ws_.async_close(
        websocket::close_reason(how.code),
        Guarded([](Socket& self, error_code, std::size_t) { self.Finish(Then::kGone); }));
  }

  void SetTimer(const std::optional<std::chrono::microseconds>& next) {
    if (!next || closing_) {
      timer_.cancel();
      return;
    }
    timer_.expires_after(*next);
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (!error) self->Pump();
    });
  }

  void Finish(Then then) noexcept {
    if (std::exchange(finished_, true)) return;
    try {
      timer_.cancel();
      if (waker_) waker_->End();
      if (opened_) channel_->OnEnded(how_);
    } catch (...) {
      owner_->OnException();
    }
    owner_->OnSent(then);
  }

  static constexpr std::size_t kKeptBytes = 4096;
  // For the peer's closing frame.
  static constexpr std::chrono::seconds kClosing{2};

  Stream& stream_;
  const std::shared_ptr<Connection> owner_;
  const std::shared_ptr<Channel> channel_;
  WebSocketOptions options_;
  websocket::stream<Stream&, /*deflateSupported=*/false> ws_;
  net::steady_timer timer_;
  std::shared_ptr<Waker<Socket>> waker_;
  beast::flat_buffer buffer_;
  std::deque<std::shared_ptr<const Message>> waiting_;  // the first is being written
  std::size_t waiting_bytes_ = 0;
  std::optional<ChannelEnd> end_;  // once what waits is written; nothing is taken any more
  ChannelEnded how_;
  bool opened_ = false;  // the channel knows of it
  bool accepted_ = false;
  bool writing_ = false;
  bool closing_ = false;
  bool finished_ = false;
};

}  // namespace

std::shared_ptr<WebSocket> StartWebSocket(Stream& stream, std::shared_ptr<Connection> owner,
                                          std::shared_ptr<Channel> channel,
                                          WebSocketOptions options) {
  auto socket =
      std::make_shared<Socket>(stream, std::move(owner), std::move(channel), std::move(options));
  socket->Start();
  return socket;
}

}  // namespace ocokit::mock::http
