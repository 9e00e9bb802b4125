#pragma once

// MemoryMeter: what the journals and the orders of all accounts take together, and how much they
// may. Any thread may call it.

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace ocokit::mock {

class MemoryMeter {
 public:
  // `limit`: in bytes. What it counts is what is asked of the allocator: it holds a fifth or so
  // more.
  explicit MemoryMeter(std::size_t limit) : limit_(limit) {}
  MemoryMeter(const MemoryMeter&) = delete;
  MemoryMeter& operator=(const MemoryMeter&) = delete;

  void AddJournals(std::int64_t bytes) { journals_.fetch_add(bytes, std::memory_order_relaxed); }
  void AddOrders(std::int64_t bytes) { orders_.fetch_add(bytes, std::memory_order_relaxed); }
  // What was forgotten since all together took more than the limit.
  void CountForgottenRequests(std::uint64_t count) { forgotten_requests_ += count; }
  void CountForgottenOrders(std::uint64_t count) { forgotten_orders_ += count; }
  // Numbers journal records, so that the oldest of all accounts can be told.
  [[nodiscard]] std::uint64_t NextSerial() {
    return serial_.fetch_add(1, std::memory_order_relaxed) + 1;
  }

  [[nodiscard]] std::size_t limit() const { return limit_; }
  [[nodiscard]] std::size_t journals() const { return NotNegative(journals_); }
  [[nodiscard]] std::size_t orders() const { return NotNegative(orders_); }
  // Whether something is to be forgotten. When what is left of more than the limit could not go
  // (open orders), it is looked at again once there is a 64th of the limit more, not at each
  // request.
  [[nodiscard]] bool IsOver() {
    const std::size_t now = journals() + orders();
    if (now <= limit_) return false;
    const std::size_t soon = now + limit_ / 64;
    if (soon < left_.load(std::memory_order_relaxed)) left_.store(soon, std::memory_order_relaxed);
    return now > left_.load(std::memory_order_relaxed);
  }
  // To be called when all that could go went.
  void RememberWhatIsLeft() {
    const std::size_t now = journals() + orders();
    left_.store(now > limit_ ? now + limit_ / 64 : 0, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t forgotten_requests() const { return forgotten_requests_; }
  [[nodiscard]] std::uint64_t forgotten_orders() const { return forgotten_orders_; }

 private:
  static std::size_t NotNegative(const std::atomic<std::int64_t>& value) {
    const std::int64_t now = value.load(std::memory_order_relaxed);
    return now < 0 ? 0 : static_cast<std::size_t>(now);
  }

  const std::size_t limit_;
  std::atomic<std::size_t> left_{0};  // what is kept beyond the limit, and a little
  std::atomic<std::int64_t> journals_{0};
  std::atomic<std::int64_t> orders_{0};
  std::atomic<std::uint64_t> forgotten_requests_{0};
  std::atomic<std::uint64_t> forgotten_orders_{0};
  std::atomic<std::uint64_t> serial_{0};
};

// Half of what the machine has, or of what its control group lets this process have, in bytes.
[[nodiscard]] std::size_t HalfOfMemory();

}  // namespace ocokit::mock
