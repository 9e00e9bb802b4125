#pragma once

// A connection to a server, plain or in TLS, that sends bytes as they are given: what no good
// client sends, too. An object belongs to one thread.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "conformance/net/reply.h"
#include "ocokit/base/result.h"

namespace ocokit::conform {

// http://HOST[:PORT][/PATH] or https://...
struct Url {
  bool tls = false;
  std::string host;  // a name or address; an IPv6 address without its brackets
  std::string port;  // digits
  std::string path;  // before the venue's own paths; empty or /..., without a slash at the end

  // As a Host header has it: without the port where it is the scheme's own.
  [[nodiscard]] std::string Authority() const;
  // Whether its host is this machine: IsLoopbackHost of loopback.h.
  [[nodiscard]] bool IsLoopback() const;
  friend bool operator==(const Url&, const Url&) = default;
};

// Errors: another scheme, no host, a port beyond 65535, a query; with what would be right.
[[nodiscard]] Result<Url> ParseUrl(std::string_view text);
[[nodiscard]] std::string FormatUrl(const Url& url);

// Why there is no reply.
enum class NoReply {
  kRefused,    // no connection
  kTimeout,    // not whole when the time was up
  kClosed,     // closed before it was whole
  kMalformed,  // no HTTP/1.x, or larger than allowed
};

struct ReadFailure {
  NoReply why = NoReply::kClosed;
  std::string message;  // for a person: what came instead, how long was waited
  std::string raw;      // what came of it
};

class Connection {
 public:
  // `timeout` is for connecting, with looking up the host's name. `ca_file`: PEM file of
  // authorities to trust beside the system's; a certificate is always verified. Errors: no such
  // host, nobody listens, no TLS, no time.
  [[nodiscard]] static Result<Connection> Open(const Url& url, std::chrono::milliseconds timeout,
                                               const std::string& ca_file = "");
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  // Errors: closed by the other side, or not taken in time.
  [[nodiscard]] Result<void> Write(std::string_view bytes, std::chrono::milliseconds timeout);
  // The next reply, which must be whole within `timeout` however slowly it drips. `head`: it
  // answers a HEAD and has no body. Interim replies (100) are passed over,
  // but not 101, behind which there is no HTTP.
  [[nodiscard]] tl::expected<HttpReply, ReadFailure> Read(std::chrono::milliseconds timeout,
                                                          bool head = false,
                                                          std::size_t most = kMostOfAReply);
  // The same for a reply that comes as time goes on. Each piece of its body is handed to
  // `on_piece`, with the reply's status, until that returns false; then nothing more can be read.
  // The reply that is given has neither body nor raw bytes. What comes beside the pieces counts
  // against kMostOfAReply as far as it is more than the pieces themselves.
  using OnPiece = std::function<bool(int status, std::string_view piece)>;
  [[nodiscard]] tl::expected<HttpReply, ReadFailure> Follow(std::chrono::milliseconds timeout,
                                                            const OnPiece& on_piece);
  // What comes next, whatever it is: at least a byte. Beyond a reply that was read, where it went
  // over to another protocol (101). kTimeout, or kClosed.
  [[nodiscard]] tl::expected<std::string, ReadFailure> ReadSome(std::chrono::milliseconds timeout);
  // Tells the other side that nothing more will be sent; a reply can still be read.
  void HalfClose();

 private:
  struct State;
  [[nodiscard]] tl::expected<HttpReply, ReadFailure> ReadReply(std::chrono::milliseconds timeout,
                                                               bool head, std::size_t most,
                                                               const OnPiece* on_piece);
  explicit Connection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A request as bytes: the start line, the headers, an empty line, the body. Nothing is added.
[[nodiscard]] std::string FormatRequest(std::string_view method, std::string_view target,
                                        const Headers& headers, std::string_view body);

}  // namespace ocokit::conform
