#pragma once

// A stream without a socket: what its client sends, and what the client is told.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_exchange/streams/stream.h"

namespace ocokit::mock::testing {

// A host that has one account, or none.
class OneAccountHost final : public streams::StreamHost {
 public:
  explicit OneAccountHost(std::shared_ptr<Account> account = nullptr)
      : account_(std::move(account)) {}

  [[nodiscard]] std::shared_ptr<Account> FindByStreamKey(Venue /*venue*/,
                                                         const std::string& key) const override {
    if (account_ == nullptr) return nullptr;
    const std::lock_guard lock(account_->mutex);
    const auto until = account_->stream_keys.Until(key);
    return until && *until > account_->clock.Now() ? account_ : nullptr;
  }
  // All come from one address.
  [[nodiscard]] std::size_t CountFrom(Venue /*venue*/,
                                      const std::string& /*remote_ip*/) const override {
    return open_;
  }
  [[nodiscard]] std::shared_ptr<FrameLog> LogOf(
      const std::shared_ptr<Account>& /*account*/) const override {
    return nullptr;
  }
  [[nodiscard]] std::unique_ptr<streams::Gate> MakeGate(Venue /*venue*/) override {
    return nullptr;
  }
  void CountDelay(Venue /*venue*/, std::chrono::nanoseconds /*delay*/) override {}
  void Enter(streams::Stream& /*stream*/) override { ++open_; }
  void Leave(streams::Stream& /*stream*/) override { --open_; }

 private:
  std::shared_ptr<Account> account_;
  std::size_t open_ = 0;
};

class StreamClient {
 public:
  explicit StreamClient(std::shared_ptr<streams::Stream> stream) : stream_(std::move(stream)) {
    stream_->OnOpen([] {});
    Take();
  }
  ~StreamClient() { stream_->OnEnded({}); }
  StreamClient(const StreamClient&) = delete;
  StreamClient& operator=(const StreamClient&) = delete;

  // What the client is told, as text, since the last time.
  std::vector<std::string> Take() {
    ChannelTurn turn = stream_->Take();
    if (turn.end) end_ = turn.end;
    next_ = turn.next;
    std::vector<std::string> out;
    for (const auto& message : turn.messages) out.push_back(message->Text());
    last_ = std::move(turn.messages);
    return out;
  }
  std::vector<std::string> Ask(std::string_view message, bool binary = false) {
    stream_->OnMessage(message, binary);
    return Take();
  }

  // How the stream has ended; none: it has not.
  [[nodiscard]] const std::optional<ChannelEnd>& end() const { return end_; }
  // When the stream wants to be asked again.
  [[nodiscard]] const std::optional<std::chrono::microseconds>& next() const { return next_; }
  // The messages behind the latest texts.
  [[nodiscard]] const std::vector<std::shared_ptr<const Message>>& last() const { return last_; }
  [[nodiscard]] streams::StreamState State() const { return stream_->State(); }

 private:
  std::shared_ptr<streams::Stream> stream_;
  std::optional<ChannelEnd> end_;
  std::optional<std::chrono::microseconds> next_;
  std::vector<std::shared_ptr<const Message>> last_;
};

}  // namespace ocokit::mock::testing
