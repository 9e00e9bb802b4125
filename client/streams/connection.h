#pragma once

// Connection: one WebSocket to a venue, plain or in TLS. Everything but Interrupt is for one
// thread; each call returns when its time is over, whatever the other side does. No error's text
// holds the target, which may have a key in it.

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ocokit/base/result.h"

namespace ocokit::client::streams {

struct Message {
  std::string bytes{};
  bool binary = false;

  friend bool operator==(const Message&, const Message&) = default;
};

struct ConnectionOptions {
  std::string ca_file{};  // PEM; empty: those of the system
  bool verify_certificate = true;
  std::size_t max_message_bytes = 4 << 20;
};

// "wss://host:443/path" in its parts.
struct StreamUrl {
  bool tls = true;
  std::string host{};
  std::string port{};
  std::string path{};

  friend bool operator==(const StreamUrl&, const StreamUrl&) = default;
};

// None unless the text is ws:// or wss://, a host, an optional port and a path without a query.
[[nodiscard]] std::optional<StreamUrl> ParseStreamUrl(std::string_view url);

class Connection {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit Connection(ConnectionOptions options);
  // Cuts what is still open.
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // `query`: empty, or with its question mark. Errors: kUnavailable; kInvalidArgument for a file of
  // authorities that cannot be read. Only once.
  [[nodiscard]] ocokit::Result<void> Open(const StreamUrl& url, const std::string& query,
                                          Time deadline);
  // Errors: kUnavailable when it has ended, or does not take the text in time.
  [[nodiscard]] ocokit::Result<void> Send(const std::string& text, Time deadline);
  // The next message; none when the deadline has come, or Interrupt. Errors: kUnavailable when it
  // has ended, with how.
  [[nodiscard]] ocokit::Result<std::optional<Message>> Receive(Time deadline);

  // Says goodbye with a closing frame, after Interrupt, too, and waits for the answer until the
  // deadline. Nothing else is called afterwards but Interrupt.
  void Close(Time deadline);

  // From any thread: the call under way returns, and so does each one after it, at once.
  void Interrupt();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ocokit::client::streams
