#pragma once

// The public channels bookTicker, the best prices of a market whenever they change, and
// premiumIndex, what futures are marked at.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "mock_exchange/whitebit/streams/feed.h"
#include "mock_exchange/whitebit/streams/pace.h"

namespace ocokit::mock::whitebit {

class BookTickerFeed final : public Feed {
 public:
  BookTickerFeed() : Feed("bookTicker") {}

  Answered<void> Subscribe(const JsonValue& params, Account& account, TimePoint now) override;
  void Unsubscribe(const JsonValue& params) override;
  void Show(std::vector<std::string>& topics) const override;
  void Begin(Account& account, TimePoint now) override;
  [[nodiscard]] bool Work(const Turn& turn) override;
  [[nodiscard]] std::optional<TimePoint> NextDue() const override { return std::nullopt; }

 private:
  bool on_ = false;
  std::vector<std::string> names_;           // none: all markets
  std::map<std::string, std::string> said_;  // the best prices by market
  std::uint64_t shown_ = 0;                  // AccountMarks::shown when they were looked at
  bool begun_ = false;                       // they were looked at since the subscription
};

class PremiumIndexFeed final : public Feed {
 public:
  PremiumIndexFeed() : Feed("premiumIndex"), pace_(milliseconds(500)) {}

  Answered<void> Subscribe(const JsonValue& params, Account& account, TimePoint now) override;
  void Unsubscribe(const JsonValue& params) override;
  void Show(std::vector<std::string>& topics) const override;
  void Begin(Account& account, TimePoint now) override;
  [[nodiscard]] bool Work(const Turn& turn) override;
  [[nodiscard]] std::optional<TimePoint> NextDue() const override;

 private:
  Pace pace_;
  bool on_ = false;
  bool begun_ = false;
  std::vector<std::string> names_;  // none: all futures
};

}  // namespace ocokit::mock::whitebit
