#pragma once

// Heartbeat: the venue's question every five seconds whether the client is there. Six that nobody
// answers, and half a second more, end the stream. Pure: time comes in with each call.

#include <algorithm>
#include <cstdint>
#include <optional>

#include "mock_exchange/wire/channel.h"
#include "ocokit/base/clock.h"

namespace ocokit::mock::bingx {

class Heartbeat {
 public:
  void Begin(TimePoint now) { *this = Heartbeat(now, asked_); }
  // The client has answered.
  void Answer() {
    unanswered_ = 0;
    patience_.reset();
  }
  // True: the question is due, and counts as asked now. One alone is, however late it is.
  [[nodiscard]] bool TakeDue(TimePoint now);
  [[nodiscard]] bool IsSilent(TimePoint now) const { return patience_ && now >= *patience_; }
  [[nodiscard]] TimePoint NextDue() const {
    return patience_ ? std::min(next_, *patience_) : next_;
  }
  // The questions so far.
  [[nodiscard]] std::uint64_t asked() const { return asked_; }

  Heartbeat() = default;

 private:
  Heartbeat(TimePoint now, std::uint64_t asked) : next_(now + kEvery), asked_(asked) {}

  static constexpr seconds kEvery{5};

  TimePoint next_;
  int unanswered_ = 0;
  std::uint64_t asked_ = 0;
  std::optional<TimePoint> patience_;  // until when; none: there is hope yet
};

// The question as a JSON object; `id` of 32 hexadecimal digits.
[[nodiscard]] Message WritePing(std::string_view id, TimePoint now);

}  // namespace ocokit::mock::bingx
