// Measures how streams reach many: the clients of a simulator that runs elsewhere, or of a bare
// server. bench/streams.py runs it.
//
//   ocokit_fanout hold PORT PATH COUNT          opens so many, says "open", and waits for its input
//   to end ocokit_fanout hear PORT COUNT PACE_US SECONDS   all hear of WhiteBIT's trades; a price
//   each pace ocokit_fanout bare COUNT PACE_US SECONDS        the same from a bare Beast server
//
// The last two print one line of JSON.

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>

#include "bench/streams/bare.h"
#include "bench/streams/listeners.h"

namespace {

using namespace ocokit::bench;
using std::chrono::microseconds;
using std::chrono::milliseconds;

// Sets a price every pace, over one connection of the control API.
class Prices {
 public:
  Prices(std::uint16_t port, microseconds pace)
      : thread_([this, port, pace] { Run(port, pace); }) {}
  ~Prices() {
    stop_ = true;
    thread_.join();
  }
  Prices(const Prices&) = delete;
  Prices& operator=(const Prices&) = delete;

 private:
  void Run(std::uint16_t port, microseconds pace) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::exit(3);
    auto next = std::chrono::steady_clock::now();
    for (int i = 0; !stop_; ++i) {
      next += pace;
      std::this_thread::sleep_until(next);
      const std::string body = "{\"last\":\"" + std::to_string(40'000 + i % 1000) + "\"}";
      const std::string request =
          "PUT /control/v1/accounts/whitebit-1/markets/BTC_USDT/price HTTP/1.1\r\nHost: "
          "127.0.0.1\r\n"
          "Content-Type: application/json\r\nContent-Length: " +
          std::to_string(body.size()) + "\r\n\r\n" + body;
      char reply[4096];
      if (::send(fd, request.data(), request.size(), MSG_NOSIGNAL) < 0 ||
          ::recv(fd, reply, sizeof reply, 0) <= 0 || std::strncmp(reply, "HTTP/1.1 200", 12) != 0) {
        std::fprintf(stderr, "a price was not taken\n");
        std::exit(3);
      }
    }
    ::close(fd);
  }

  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

std::int64_t Percentile(std::vector<std::int64_t>& delays, double share) {
  if (delays.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(delays.size() - 1));
  std::nth_element(delays.begin(), delays.begin() + at, delays.end());
  return delays[static_cast<std::size_t>(at)];
}

void Print(Heard heard, double seconds) {
  std::printf(
      "{\"clients\":%zu,\"frames\":%llu,\"frames_per_s\":%.0f,\"gaps\":%llu,\"lost\":%llu,"
      "\"p50_us\":%lld,\"p99_us\":%lld,\"max_us\":%lld}\n",
      heard.clients, static_cast<unsigned long long>(heard.frames),
      static_cast<double>(heard.frames) / seconds, static_cast<unsigned long long>(heard.gaps),
      static_cast<unsigned long long>(heard.lost),
      static_cast<long long>(Percentile(heard.delays_us, 0.5)),
      static_cast<long long>(Percentile(heard.delays_us, 0.99)),
      static_cast<long long>(Percentile(heard.delays_us, 1)));
}

milliseconds Seconds(const char* text) {
  return milliseconds(static_cast<std::int64_t>(std::atof(text) * 1000));
}

void Run(int count, char** words) {
  const std::string mode = count > 1 ? words[1] : "";
  Listeners listeners;
  if (mode == "hold" && count == 5) {
    listeners.Open(static_cast<std::uint16_t>(std::atoi(words[2])), words[3], "",
                   static_cast<std::size_t>(std::atoi(words[4])));
    std::puts("open");
    std::fflush(stdout);
    while (std::getchar() != EOF) continue;
  } else if (mode == "hear" && count == 6) {
    const auto port = static_cast<std::uint16_t>(std::atoi(words[2]));
    listeners.Open(port, "/@whitebit-1/ws",
                   R"({"id":1,"method":"trades_subscribe","params":["BTC_USDT"]})",
                   static_cast<std::size_t>(std::atoi(words[3])));
    (void)listeners.Listen(milliseconds(500));
    const Prices prices(port, microseconds(std::atoi(words[4])));
    (void)listeners.Listen(milliseconds(500));
    Print(listeners.Listen(Seconds(words[5])), std::atof(words[5]));
  } else if (mode == "bare" && count == 5) {
    BareServer server;
    listeners.Open(server.port(), "/", "", static_cast<std::size_t>(std::atoi(words[2])));
    server.Start(microseconds(std::atoi(words[3])));
    (void)listeners.Listen(milliseconds(500));
    Print(listeners.Listen(Seconds(words[4])), std::atof(words[4]));
  } else {
    throw std::runtime_error(
        "usage: hold PORT PATH COUNT | hear PORT COUNT PACE_US SECONDS | bare COUNT PACE_US "
        "SECONDS");
  }
}

}  // namespace

int main(int count, char** words) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
  try {
    Run(count, words);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "ocokit_fanout: %s\n", error.what());
    return 3;
  }
}
