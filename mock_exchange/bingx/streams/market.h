#pragma once

// MarketFeed: what a stream has told of a public topic, and what it has to tell yet.

#include <memory>
#include <optional>
#include <vector>

#include "mock_exchange/bingx/streams/market_frames.h"
#include "mock_exchange/bingx/streams/subscriptions.h"

namespace ocokit::mock::bingx {

// The account locks.
class MarketFeed {
 public:
  explicit MarketFeed(Topic topic) : topic_(std::move(topic)) {}

  [[nodiscard]] const Topic& topic() const { return topic_; }
  // What has happened up to now is nothing to it.
  void Begin(const Account& account, TimePoint now);
  // Adds how things stand, where the topic has something that stands: the first of its messages.
  void TellFirst(const Account& account, TimePoint now, Messages& out);
  // Adds what has come up since the last time.
  void Work(Account& account, TimePoint now, Messages& out);
  // When it has something to tell by itself.
  [[nodiscard]] std::optional<TimePoint> NextDue() const { return next_; }

 private:
  void TellTrades(Account& account, Messages& out);
  void TellBestPrices(Account& account, TimePoint now, Messages& out);
  // Of a topic that has a pace: what it shows at `at`, a multiple of the pace.
  void Tick(Account& account, TimePoint at, Messages& out);
  void TickCandle(Account& account, TimePoint at, Messages& out);
  void TickDepthChanges(const Account& account, TimePoint at, Messages& out);

  Topic topic_;
  std::optional<TimePoint> next_;  // of a topic that has a pace
  std::uint64_t pasts_ = 0;        // MarketData::pasts as last looked at
  std::uint64_t trade_ = 0;        // the latest public trade that is dealt with
  std::optional<Decimal> price_;   // its price
  std::uint64_t shown_ = 0;        // AccountMarks::shown as last looked at
  std::optional<BestPrices> best_;
  std::optional<std::int64_t> candle_;  // when the candle that was told last begins, in seconds
  OrderBook book_;                      // as told
  std::uint64_t book_id_ = 0;
};

}  // namespace ocokit::mock::bingx
