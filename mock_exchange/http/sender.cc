#include "mock_exchange/http/sender.h"

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>
#include <exception>
#include <optional>
#include <string>
#include <utility>

#include "mock_exchange/http/waker.h"
#include "mock_exchange/http/wire.h"

namespace ocokit::mock::http {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

// Calls an answer's on_sent once: when told, or when the answer is given up.
class SentReport {
 public:
  SentReport() = default;
  SentReport(const SentReport&) = delete;
  SentReport& operator=(const SentReport&) = delete;
  ~SentReport() {
    try {
      Give(/*failed=*/true);
    } catch (...) {  // NOLINT(bugprone-empty-catch): the answer is given up, and so is its report
    }
  }

  void Start(std::function<void(const Sent&)> on_sent) {
    on_sent_ = std::move(on_sent);
    start_ = SteadyClock::now();
  }
  void Count(std::size_t bytes) { bytes_ += bytes; }
  void Give(bool failed) {
    if (!on_sent_) return;
    const auto on_sent = std::exchange(on_sent_, nullptr);
    on_sent({.took = SteadyClock::now() - start_, .bytes = bytes_, .failed = failed});
  }

 private:
  std::function<void(const Sent&)> on_sent_;
  SteadyClock::time_point start_;
  std::size_t bytes_ = 0;
};

class Sending : public std::enable_shared_from_this<Sending> {
 public:
  Sending(Answer answer, const SendOptions& options, Stream& stream,
          std::shared_ptr<Connection> owner)
      : answer_(std::move(answer)), options_(options), stream_(stream), owner_(std::move(owner)) {}

  ~Sending() {
    if (waker_) waker_->End();
    // Given up while it was delayed.
    if (!answer_.next && answer_.on_sent) report_.Start(std::move(answer_.on_sent));
  }

  void Begin() {
    Guard([this] {
      while (true) {
        if (answer_.delay > answer_.delay.zero()) {
          const auto delay = std::exchange(answer_.delay, answer_.delay.zero());
          return stream_.Wait(delay, [self = shared_from_this()] { self->Begin(); });
        }
        if (!answer_.next) break;
        answer_ = AnswerOf(std::exchange(answer_.next, nullptr), [this] { owner_->OnException(); });
      }
      report_.Start(std::exchange(answer_.on_sent, nullptr));
      if (answer_.channel && answer_.delivery.kind == Delivery::Kind::kWhole) {
        report_.Give(/*failed=*/false);
        finished_ = true;
        return owner_->OnChannel(std::move(answer_.channel), std::move(answer_.websocket_key));
      }
      Deliver();
    });
  }

  // Writes what the source has; when it has nothing, is called again when it has.
  void Pump() {
    Guard([this] { PumpOnce(); });
  }

 private:
  // Runs a step of the answer. An exception ends this answer and its connection, and nothing else.
  template <typename Step>
  void Guard(Step step) noexcept {
    try {
      step();
    } catch (...) {
      owner_->OnException();
      GiveUp();
    }
  }

  // Answers with 500 as long as nothing of the answer is out; resets the connection otherwise.
  void GiveUp() noexcept {
    if (finished_) return;
    try {
      if (std::exchange(begun_, true)) return Finish(Then::kReset);
      static constexpr std::string_view kFailed =
          "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\nContent-Length: 30\r\n"
          "Connection: close\r\n\r\nthe simulator failed to answer";
      stream_.Arm(options_.timeout, owner_);
      net::async_write(stream_, net::buffer(kFailed),
                       [self = shared_from_this()](error_code error, std::size_t) {
                         self->Guard([&] { self->Finish(error ? Then::kGone : Then::kClose); });
                       });
    } catch (...) {
      finished_ = true;
      stream_.Reset();
    }
  }

  void PumpOnce() {
    if (finished_ || writing_) return;
    std::optional<std::string> text = answer_.more->Take();
    if (!text) return Finish(Then::kClose);
    if (text->empty()) {
      stream_.Disarm();
      if (const auto next = answer_.more->Next()) {
        stream_.Wait(*next, [self = shared_from_this()] { self->Pump(); });
      }
      return answer_.more->WakeOnce([waker = waker_] { waker->Wake(); });
    }
    out_ = std::move(*text);
    writing_ = true;
    Write(0, out_.size(), [](Sending& self) {
      self.writing_ = false;
      self.Pump();
    });
  }

