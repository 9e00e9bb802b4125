#pragma once

// A user stream behind the adapter protocol, of either venue: the picture that its events make.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "conformance/adapters/cpp/answer.h"
#include "ocokit/base/clock.h"
#include "ocokit/client/user_stream.h"

namespace ocokit::adapter {

// The machine's clock, and ahead of it by what `advance_clock` has added up to.
class AheadClock final : public Clock {
 public:
  [[nodiscard]] TimePoint Now() const override;
  void SleepFor(microseconds duration) override;
  void Advance(std::chrono::milliseconds duration);

 private:
  SystemClock machine_;
  std::atomic<std::int64_t> ahead_ms_ = 0;
};

// What the events have told so far. Any thread may ask.
class StreamPicture {
 public:
  [[nodiscard]] client::StreamHandler Handler();
  // False: it is not connected within this time.
  [[nodiscard]] bool AwaitConnected(std::chrono::milliseconds timeout);
  [[nodiscard]] nlohmann::json State() const;

 private:
  void Take(const client::OrderEvent& event);
  void SetConnected(bool connected);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool connected_ = false;
  int disconnects_ = 0;
  std::map<std::string, nlohmann::json> orders_;  // by id
  nlohmann::json fills_ = nlohmann::json::array();
};

// `Stream`: the venue's UserStream. One for each client.
template <typename Stream>
class StreamOperations {
 public:
  StreamOperations(std::shared_ptr<AheadClock> clock, std::chrono::milliseconds timeout)
      : clock_(std::move(clock)), timeout_(timeout) {}

  // None: it is no operation on streams. `make` makes a stream of options, a handler and arguments.
  template <typename Make>
  std::optional<nlohmann::json> CarryOut(const std::string& op, const nlohmann::json& args,
                                         Make make) {
    if (op == "stream_start") return Start(args, make);
    if (op == "stream_state") return State(args);
    if (op == "stream_stop") return Stop();
    if (op == "stream_leave") return Unsupported("user streams are ended as a whole");
    if (op == "advance_sockets") return Unsupported("sockets go by the machine's clock");
    if (op != "advance_clock") return std::nullopt;
    clock_->Advance(std::chrono::milliseconds(NumberArgument(args, "ms").value_or(0)));
    return OkAnswer(nlohmann::json::object());
  }

 private:
  static nlohmann::json Unsupported(const char* why) { return {{"unsupported", why}}; }

  template <typename Make>
  nlohmann::json Start(const nlohmann::json& args, Make make) {
    if (args.contains("book")) return Unsupported("the client has no streams of books");
    const std::lock_guard lock(mutex_);
    if (stream_) return Unsupported("what a user stream hears of is given when it is made");
    picture_ = std::make_shared<StreamPicture>();
    auto made = make(client::StreamOptions{.url = TextArgument(args, "ws_url"), .clock = clock_},
                     picture_->Handler());
    if (!made) return ErrorAnswer(made.error());
    stream_.emplace(std::move(*made));
    if (auto started = stream_->Start(); !started) return ErrorAnswer(started.error());
    if (picture_->AwaitConnected(timeout_ - std::chrono::milliseconds(100))) {
      return OkAnswer(nlohmann::json::object());
    }
    return ErrorAnswer(
        {.kind = client::ErrorKind::kUnavailable, .message = "the stream does not get connected"});
  }

  nlohmann::json State(const nlohmann::json& args) {
    if (args.contains("book")) return Unsupported("the client has no streams of books");
    const std::lock_guard lock(mutex_);
    return OkAnswer(picture_ ? picture_->State() : StreamPicture().State());
  }

  nlohmann::json Stop() {
    const std::lock_guard lock(mutex_);
    stream_.reset();
    return OkAnswer(nlohmann::json::object());
  }

  const std::shared_ptr<AheadClock> clock_;
  const std::chrono::milliseconds timeout_;
  std::mutex mutex_;
  std::shared_ptr<StreamPicture> picture_;  // outlives the stream, which calls it
  std::optional<Stream> stream_;
};

}  // namespace ocokit::adapter
