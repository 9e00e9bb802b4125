#pragma once

// Book: the legs of one market that wait for a price, ordered by it, so that a price move touches
// only what it crosses. Insert and erase are O(log n), Crossed is O(log n + legs crossed).

#include <cstdint>
#include <set>
#include <vector>

#include "mock_exchange/engine/order.h"

namespace ocokit::mock::engine {

// One waiting leg: the pair's sequence and which of its legs.
struct LegRef {
  std::uint64_t sequence = 0;
  LegKind kind = LegKind::kLimit;

  friend auto operator<=>(const LegRef&, const LegRef&) = default;
};

class Book {
 public:
  // A limit order at `price`: a buy waits for the last price to come down to it, a sell for up.
  void AddLimit(Side side, const Decimal& price, LegRef leg);
  void RemoveLimit(Side side, const Decimal& price, LegRef leg);
  // A stop at trigger price `price`.
  void AddStop(When when, const Decimal& price, LegRef leg);
  void RemoveStop(When when, const Decimal& price, LegRef leg);

  // Legs that wait.
  [[nodiscard]] std::size_t size() const {
    return buy_limits_.size() + sell_limits_.size() + rising_stops_.size() + falling_stops_.size();
  }

  // Limit orders that `last` reaches, best price first, then in order of placement.
  [[nodiscard]] std::vector<LegRef> CrossedLimits(const Decimal& last) const;
  // Stops that `last` triggers, in the order in which a move towards it meets them.
  [[nodiscard]] std::vector<LegRef> CrossedStops(const Decimal& last) const;

 private:
  struct Entry {
    Decimal price;
    LegRef leg;
  };
  struct Rising {
    bool operator()(const Entry& a, const Entry& b) const;
  };
  struct Falling {
    bool operator()(const Entry& a, const Entry& b) const;
  };
  // Met by a falling price, highest first; and by a rising price, lowest first.
  using MetFalling = std::set<Entry, Falling>;
  using MetRising = std::set<Entry, Rising>;

  static void Collect(const MetFalling& falling, const MetRising& rising, const Decimal& last,
                      std::vector<LegRef>& out);

  MetFalling buy_limits_;
  MetRising sell_limits_;
  MetRising rising_stops_;
  MetFalling falling_stops_;
};

}  // namespace ocokit::mock::engine
