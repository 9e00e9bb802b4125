#pragma once

// BareServer: what is measured beside: Boost.Beast and nothing else, which sends a frame of the
// same form to all its clients at a steady pace.

#include <chrono>
#include <cstdint>
#include <memory>

namespace ocokit::bench {

class BareServer {
 public:
  // Listens on a free port of 127.0.0.1, with two threads as the simulator.
  BareServer();
  ~BareServer();
  BareServer(const BareServer&) = delete;
  BareServer& operator=(const BareServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  // Sends to all, one every `pace`, until Stop.
  void Start(std::chrono::microseconds pace);
  void Stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ocokit::bench
