#pragma once

// Parrot: a channel for tests of the listener.

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "mock_exchange/testing/raw_socket.h"
#include "mock_exchange/wire/channel.h"

namespace ocokit::mock::testing {

// Says again what it hears, and what a test has it say.
class Parrot final : public Channel {
 public:
  void OnOpen(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
  }
  void OnMessage(std::string_view bytes, bool binary) override {
    const std::lock_guard lock(mutex_);
    turn_.messages.push_back(
        std::make_shared<const Message>(Message{.bytes = std::string(bytes), .binary = binary}));
  }
  void OnControl() override {
    const std::lock_guard lock(mutex_);
    ++controls_;
  }
  ChannelTurn Take() override {
    const std::lock_guard lock(mutex_);
    ++takes_;
    ChannelTurn out = std::exchange(turn_, {});
    out.next = next_;
    return out;
  }
  void OnWritten(std::size_t messages) override {
    const std::lock_guard lock(mutex_);
    written_ += messages;
  }
  void OnEnded(const ChannelEnded& how) override {
    const std::lock_guard lock(mutex_);
    ended_ = how;
  }
  std::size_t max_waiting_bytes() const override { return 100'000; }

  // From the test's thread.
  void Say(const std::string& text, std::optional<ChannelEnd> end = std::nullopt) {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      if (!text.empty()) {
        turn_.messages.push_back(std::make_shared<const Message>(Message{.bytes = text}));
      }
      turn_.end = end;
      wake = wake_;
    }
    wake();
  }
  void AskAgainAfter(std::chrono::microseconds next) {
    const std::lock_guard lock(mutex_);
    next_ = next;
  }
  // How it ended, once it has.
  [[nodiscard]] ChannelEnded AwaitEnd() {
    EXPECT_TRUE(Await([&] {
      const std::lock_guard lock(mutex_);
      return ended_.has_value();
    }));
    const std::lock_guard lock(mutex_);
    return ended_.value_or(ChannelEnded{});
  }
  int controls() {
    const std::lock_guard lock(mutex_);
    return controls_;
  }
  int takes() {
    const std::lock_guard lock(mutex_);
    return takes_;
  }
  std::size_t written() {
    const std::lock_guard lock(mutex_);
    return written_;
  }

 private:
  std::mutex mutex_;
  std::function<void()> wake_;
  ChannelTurn turn_;
  std::optional<std::chrono::microseconds> next_;
  std::optional<ChannelEnded> ended_;
  int controls_ = 0;
  int takes_ = 0;
  std::size_t written_ = 0;
};

}  // namespace ocokit::mock::testing
