#include "bench/streams/listeners.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <stdexcept>

namespace ocokit::bench {
namespace {

using std::chrono::steady_clock;

// A client's frame of less than 126 bytes, masked with zeros.
std::string MakeFrame(std::string_view text) {
  std::string out = "\x81";
  out += static_cast<char>(0x80U | text.size());
  out.append(4, '\0');
  return out.append(text);
}

// The number behind `name`; none: it is not there.
std::optional<double> NumberOf(std::string_view text, std::string_view name) {
  const std::size_t at = text.find(name);
  if (at == std::string_view::npos) return std::nullopt;
  double number = 0;
  const char* first = text.data() + at + name.size();
  const auto read = std::from_chars(first, text.data() + text.size(), number);
  if (read.ec != std::errc()) return std::nullopt;
  return number;
}

std::int64_t NowMicros() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

[[noreturn]] void Fail(const char* what) {
  throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}

int Connect(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) Fail("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) Fail("connect");
  const timeval limit{.tv_sec = 30, .tv_usec = 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  return fd;
}

}  // namespace

Listeners::~Listeners() {
  for (const Client& client : clients_) ::close(client.fd);
  if (epoll_ >= 0) ::close(epoll_);
}

void Listeners::Open(std::uint16_t port, const std::string& path, const std::string& subscribe,
                     std::size_t count) {
  epoll_ = ::epoll_create1(0);
  if (epoll_ < 0) Fail("epoll_create1");
  const std::string request =
      "GET " + path +
      " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  const std::string said = subscribe.empty() ? "" : MakeFrame(subscribe);
  clients_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    Client& client = clients_.emplace_back();
    client.fd = Connect(port);
    if (::send(client.fd, request.data(), request.size(), MSG_NOSIGNAL) < 0) Fail("send");
    while (client.unread.find("\r\n\r\n") == std::string::npos) {
      std::array<char, 1024> bytes;
      const ssize_t size = ::recv(client.fd, bytes.data(), bytes.size(), 0);
      if (size <= 0) Fail("no answer to the handshake");
      client.unread.append(bytes.data(), static_cast<std::size_t>(size));
    }
    if (!client.unread.starts_with("HTTP/1.1 101")) {
      throw std::runtime_error("refused: " + client.unread.substr(0, 80));
    }
    client.unread.erase(0, client.unread.find("\r\n\r\n") + 4);
    if (!said.empty() && ::send(client.fd, said.data(), said.size(), MSG_NOSIGNAL) < 0)
      Fail("send");
    ::fcntl(client.fd, F_SETFL, O_NONBLOCK);
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, client.fd, &event) != 0) Fail("epoll_ctl");
  }
}

Heard Listeners::Listen(std::chrono::milliseconds duration) {
  Heard heard;
  heard.clients = clients_.size();
  const auto end = steady_clock::now() + duration;
  std::array<epoll_event, 256> events;
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - steady_clock::now()).count();
    if (left <= 0) return heard;
    const int ready = ::epoll_wait(epoll_, events.data(), events.size(), static_cast<int>(left));
    for (int i = 0; i < ready; ++i)
      Read(clients_[events[static_cast<std::size_t>(i)].data.u64], heard);
  }
}

void Listeners::Read(Client& client, Heard& heard) {
  std::array<char, 65536> bytes;
  const ssize_t size = ::recv(client.fd, bytes.data(), bytes.size(), 0);
  if (size <= 0) {
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    ++heard.lost;
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, client.fd, nullptr);
    return;
  }
  const std::int64_t now = NowMicros();
  client.unread.append(bytes.data(), static_cast<std::size_t>(size));
  std::string_view rest = client.unread;
  while (rest.size() >= 2) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    std::size_t length = at(1) & 0x7fU;
    std::size_t head = 2;
    if (length == 126 && rest.size() >= 4) {
      length = static_cast<std::size_t>(at(2) << 8U | at(3));
      head = 4;
    }
    if (length == 127) throw std::runtime_error("a frame of more than 64 KiB");
    if (length >= 126 && head == 2) break;
    if (rest.size() < head + length) break;
    const std::string_view text = rest.substr(head, length);
    rest.remove_prefix(head + length);
    const auto number = NumberOf(text, "\"id\": ");
    const auto time = NumberOf(text, "\"time\": ");
    // An answer to what was asked has no time.
    if (!number || !time) continue;
    const auto id = static_cast<std::int64_t>(*number);
    if (client.last >= 0) {
      ++heard.frames;
      heard.delays_us.push_back(now - static_cast<std::int64_t>(*time * 1e6));
      if (id > client.last + 1) {
        // The numbers in between may stand in the same frame, the newest first.
        std::uint64_t inside = 0;
        for (std::size_t found = text.find("\"id\": "); found != std::string_view::npos;
             found = text.find("\"id\": ", found + 1)) {
          ++inside;
        }
        // The frame's own id stands among them.
        const std::uint64_t missing = static_cast<std::uint64_t>(id - client.last);
        const std::uint64_t there = inside - 1;
        if (missing > there) heard.gaps += missing - there;
      }
    }
    client.last = id;
  }
  client.unread.erase(0, client.unread.size() - rest.size());
}

}  // namespace ocokit::bench
