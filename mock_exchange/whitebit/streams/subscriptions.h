#pragma once

// Subscriptions: all channels of a stream, and what its client has subscribed to.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/whitebit/streams/feed.h"
#include "mock_exchange/whitebit/streams/user.h"

namespace ocokit::mock::whitebit {

class Subscriptions {
 public:
  Subscriptions();

  // A method that begins or ends a subscription; none: it is no such method.
  struct Found {
    Feed* feed = nullptr;
    bool begin = true;
    bool is_private = false;
  };
  [[nodiscard]] std::optional<Found> Find(std::string_view method);

  // As the control API lists them.
  [[nodiscard]] std::vector<std::string> Topics() const;
  void Begin(Account& account, TimePoint now);
  // False: what was to be said has been forgotten.
  [[nodiscard]] bool Work(const Turn& turn);
  [[nodiscard]] std::optional<TimePoint> NextDue() const;

 private:
  struct Entry {
    Feed* feed = nullptr;
    bool is_private = false;
  };

  UserFeeds user_;
  std::vector<std::unique_ptr<Feed>> others_;
  std::vector<Entry> all_;  // the private ones first
};

}  // namespace ocokit::mock::whitebit