  void Deliver() {
    using Kind = Delivery::Kind;
    const Delivery& how = answer_.delivery;
    if (how.kind == Kind::kReset) return Finish(Then::kReset);
    if (how.kind == Kind::kHalfClose) return Finish(Then::kHalfClose);
    static const Response kEmpty;
    const Response& response = answer_.response != nullptr ? *answer_.response : kEmpty;
    const bool keep_alive = owner_->MayGoOn();
    out_ = Serialize(response, answer_.more_headers,
                     {.keep_alive = keep_alive,
                      .with_body = options_.with_body,
                      .endless = answer_.more != nullptr,
                      .padding = how.padding,
                      .date = owner_->Date(),
                      .content_length = how.content_length});
    if (how.copies > 1) {
      const std::string once = out_;
      for (int i = 1; i < how.copies; ++i) out_ += once;
    }
    if (answer_.more != nullptr) return SendEndless();
    // With a wrong length nobody knows where the next answer begins.
    const std::size_t length = response.body.size() + how.padding;
    const bool right = how.content_length.value_or(length) == length;
    then_ = keep_alive && right ? Then::kNextRequest : Then::kClose;
    if (how.kind == Kind::kSlowDrip) return Drip(0);
    std::size_t size = out_.size();
    if (how.kind == Kind::kCloseEarly) {
      size = std::min(size, how.bytes);
      then_ = Then::kCutOff;
    }
    Write(0, size, [](Sending& self) { self.Finish(self.then_); });
  }

  void Drip(std::size_t from) {
    if (from == out_.size()) return Finish(then_);
    const std::size_t size =
        std::min(std::max<std::size_t>(1, answer_.delivery.bytes), out_.size() - from);
    dripped_ = from + size;
    Write(from, size, [](Sending& self) {
      if (self.dripped_ == self.out_.size()) return self.Finish(self.then_);
      self.stream_.Wait(self.answer_.delivery.interval, [kept = self.shared_from_this()] {
        kept->Guard([&] { kept->Drip(kept->dripped_); });
      });
    });
  }

  // Begins an answer without an end of its own.
  void SendEndless() {
    if (!options_.with_body) {
      return Write(0, out_.size(), [](Sending& self) { self.Finish(Then::kClose); });
    }
    waker_ = std::make_shared<Waker<Sending>>(stream_.get_executor(), weak_from_this());
    owner_->OnEndless();
    WatchPeer();
    writing_ = true;
    Write(0, out_.size(), [](Sending& self) {
      self.writing_ = false;
      self.Pump();
    });
  }

  // Sees that the peer has gone; what it still sends is not looked at.
  void WatchPeer() {
    stream_.async_read_some(net::buffer(ignored_),
                            [self = shared_from_this()](error_code error, std::size_t) {
                              self->Guard([&] {
                                // A write that took too long ends this, too.
                                if (self->finished_) return;
                                if (error) return self->Finish(Then::kGone);
                                self->WatchPeer();
                              });
                            });
  }

  // Writes a part of out_, then calls `done` unless the peer is gone.
  template <typename Done>
  void Write(std::size_t from, std::size_t size, Done done) {
    begun_ = true;
    stream_.Arm(options_.timeout, owner_);
    net::async_write(stream_, net::buffer(out_.data() + from, size),
                     [self = shared_from_this(), done](error_code error, std::size_t written) {
                       self->Guard([&] {
                         self->report_.Count(written);
                         if (self->finished_) return;
                         if (error) return self->Finish(Then::kGone);
                         done(*self);
                       });
                     });
  }

  void Finish(Then then) {
    finished_ = true;
    // Ends the watch on the peer.
    if (waker_) stream_.Cancel();
    try {
      report_.Give(/*failed=*/then == Then::kGone);
    } catch (...) {
      // The answer is out all the same.
      owner_->OnException();
    }
    owner_->OnSent(then);
  }

  Answer answer_;
  const SendOptions options_;
  Stream& stream_;
  const std::shared_ptr<Connection> owner_;
  SentReport report_;
  std::string out_;
  Then then_ = Then::kClose;
  std::size_t dripped_ = 0;
  bool begun_ = false;  // something of the answer may be out
  bool writing_ = false;
  bool finished_ = false;
  std::shared_ptr<Waker<Sending>> waker_;  // with a source alone
  std::array<char, 64> ignored_{};
};

}  // namespace

Answer AnswerOf(const std::function<Answer()>& function,
                const std::function<void()>& on_exception) {
  try {
    return function();
  } catch (...) {
    on_exception();
    return {.response =
                Share(PlainText(500, "the handler failed: " + std::string(WhatOfException())))};
  }
}

std::string_view WhatOfException() noexcept {
  try {
    throw;
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "an exception of an unknown type";
  }
}

void Send(Answer answer, const SendOptions& options, Stream& stream,
          std::shared_ptr<Connection> owner) {
  std::make_shared<Sending>(std::move(answer), options, stream, std::move(owner))->Begin();
}

}  // namespace ocokit::mock::http
