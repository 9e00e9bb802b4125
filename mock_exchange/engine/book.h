#pragma once

// Book: the orders of one market that wait for a price, ordered by it, so that a price move touches
// only what it crosses. Insert and erase are O(log n), Crossed is O(log n + orders crossed).

#include <cstdint>
#include <set>
#include <vector>

#include "mock_exchange/engine/order.h"

namespace ocokit::mock::engine {

class Book {
 public:
  // Takes in an order that waits: a stop order at its trigger, any other at its price. A buy at a
  // price waits for the last price to come down to it, a sell for up.
  void Add(Order& order);
  // Takes it out; its phase is still that of Add.
  void Remove(Order& order);

  // Orders that wait.
  [[nodiscard]] std::size_t size() const {
    return buys_.size() + sells_.size() + rising_stops_.size() + falling_stops_.size();
  }

  // Orders that rest and that `last` reaches, best price first, then in order of placement.
  [[nodiscard]] std::vector<Order*> CrossedLimits(const Decimal& last) const;
  // Stops that `last` triggers, in the order in which a move towards it meets them.
  [[nodiscard]] std::vector<Order*> CrossedStops(const Decimal& last) const;

 private:
  struct Entry {
    std::int64_t ticks;  // of kMaxScale decimals
    Order* order;
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

  // Calls `use` with the set that the order belongs in, and its entry there.
  template <typename Use>
  void InItsSet(Order& order, Use use);
  static std::vector<Order*> Collect(const MetFalling& falling, const MetRising& rising,
                                     const Decimal& last);

  MetFalling buys_;
  MetRising sells_;
  MetRising rising_stops_;
  MetFalling falling_stops_;
};

}  // namespace ocokit::mock::engine
