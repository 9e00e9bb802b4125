#include "bench/load/connection.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <type_traits>

#include "bench/load/reply_reader.h"

namespace ocokit::load {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using PlainStream = tcp::socket;
using TlsStream = asio::ssl::stream<tcp::socket>;

// What a lost connection is counted under.
std::string LabelOf(const error_code& error) {
  if (error == asio::error::eof || error == asio::ssl::error::stream_truncated) return "closed";
  if (error == asio::error::connection_reset || error == asio::error::broken_pipe) return "reset";
  return error.message();
}

template <typename Stream>
class StreamConnection final : public Connection {
  static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;

 public:
  StreamConnection(asio::io_context& io, const ConnectionPlan& plan, ConnectionOwner& owner,
                   std::size_t index)
      : Connection(owner, index), io_(io), plan_(plan) {}

  bool open() const override { return open_; }

  void Open() override {
    Close();
    // What was started on an earlier stream keeps that one alive until it has been told.
    stream_ = MakeStream();
    reader_.Reset();
    asio::async_connect(stream_->lowest_layer(), plan_.endpoints,
                        [this, stream = stream_](const error_code& error, const tcp::endpoint&) {
                          if (stream != stream_) return;
                          error ? Lose("no connection: " + error.message(), false) : OnConnected();
                        });
  }

  bool Send(const std::string& request, std::string& why) override {
    error_code error;
    std::size_t sent = 0;
    if constexpr (!kTls) {
      sent = stream_->write_some(asio::buffer(request), error);
      if (error == asio::error::would_block) error = {};
    }
    if (error) {
      why = LabelOf(error);
      Close();
      return false;
    }
    if (sent < request.size()) {
      // The reply, or the end of the connection, says what became of it.
      asio::async_write(*stream_, asio::buffer(request) + sent,
                        [stream = stream_](const error_code&, std::size_t) {});
    }
    return true;
  }

  void Close() override {
    open_ = false;
    if (stream_ == nullptr) return;
    error_code ignored;
    stream_->lowest_layer().close(ignored);
    stream_ = nullptr;
  }

 private:
  std::shared_ptr<Stream> MakeStream() {
    if constexpr (kTls) {
      auto stream = std::make_shared<Stream>(io_, *plan_.tls);
      stream->set_verify_mode(asio::ssl::verify_peer);
      stream->set_verify_callback(asio::ssl::host_name_verification(plan_.host));
      SSL_set_tlsext_host_name(stream->native_handle(), plan_.host.c_str());
      return stream;
    } else {
      return std::make_shared<Stream>(io_);
    }
  }

  void OnConnected() {
    error_code ignored;
    stream_->lowest_layer().set_option(tcp::no_delay(true), ignored);
    stream_->lowest_layer().non_blocking(true, ignored);
    if constexpr (kTls) {
      stream_->async_handshake(asio::ssl::stream_base::client,
                               [this, stream = stream_](const error_code& error) {
                                 if (stream != stream_) return;
                                 error ? Lose("no TLS: " + error.message(), false) : Begin();
                               });
    } else {
      Begin();
    }
  }

  void Begin() {
    open_ = true;
    const std::shared_ptr<Stream> stream = stream_;
    owner_.OnOpen(*this);
    if (stream == stream_) Read();
  }

  void Read() {
    const std::span<char> space = reader_.Space();
    stream_->async_read_some(asio::buffer(space.data(), space.size()),
                             [this, stream = stream_](const error_code& error, std::size_t size) {
                               if (stream == stream_) OnRead(stream, error, size);
                             });
  }

  void OnRead(const std::shared_ptr<Stream>& stream, const error_code& error, std::size_t size) {
    if (error) {
      // A reply without a length ends with the connection.
      const bool whole = error == asio::error::eof && reader_.End() == ReplyReader::State::kWhole;
      if (whole) owner_.OnReply(*this, reader_.Take());
      if (stream == stream_) Lose(whole ? "closed after a reply" : LabelOf(error));
      return;
    }
    owner_.OnFirstByte(*this);
    switch (reader_.Commit(size)) {
      case ReplyReader::State::kMore:
        break;
      case ReplyReader::State::kMalformed:
        return Lose("malformed");
      case ReplyReader::State::kWhole: {
        client::HttpResponse response = reader_.Take();
        const bool ends = !reader_.keeps_alive();
        const bool surplus = reader_.has_surplus();
        // Before the owner, who may send at once on what can be sent on.
        if (ends || surplus) open_ = false;
        owner_.OnReply(*this, std::move(response));
        if (stream == stream_ && (ends || surplus)) {
          return Lose(surplus ? "bytes after a reply" : "closed after a reply");
        }
        break;
      }
    }
    if (stream == stream_) Read();
  }

  void Lose(const std::string& label, bool opened = true) {
    Close();
    owner_.OnLost(*this, label, opened);
  }

  asio::io_context& io_;
  const ConnectionPlan& plan_;
  std::shared_ptr<Stream> stream_;
  ReplyReader reader_;
  bool open_ = false;
};

}  // namespace

std::unique_ptr<Connection> MakeConnection(asio::io_context& io, const ConnectionPlan& plan,
                                           ConnectionOwner& owner, std::size_t index) {
  if (plan.tls != nullptr) {
    return std::make_unique<StreamConnection<TlsStream>>(io, plan, owner, index);
  }
  return std::make_unique<StreamConnection<PlainStream>>(io, plan, owner, index);
}

}  // namespace ocokit::load
