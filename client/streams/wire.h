#pragma once

// Wire: a TCP connection, plain or in TLS, as one type, so that a WebSocket over it is compiled
// once: for each kind of socket Beast's would take a minute more with each compiler. It is an
// AsyncStream of Asio; what is done with it, is done in the thread that runs its io_context.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/role.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace boost::asio::ssl {
class context;
}

namespace ocokit::client::streams {

class Wire {
 public:
  using executor_type = boost::asio::any_io_executor;
  using Error = boost::system::error_code;
  using OnMoved = std::function<void(Error, std::size_t)>;
  using OnDone = std::function<void(Error)>;

  // A connection to one of the kind.
  class Link;

  explicit Wire(boost::asio::io_context& io);
  // In TLS. `host`: that the certificate must be for, if it is verified, and that is asked for.
  Wire(boost::asio::io_context& io, boost::asio::ssl::context& tls, const std::string& host,
       bool verify);
  ~Wire();
  Wire(Wire&&) noexcept;
  Wire& operator=(Wire&&) noexcept;

  // To the first of them that takes it. What is sent goes out at once.
  void Connect(const std::vector<boost::asio::ip::tcp::endpoint>& endpoints, OnDone done);
  // TLS, where it is asked for.
  void Secure(OnDone done);
  // Whatever is under way ends with an error.
  void Close();

  [[nodiscard]] executor_type get_executor();

  template <typename Buffers, typename Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_initiate<Token, void(Error, std::size_t)>(
        [this](auto handler, boost::asio::mutable_buffer into) {
          Read(into, Shared(std::move(handler)));
        },
        token, FirstOf<boost::asio::mutable_buffer>(buffers));
  }

  // The buffers go out together.
  template <typename Buffers, typename Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    std::string bytes(boost::asio::buffer_size(buffers), '\0');
    boost::asio::buffer_copy(boost::asio::buffer(bytes), buffers);
    return boost::asio::async_initiate<Token, void(Error, std::size_t)>(
        [this](auto handler, std::string&& text) {
          Write(std::move(text), Shared(std::move(handler)));
        },
        token, std::move(bytes));
  }

  // Ends what is left after a closing handshake.
  template <typename Handler>
  friend void async_teardown(boost::beast::role_type /*role*/, Wire& wire, Handler&& handler) {
    auto shared = std::make_shared<std::decay_t<Handler>>(std::forward<Handler>(handler));
    wire.ShutDown([shared](Error error) { std::move (*shared)(error); });
  }
  friend void beast_close_socket(Wire& wire) { wire.Close(); }

 private:
  template <typename Wanted, typename Buffers>
  static Wanted FirstOf(const Buffers& buffers) {
    for (auto at = boost::asio::buffer_sequence_begin(buffers);
         at != boost::asio::buffer_sequence_end(buffers); ++at) {
      const Wanted buffer(*at);
      if (buffer.size() != 0) return buffer;
    }
    return Wanted();
  }
  template <typename Handler>
  static OnMoved Shared(Handler handler) {
    auto shared = std::make_shared<Handler>(std::move(handler));
    return [shared](Error error, std::size_t size) { std::move (*shared)(error, size); };
  }

  void Read(boost::asio::mutable_buffer into, OnMoved moved);
  void Write(std::string&& bytes, OnMoved moved);
  void ShutDown(OnDone done);

  std::unique_ptr<Link> link_;
};

}  // namespace ocokit::client::streams
