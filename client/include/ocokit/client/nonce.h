#pragma once

// NonceSource: strictly rising nonces in milliseconds for one API key. Thread-safe.
// WhiteBIT refuses a nonce that is not above the last accepted one of the key, so every client that
// uses the same key must share one source. (WhiteBIT API docs: Authentication.)

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>

#include "ocokit/base/clock.h"

namespace ocokit::client {

class NonceSource {
 public:
  // The first nonce is above `last`: give the last one used to go on after a restart.
  explicit NonceSource(std::shared_ptr<const Clock> clock, std::int64_t last = 0);

  // The clock's milliseconds, or one more than the last nonce when that is larger: two calls in one
  // millisecond, or a clock set back, still give two rising values.
  // Lock-free.
  [[nodiscard]] std::int64_t Next();

  // A nonce, and the request that it is for: under way as long as this lives, which must be within
  // the life of the source.
  class Turn {
   public:
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&&) = delete;
    ~Turn();
    [[nodiscard]] std::int64_t nonce() const { return nonce_; }

   private:
    friend class NonceSource;
    Turn(NonceSource* source, bool alone, std::int64_t nonce)
        : source_(source), alone_(alone), nonce_(nonce) {}

    NonceSource* source_;
    bool alone_;
    std::int64_t nonce_;
  };

  // Any number of requests may be under way at once, and overtake each other.
  [[nodiscard]] Turn Begin();

  // For a request that was overtaken: begins once those under way are done, and nothing begins
  // until it is done. Neither goes on waiting when a second goes by in which no request is done:
  // one that hangs does not hold up all others of its key.
  [[nodiscard]] Turn BeginAlone();

  // The nonce given last.
  [[nodiscard]] std::int64_t last() const { return last_.load(std::memory_order_relaxed); }

 private:
  // Until `count`, a member, is 0, or a second has gone by in which no request was done.
  void AwaitNone(std::unique_lock<std::mutex>& lock, const int& count);
  void End(bool alone);

  std::shared_ptr<const Clock> clock_;
  std::atomic<std::int64_t> last_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::uint64_t ends_ = 0;
  int under_way_ = 0;
  int alone_ = 0;  // of them, or about to be; above 1 only when a wait was given up
};

}  // namespace ocokit::client
