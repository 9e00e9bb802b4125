#pragma once

// RawSocket: a TCP client for tests that look at the bytes, the ends and the errors themselves.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace ocokit::mock {

// Until `condition` holds, five seconds at most; whether it does.
template <typename Condition>
[[nodiscard]] bool Await(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

// Whether each of the pieces, but for the last, is one or several whole pieces of `size` bytes:
// a reader that is late finds several at once.
[[nodiscard]] inline bool InPieces(const std::vector<std::string>& pieces, std::size_t size) {
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    if (pieces[i].size() % size != 0) return false;
  }
  return pieces.size() > 1;
}

// How the reading of a connection ended.
enum class End { kFin, kReset, kTimeout };

// Its reads end after five seconds at the latest.
class RawSocket {
 public:
  explicit RawSocket(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval limit{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~RawSocket() { Close(); }
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] int fd() const { return fd_; }
  // False when the connection takes no more bytes.
  bool Send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  // Reads until `count` answers have come, each with a Content-Length, or the connection ends.
  std::string Receive(int count) {
    std::string out;
    while (Answers(out) < count && Read(out)) continue;
    return out;
  }
  // Reads `size` bytes, or less when the connection ends.
  std::string ReceiveBytes(std::size_t size) {
    std::string out;
    while (out.size() < size && Read(out)) continue;
    return out;
  }
  // Reads to the end of the connection; end() then tells which one. `pieces`: what each read gave.
  std::string ReceiveAll(std::vector<std::string>* pieces = nullptr) {
    std::string out;
    std::size_t before = 0;
    while (Read(out)) {
      if (pieces != nullptr) pieces->push_back(out.substr(before));
      before = out.size();
    }
    return out;
  }
  // Of the last read that gave nothing.
  [[nodiscard]] End end() const { return end_; }
  // Whether the peer ends the connection with a FIN, with nothing more before.
  bool Closed() { return ReceiveAll().empty() && end_ == End::kFin; }
  // With a FIN.
  void Close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  bool Read(std::string& out) {
    char buffer[4096];
    const ssize_t n = ::recv(fd_, buffer, sizeof buffer, 0);
    if (n > 0) out.append(buffer, static_cast<std::size_t>(n));
    if (n == 0) end_ = End::kFin;
    if (n < 0) end_ = errno == ECONNRESET ? End::kReset : End::kTimeout;
    return n > 0;
  }

  static int Answers(std::string_view text) {
    int count = 0;
    while (true) {
      const std::size_t head = text.find("\r\n\r\n");
      if (head == std::string_view::npos) return count;
      const std::size_t length = text.find("Content-Length: ");
      std::size_t size = 0;
      if (length < head) size = std::stoul(std::string(text.substr(length + 16, 10)));
      if (text.size() < head + 4 + size) return count;
      if (!text.starts_with("HTTP/1.1 100")) ++count;
      text.remove_prefix(head + 4 + size);
    }
  }

  int fd_;
  bool connected_ = false;
  End end_ = End::kTimeout;
};

}  // namespace ocokit::mock
