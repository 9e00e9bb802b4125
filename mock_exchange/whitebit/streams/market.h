#pragma once

// The public channels that show each of several markets by itself: at a pace, and at once after
// they were subscribed to.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "mock_exchange/whitebit/streams/feed.h"
#include "mock_exchange/whitebit/streams/pace.h"

namespace ocokit::mock::whitebit {

// lastprice, market, marketToday.
class MarketFeed final : public Feed {
 public:
  // What is said of a market, as JSON; empty: it has nothing to show yet.
  using Write = std::string (*)(const engine::Market&, const Account&, TimePoint now);
  struct Kind {
    std::string_view name;
    milliseconds pace;
    Write write;
    bool changes_alone = false;  // what has not changed is not said again
  };
  explicit MarketFeed(const Kind& kind) : Feed(kind.name), kind_(kind), pace_(kind.pace) {}

  Answered<void> Subscribe(const JsonValue& params, Account& account, TimePoint now) override;
  void Unsubscribe(const JsonValue& params) override;
  void Show(std::vector<std::string>& topics) const override;
  void Begin(Account& account, TimePoint now) override;
  [[nodiscard]] bool Work(const Turn& turn) override;
  [[nodiscard]] std::optional<TimePoint> NextDue() const override;

 private:
  const Kind kind_;
  Pace pace_;
  std::map<std::string, std::shared_ptr<const Message>> said_;  // by market; null: nothing yet
};

[[nodiscard]] std::vector<MarketFeed::Kind> MarketFeedKinds();

// What the queries of these names answer. `period` is in seconds, up to now.
inline constexpr std::int64_t kDaySeconds = 86400;
inline constexpr std::int64_t kLongestPeriod = 7 * kDaySeconds;
[[nodiscard]] std::string WriteLastPrice(const engine::Market& market);
[[nodiscard]] std::string WriteMarketPeriod(const engine::Market& market, const Account& account,
                                            TimePoint now, std::int64_t period);
[[nodiscard]] std::string WriteMarketToday(const engine::Market& market, const Account& account,
                                           TimePoint now);

}  // namespace ocokit::mock::whitebit
