#pragma once

// FrameGate: the way of a stream's messages through the account's faults.

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "mock_exchange/faults/frame_incident.h"
#include "mock_exchange/streams/gate.h"
#include "mock_exchange/venue/venue.h"

namespace ocokit::mock::faults {

class FrameGate final : public streams::Gate {
 public:
  // `count` is told of each fault that hits, as "fault-1 lose_frame".
  FrameGate(const VenueApi& venue, std::function<void(std::string_view)> count)
      : venue_(venue), count_(std::move(count)) {}

  [[nodiscard]] Passed Pass(Account& account,
                            std::vector<std::shared_ptr<const Message>> said) override;

 private:
  using SteadyClock = std::chrono::steady_clock;

  // False: the stream ends in its place.
  bool PassOne(Account& account, std::shared_ptr<const Message> message, Passed& out);
  void Queue(const std::shared_ptr<const Message>& message, int copies,
             std::chrono::microseconds delay);

  const VenueApi& venue_;
  const std::function<void(std::string_view)> count_;
  std::deque<std::pair<SteadyClock::time_point, std::shared_ptr<const Message>>>
      queue_;                                  // in their order, with the time they go out at
  std::shared_ptr<const Message> after_next_;  // goes out behind the next one
  std::set<std::string, std::less<>> silent_;  // channels of which nothing more goes out
  bool all_silent_ = false;
};

}  // namespace ocokit::mock::faults
