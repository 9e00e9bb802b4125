#pragma once

// PublicTrades: the latest trades of a market, as everybody sees them. Not thread-safe; the account
// locks.

#include <cstdint>
#include <deque>

#include "ocokit/base/clock.h"
#include "ocokit/base/decimal.h"

namespace ocokit::mock {

struct PublicTrade {
  std::uint64_t id = 0;  // counts up from 1 within a market
  TimePoint at;
  Decimal price;
  Decimal amount;               // base
  bool buyer_is_maker = false;  // the one who sold came to an order that waited
};

class PublicTrades {
 public:
  static constexpr std::size_t kMost = 1000;

  void Add(TimePoint at, const Decimal& price, const Decimal& amount, bool buyer_is_maker) {
    trades_.push_back({++last_id_, at, price, amount, buyer_is_maker});
    if (trades_.size() > kMost) trades_.pop_front();
  }
  // Oldest first.
  [[nodiscard]] const std::deque<PublicTrade>& trades() const { return trades_; }
  [[nodiscard]] std::size_t bytes() const { return trades_.size() * sizeof(PublicTrade); }

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive("last_id", last_id_);
    archive.Long("trades", trades_);
  }

 private:
  std::deque<PublicTrade> trades_;
  std::uint64_t last_id_ = 0;
};

}  // namespace ocokit::mock
