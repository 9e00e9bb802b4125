#pragma once

// For tests: a server that answers each request with bytes it was given, whatever was asked.

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ocokit::conform {

// What is done when a request has come: its headers, and as many bytes of body as Content-Length
// has.
struct ScriptedReply {
  std::string bytes = {};  // sent as they are
  bool close = false;      // then the connection is closed
  bool reset = false;      // or reset
  bool silent = false;     // nothing is sent, and the connection stays open until the server ends
};

// Listens on a port of 127.0.0.1 from construction to destruction; one connection after the other,
// and each gets the next replies of the script. After the script, the last one for ever.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<ScriptedReply> script) : script_(std::move(script)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    listen(listener_, 16);
    socklen_t size = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      if (connection_ >= 0) shutdown(connection_, SHUT_RDWR);
    }
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  // What has come until now, request by request.
  [[nodiscard]] std::vector<std::string> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void Serve() {
    while (true) {
      const int connection = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) return;
      {
        const std::lock_guard lock(mutex_);
        if (stopping_) {
          close(connection);
          return;
        }
        connection_ = connection;
      }
      while (Answer(connection)) continue;
      const std::lock_guard lock(mutex_);
      connection_ = -1;
      close(connection);
    }
  }

  // Whether the connection goes on.
  bool Answer(int connection) {
    const std::string request = ReadRequest(connection);
    if (request.empty()) return false;
    ScriptedReply reply;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      reply = script_[std::min(next_++, script_.size() - 1)];
    }
    if (reply.silent) return !ReadRequest(connection).empty();
    send(connection, reply.bytes.data(), reply.bytes.size(), MSG_NOSIGNAL);
    if (reply.reset) {
      const linger hard{1, 0};
      setsockopt(connection, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
      return false;
    }
    return !reply.close;
  }

  static std::string ReadRequest(int connection) {
    std::string text;
    std::array<char, 4096> buffer{};
    while (true) {
      const std::size_t end = text.find("\r\n\r\n");
      if (end != std::string::npos && text.size() >= end + 4 + BodySize(text)) return text;
      const ssize_t count = recv(connection, buffer.data(), buffer.size(), 0);
      if (count <= 0) return "";
      text.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }

  static std::size_t BodySize(const std::string& text) {
    const std::size_t at = text.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::stoul(text.substr(at + 16));
  }

  std::vector<ScriptedReply> script_;
  std::mutex mutex_;
  std::vector<std::string> requests_;
  std::size_t next_ = 0;
  bool stopping_ = false;
  int connection_ = -1;
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace ocokit::conform
