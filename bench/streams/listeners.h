#pragma once

// Listeners: many clients of one WebSocket, in one thread: who hears what how late, and whether
// something is missing.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ocokit::bench {

struct Heard {
  std::size_t clients = 0;
  std::uint64_t frames = 0;
  std::uint64_t gaps = 0;               // numbers that did not come, of all clients
  std::uint64_t lost = 0;               // connections that ended
  std::vector<std::int64_t> delays_us;  // of each frame, from its time to when it was read
};

class Listeners {
 public:
  Listeners() = default;
  ~Listeners();
  Listeners(const Listeners&) = delete;
  Listeners& operator=(const Listeners&) = delete;

  // Opens so many at 127.0.0.1, each of which then says `subscribe`, unless it is empty. Throws
  // std::runtime_error when one cannot be opened.
  void Open(std::uint16_t port, const std::string& path, const std::string& subscribe,
            std::size_t count);
  // Reads for so long. Frames have `"id": N` that rises by one, and `"time": S`, seconds since
  // 1970. The first frame of a client is not counted: it tells what was before.
  [[nodiscard]] Heard Listen(std::chrono::milliseconds duration);

 private:
  struct Client {
    int fd = -1;
    std::string unread;
    std::int64_t last = -1;  // number; -1: none yet
  };

  void Read(Client& client, Heard& heard);

  int epoll_ = -1;
  std::vector<Client> clients_;
};

}  // namespace ocokit::bench
